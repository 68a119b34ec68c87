// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/messagewatch.h"

#include "server/events/seatedplayers.h"
#include "ui/models/messagesource.h"

#include <QDateTime>

namespace glasshouse {

MessageWatch::MessageWatch(MessageSource *source, const CaptureFilter &filter, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_filter(filter)
{
    m_filter.timeUs = {.least = QDateTime::currentMSecsSinceEpoch() * 1000};
    connect(source, &MessageSource::changed, this, [this] {
        if (m_query)
            m_query->follow();
        else
            begin();
    });
    connect(source, &MessageSource::reset, this, [this] {
        if (m_filter.connections.isEmpty())
            begin();
        else // they are of the run that is over
            emit ended();
    });
    begin();
}

void MessageWatch::begin()
{
    m_newest.reset(); // row numbers begin anew
    m_query.reset();
    const auto rows = m_source->rows();
    if (!rows)
        return;
    m_query = std::make_unique<CaptureQuery>(rows, m_filter, std::make_unique<SeatedPlayers>());
    connect(m_query.get(), &CaptureQuery::found, this, [this](const RowSet &more) {
        if (more.size() == 0)
            return;
        m_count += more.size();
        m_newest = more.next() - 1;
        emit seen();
    });
    m_query->follow();
}

} // namespace glasshouse
