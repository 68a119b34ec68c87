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

/// More expressions than these are not looked for in what somebody sees: no window waits for a filter that is made of hundreds.
constexpr qsizetype mostSought = 8;

/// How much of a text may be looked at in one go: all expressions together as much as one of them alone.
class SoughtRoom
{
public:
    explicit SoughtRoom(const QList<Expression> &sought);
    /// For a line of so many characters. False: there is none left.
    [[nodiscard]] bool take(qsizetype characters);
    [[nodiscard]] qsizetype left() const { return m_left; }

private:
    qsizetype m_left = Expression::mostBytes; ///< characters
};

/// Where what a filter looks for is found in a line, within the room that there is for it: of each the first places, at most so many.
[[nodiscard]] QList<TextStretch> soughtIn(QStringView line, const QList<Expression> &sought);
constexpr qsizetype mostSoughtInLine = 10'000;

/// The next of them at a character of the document or behind it, or the last one before it; where there is none, from the other end.
/// Lines that are folded together count. Looks no further than there is room; nullopt: there is none in that.
[[nodiscard]] std::optional<TextStretch> nextSought(const QTextDocument &document, const QList<Expression> &sought,
                                                    int character, bool backwards);

} // namespace glasshouse
