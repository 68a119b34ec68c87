// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/gamecatalog.h"
#include "server/games/snippets.h"

namespace glasshouse {

struct CodeRacerOptions
{
    SnippetChoice choice;
    int secondsLimit = 0; ///< 0: by the length of the snippet
    int countdownSeconds = 3;
};

/// From {"language", "length", "secondsLimit", "countdownSeconds"}, each of which may be missing; empty: all are.
[[nodiscard]] Result<CodeRacerOptions, GameError> codeRacerOptions(QByteArrayView json);

} // namespace glasshouse
