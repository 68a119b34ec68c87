// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/workspace.h"

namespace glasshouse {

/// Puts a variable in the place of each secret that stands in a workspace: "Bearer {{authorization}}". The variables, with their
/// values, are added to it as secret ones. What can not be taken apart so is emptied. Returns their names.
QStringList takeSecrets(Workspace &workspace);

} // namespace glasshouse
