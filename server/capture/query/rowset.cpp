// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowset.h"

namespace glasshouse {

RowSet::RowSet(std::initializer_list<quint64> rising)
{
    for (const quint64 number : rising)
        append(number);
}

void RowSet::append(quint64 first, quint64 end)
{
    first = std::max(first, next());
    while (first < end) {
        const quint64 base = first / RowChunk::span * RowChunk::span;
        const quint64 behind = std::min(end - base, quint64{RowChunk::span});
        appendWithin(base, static_cast<quint32>(first - base), static_cast<quint32>(behind));
        first = base + behind;
    }
}

void RowSet::appendWithin(quint64 base, quint32 first, quint32 end)
{
    if (m_chunks.empty() || m_chunks.back().base != base) {
        if (!m_chunks.empty())
            m_chunks.back().rows.pack();
        m_chunks.push_back({.base = base, .before = m_total});
    }
    m_chunks.back().rows.append(first, end);
    m_total += end - first;
    m_end = base + end;
}

void RowSet::append(const RowSet &more, quint64 first, quint64 end)
{
    for (const Chunk &chunk : more.m_chunks) {
        const bool isWhole = chunk.base >= std::max(first, more.m_floor) && chunk.base + RowChunk::span <= end;
        if (isWhole && takeWhole(chunk))
            continue;
        const quint64 from = std::max(first, chunk.base), to = std::min(end, chunk.base + RowChunk::span);
        more.forEachRun(from, to, [this](quint64 begin, quint64 behind) { append(begin, behind); });
    }
}

/// False: a part of it lies in the last chunk here.
bool RowSet::takeWhole(const Chunk &chunk)
{
    if (chunk.base < next() || chunk.rows.count() == 0)
        return false;
    if (!m_chunks.empty() && m_chunks.back().base == chunk.base)
        return false;
    if (!m_chunks.empty())
        m_chunks.back().rows.pack();
    m_chunks.push_back({.base = chunk.base, .before = m_total, .rows = chunk.rows});
    m_total += chunk.rows.count();
    m_end = chunk.base + chunk.rows.at(chunk.rows.count() - 1) + 1;
    return true;
}

void RowSet::dropBefore(quint64 number)
{
    if (number <= m_floor)
        return;
    m_dropped = rankOfAll(number);
    m_floor = number;
    const auto kept = std::ranges::find_if(m_chunks, [this](const Chunk &chunk) { return chunk.end() > m_dropped; });
    m_chunks.erase(m_chunks.begin(), kept);
}

/// The last one that begins below `number`, or nullptr.
const RowSet::Chunk *RowSet::chunkBefore(quint64 number) const
{
    if (m_recent < m_chunks.size() && number > m_chunks[m_recent].base
        && number <= m_chunks[m_recent].base + RowChunk::span)
        return &m_chunks[m_recent];
    const auto behind = std::ranges::lower_bound(m_chunks, number, {}, &Chunk::base);
    if (behind == m_chunks.begin())
        return nullptr;
    m_recent = static_cast<size_t>(behind - m_chunks.begin()) - 1;
    return &m_chunks[m_recent];
}

/// With those that were dropped.
quint64 RowSet::rankOfAll(quint64 number) const
{
    const Chunk *chunk = chunkBefore(number);
    if (chunk == nullptr)
        return m_chunks.empty() ? m_total : m_chunks.front().before;
    return chunk->before
        + chunk->rows.rank(static_cast<quint32>(std::min<quint64>(number - chunk->base, RowChunk::span)));
}

quint64 RowSet::rank(quint64 number) const { return number <= m_floor ? 0 : rankOfAll(number) - m_dropped; }

bool RowSet::contains(quint64 number) const
{
    if (number < m_floor || number >= m_end)
        return false;
    const Chunk *chunk = chunkBefore(number + 1);
    return chunk != nullptr && number - chunk->base < RowChunk::span
        && chunk->rows.contains(static_cast<quint32>(number - chunk->base));
}

const RowSet::Chunk &RowSet::chunkOf(quint64 index) const
{
    if (m_recent < m_chunks.size() && index >= m_chunks[m_recent].before && index < m_chunks[m_recent].end())
        return m_chunks[m_recent];
    const auto behind = std::ranges::upper_bound(m_chunks, index, {}, &Chunk::before);
    m_recent = static_cast<size_t>(behind - m_chunks.begin()) - 1;
    return m_chunks[m_recent];
}

quint64 RowSet::at(quint64 index) const
{
    Q_ASSERT(index < size());
    const Chunk &chunk = chunkOf(index + m_dropped);
    return chunk.base + chunk.rows.at(static_cast<quint32>(index + m_dropped - chunk.before));
}

qsizetype RowSet::bytes() const
{
    auto bytes = static_cast<qsizetype>(m_chunks.capacity()) * qsizetype{sizeof(Chunk)};
    for (const Chunk &chunk : m_chunks)
        bytes += chunk.rows.bytes();
    return bytes;
}

} // namespace glasshouse
