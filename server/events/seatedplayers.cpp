// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/seatedplayers.h"

#include "server/events/eventrows.h"

namespace glasshouse {

namespace {

constexpr size_t endedKept = 1'000;

} // namespace

bool SeatedPlayers::namesPlayer(EventKind kind)
{
    return kind == EventKind::SeatTaken || kind == EventKind::SeatResumed;
}

void SeatedPlayers::add(const RowView &event)
{
    const ConnectionId connection{event.record.connection};
    const auto kind = static_cast<EventKind>(event.record.firstByte);
    if (kind == EventKind::ConnectionEnded && m_seated.contains(connection)) {
        m_ended.push_back(connection);
        if (m_ended.size() > endedKept) {
            m_seated.erase(m_ended.front());
            m_ended.pop_front();
        }
    } else if (needsPayload(kind) && !event.payload.isEmpty()) {
        const SeatRow seat = seatFromJson(event.payload);
        m_seated[connection] = {seat.name.toUtf8(), seat.room.toUtf8()};
    }
}

const SeatedPlayers::Seated *SeatedPlayers::behind(ConnectionId connection) const
{
    const auto found = m_seated.find(connection);
    return found == m_seated.end() ? nullptr : &found->second;
}

QByteArrayView SeatedPlayers::playerOf(const MatchedMessage &message) const
{
    const Seated *seated = behind(message.connection);
    return seated != nullptr ? QByteArrayView(seated->name) : QByteArrayView();
}

QByteArrayView SeatedPlayers::roomOf(const MatchedMessage &message) const
{
    const Seated *seated = behind(message.connection);
    return seated != nullptr ? QByteArrayView(seated->room) : QByteArrayView();
}

} // namespace glasshouse
