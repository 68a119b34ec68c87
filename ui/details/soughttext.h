// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/expression.h"

#include <optional>

class QTextDocument;

namespace glasshouse {

/// A stretch of a text, in characters.
struct TextStretch
{
    int begin = 0;
    int end = 0;
    bool operator==(const TextStretch &) const = default;
};

/// Where what a filter looks for is found in a line: of each the first places, at most so many.
[[nodiscard]] QList<TextStretch> soughtIn(QStringView line, const QList<Expression> &sought);
constexpr qsizetype mostSoughtInLine = 10'000;

/// The next of them at a character of the document or behind it, or the last one before it; where there is none, from the other end.
/// Lines that are folded together count. Looks at no more than an expression does, so that no window waits; nullopt: there is none in that.
[[nodiscard]] std::optional<TextStretch> nextSought(const QTextDocument &document, const QList<Expression> &sought,
                                                    int character, bool backwards);

} // namespace glasshouse
