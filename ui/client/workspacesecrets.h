// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/workspace.h"

namespace glasshouse {

/// Secrets among variables, in a text whose quotes say how those are written: no variable could stand for them.
enum class SecretMixtures : quint8 {
    Emptied, ///< one stands there all the same, and has no value
    Stay,    ///< as they are: of what leaves the memory never
};

/// Puts a variable in the place of each secret that stands in a workspace: "Bearer {{authorization}}". The variables, with their
/// values, are added to it as secret ones. Returns their names.
QStringList takeSecrets(Workspace &workspace, SecretMixtures mixtures = SecretMixtures::Emptied);

} // namespace glasshouse
