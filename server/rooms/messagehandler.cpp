// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/messagehandler.h"

#include "protocol/chattext.h"
#include "protocol/json.h"

namespace glasshouse {

namespace {

constexpr qsizetype maxChat = 500;
constexpr int anyDepth = 512; // where the operator set no limit

} // namespace

MessageHandler::MessageHandler(const Parts &room, Seat &seat) : m_room(room), m_seat(seat), m_request{&seat}
{
    m_room.output.setRequest(&m_request);
}

MessageHandler::~MessageHandler() { m_room.output.setRequest(nullptr); }

void MessageHandler::handle(MessageKind kind, QByteArrayView payload)
{
    if (kind == MessageKind::Text)
        text(payload);
    else if (m_room.game.isPaused())
        reject(ErrorCode::NotAllowed, "the game is paused");
    else
        m_room.game.call([&](Game &game, qint64 now) { game.binary(m_seat.player.id, payload, now, m_room.output); });
    if (!m_judged)
        judge();
}

// A message that was refused counts; one that was understood begins the count anew.
void MessageHandler::judge()
{
    if (m_request.seat == nullptr)
        return; // it dropped
    if (!m_request.refused) {
        m_seat.badInARow = 0;
        return;
    }
    ++m_seat.badTotal;
    if (++m_seat.badInARow < m_room.settings.badMessages || m_room.settings.badMessages == 0 || m_seat.leaving)
        return;
    m_seat.leaving = true;
    m_seat.wire->endSeat(SeatEnd::TooManyBadMessages, "too many messages that could not be understood");
}

void MessageHandler::text(QByteArrayView payload)
{
    const auto checked = checkJson(payload, m_room.settings.jsonDepth == 0 ? anyDepth : m_room.settings.jsonDepth);
    if (checked)
        json(checked.value(), false);
    else
        reject(ErrorCode::BadJson, checked.error().text);
}

void MessageHandler::json(QByteArrayView checkedJson, bool inBatch)
{
    const auto parsed = envelopeFromJson(checkedJson);
    if (parsed)
        return envelope(parsed.value(), inBatch);
    m_request.id = requestIdOf(checkedJson);
    reject(parsed.error().code, parsed.error().text);
}

void MessageHandler::envelope(const Envelope &envelope, bool inBatch)
{
    m_request.id = envelope.id;
    if (handleCommon(envelope, inBatch))
        return;
    if (m_room.game.isPaused())
        return reject(ErrorCode::NotAllowed, "the game is paused");
    m_room.game.call([&](Game &game, qint64 now) { game.message(m_seat.player.id, envelope, now, m_room.output); });
}

bool MessageHandler::handleCommon(const Envelope &envelope, bool inBatch)
{
    const QByteArrayView type = envelope.type;
    if (type == QByteArrayView("ping"))
        ping(envelope);
    else if (type == QByteArrayView("ready"))
        ready(envelope);
    else if (type == QByteArrayView("start"))
        start();
    else if (type == QByteArrayView("chat"))
        chat(envelope);
    else if (type == QByteArrayView("batch"))
        inBatch ? reject(ErrorCode::BadEnvelope, "a batch may not hold a batch") : batch(envelope);
    else if (type == QByteArrayView("leave"))
        leave();
    else
        return type == QByteArrayView("auth"); // an open room asks nobody for a token
    return true;
}

void MessageHandler::ping(const Envelope &envelope)
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
    m_room.output.answer(ServerMessage::Pong,
                         data + "\"serverTime\":" + QByteArray::number(m_room.game.serverTime()) + '}');
}

void MessageHandler::ready(const Envelope &envelope)
{
    const QByteArrayView status = jsonMember(envelope.data, "status");
    const bool waiting = status == QByteArrayView("\"waiting\"");
    if (!envelope.data.startsWith('{') || (!status.isNull() && !waiting && status != QByteArrayView("\"ready\"")))
        return reject(ErrorCode::BadData, "status is \"ready\" or \"waiting\"");
    m_seat.ready = !waiting;
    m_room.output.toAll(ServerMessage::PlayerReady,
                        QByteArray("{\"playerId\":\"" + m_seat.player.id + "\",\"status\":\""
                                   + (waiting ? "waiting" : "ready") + "\"}"));
}

void MessageHandler::start()
{
    if (m_room.seats.firstPresent() != &m_seat)
        return reject(ErrorCode::NotAllowed, "only the room's first player may start the game");
    if (!m_room.start() && !m_room.game.isStopped())
        reject(ErrorCode::NotAllowed, "the game can not start now");
}

void MessageHandler::chat(const Envelope &envelope)
{
    const auto wanted = jsonString(jsonMember(envelope.data, "text"));
    if (!wanted || wanted->isEmpty())
        return reject(ErrorCode::BadData, "text is missing");
    const QString said = QString::fromUtf8(*wanted);
    if (said.toUcs4().size() > maxChat)
        return reject(ErrorCode::TooBig, "text is longer than 500 characters");
    const QString text = chatText(said);
    if (text.isEmpty())
        return reject(ErrorCode::BadData, "nothing in the text can be seen");
    const QByteArray data = "{\"playerId\":\"" + m_seat.player.id
        + "\",\"name\":" + jsonQuoted(m_seat.player.name.toUtf8()) + ",\"text\":" + jsonQuoted(text.toUtf8()) + '}';
    m_room.output.toAll(ServerMessage::Chat, data);
}

void MessageHandler::batch(const Envelope &envelope)
{
    int count = 0;
    if (!envelope.data.startsWith('[')
        || !forEachElement(envelope.data, [&](QByteArrayView) { return ++count <= maxBatch; }))
        return reject(ErrorCode::BadData, "a batch is an array of at most 64 envelopes");
    bool isFirst = true; // the batch itself was counted when it came
    forEachElement(envelope.data, [&](QByteArrayView element) {
        if (!std::exchange(isFirst, false) && !m_seat.wire->takesMessage())
            return m_request.seat != nullptr && !m_seat.leaving && m_seat.wire != nullptr;
        m_request.id = {};
        m_request.refused = false;
        json(element, true);
        if (m_request.seat == nullptr)
            return false; // it dropped
        judge();
        return !m_seat.leaving && !m_room.game.isStopped();
    });
    m_judged = true;
}

void MessageHandler::leave()
{
    m_seat.leaving = true;
    m_seat.wire->endSeat(SeatEnd::Left, "left");
}

} // namespace glasshouse
