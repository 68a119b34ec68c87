// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/capturesource.h"

namespace glasshouse {

namespace {

constexpr int pollMs = 33;

} // namespace

CaptureSource::CaptureSource(QObject *parent) : MessageSource(parent)
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &CaptureSource::poll);
}

CaptureSource::~CaptureSource() = default;

void CaptureSource::setStore(std::shared_ptr<const CaptureStore> store)
{
    if (store == m_store)
        return;
    m_query.reset();
    m_store = std::move(store);
    m_stats = m_store ? m_store->stats() : CaptureStats{};
    emit reset();
}

void CaptureSource::setPolling(bool on)
{
    if (!on) {
        m_timer.stop();
        return;
    }
    m_timer.start();
    poll();
}

void CaptureSource::poll()
{
    if (!m_store)
        return;
    const CaptureStats now = m_store->stats();
    const bool news =
        now.firstRow != m_stats.firstRow || now.endRow != m_stats.endRow || now.rowsLost != m_stats.rowsLost;
    m_stats = now;
    if (!news)
        return;
    emit changed();
    if (m_query)
        m_query->follow();
}

std::optional<CapturedRow> CaptureSource::row(quint64 number) const
{
    return m_store ? m_store->row(number) : std::nullopt;
}

QList<CapturedRow> CaptureSource::read(quint64 first, int count) const
{
    return m_store ? m_store->read(first, count) : QList<CapturedRow>();
}

std::vector<quint64> CaptureSource::samples(quint64 first, quint64 end) const
{
    return m_store ? m_store->samples(first, end) : std::vector<quint64>();
}

void CaptureSource::setFilter(const CaptureFilter &filter) { m_query = search(m_store, filter); }

} // namespace glasshouse
