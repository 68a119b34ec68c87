// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memorysource.h"

namespace glasshouse {

namespace {

constexpr int publishMs = 33;

} // namespace

MemorySource::MemorySource(QObject *parent) : MessageSource(parent), m_rows(std::make_shared<MemoryRows>())
{
    m_publishTimer.setSingleShot(true);
    m_publishTimer.setInterval(publishMs);
    connect(&m_publishTimer, &QTimer::timeout, this, &MemorySource::publish);
}

MemorySource::~MemorySource() = default;

void MemorySource::setBounds(int maxRows, qint64 maxBytes)
{
    m_rows->setBounds(maxRows, maxBytes);
    m_publishTimer.start();
}

void MemorySource::append(const FrameRecord &record, QByteArray payload)
{
    m_rows->append(record, std::move(payload));
    if (!m_publishTimer.isActive())
        m_publishTimer.start();
}

void MemorySource::clear()
{
    m_rows->clear();
    emit reset();
}

void MemorySource::publish()
{
    emit changed();
    if (m_query)
        m_query->follow();
}

std::optional<CapturedRow> MemorySource::row(quint64 number) const
{
    const QList<CapturedRow> rows = read(number, 1);
    return rows.isEmpty() ? std::nullopt : std::optional(rows.first());
}

QList<CapturedRow> MemorySource::read(quint64 first, int count) const { return m_rows->read(first, count); }

void MemorySource::setFilter(const CaptureFilter &filter) { m_query = search(m_rows, filter); }

} // namespace glasshouse
