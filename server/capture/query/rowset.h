// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/rowchunk.h"

#include <QMetaType>
#include <algorithm>
#include <limits>

namespace glasshouse {

/// Row numbers, added rising: what a search has found. Takes an eighth of a byte for each number between the first and the last
/// at most, and far less where there are few, or nearly all. A value. Not for several threads, not even to look something up:
/// it remembers where it looked last, because who shows rows asks for one beside the other.
class RowSet
{
public:
    static constexpr quint64 noEnd = std::numeric_limits<quint64>::max();

    RowSet() = default;
    RowSet(std::initializer_list<quint64> rising);

    /// Numbers that are not above all before, or below what was dropped, are left out.
    void append(quint64 number) { append(number, number + 1); }
    /// [first, end)
    void append(quint64 first, quint64 end);
    /// Those of `more` that lie in [first, end). Whole chunks are copied as they are.
    void append(const RowSet &more, quint64 first = 0, quint64 end = noEnd);
    void dropBefore(quint64 number);
    void clear() { *this = {}; }

    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] quint64 size() const { return m_total - m_dropped; }
    [[nodiscard]] bool contains(quint64 number) const;
    /// How many are lower.
    [[nodiscard]] quint64 rank(quint64 number) const;
    /// The one with so many lower ones; there is one.
    [[nodiscard]] quint64 at(quint64 index) const;
    /// How many lie in [first, end).
    [[nodiscard]] quint64 countIn(quint64 first, quint64 end) const
    {
        return end > first ? rank(end) - rank(first) : 0;
    }
    /// Calls `visit` with the first and the end of each run in [first, end), which may be a part of a longer one.
    template <typename Visit>
    void forEachRun(quint64 first, quint64 end, Visit visit) const;

    /// The lowest number that append() takes.
    [[nodiscard]] quint64 next() const { return m_end > m_floor ? m_end : m_floor; }

    /// Of memory, all in all.
    [[nodiscard]] qsizetype bytes() const;

private:
    struct Chunk
    {
        quint64 base = 0;   ///< number of its 0
        quint64 before = 0; ///< how many are lower, also those that were dropped
        RowChunk rows{};

        [[nodiscard]] quint64 end() const { return before + rows.count(); }
    };

    std::vector<Chunk> m_chunks;
    quint64 m_total = 0; ///< also those that were dropped
    quint64 m_dropped = 0;
    quint64 m_floor = 0; ///< those below it were dropped
    quint64 m_end = 0;   ///< one behind the last
    mutable size_t m_recent = 0;

    void appendWithin(quint64 base, quint32 first, quint32 end);
    [[nodiscard]] bool takeWhole(const Chunk &chunk);
    [[nodiscard]] const Chunk *chunkBefore(quint64 number) const;
    [[nodiscard]] const Chunk &chunkOf(quint64 index) const;
    [[nodiscard]] quint64 rankOfAll(quint64 number) const;
};

template <typename Visit>
void RowSet::forEachRun(quint64 first, quint64 end, Visit visit) const
{
    first = std::max(first, m_floor);
    for (const Chunk &chunk : m_chunks) {
        if (chunk.base + RowChunk::span <= first)
            continue;
        if (chunk.base >= end)
            return;
        const auto from = static_cast<quint32>(std::max(first, chunk.base) - chunk.base);
        const auto to = static_cast<quint32>(std::min<quint64>(end - chunk.base, RowChunk::span));
        for (quint32 done = chunk.rows.rank(from), all = chunk.rows.rank(to); done < all;) {
            const quint32 begin = chunk.rows.at(done);
            const quint32 behind = std::min(chunk.rows.endOfRun(begin), to);
            visit(chunk.base + begin, chunk.base + behind);
            done += behind - begin;
        }
    }
}

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::RowSet)
