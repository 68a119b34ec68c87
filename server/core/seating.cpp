// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/seating.h"

#include "protocol/servermessages.h"

#include <utility>

namespace glasshouse {

bool Seating::enter(Room &room, const Entrance &entrance)
{
    const ResumeRequest &resume = entrance.resume;
    m_roomId = QString::fromLatin1(room.id());
    m_room = &room;
    m_seat = resume.token.isEmpty() ? nullptr : room.seatFor(resume);
    m_unconfirmed = m_seat != nullptr;
    if (!m_unconfirmed)
        m_seat = &room.join(m_wire, entrance.name, m_connection,
                            resume.token.isEmpty() ? QByteArrayView() : "there is no such session", resume.subject,
                            resume.token);
    m_player = m_seat->player;
    if (m_unconfirmed)
        room.resume(*m_seat, m_wire, m_connection, resume);
    return m_unconfirmed;
}

void Seating::confirm()
{
    if (std::exchange(m_unconfirmed, false) && m_seat != nullptr)
        Room::confirm(*m_seat);
}

void Seating::message(MessageKind kind, QByteArrayView payload)
{
    if (m_seat != nullptr)
        return m_room->message(*m_seat, kind, payload);
    if (m_echoes)
        m_wire.sendPlain(kind, payload);
}

void Seating::tellRateLimit(const Limits &limits)
{
    if (m_seat != nullptr)
        return m_room->tellRateLimit(*m_seat);
    if (!m_echoes)
        return;
    m_wire.sendPlain(MessageKind::Text,
                     "{\"type\":\"" + typeOf(ServerMessage::Error).toByteArray()
                         + "\",\"data\":" + rateLimitedData(limits.messageRate, limits.messageBurst) + '}');
}

bool Seating::beginLeaving(bool comesBack)
{
    if (m_seat != nullptr && !comesBack)
        m_seat->leaving = true;
    return m_room != nullptr;
}

void Seating::leave(bool comesBack)
{
    if (m_seat == nullptr)
        return;
    Seat &seat = *m_seat;
    Room &room = *m_room;
    lose();
    comesBack ? room.drop(seat) : room.leave(seat);
}

void Seating::lose()
{
    m_badMessages = badMessages();
    m_seat = nullptr;
    m_room = nullptr;
}

bool keepsSeat(const Ending &ending, bool cutByAProxy)
{
    switch (ending.cause) {
    case EndingCause::ClientClosed:
        return ending.codeReceived != quint16(CloseCode::Normal);
    case EndingCause::ClientVanished:
    case EndingCause::ConnectionReset:
    case EndingCause::NetworkTimeout:
    case EndingCause::NetworkUnreachable:
    case EndingCause::NetworkError:
    case EndingCause::MessageTimeout:
    case EndingCause::MessageRateExceeded:
    case EndingCause::ByteRateExceeded:
    case EndingCause::ReadTooSlowly:
    case EndingCause::NoPong:
    case EndingCause::TokenRanOut:
        return true;
    case EndingCause::ProtocolError:
        return cutByAProxy;
    default:
        return false;
    }
}

} // namespace glasshouse
