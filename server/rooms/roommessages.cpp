// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Room does with what its players say.
#include "server/rooms/room.h"

#include "protocol/json.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype maxChat = 500;

/// The "id" of a message that is no envelope, for its answer; null where there is no good one.
QByteArrayView idOf(QByteArrayView checkedJson)
{
    const QByteArrayView id = checkedJson.startsWith('{') ? jsonMember(checkedJson, "id") : QByteArrayView();
    const bool isNumber = !id.isEmpty() && (id.front() == '-' || (id.front() >= '0' && id.front() <= '9'));
    return isNumber || id.startsWith('"') ? id : QByteArrayView();
}

} // namespace

void Room::message(Seat &seat, MessageKind kind, QByteArrayView payload)
{
    if (m_over || seat.leaving)
        return;
    ++m_messages;
    m_current = &seat;
    m_rejected = false;
    m_judged = false;
    m_currentId = {};
    if (kind == MessageKind::Text)
        textMessage(seat, payload);
    else if (isPaused())
        reject(ErrorCode::NotAllowed, "the game is paused");
    else
        guarded([&] { m_game->binary(seat.player.id, payload, now(), *this); });
    if (m_current != nullptr && !m_judged)
        judge(*m_current);
    m_current = nullptr;
}

// A message that was refused counts; one that was understood begins the count anew.
void Room::judge(Seat &seat)
{
    if (!m_rejected) {
        seat.badInARow = 0;
        return;
    }
    ++seat.badTotal;
    if (++seat.badInARow < m_settings.badMessages || m_settings.badMessages == 0 || seat.leaving)
        return;
    seat.leaving = true;
    seat.wire->endSeat(SeatEnd::TooManyBadMessages, "too many messages that could not be understood");
}

void Room::textMessage(Seat &seat, QByteArrayView payload)
{
    const int depth = m_settings.jsonDepth == 0 ? 512 : m_settings.jsonDepth;
    const auto json = checkJson(payload, depth);
    if (json)
        jsonMessage(seat, json.value(), false);
    else
        reject(ErrorCode::BadJson, json.error().text);
}

void Room::jsonMessage(Seat &seat, QByteArrayView checkedJson, bool inBatch)
{
    const auto envelope = envelopeFromJson(checkedJson);
    if (envelope)
        return handle(seat, envelope.value(), inBatch);
    m_currentId = idOf(checkedJson);
    reject(envelope.error().code, envelope.error().text);
}

void Room::handle(Seat &seat, const Envelope &envelope, bool inBatch)
{
    m_currentId = envelope.id;
    if (handleCommon(seat, envelope, inBatch))
        return;
    if (isPaused())
        return reject(ErrorCode::NotAllowed, "the game is paused");
    guarded([&] { m_game->message(seat.player.id, envelope, now(), *this); });
}

bool Room::handleCommon(Seat &seat, const Envelope &envelope, bool inBatch)
{
    const QByteArrayView type = envelope.type;
    if (type == QByteArrayView("ping"))
        handlePing(seat, envelope);
    else if (type == QByteArrayView("ready"))
        handleReady(seat, envelope);
    else if (type == QByteArrayView("start"))
        handleStart(seat);
    else if (type == QByteArrayView("chat"))
        handleChat(seat, envelope);
    else if (type == QByteArrayView("batch"))
        inBatch ? reject(ErrorCode::BadEnvelope, "a batch may not hold a batch") : handleBatch(seat, envelope);
    else if (type == QByteArrayView("leave"))
        handleLeave(seat);
    else
        return type == QByteArrayView("auth"); // an open room asks nobody for a token
    return true;
}

void Room::handlePing(Seat &seat, const Envelope &envelope)
{
    QByteArray data("{");
    const auto add = [&data](QByteArrayView key, QByteArrayView value) {
        if (!isKey(key, "serverTime")) // it is ours to tell
            data.append('"').append(key).append("\":").append(value).append(',');
        return true;
    };
    if (envelope.data.startsWith('{'))
        forEachMember(envelope.data, add);
    else
        add("value", envelope.data);
    answer(seat, "pong", data + "\"serverTime\":" + QByteArray::number(serverTime()) + '}');
}

void Room::handleReady(Seat &seat, const Envelope &envelope)
{
    const QByteArrayView status = jsonMember(envelope.data, "status");
    const bool waiting = status == QByteArrayView("\"waiting\"");
    if (!envelope.data.startsWith('{') || (!status.isNull() && !waiting && status != QByteArrayView("\"ready\"")))
        return reject(ErrorCode::BadData, "status is \"ready\" or \"waiting\"");
    seat.ready = !waiting;
    toAll(
        "player_ready",
        QByteArray("{\"playerId\":\"" + seat.player.id + "\",\"status\":\"" + (waiting ? "waiting" : "ready") + "\"}"));
}

void Room::handleStart(Seat &seat)
{
    const auto first =
        std::find_if(m_seats.begin(), m_seats.end(), [](const auto &other) { return other->wire != nullptr; });
    if (first->get() != &seat)
        return reject(ErrorCode::NotAllowed, "only the room's first player may start the game");
    if (!start() && !m_over)
        reject(ErrorCode::NotAllowed, "the game can not start now");
}

void Room::handleChat(Seat &seat, const Envelope &envelope)
{
    const auto text = jsonString(jsonMember(envelope.data, "text"));
    if (!text || text->isEmpty())
        return reject(ErrorCode::BadData, "text is missing");
    if (QString::fromUtf8(*text).toUcs4().size() > maxChat)
        return reject(ErrorCode::TooBig, "text is longer than 500 characters");
    const QByteArray data = "{\"playerId\":\"" + seat.player.id + "\",\"name\":" + jsonQuoted(seat.player.name.toUtf8())
        + ",\"text\":" + jsonQuoted(*text) + '}';
    toAll("chat", data);
}

void Room::handleBatch(Seat &seat, const Envelope &envelope)
{
    int count = 0;
    if (!envelope.data.startsWith('[')
        || !forEachElement(envelope.data, [&](QByteArrayView) { return ++count <= maxBatch; }))
        return reject(ErrorCode::BadData, "a batch is an array of at most 64 envelopes");
    forEachElement(envelope.data, [&](QByteArrayView element) {
        m_currentId = {};
        m_rejected = false;
        jsonMessage(seat, element, true);
        if (m_current == nullptr)
            return false; // it dropped
        judge(seat);
        return !seat.leaving && !m_over;
    });
    m_judged = true;
}

void Room::handleLeave(Seat &seat)
{
    seat.leaving = true;
    seat.wire->endSeat(SeatEnd::Left, "left");
}

} // namespace glasshouse
