// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameface.h"

namespace glasshouse {

/// How games of this kind are shown; a plain face where it has none of its own. Lives as long as the program.
[[nodiscard]] const GameFace &gameFace(const QString &kind);
/// What it is called: its own name in the user's language, or its kind.
[[nodiscard]] QString gameName(const QString &kind);

} // namespace glasshouse
