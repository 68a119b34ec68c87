// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/room.h"

#include "server/protocol/framewriter.h"
#include "server/protocol/json.h"

#include <QLoggingCategory>
#include <QRandomGenerator>
#include <algorithm>
#include <exception>

namespace glasshouse {

Q_LOGGING_CATEGORY(lcRooms, "glasshouse.rooms")

namespace {

constexpr qsizetype maxChat = 500;

QByteArray quotedName(const QString &name) { return jsonQuoted(name.toUtf8()); }

QByteArrayView phaseName(GamePhase phase)
{
    switch (phase) {
    case GamePhase::Waiting:
        return "waiting";
    case GamePhase::Playing:
        return "playing";
    case GamePhase::Finished:
        return "finished";
    }
    return {};
}

} // namespace

Room::Room(QByteArray id, QByteArray code, std::unique_ptr<Game> game, RoomSettings settings, const Clock &clock)
    : m_id(std::move(id)),
      m_code(std::move(code)),
      m_game(std::move(game)),
      m_settings(settings),
      m_clock(clock),
      m_createdMs(clock.wallMs()),
      m_emptySinceMs(clock.monotonicMs())
{ }

Room::~Room() = default;

QByteArrayView Room::stateName() const { return m_over ? QByteArrayView("finished") : phaseName(m_game->phase()); }

PlayerId Room::newPlayerId() const
{
    const auto taken = [this](const PlayerId &id) {
        return std::any_of(m_seats.begin(), m_seats.end(), [&](const auto &seat) { return seat->player.id == id; });
    };
    PlayerId id;
    do {
        id = "p" + QByteArray::number(QRandomGenerator::system()->generate(), 36);
    } while (taken(id));
    return id;
}

Seat &Room::join(SeatWire &wire, const QString &name, QByteArrayView connectionId)
{
    ++m_guests;
    auto seat = std::make_unique<Seat>();
    seat->player = {newPlayerId(), name.isEmpty() ? QStringLiteral("Player %1").arg(m_guests) : name};
    seat->wire = &wire;
    m_seats.push_back(std::move(seat));
    m_emptySinceMs = -1;
    Seat &joined = *m_seats.back();
    sendConnected(joined, connectionId);
    announce("player_joined", joined, &joined);
    guarded([&] { m_game->joined(joined.player, m_clock.monotonicMs(), *this); });
    return joined;
}

QByteArray Room::gameState()
{
    QByteArray state = "{}";
    guarded([&] { state = m_game->state(m_clock.monotonicMs()); });
    return state;
}

QByteArray Room::roomJson()
{
    QByteArray players;
    for (const auto &seat : m_seats) {
        players += players.isEmpty() ? "" : ",";
        players += "{\"playerId\":\"" + seat->player.id + "\",\"name\":" + quotedName(seat->player.name)
            + ",\"status\":\"" + (seat->ready ? "ready" : "waiting") + "\"}";
    }
    return "{\"id\":\"" + m_id + "\",\"code\":\"" + m_code + "\",\"game\":\"" + m_game->kind().toByteArray()
        + "\",\"state\":\"" + stateName().toByteArray() + "\",\"players\":[" + players
        + "],\"gameState\":" + gameState() + '}';
}

void Room::sendConnected(Seat &seat, QByteArrayView connectionId)
{
    const QByteArray data = "{\"connectionId\":" + jsonQuoted(connectionId) + ",\"playerId\":\"" + seat.player.id
        + "\",\"name\":" + quotedName(seat.player.name) + ",\"resume\":null,\"resumeSeconds\":0,\"resumed\":false"
        + ",\"heartbeatSeconds\":" + QByteArray::number(m_settings.heartbeatSeconds)
        + ",\"serverTime\":" + QByteArray::number(m_clock.wallMs()) + ",\"room\":" + roomJson() + '}';
    SequencedText text(envelopeBody("connected", data));
    send(seat, text);
}

void Room::announce(QByteArrayView type, const Seat &seat, const Seat *except)
{
    const QByteArray data = "{\"playerId\":\"" + seat.player.id + "\",\"name\":" + quotedName(seat.player.name)
        + ",\"players\":" + QByteArray::number(players()) + '}';
    SequencedText text(envelopeBody(type, data));
    sendToSeats(text, except);
}

void Room::leave(Seat &seat)
{
    const auto at =
        std::find_if(m_seats.begin(), m_seats.end(), [&](const auto &other) { return other.get() == &seat; });
    if (at == m_seats.end())
        return;
    const std::unique_ptr<Seat> gone = std::move(*at);
    m_seats.erase(at);
    if (m_current == gone.get())
        m_current = nullptr;
    if (m_seats.empty())
        m_emptySinceMs = m_clock.monotonicMs();
    if (m_over)
        return;
    announce("player_left", *gone, nullptr);
    guarded([&] { m_game->left(gone->player.id, m_clock.monotonicMs(), *this); });
}

// Game code is the one part that others write: what it throws ends its room and nothing else.
void Room::guarded(const std::function<void()> &rules)
{
    try {
        rules();
    } catch (const std::exception &error) {
        qCWarning(lcRooms) << "room" << m_id << "failed:" << error.what();
        close(SeatEnd::RoomFailed, "the game failed");
    } catch (...) {
        qCWarning(lcRooms) << "room" << m_id << "failed";
        close(SeatEnd::RoomFailed, "the game failed");
    }
}

void Room::close(SeatEnd why, const QByteArray &reason)
{
    if (std::exchange(m_over, true))
        return;
    if (why == SeatEnd::ServerShutdown)
        toAll("server_closing", QByteArray("{\"reason\":" + jsonQuoted(reason) + ",\"secondsLeft\":0}"));
    for (const auto &seat : m_seats)
        seat->wire->endSeat(why, reason);
}

bool Room::start()
{
    QByteArray data;
    bool started = false;
    guarded([&] { started = m_game->start(m_clock.monotonicMs(), data, *this); });
    if (started)
        toAll("game_started", data);
    return started;
}

bool Room::broadcast(QByteArrayView text)
{
    const auto envelope = parseEnvelope(text);
    if (envelope)
        toAll(envelope.value().type, envelope.value().data);
    return envelope.ok();
}

qint64 Room::tick()
{
    if (!m_over)
        guarded([this] { m_game->tick(m_clock.monotonicMs(), *this); });
    return nextTickMs();
}

void Room::send(Seat &seat, SequencedText &text)
{
    ++m_messages;
    seat.wire->sendText(text, ++seat.sequence);
}

void Room::sendToSeats(SequencedText &text, const Seat *except)
{
    for (const auto &seat : m_seats) {
        if (seat.get() != except)
            send(*seat, text);
    }
}

void Room::answer(Seat &seat, QByteArrayView type, QByteArrayView data)
{
    SequencedText text(envelopeBody(type, data, m_currentId));
    send(seat, text);
}

void Room::toAll(QByteArrayView type, QByteArrayView data)
{
    SequencedText text(envelopeBody(type, data));
    sendToSeats(text, nullptr);
}

void Room::toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data)
{
    SequencedText text(envelopeBody(type, data, {}, from));
    for (const auto &seat : m_seats) {
        if (seat->player.id != from)
            send(*seat, text);
    }
}

