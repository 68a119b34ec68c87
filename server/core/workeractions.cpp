// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator does.
#include "server/core/worker.h"
#include "server/events/eventrows.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

Connection *Worker::find(ConnectionId id) { return m_connections.value(id); }

Room *Worker::findRoom(const QByteArray &room)
{
    Room *found = m_lobby ? m_lobby->find(room) : nullptr;
    if (found == nullptr)
        emit actionFailed(u"There is no room %1 any more"_s.arg(QString::fromUtf8(room)));
    return found;
}

void Worker::kick(ConnectionId connection, const QByteArray &reason)
{
    Connection *found = find(connection);
    if (found == nullptr)
        return emit actionFailed(u"This connection has ended already"_s);
    event(EventSeverity::Info, "operator", "kick", u"The operator removed connection %1"_s.arg(quint32(connection)),
          connection);
    m_recorder.event(connection, EventKind::Operator, actionToJson("kick"));
    found->end(EndingCause::Kicked, EndingSide::Operator,
               reason.isEmpty() ? QByteArray("removed by the operator") : reason);
}

void Worker::ping(ConnectionId connection)
{
    if (Connection *found = find(connection))
        found->ping();
}

void Worker::send(ConnectionId connection, const QByteArray &text)
{
    Connection *found = find(connection);
    if (found == nullptr)
        return emit actionFailed(u"This connection has ended already"_s);
    event(EventSeverity::Info, "operator", "send",
          u"The operator sent a message to connection %1"_s.arg(quint32(connection)), connection);
    m_recorder.event(connection, EventKind::Operator, actionToJson("send"));
    found->sendText(text);
}

void Worker::broadcast(const QByteArray &room, const QByteArray &text)
{
    Room *found = findRoom(room);
    if (found == nullptr)
        return;
    if (!found->broadcast(text))
        return emit actionFailed(u"The message is no envelope: {\"type\": \"…\", \"data\": …}"_s);
    event(EventSeverity::Info, "operator", "broadcast",
          u"The operator sent a message to room %1"_s.arg(roomText(*found)), {}, roomText(*found));
    m_recorder.event({}, EventKind::Operator, actionToJson("broadcast"));
}

void Worker::startRoom(const QByteArray &room)
{
    Room *found = findRoom(room);
    if (found == nullptr)
        return;
    if (!found->start())
        return emit actionFailed(u"The game in room %1 can not start now"_s.arg(roomText(*found)));
    event(EventSeverity::Info, "operator", "start", u"The operator started room %1"_s.arg(roomText(*found)), {},
          roomText(*found));
    armLobby();
}

void Worker::closeRoom(const QByteArray &room, const QByteArray &reason)
{
    Room *found = findRoom(room);
    if (found == nullptr)
        return;
    event(EventSeverity::Info, "operator", "close", u"The operator closed room %1"_s.arg(roomText(*found)), {},
          roomText(*found));
    m_recorder.event({}, EventKind::Operator, actionToJson("close_room"));
    found->close(SeatEnd::RoomClosed, reason.isEmpty() ? QByteArray("the room was closed") : reason);
    armLobby();
}

void Worker::pauseRoom(const QByteArray &room, bool paused)
{
    Room *found = findRoom(room);
    if (found == nullptr || found->isPaused() == paused)
        return;
    found->setPaused(paused);
    event(EventSeverity::Info, "operator", paused ? "pause" : "go_on",
          (paused ? u"The operator paused room %1"_s : u"The operator let room %1 go on"_s).arg(roomText(*found)), {},
          roomText(*found));
    m_recorder.event({}, EventKind::Operator, actionToJson(paused ? "pause" : "go_on"));
    armLobby();
}

void Worker::endGame(const QByteArray &room)
{
    Room *found = findRoom(room);
    if (found == nullptr)
        return;
    event(EventSeverity::Info, "operator", "end", u"The operator ended the game in room %1"_s.arg(roomText(*found)), {},
          roomText(*found));
    m_recorder.event({}, EventKind::Operator, actionToJson("end_game"));
    found->endGame();
    armLobby();
}

void Worker::createRoom(const QByteArray &id, const QByteArray &game, const QByteArray &options)
{
    if (!m_lobby)
        return;
    const auto room = m_lobby->create(id, game, options);
    if (!room)
        return emit actionFailed(QString::fromUtf8(room.error().text));
    room.value()->waitForFirst();
    armLobby();
    emit roomCreated(roomText(*room.value()));
}

} // namespace glasshouse
