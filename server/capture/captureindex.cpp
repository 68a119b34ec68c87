// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/captureindex.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype maxCachedBlocks = 8;
constexpr qint64 maxCachedBytes = 32LL * 1024 * 1024; // huge payloads make huge blocks; one is always kept

} // namespace

void CaptureIndex::addSegment(quint32 number, qint64 bytes)
{
    m_segments.push_back({number, bytes});
    m_bytes += bytes;
}

void CaptureIndex::add(const IndexEntry &entry, qint64 segmentBytes)
{
    m_entries.push_back(entry);
    m_bytes += segmentBytes - m_segments.back().bytes;
    m_segments.back().bytes = segmentBytes;
}

void CaptureIndex::forgetIfEmpty()
{
    if (m_segments.empty() || (!m_entries.empty() && m_entries.back().segment == m_segments.back().number))
        return;
    m_bytes -= m_segments.back().bytes;
    m_segments.pop_back();
}

const IndexEntry *CaptureIndex::findFrom(quint64 row) const
{
    const auto found = std::ranges::upper_bound(m_entries, row, {}, &IndexEntry::endRow);
    return found == m_entries.end() ? nullptr : &*found;
}

bool CaptureIndex::drop(const IndexEntry &entry)
{
    const auto found = std::ranges::lower_bound(m_entries, entry.firstRow, {}, &IndexEntry::firstRow);
    if (found == m_entries.end() || found->firstRow != entry.firstRow)
        return false;
    m_entries.erase(found);
    return true;
}

quint64 CaptureIndex::dropOldestSegment()
{
    quint64 rows = 0;
    while (!m_entries.empty() && m_entries.front().segment == m_segments.front().number) {
        rows += m_entries.front().rowCount;
        m_entries.pop_front();
    }
    m_bytes -= m_segments.front().bytes;
    m_segments.pop_front();
    return rows;
}

BlockPointer BlockCache::find(quint64 firstRow)
{
    const auto found = std::ranges::find(m_blocks, firstRow, [](const BlockPointer &block) { return block->firstRow; });
    if (found == m_blocks.end())
        return {};
    std::rotate(m_blocks.begin(), found, found + 1);
    return m_blocks.front();
}

void BlockCache::insert(BlockPointer block)
{
    if (find(block->firstRow))
        return;
    m_blocks.insert(m_blocks.begin(), std::move(block));
    qint64 bytes = 0;
    qsizetype keep = 0;
    for (const BlockPointer &kept : m_blocks) {
        bytes += kept->bytes();
        if (keep > 0 && (keep == maxCachedBlocks || bytes > maxCachedBytes))
            break;
        ++keep;
    }
    m_blocks.resize(static_cast<size_t>(keep));
}

} // namespace glasshouse
