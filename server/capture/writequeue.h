// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/captureformat.h"

#include <deque>
#include <vector>

namespace glasshouse {

using PackedPointer = std::shared_ptr<PackedBlock>;

/// The rows of a block that was packed by ourselves.
[[nodiscard]] BlockPointer unpacked(const PackedBlock &block);

/// Blocks that wait for the writer's thread, and the memory of those that it has written. Not thread-safe.
class WriteQueue
{
public:
    /// What the disk was too slow for.
    struct Loss
    {
        quint64 payloads = 0;
        quint64 rows = 0;
    };

    /// Beyond so many bytes the payloads of frames are left out, beyond four times that the rows.
    void setLimit(qint64 bytes) { m_limit = bytes; }
    /// `block` is not queued where its rows are lost.
    [[nodiscard]] Loss push(PackedBlock block);
    /// Being written. The queue is not empty.
    [[nodiscard]] const PackedPointer &front() const { return m_blocks.front(); }
    /// Nobody but the queue and `written` may hold the front one, or its memory is not used again.
    void pop(const PackedPointer &written);
    /// Forgets them all; returns the number of their rows.
    quint64 clear();

    [[nodiscard]] bool isEmpty() const { return m_blocks.empty(); }
    [[nodiscard]] bool takesPayloads() const { return m_bytes < m_limit; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    /// The first block that ends behind `row`, or nullptr.
    [[nodiscard]] PackedPointer findFrom(quint64 row) const;
    /// See CaptureStore::spareBatch().
    [[nodiscard]] CaptureBatch takeSpare();

private:
    std::deque<PackedPointer> m_blocks;
    std::vector<CaptureBatch> m_spares;
    qint64 m_bytes = 0;
    qint64 m_limit = 0;
};

} // namespace glasshouse
