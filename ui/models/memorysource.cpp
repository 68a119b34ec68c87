// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memorysource.h"

namespace glasshouse {

namespace {

constexpr int publishMs = 33;
constexpr int sliceMs = 4;
constexpr qint64 rowOverhead = sizeof(CapturedRow) + 32; // what a row costs besides its payload, roughly

} // namespace

MemorySource::MemorySource(QObject *parent) : MessageSource(parent)
{
    m_publishTimer.setSingleShot(true);
    m_publishTimer.setInterval(publishMs);
    connect(&m_publishTimer, &QTimer::timeout, this, &MemorySource::publish);
    connect(&m_scanTimer, &QTimer::timeout, this, &MemorySource::scanSlice);
}

void MemorySource::setBounds(int maxRows, qint64 maxBytes)
{
    m_maxRows = std::max(1, maxRows);
    m_maxBytes = maxBytes;
    discardOverBounds();
    m_publishTimer.start();
}

void MemorySource::append(FrameRecord record, QByteArray payload)
{
    record.storedLength = quint32(payload.size());
    m_bytes += payload.size() + rowOverhead;
    m_rows.push_back({endRow(), record, std::move(payload)});
    discardOverBounds();
    if (!m_publishTimer.isActive())
        m_publishTimer.start();
}

void MemorySource::clear()
{
    m_first = endRow();
    m_rows.clear();
    m_bytes = 0;
    m_found.clear();
    m_scanned = m_first;
    emit reset();
}

void MemorySource::discardOverBounds()
{
    while (m_rows.size() > 1 && (m_rows.size() > size_t(m_maxRows) || m_bytes > m_maxBytes)) {
        m_bytes -= m_rows.front().payload.size() + rowOverhead;
        m_rows.pop_front();
        ++m_first;
        ++m_discarded;
    }
}

void MemorySource::publish()
{
    emit changed();
    if (m_filter && !m_scanTimer.isActive())
        m_scanTimer.start();
}

std::optional<CapturedRow> MemorySource::row(quint64 number) const
{
    if (number < m_first || number >= endRow())
        return {};
    return m_rows[size_t(number - m_first)];
}

QList<CapturedRow> MemorySource::read(quint64 first, int count) const
{
    const quint64 begin = std::max(first, m_first);
    const quint64 end = std::min(first + quint64(std::max(0, count)), endRow());
    QList<CapturedRow> rows;
    for (quint64 number = begin; number < end; ++number)
        rows.append(m_rows[size_t(number - m_first)]);
    return rows;
}

void MemorySource::setFilter(const CaptureFilter &filter)
{
    m_scanTimer.stop();
    m_found.clear();
    m_filter = filter == CaptureFilter{} ? std::nullopt : std::optional(filter);
    m_scanned = m_first;
    m_reported = m_first;
    m_sinceReport.invalidate();
    if (m_filter)
        m_scanTimer.start();
}

void MemorySource::scanSlice()
{
    QElapsedTimer slice;
    slice.start();
    m_scanned = std::max(m_scanned, m_first);
    for (; m_scanned < endRow() && slice.elapsed() < sliceMs; ++m_scanned) {
        const CapturedRow &row = m_rows[size_t(m_scanned - m_first)];
        if (m_filter->matches(row.view()))
            m_found.push_back(m_scanned);
    }
    const bool done = m_scanned >= endRow();
    if (done)
        m_scanTimer.stop();
    if (done || !m_sinceReport.isValid() || m_sinceReport.elapsed() >= publishMs)
        report();
}

void MemorySource::report()
{
    m_sinceReport.start();
    if (m_found.empty() && m_reported == m_scanned)
        return;
    m_reported = m_scanned;
    emit filtered(std::exchange(m_found, {}), m_scanned);
}

} // namespace glasshouse
