// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/roomoutput.h"

#include "protocol/framewriter.h"
#include "protocol/json.h"

namespace glasshouse {

// A game is charged for what it asks for as well as for what is sent: it may talk to nobody.
void RoomOutput::send(Seat &seat, SequencedText &text)
{
    m_game.charge();
    m_seats.send(seat, text);
}

void RoomOutput::sendBinary(Seat &seat, const QByteArray &frame, int headerSize)
{
    m_game.charge();
    m_seats.sendBinary(seat, frame, headerSize);
}

void RoomOutput::toAllBut(const Seat *except, QByteArrayView type, QByteArrayView data)
{
    SequencedText text(envelopeBody(type, data));
    for (const auto &seat : m_seats.all()) {
        if (seat.get() != except)
            send(*seat, text);
    }
}

void RoomOutput::toAllBut(const Seat *except, ServerMessage message, QByteArrayView data)
{
    toAllBut(except, typeOf(message), data);
}

void RoomOutput::toAll(QByteArrayView type, QByteArrayView data)
{
    m_game.charge();
    toAllBut(nullptr, type, data);
}

void RoomOutput::toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data)
{
    m_game.charge();
    SequencedText text(envelopeBody(type, data, {}, from));
    for (const auto &seat : m_seats.all()) {
        if (seat->player.id != from)
            send(*seat, text);
    }
}

bool RoomOutput::toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from)
{
    m_game.charge();
    Seat *const seat = m_seats.find(to);
    if (seat == nullptr)
        return false;
    const bool isAnswer = from.isEmpty() && m_request != nullptr && m_request->seat == seat;
    SequencedText text(envelopeBody(type, data, isAnswer ? m_request->id : QByteArrayView(), from), isAnswer);
    send(*seat, text);
    return true;
}

void RoomOutput::binaryToOthers(const PlayerId &from, QByteArrayView payload)
{
    m_game.charge();
    const QByteArray frame = makeFrame(Opcode::Binary, payload);
    for (const auto &seat : m_seats.all()) {
        if (seat->player.id != from)
            sendBinary(*seat, frame, int(frame.size() - payload.size()));
    }
}

void RoomOutput::answer(ServerMessage message, QByteArrayView data)
{
    if (m_request == nullptr || m_request->seat == nullptr)
        return;
    SequencedText text(envelopeBody(typeOf(message), data, m_request->id), true);
    send(*m_request->seat, text);
}

void RoomOutput::reject(ErrorCode code, QByteArrayView text)
{
    m_game.charge();
    if (m_request == nullptr)
        return;
    m_request->refused = code != ErrorCode::NotAllowed; // that was understood
    answer(ServerMessage::Error,
           QByteArray("{\"code\":\"" + errorCodeName(code).toByteArray() + "\",\"message\":" + jsonQuoted(text) + '}'));
}

void RoomOutput::finished(QByteArrayView results)
{
    toAll(ServerMessage::GameFinished, QByteArray("{\"results\":" + results.toByteArray() + '}'));
    roundFinished(results);
}

void RoomOutput::roundFinished(QByteArrayView results) { m_game.report(results); }

void RoomOutput::repeat(Seat &seat, std::vector<ResumeLog::Message> missed)
{
    for (ResumeLog::Message &message : missed) {
        if (!message.isText()) {
            sendBinary(seat, message.body, message.headerSize);
            continue;
        }
        SequencedText text(std::move(message.body));
        send(seat, text);
    }
}

void RoomOutput::forget(const Seat &seat)
{
    if (m_request != nullptr && m_request->seat == &seat)
        m_request->seat = nullptr;
}

} // namespace glasshouse
