// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/roomoutput.h"

#include "protocol/framewriter.h"
#include "protocol/json.h"

namespace glasshouse {

namespace {

// `more`: members, each with a comma before it.
QByteArray errorData(ErrorCode code, QByteArrayView text, QByteArrayView more = {})
{
    return "{\"code\":\"" + errorCodeName(code).toByteArray() + "\",\"message\":" + jsonQuoted(text)
        + more.toByteArray() + '}';
}

} // namespace

QByteArray rateLimitedData(int perSecond, int burst)
{
    return errorData(
        ErrorCode::RateLimited,
        "too many messages: those over the limit are dropped. A loop that sends with each frame of a 165 or 240 Hz "
        "display is the "
        "usual reason",
        QByteArray(",\"perSecond\":" + QByteArray::number(perSecond) + ",\"burst\":" + QByteArray::number(burst)));
}

// A game is charged for what it asks for as well as for what is sent: it may talk to nobody.
void RoomOutput::send(Seat &seat, SequencedText &text, SharedBytes &shared)
{
    m_game.charge();
    m_seats.send(seat, text, shared);
}

void RoomOutput::sendBinary(Seat &seat, const QByteArray &frame, int headerSize, SharedBytes &shared)
{
    m_game.charge();
    m_seats.sendBinary(seat, frame, headerSize, shared);
}

void RoomOutput::toAllBut(const Seat *except, QByteArrayView type, QByteArrayView data)
{
    SequencedText text(envelopeBody(type, data));
    SharedBytes shared;
    for (const auto &seat : m_seats.all()) {
        if (seat.get() != except)
            send(*seat, text, shared);
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
    SharedBytes shared;
    for (const auto &seat : m_seats.all()) {
        if (seat->player.id != from)
            send(*seat, text, shared);
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
    SharedBytes alone;
    send(*seat, text, alone);
    return true;
}

void RoomOutput::binaryToOthers(const PlayerId &from, QByteArrayView payload)
{
    m_game.charge();
    const QByteArray frame = makeFrame(Opcode::Binary, payload);
    SharedBytes shared;
    for (const auto &seat : m_seats.all()) {
        if (seat->player.id != from)
            sendBinary(*seat, frame, int(frame.size() - payload.size()), shared);
    }
}

void RoomOutput::answer(ServerMessage message, QByteArrayView data)
{
    if (m_request == nullptr || m_request->seat == nullptr)
        return;
    SequencedText text(envelopeBody(typeOf(message), data, m_request->id), true);
    SharedBytes alone;
    send(*m_request->seat, text, alone);
}

void RoomOutput::reject(ErrorCode code, QByteArrayView text, QByteArrayView more)
{
    m_game.charge();
    if (m_request == nullptr)
        return;
    m_request->refused = code != ErrorCode::NotAllowed; // that was understood
    answer(ServerMessage::Error, errorData(code, text, more));
}

void RoomOutput::rateLimited(Seat &seat, int perSecond, int burst)
{
    SequencedText text(envelopeBody(typeOf(ServerMessage::Error), rateLimitedData(perSecond, burst)), true);
    m_seats.send(seat, text);
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
            sendBinary(seat, message.body, message.headerSize, message.bytes);
            continue;
        }
        SequencedText text(std::move(message.body));
        send(seat, text, message.bytes);
    }
}

void RoomOutput::forget(const Seat &seat)
{
    if (m_request != nullptr && m_request->seat == &seat)
        m_request->seat = nullptr;
}

} // namespace glasshouse
