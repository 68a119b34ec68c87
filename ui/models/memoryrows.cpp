// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memoryrows.h"

#include <algorithm>

namespace glasshouse {

namespace {

// Of a scan, so that nobody waits long for the lock, and few bytes are copied at once.
constexpr qsizetype pageRows = 256;
constexpr qint64 pageBytes = 1024 * 1024;
constexpr qint64 rowOverhead = sizeof(CapturedRow) + 32; // what a row costs besides its payload, roughly

/// As rows would lie in a file.
BlockPointer blockOf(const QList<CapturedRow> &rows, bool withPayloads)
{
    CaptureBlock block;
    block.firstRow = rows.first().number;
    block.names.resize(MessageTypes::firstName);
    block.isWhole = withPayloads;
    block.rows.reserve(rows.size());
    quint32 end = 0;
    for (const CapturedRow &row : rows) {
        FrameRecord record = row.record;
        record.flags &= static_cast<quint8>(~RecordSequenced); // the payload is complete
        record.type = record.type < MessageTypes::firstName ? record.type : MessageTypes::unknown;
        record.payloadOffset = end;
        end += record.storedLength;
        if (withPayloads)
            block.payloads.append(row.payload);
        block.rows.append(record);
    }
    return std::make_shared<const CaptureBlock>(std::move(block));
}

} // namespace

void MemoryRows::setBounds(int maxRows, qint64 maxBytes)
{
    const std::scoped_lock lock(m_mutex);
    m_maxRows = std::max(1, maxRows);
    m_maxBytes = maxBytes;
    discardOverBounds();
}

void MemoryRows::append(const FrameRecord &record, QByteArray payload)
{
    const std::scoped_lock lock(m_mutex);
    m_bytes += payload.size() + rowOverhead;
    m_rows.push_back({end(), record, std::move(payload)});
    m_rows.back().record.storedLength = quint32(m_rows.back().payload.size());
    discardOverBounds();
}

void MemoryRows::clear()
{
    const std::scoped_lock lock(m_mutex);
    m_first = end();
    m_rows.clear();
    m_bytes = 0;
}

void MemoryRows::discardOverBounds()
{
    while (m_rows.size() > 1 && (m_rows.size() > size_t(m_maxRows) || m_bytes > m_maxBytes)) {
        m_bytes -= m_rows.front().payload.size() + rowOverhead;
        m_rows.pop_front();
        ++m_first;
        ++m_discarded;
    }
}

quint64 MemoryRows::firstRow() const
{
    const std::scoped_lock lock(m_mutex);
    return m_first;
}

quint64 MemoryRows::endRow() const
{
    const std::scoped_lock lock(m_mutex);
    return end();
}

quint64 MemoryRows::discarded() const
{
    const std::scoped_lock lock(m_mutex);
    return m_discarded;
}

QList<CapturedRow> MemoryRows::read(quint64 first, int count) const
{
    const std::scoped_lock lock(m_mutex);
    const quint64 begin = std::max(first, m_first);
    const quint64 behind = std::min(first + quint64(std::max(0, count)), end());
    QList<CapturedRow> rows;
    for (quint64 number = begin; number < behind; ++number)
        rows.append(m_rows[size_t(number - m_first)]);
    return rows;
}

/// Some rows from `first` on, which lie one behind the other. Those that were discarded meanwhile are left out.
QList<CapturedRow> MemoryRows::page(quint64 first, quint64 endOfPage) const
{
    const std::scoped_lock lock(m_mutex);
    QList<CapturedRow> rows;
    qint64 bytes = 0;
    for (auto at = std::max(first, m_first) - m_first; at < m_rows.size() && m_first + at < endOfPage; ++at) {
        bytes += m_rows[at].payload.size();
        if (!rows.isEmpty() && (rows.size() == pageRows || bytes > pageBytes))
            break;
        rows.append(m_rows[at]);
    }
    return rows;
}

void MemoryRows::scan(quint64 first, quint64 end, Read read,
                      const std::function<bool(RowStretch &stretch)> &visit) const
{
    for (first = std::max(first, firstRow()); first < end;) {
        const QList<CapturedRow> rows = page(first, end);
        if (rows.isEmpty())
            return;
        RowStretch stretch(blockOf(rows, read == Read::RowsAndPayloads), first, end,
                           [&rows] { return blockOf(rows, true); });
        if (!visit(stretch))
            return;
        first = stretch.endRow();
    }
}

} // namespace glasshouse
