// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/chronicle.h"

#include "server/events/eventrows.h"

namespace glasshouse {

namespace {

ServerEvent roomEvent(EventCode code, const RoomInfo &room)
{
    ServerEvent event;
    event.code = code;
    event.room = room.id;
    return event;
}

} // namespace

Chronicle::Chronicle(const Clock &clock, Recorder &recorder, std::vector<Feed *> feeds)
    : m_clock(clock),
      m_recorder(recorder),
      m_feeds(std::move(feeds)),
      m_endings(clock)
{
    m_totals.endings.resize(endingCauseCount);
}

void Chronicle::count(const Ending &ending)
{
    ++m_totals.endings[int(ending.cause)];
    if (ending.cause != EndingCause::HttpServed) // pages and API calls would hide all others
        m_endings.add(ending.cause);
    if (isFault(ending.cause))
        ++m_totals.faults;
}

ServerEvent Chronicle::endingEvent(EventCode code, const ConnectionInfo &info, const Ending &ending) const
{
    ServerEvent event;
    event.code = code;
    event.timeMs = m_clock.wallMs();
    event.connection = info.id;
    event.cause = ending.cause;
    event.address = info.address;
    if (ending.cause == EndingCause::HostNotAllowed)
        event.host = QString::fromLatin1(ending.detail);
    else if (ending.cause == EndingCause::ForeignProtocol) // its name is from our own table
        event.words = QString::fromLatin1(ending.detail);
    return event;
}

void Chronicle::connectionOpened(const ConnectionInfo &info)
{
    ++m_totals.upgraded;
    if (m_recorder.isOn())
        m_recorder.event(info.id, EventKind::ConnectionOpened, openedToJson(info));
    for (Feed *feed : m_feeds)
        feed->opened(info);
}

void Chronicle::connectionEnded(const ConnectionInfo &info, const ConnectionCounters &last, const Ending &ending)
{
    ++m_totals.ended;
    m_totals.messagesIn += last.messagesIn;
    m_totals.messagesOut += last.messagesOut;
    m_totals.bytesIn += last.bytesIn;
    m_totals.bytesOut += last.bytesOut;
    m_totals.badMessages += last.badMessages;
    m_totals.droppedMessages += last.droppedMessages;
    count(ending);
    const bool saidNothing = last.messagesIn == 0 && isFault(ending.cause);
    const ConnectionEnded ended{last, ending, info.address, saidNothing ? info.requestHead : QByteArray()};
    if (m_recorder.isOn()) {
        const QByteArray json = endedToJson(ended);
        // A name may be what the operator wants hidden.
        m_recorder.event(info.id, EventKind::ConnectionEnded, m_recorder.redactor().message(json).value_or(json));
    }
    ServerEvent event = endingEvent(EventCode::ConnectionEnded, info, ending);
    event.player = last.player;
    for (Feed *feed : m_feeds)
        feed->ended(ended, event);
}

void Chronicle::requestRefused(const ConnectionInfo &info, const Ending &ending)
{
    const bool wasServed = ending.cause == EndingCause::HttpServed;
    count(ending);
    m_totals.httpServed += wasServed ? 1 : 0;
    m_totals.refused += isFault(ending.cause) ? 1 : 0;
    if (m_recorder.isOn() && m_refusalRows.take(m_clock.monotonicMs()))
        m_recorder.event(info.id, EventKind::RequestRefused, refusedToJson(info, ending));
    ConnectionCounters counters;
    counters.id = info.id;
    counters.state = ConnectionState::Refused;
    const ConnectionEnded refused{counters, ending, info.address,
                                  isFault(ending.cause) ? info.requestHead : QByteArray()};
    const auto event = wasServed ? std::nullopt : std::optional(endingEvent(EventCode::RequestRefused, info, ending));
    for (Feed *feed : m_feeds)
        feed->refused(info, refused, event);
}

void Chronicle::limitHit(ConnectionId connection, EndingCause limit)
{
    if (m_recorder.isOn())
        m_recorder.event(connection, EventKind::LimitHit, limitToJson(limit));
}

void Chronicle::roomCreated(const RoomInfo &room)
{
    if (m_recorder.isOn())
        m_recorder.event({}, EventKind::RoomCreated, roomToJson(room));
    happened(roomEvent(EventCode::RoomCreated, room));
}

void Chronicle::roomEnded(const RoomInfo &room, EventCode how)
{
    if (m_recorder.isOn())
        m_recorder.event({}, EventKind::RoomEnded, roomToJson(room));
    happened(roomEvent(how, room));
}

void Chronicle::gameFinished(const RoomInfo &room) { happened(roomEvent(EventCode::GameFinished, room)); }

void Chronicle::happened(ServerEvent event)
{
    event.timeMs = m_clock.wallMs();
    for (Feed *feed : m_feeds)
        feed->event(event);
}

void Chronicle::operatorDid(QByteArrayView action, ConnectionId connection)
{
    m_recorder.event(connection, EventKind::Operator, actionToJson(action));
}

} // namespace glasshouse
