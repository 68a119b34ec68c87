// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/operatoractions.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr FaultCode connectionGone = FaultCode::ConnectionGone;

Fault roomGone(const QByteArray &room) { return {FaultCode::RoomGone, {QString::fromUtf8(room)}}; }

Fault faultOf(const Error<LobbyError> &error, const QByteArray &room)
{
    switch (error.code) {
    case LobbyError::BadId:
        return {FaultCode::BadRoomId};
    case LobbyError::Exists:
        return {FaultCode::RoomExists, {QString::fromUtf8(room)}};
    case LobbyError::TooManyRooms:
    case LobbyError::RoomFull:
        return {FaultCode::TooManyRooms};
    case LobbyError::NoSuchRoom:
        return roomGone(room);
    case LobbyError::UnknownGame:
        return {FaultCode::UnknownGame, {QString::fromUtf8(error.text)}};
    case LobbyError::BadOptions:
        break;
    }
    return {FaultCode::BadGameOptions, {QString::fromUtf8(error.text)}};
}

} // namespace

void OperatorActions::note(EventCode code, const Room &room, QByteArrayView action)
{
    ServerEvent event;
    event.code = code;
    event.room = QString::fromLatin1(room.id());
    m_chronicle.happened(event);
    if (!action.isEmpty())
        m_chronicle.operatorDid(action);
}

void OperatorActions::note(EventCode code, ConnectionId connection, QByteArrayView action)
{
    ServerEvent event;
    event.code = code;
    event.connection = connection;
    m_chronicle.happened(event);
    m_chronicle.operatorDid(action, connection);
}

OperatorActions::Outcome OperatorActions::kick(ConnectionId connection, const QByteArray &reason)
{
    Connection *found = m_hub.find(connection);
    if (found == nullptr)
        return Fault{connectionGone};
    note(EventCode::OperatorKicked, connection, "kick");
    found->end(EndingCause::Kicked, EndingSide::Operator,
               reason.isEmpty() ? QByteArray("removed by the operator") : reason);
    return {};
}

OperatorActions::Outcome OperatorActions::ping(ConnectionId connection)
{
    if (Connection *found = m_hub.find(connection))
        found->ping();
    return {};
}

OperatorActions::Outcome OperatorActions::send(ConnectionId connection, const QByteArray &text)
{
    Connection *found = m_hub.find(connection);
    if (found == nullptr)
        return Fault{connectionGone};
    note(EventCode::OperatorSent, connection, "send");
    found->sendText(text);
    return {};
}

OperatorActions::Outcome OperatorActions::broadcast(const QByteArray &room, const QByteArray &text)
{
    Room *found = m_lobby.find(room);
    if (found == nullptr)
        return roomGone(room);
    if (!found->broadcast(text))
        return Fault{FaultCode::NoEnvelope};
    note(EventCode::OperatorBroadcast, *found, "broadcast");
    return {};
}

OperatorActions::Outcome OperatorActions::startRoom(const QByteArray &room)
{
    Room *found = m_lobby.find(room);
    if (found == nullptr)
        return roomGone(room);
    if (!found->start())
        return Fault{FaultCode::GameCanNotStart, {QString::fromLatin1(found->id())}};
    note(EventCode::OperatorStarted, *found);
    return {};
}

OperatorActions::Outcome OperatorActions::pauseRoom(const QByteArray &room, bool paused)
{
    Room *found = m_lobby.find(room);
    if (found == nullptr)
        return roomGone(room);
    if (found->isPaused() == paused)
        return {};
    found->setPaused(paused);
    note(paused ? EventCode::OperatorPaused : EventCode::OperatorWentOn, *found, paused ? "pause" : "go_on");
    return {};
}

OperatorActions::Outcome OperatorActions::endGame(const QByteArray &room)
{
    Room *found = m_lobby.find(room);
    if (found == nullptr)
        return roomGone(room);
    note(EventCode::OperatorEnded, *found, "end_game");
    found->endGame();
    return {};
}

OperatorActions::Outcome OperatorActions::closeRoom(const QByteArray &room, const QByteArray &reason)
{
    Room *found = m_lobby.find(room);
    if (found == nullptr)
        return roomGone(room);
    note(EventCode::OperatorClosed, *found, "close_room");
    found->close(SeatEnd::RoomClosed, reason.isEmpty() ? QByteArray("the room was closed") : reason);
    return {};
}

OperatorActions::Outcome OperatorActions::createRoom(const QByteArray &id, const QByteArray &game,
                                                     const QByteArray &options, QString &made)
{
    const auto room = m_lobby.create(id, game, options);
    if (!room)
        return faultOf(room.error(), id);
    room.value()->waitForFirst();
    made = QString::fromLatin1(room.value()->id());
    return {};
}

} // namespace glasshouse
