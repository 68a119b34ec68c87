// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/rowguide.h"

#include "ui/connections/eventtrace.h"
#include "ui/log/messagelogpanel.h"

namespace glasshouse {

namespace {

constexpr int patienceMs = 1'000;

} // namespace

RowGuide::RowGuide(const MessageSource *source, MessageLogPanel *log, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_log(log)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_awaited.reset(); });
    connect(m_log, &MessageLogPanel::messageSelected, this, [this] { m_awaited.reset(); }); // somebody went elsewhere
    connect(m_log->model(), &QAbstractItemModel::rowsInserted, this, &RowGuide::tryAgain, Qt::QueuedConnection);
    connect(m_log->model(), &QAbstractItemModel::modelReset, this, &RowGuide::tryAgain, Qt::QueuedConnection);
    connect(m_source, &MessageSource::reset, this, [this] {
        m_search.stop();
        m_awaited.reset();
    });
}

void RowGuide::goTo(quint64 number)
{
    m_search.stop();
    m_awaited.reset();
    if (!m_source->row(number))
        return tellMissing();
    if (m_log->goTo(number))
        return;
    m_awaited = number;
    m_patience.start();
}

void RowGuide::goToEvent(const ServerEvent &event, qint64 sinceMs)
{
    const auto rows = m_source->rows();
    if (!rows)
        return emit nothingThere(tr("Nothing is recorded, so the log has no row of it."));
    if (!leavesRows(event.code))
        return emit nothingThere(tr("The log has no rows of such events."));
    m_search.run(
        this, [rows, event, sinceMs](const std::atomic<bool> &stop) { return rowOfEvent(event, sinceMs, *rows, stop); },
        [this](std::optional<quint64> number) { number ? goTo(*number) : tellMissing(); });
}

void RowGuide::tryAgain()
{
    if (m_awaited && m_log->goTo(*m_awaited))
        m_awaited.reset();
}

void RowGuide::tellEarlierRun()
{
    emit nothingThere(tr("That was in an earlier run: its rows lie in the folder of its session."));
}

void RowGuide::tellMissing()
{
    emit nothingThere(tr("Its row is not in the log: it was not recorded, or is discarded."));
}

} // namespace glasshouse
