// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/soughttext.h"

#include <QTextBlock>
#include <algorithm>

namespace glasshouse {

QList<TextStretch> soughtIn(QStringView line, const QList<Expression> &sought)
{
    const QByteArray bytes = line.toUtf8();
    QList<TextStretch> found;
    for (const Expression &expression : sought) {
        qsizetype at = 0, character = 0; // places rise
        const auto characterAt = [&](qsizetype byte) {
            character += QString::fromUtf8(bytes.sliced(at, byte - at)).size();
            at = byte;
            return int(character);
        };
        const auto places = expression.places(bytes, mostSoughtInLine);
        for (const auto &[begin, end] : places) {
            const int first = characterAt(begin);
            found.append({first, characterAt(end)});
        }
    }
    return found;
}

std::optional<TextStretch> nextSought(const QTextDocument &document, const QList<Expression> &sought, int character,
                                      bool backwards)
{
    qsizetype left = Expression::mostBytes;
    for (const Expression &expression : sought)
        left = std::min(left, expression.reach());
    QTextBlock block = document.findBlock(character);
    // The line where it begins comes twice: what is behind the character, and in the end what is before it.
    for (int line = 0; line <= document.blockCount() && block.isValid() && left > 0; ++line) {
        const int limit = line == 0 ? character - block.position() : backwards ? block.length() : 0;
        std::optional<TextStretch> best;
        for (const TextStretch &one : soughtIn(block.text(), sought)) {
            const bool isThere = backwards ? one.end <= limit : one.begin >= limit;
            if (isThere && (!best || (backwards ? one.begin > best->begin : one.begin < best->begin)))
                best = one;
        }
        if (best)
            return TextStretch{best->begin + block.position(), best->end + block.position()};
        left -= block.length();
        block = backwards ? block.previous() : block.next();
        if (!block.isValid())
            block = backwards ? document.lastBlock() : document.firstBlock();
    }
    return {};
}

} // namespace glasshouse