bool Room::toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from)
{
    const auto seat =
        std::find_if(m_seats.begin(), m_seats.end(), [&](const auto &other) { return other->player.id == to; });
    if (seat == m_seats.end())
        return false;
    SequencedText text(envelopeBody(type, data, {}, from));
    send(**seat, text);
    return true;
}

void Room::binaryToOthers(const PlayerId &from, QByteArrayView payload)
{
    const QByteArray frame = makeFrame(Opcode::Binary, payload);
    for (const auto &seat : m_seats) {
        if (seat->player.id == from)
            continue;
        ++m_messages;
        seat->wire->sendBinary(frame, int(frame.size() - payload.size()));
    }
}

void Room::reject(ErrorCode code, QByteArrayView text)
{
    m_rejected = true;
    if (m_current == nullptr)
        return;
    const QByteArray data =
        "{\"code\":\"" + errorCodeName(code).toByteArray() + "\",\"message\":" + jsonQuoted(text) + '}';
    answer(*m_current, "error", data);
}

void Room::finished(QByteArrayView results)
{
    toAll("game_finished", QByteArray("{\"results\":" + results.toByteArray() + '}'));
}

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
    else
        guarded([&] { m_game->binary(seat.player.id, payload, m_clock.monotonicMs(), *this); });
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
    const auto envelope = parseEnvelope(payload, m_settings.jsonDepth == 0 ? 512 : m_settings.jsonDepth);
    if (envelope)
        handle(seat, envelope.value(), false);
    else
        reject(envelope.error().code, envelope.error().text);
}

void Room::handle(Seat &seat, const Envelope &envelope, bool inBatch)
{
    m_currentId = envelope.id;
    if (handleCommon(seat, envelope, inBatch))
        return;
    guarded([&] { m_game->message(seat.player.id, envelope, m_clock.monotonicMs(), *this); });
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
    const QByteArray time = "\"serverTime\":" + QByteArray::number(m_clock.wallMs()) + '}';
    QByteArray data = envelope.data.toByteArray();
    if (!data.startsWith('{')) {
        data = "{\"value\":" + data + ',' + time;
    } else {
        data.chop(1);
        data = data.trimmed();
        data += (data.size() > 1 ? "," : "") + time;
    }
    answer(seat, "pong", data);
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
    if (m_seats.front().get() != &seat)
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
    const QByteArray data = "{\"playerId\":\"" + seat.player.id + "\",\"name\":" + quotedName(seat.player.name)
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
        const auto inner = envelopeFromJson(element);
        if (inner)
            handle(seat, inner.value(), true);
        else
            reject(inner.error().code, inner.error().text);
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
