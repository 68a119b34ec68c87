// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/rowguide.h"

#include "ui/connections/eventtrace.h"
#include "ui/log/messagelogpanel.h"

namespace glasshouse {

RowGuide::RowGuide(const MessageSource *source, MessageLogPanel *log, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_log(log)
{
    connect(m_log, &MessageLogPanel::messageSelected, this, &RowGuide::forget); // somebody went elsewhere
    connect(m_log->model(), &MessagesModel::changed, this, &RowGuide::tryAgain, Qt::QueuedConnection);
    connect(m_source, &MessageSource::reset, this, &RowGuide::forget);
}

void RowGuide::forget()
{
    m_search.stop();
    m_awaited.reset();
}

void RowGuide::goTo(quint64 number)
{
    forget();
    if (!m_source->row(number))
        return tellMissing();
    if (!m_log->goTo(number) && m_log->model()->searchedPercent() < 100)
        m_awaited = number;
}

void RowGuide::goToEvent(const ServerEvent &event, qint64 sinceMs)
{
    forget();
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
    if (!m_awaited)
        return;
    if (m_log->model()->rowOf(*m_awaited) >= 0)
        m_log->goTo(*std::exchange(m_awaited, std::nullopt));
    else if (m_log->model()->searchedPercent() == 100)
        m_awaited.reset(); // the log leaves it out
}

void RowGuide::tellEarlierRun()
{
    forget();
    emit nothingThere(tr("That was in an earlier run: its rows lie in the folder of its session."));
}

void RowGuide::tellMissing()
{
    forget();
    emit nothingThere(tr("Its row is not in the log: it was not recorded, or is discarded."));
}

} // namespace glasshouse
