// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/textfinder.h"

#include <QString>

namespace glasshouse {

/// A text without which bytes need not be searched any closer.
struct Needle
{
    TextFinder finder;
    bool isAll = false; ///< and where it is, all that was looked for is
};

/// Nullopt: none is known. `words` compiled.
[[nodiscard]] std::optional<Needle> needleOfText(const QString &words);
[[nodiscard]] std::optional<Needle> needleOfPattern(const QString &pattern);

} // namespace glasshouse
