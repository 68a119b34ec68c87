// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/writequeue.h"

#include "server/capture/packedrows.h"

#include <algorithm>
#include <atomic>

namespace glasshouse {

namespace {

constexpr size_t maxSpares = 4;
constexpr qsizetype maxSpareBytes = 1024 * 1024; // of each part

UnpackedRows rowsOf(const CaptureBatch &batch)
{
    return unpackRows(batch.rows, batch.rowCount, static_cast<quint32>(batch.payloads.size())).value_or(UnpackedRows());
}

/// `row` points to its bytes in `kept` from now on.
void keepPayload(FrameRecord &row, const QByteArray &payloads, QByteArray &kept)
{
    const auto offset = static_cast<quint32>(kept.size());
    kept.append(QByteArrayView(payloads).sliced(row.payloadOffset, row.storedLength));
    row.payloadOffset = offset;
}

/// Drops the payloads, but those of events: without them nobody could tell what happened. Returns how many there were.
quint64 omitPayloads(CaptureBatch &batch)
{
    quint64 omitted = 0;
    QByteArray kept;
    const UnpackedRows unpacked = rowsOf(batch);
    RowPacker packer(unpacked.names);
    for (FrameRecord row : unpacked.rows) {
        if (isEvent(row)) {
            keepPayload(row, batch.payloads, kept);
            packer.add(row);
            continue;
        }
        const bool isCounted = (row.flags & RecordPayloadOmitted) != 0; // by the Recorder
        if (!isCounted && (row.storedLength > 0 || (row.flags & RecordSequenced) != 0)) {
            ++omitted;
            row.flags |= RecordPayloadOmitted;
        }
        row.storedLength = 0;
        row.payloadOffset = 0;
        packer.add(row);
    }
    batch.rows = packer.take().rows;
    batch.payloads = kept;
    return omitted;
}

/// Empty, with its memory.
CaptureBatch emptied(CaptureBatch batch)
{
    batch.rows.resize(0);
    batch.payloads.resize(0);
    return {.rows = std::move(batch.rows), .payloads = std::move(batch.payloads)};
}

} // namespace

BlockPointer unpacked(const PackedBlock &block)
{
    UnpackedRows rows = rowsOf(block.batch);
    return std::make_shared<const CaptureBlock>(
        CaptureBlock{block.firstRow, std::move(rows.rows), std::move(rows.names), block.batch.payloads});
}

WriteQueue::Loss WriteQueue::push(PackedBlock block)
{
    CaptureBatch &batch = block.batch;
    const auto isTooMuch = [this](qint64 bytes, qint64 limit) { return m_bytes > 0 && m_bytes + bytes > limit; };
    const Loss all{.rows = batch.rowCount};
    if (isTooMuch(batch.rows.size(), 4 * m_limit))
        return all;
    Loss loss{.payloads = batch.omitted};
    if (isTooMuch(batch.bytes(), m_limit))
        loss.payloads += omitPayloads(batch);
    if (isTooMuch(batch.bytes(), 4 * m_limit))
        return all;
    m_bytes += batch.bytes();
    m_blocks.push_back(std::make_shared<PackedBlock>(std::move(block)));
    return loss;
}

void WriteQueue::pop(const PackedPointer &written)
{
    m_blocks.pop_front();
    CaptureBatch &batch = written->batch;
    m_bytes -= batch.bytes();
    const bool isBig = batch.rows.capacity() > maxSpareBytes || batch.payloads.capacity() > maxSpareBytes;
    if (isBig || m_spares.size() == maxSpares || written.use_count() > 1)
        return;
    std::atomic_thread_fence(std::memory_order_acquire); // with whoever read it last
    m_spares.push_back(emptied(std::move(batch)));
}

quint64 WriteQueue::clear()
{
    quint64 rows = 0;
    for (const PackedPointer &block : std::exchange(m_blocks, {}))
        rows += block->batch.rowCount;
    m_bytes = 0;
    return rows;
}

PackedPointer WriteQueue::findFrom(quint64 row) const
{
    const auto found =
        std::ranges::upper_bound(m_blocks, row, {}, [](const PackedPointer &block) { return block->endRow(); });
    return found == m_blocks.end() ? nullptr : *found;
}

CaptureBatch WriteQueue::takeSpare()
{
    if (m_spares.empty())
        return {};
    CaptureBatch batch = std::move(m_spares.back());
    m_spares.pop_back();
    return batch;
}

} // namespace glasshouse
