// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/soughttext.h"

#include <QTextBlock>
#include <algorithm>

namespace glasshouse {

namespace {

/// What a line costs beside its characters.
constexpr qsizetype lineCost = 64;

/// Counts characters between places in UTF-8, which rise. A place inside of a character is behind it.
class CharacterCount
{
public:
    explicit CharacterCount(QByteArrayView bytes) : m_bytes(bytes) { }

    int upTo(qsizetype byte)
    {
        for (; m_at < byte; ++m_at) {
            const auto one = quint8(m_bytes[m_at]);
            const bool begins = (one & 0xC0) != 0x80;
            m_characters += begins ? (one >= 0xF0 ? 2 : 1) : 0;
        }
        return m_characters;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    int m_characters = 0;
};

} // namespace

SoughtRoom::SoughtRoom(const QList<Expression> &sought)
{
    const qsizetype looked = std::min(sought.size(), mostSought);
    for (qsizetype i = 0; i < looked; ++i)
        m_left = std::min(m_left, sought[i].reach() / looked);
}

bool SoughtRoom::take(qsizetype characters)
{
    if (m_left <= 0)
        return false;
    m_left -= characters + lineCost;
    return true;
}

QList<TextStretch> soughtIn(QStringView line, const QList<Expression> &sought)
{
    const QByteArray bytes = line.first(std::min(line.size(), SoughtRoom(sought).left())).toUtf8();
    QList<TextStretch> found;
    for (qsizetype i = 0; i < std::min(sought.size(), mostSought); ++i) {
        CharacterCount characters(bytes);
        const auto places = sought[i].places(bytes, mostSoughtInLine);
        for (const auto &[begin, end] : places) {
            const TextStretch stretch{characters.upTo(begin), characters.upTo(end)};
            if (stretch.begin < stretch.end)
                found.append(stretch);
        }
    }
    return found;
}

std::optional<TextStretch> nextSought(const QTextDocument &document, const QList<Expression> &sought, int character,
                                      bool backwards)
{
    SoughtRoom room(sought);
    QTextBlock block = document.findBlock(character);
    // The line where it begins comes twice: what is behind the character, and in the end what is before it.
    for (int line = 0; line <= document.blockCount() && block.isValid() && room.take(block.length()); ++line) {
        const int limit = line == 0 ? character - block.position() : backwards ? block.length() : 0;
        std::optional<TextStretch> best;
        for (const TextStretch &one : soughtIn(block.text(), sought)) {
            const bool isThere = backwards ? one.end <= limit : one.begin >= limit;
            if (isThere && (!best || (backwards ? one.begin > best->begin : one.begin < best->begin)))
                best = one;
        }
        if (best)
            return TextStretch{best->begin + block.position(), best->end + block.position()};
        block = backwards ? block.previous() : block.next();
        if (!block.isValid())
            block = backwards ? document.lastBlock() : document.firstBlock();
    }
    return {};
}

} // namespace glasshouse
