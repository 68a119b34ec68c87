// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memoryrows.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr int pageRows = 64;                             // of a scan, so that nobody waits long for the lock
constexpr qint64 rowOverhead = sizeof(CapturedRow) + 32; // what a row costs besides its payload, roughly

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

void MemoryRows::scan(quint64 first, quint64 end,
                      const std::function<bool(quint64 number, const RowView &row)> &visit) const
{
    while (first < end) {
        first = std::max(first, firstRow());
        const QList<CapturedRow> rows = read(first, int(std::min<quint64>(pageRows, end - std::min(first, end))));
        for (const CapturedRow &row : rows) {
            if (!visit(row.number, row.view()))
                return;
        }
        first += pageRows;
    }
}

} // namespace glasshouse
