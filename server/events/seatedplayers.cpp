// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/seatedplayers.h"

#include "server/events/eventrows.h"

namespace glasshouse {

void SeatedPlayers::add(const RowView &event)
{
    const ConnectionId connection{event.record.connection};
    switch (static_cast<EventKind>(event.record.firstByte)) {
    case EventKind::SeatTaken:
    case EventKind::SeatResumed: {
        const SeatRow seat = seatFromJson(event.payload);
        m_seated[connection] = {seat.name.toUtf8(), seat.room.toUtf8()};
        break;
    }
    case EventKind::ConnectionEnded:
        m_seated.erase(connection);
        break;
    default:
        break;
    }
}

QByteArrayView SeatedPlayers::playerOf(const MatchedMessage &message) const
{
    const auto found = m_seated.find(message.connection);
    return found == m_seated.end() ? QByteArrayView() : QByteArrayView(found->second.name);
}

QByteArrayView SeatedPlayers::roomOf(const MatchedMessage &message) const
{
    const auto found = m_seated.find(message.connection);
    return found == m_seated.end() ? QByteArrayView() : QByteArrayView(found->second.room);
}

} // namespace glasshouse
