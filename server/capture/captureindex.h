// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/captureformat.h"

#include <deque>
#include <optional>
#include <vector>

namespace glasshouse {

/// Where a block lies.
struct IndexEntry
{
    quint64 firstRow = 0;
    qint64 offset = 0; ///< in the segment's file
    quint32 rowCount = 0;
    quint32 rowBytes = 0;
    quint32 payloadBytes = 0;
    quint32 segment = 0;

    [[nodiscard]] quint64 endRow() const { return firstRow + rowCount; }
};

/// The blocks on disk in the order of their rows, and the segments that they lie in. Needs no memory for rows.
/// Not thread-safe.
class CaptureIndex
{
public:
    struct Segment
    {
        quint32 number = 0;
        qint64 bytes = 0;
    };

    void addSegment(quint32 number, qint64 bytes);
    /// Into the newest segment, which becomes `segmentBytes` long.
    void add(const IndexEntry &entry, qint64 segmentBytes);
    /// Forgets the newest segment if it has no block: its writing failed and the file is gone.
    void forgetIfEmpty();
    /// The first block that ends behind `row`, or nullptr.
    [[nodiscard]] const IndexEntry *findFrom(quint64 row) const;
    /// Takes a block out (it is corrupt). False if it is not there any more.
    bool drop(const IndexEntry &entry);
    /// Takes the oldest segment and all its blocks out; returns how many rows that were.
    quint64 dropOldestSegment();

    [[nodiscard]] const std::deque<Segment> &segments() const { return m_segments; }
    [[nodiscard]] const std::deque<IndexEntry> &entries() const { return m_entries; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    std::deque<IndexEntry> m_entries;
    std::deque<Segment> m_segments;
    qint64 m_bytes = 0;
};

/// The blocks used last, newest first.
class BlockCache
{
public:
    [[nodiscard]] BlockPointer find(quint64 firstRow);
    void insert(BlockPointer block);

private:
    std::vector<BlockPointer> m_blocks;
};

} // namespace glasshouse
