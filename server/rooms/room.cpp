// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/room.h"

#include "protocol/framewriter.h"
#include "protocol/json.h"

#include <QLoggingCategory>
#include <QRandomGenerator>
#include <algorithm>
#include <exception>

namespace glasshouse {

Q_LOGGING_CATEGORY(lcRooms, "glasshouse.rooms")

namespace {

constexpr qint64 leastTickMs = 1; // between two ticks, whatever a game asks for

/// Unwinds the code of a game that does not stop sending.
struct RunawayGame final : std::exception
{
    [[nodiscard]] const char *what() const noexcept override { return "it does not stop sending"; }
};

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
      m_emptySinceMs(clock.monotonicMs()),
      m_epochMs(clock.wallMs() - clock.monotonicMs())
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

// Stands still with the room.
qint64 Room::now() const { return m_pausedMs >= 0 ? m_pausedMs : serverTime(); }

Seat &Room::join(SeatWire &wire, const QString &name, quint32 connection, QByteArrayView refusedResume,
                 const QByteArray &subject)
{
    ++m_guests;
    auto seat = std::make_unique<Seat>();
    seat->player = {newPlayerId(), name.isEmpty() ? QStringLiteral("Player %1").arg(m_guests) : name};
    seat->subject = subject;
    seat->wire = &wire;
    seat->connection = connection;
    m_seats.push_back(std::move(seat));
    m_emptySinceMs = -1;
    if (m_seats.size() == 1) // a game that begins by itself begins now
        m_playedSinceMs = now();
    Seat &joined = *m_seats.back();
    sendConnected(joined, {.reason = refusedResume});
    announce("player_joined", joined, &joined);
    guarded([&] { m_game->joined(joined.player, now(), *this); });
    return joined;
}

QByteArray Room::gameState()
{
    QByteArray state = "{}";
    guarded([&] { state = m_game->state(now()); });
    return state;
}

QByteArray Room::roomJson()
{
    QByteArray players;
    for (const auto &seat : m_seats) {
        players += players.isEmpty() ? "" : ",";
        players += "{\"playerId\":\"" + seat->player.id + "\",\"name\":" + quotedName(seat->player.name)
            + ",\"status\":\"" + (seat->ready ? "ready" : "waiting")
            + (seat->wire == nullptr
                   ? "\",\"dropped\":true,\"secondsLeft\":" + QByteArray::number(secondsLeft(*seat)) + '}'
                   : QByteArray("\"}"));
    }
    return "{\"id\":\"" + m_id + "\",\"code\":\"" + m_code + "\",\"game\":\"" + m_game->kind().toByteArray()
        + "\",\"state\":\"" + stateName().toByteArray()
        + (isPaused() ? "\",\"paused\":true,\"pausedAt\":" + QByteArray::number(m_pausedMs) : QByteArray("\""))
        + ",\"players\":[" + players + "],\"gameState\":" + gameState() + '}';
}

void Room::sendConnected(Seat &seat, const Resumed &how)
{
    const bool resumable = m_settings.resumeSeconds > 0;
    if (resumable)
        seat.token = newToken();
    const QByteArray data = "{\"connectionId\":\"c" + QByteArray::number(seat.connection) + "\",\"playerId\":\""
        + seat.player.id + "\",\"name\":" + quotedName(seat.player.name)
        + (seat.subject.isEmpty() ? QByteArray() : ",\"subject\":" + jsonQuoted(seat.subject))
        + ",\"resume\":" + (resumable ? '"' + seat.token + '"' : QByteArray("null")) + ",\"resumeSeconds\":"
        + QByteArray::number(m_settings.resumeSeconds) + ",\"resumed\":" + (how.resumed ? "true" : "false")
        + (how.resumed ? ",\"missed\":" + QByteArray::number(how.missed) : QByteArray())
        + (how.reason.isEmpty() ? QByteArray() : ",\"reason\":" + jsonQuoted(how.reason))
        + ",\"heartbeatSeconds\":" + QByteArray::number(m_settings.heartbeatSeconds)
        + ",\"serverTime\":" + QByteArray::number(serverTime()) + ",\"room\":" + roomJson() + '}';
    SequencedText text(envelopeBody("connected", data));
    ++m_messages;
    if (resumable)
        seat.log.add({}); // its token is good for this connection only: not to be sent again
    seat.wire->sendText(text, ++seat.sequence);
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
    guarded([&] { m_game->left(gone->player.id, now(), *this); });
}

// Game code is the one part that others write: what it throws ends its room and nothing else, and is the last of it.
void Room::guarded(const std::function<void()> &rules)
{
    if (m_over)
        return;
    const bool outermost = !std::exchange(m_inGame, true);
    const qint64 began = outermost ? m_clock.monotonicMs() : 0;
    if (outermost)
        m_sentInCall = 0;
    const auto failed = [this](const char *what) {
        qCWarning(lcRooms) << "room" << m_id << "failed:" << what;
        close(SeatEnd::RoomFailed, "the game failed");
    };
    try {
        rules();
        if (outermost && m_settings.gameCallMs > 0 && m_clock.monotonicMs() - began > m_settings.gameCallMs)
            failed("it takes too much time");
    } catch (const std::exception &error) {
        failed(error.what());
    } catch (...) {
        failed("something was thrown");
    }
    if (outermost) {
        m_inGame = false;
        reschedule();
    }
}

void Room::reschedule()
{
    const qint64 next = nextTickMs();
    const bool earlier = next >= 0 && (m_scheduledMs < 0 || next < m_scheduledMs);
    m_scheduledMs = next;
    if (earlier && m_onSchedule)
        m_onSchedule();
}

void Room::close(SeatEnd why, const QByteArray &reason)
{
    if (std::exchange(m_over, true))
        return;
    if (why == SeatEnd::ServerShutdown)
        announceClosing(reason, 0);
    for (const auto &seat : m_seats) {
        if (seat->wire != nullptr)
            seat->wire->endSeat(why, reason);
    }
    // Nobody comes back to a room that is over.
    std::erase_if(m_seats, [](const auto &seat) { return seat->wire == nullptr; });
    if (m_seats.empty() && m_emptySinceMs < 0)
        m_emptySinceMs = m_clock.monotonicMs();
}

void Room::announceClosing(const QByteArray &reason, int secondsLeft)
{
    toAll(
        "server_closing",
        QByteArray("{\"reason\":" + jsonQuoted(reason) + ",\"secondsLeft\":" + QByteArray::number(secondsLeft) + '}'));
}

bool Room::isInterruptible() const { return m_over || dropped() == players() || m_game->isInterruptible(); }

void Room::setSettings(const RoomSettings &settings)
{
    m_settings = settings;
    findNextExpiry();
    reschedule();
}

bool Room::start()
{
    QByteArray data;
    bool started = false;
    if (!m_over && !isPaused())
        guarded([&] { started = m_game->start(now(), data, *this); });
    if (!started || m_over)
        return false;
    m_playedSinceMs = now();
    toAll("game_started", data);
    return true;
}

void Room::setPaused(bool paused)
{
    if (m_over || paused == isPaused())
        return;
    if (paused) {
        m_pausedMs = now();
        reschedule();
        return toAll("game_paused", "{}");
    }
    const qint64 since = std::exchange(m_pausedMs, -1);
    const qint64 stood = now() - since;
    guarded([&] { m_game->stoodStill(stood); });
    toAll("game_resumed", QByteArray("{\"pausedMs\":" + QByteArray::number(stood) + '}'));
}

void Room::endGame()
{
    if (m_over)
        return;
    setPaused(false);
    guarded([this] { m_game->end(now(), *this); });
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
    expireSeats();
    if (!m_over && !isPaused()) {
        m_lastTickMs = m_clock.monotonicMs();
        const qint64 due = m_game->nextTickMs();
        if (due >= 0 && due <= now())
            guarded([this] { m_game->tick(now(), *this); });
    }
    reschedule();
    return m_scheduledMs;
}

qint64 Room::nextTickMs() const
{
    if (m_over)
        return -1;
    const qint64 game = isPaused() ? -1 : m_game->nextTickMs();
    if (game < 0)
        return m_nextExpiryMs;
    const qint64 due = std::max(game - m_epochMs, m_lastTickMs + leastTickMs);
    return m_nextExpiryMs < 0 ? due : std::min(due, m_nextExpiryMs);
}

void Room::send(Seat &seat, SequencedText &text)
{
    countSent();
    ++seat.sequence;
    if (m_settings.resumeSeconds > 0)
        seat.log.add({text.body(), 0});
    if (seat.wire != nullptr)
        seat.wire->sendText(text, seat.sequence);
}

// A binary message has a number as well: it can not show it, but the client can count it.
void Room::sendBinary(Seat &seat, const QByteArray &frame, int headerSize)
{
    countSent();
    ++seat.sequence;
    if (m_settings.resumeSeconds > 0)
        seat.log.add({frame, headerSize});
    if (seat.wire != nullptr)
        seat.wire->sendBinary(frame, headerSize);
}

void Room::countSent()
{
    ++m_messages;
    limitGame();
}

// Counts what it asks for as well as what is sent: it may talk to nobody.
void Room::limitGame()
{
    if (m_inGame && ++m_sentInCall > m_settings.messagesPerCall && m_settings.messagesPerCall > 0)
        throw RunawayGame();
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
    limitGame();
    SequencedText text(envelopeBody(type, data));
    sendToSeats(text, nullptr);
}

void Room::toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data)
{
    limitGame();
    SequencedText text(envelopeBody(type, data, {}, from));
    for (const auto &seat : m_seats) {
        if (seat->player.id != from)
            send(*seat, text);
    }
}

bool Room::toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from)
{
    limitGame();
    const auto seat =
        std::find_if(m_seats.begin(), m_seats.end(), [&](const auto &other) { return other->player.id == to; });
    if (seat == m_seats.end())
        return false;
    const bool isAnswer = from.isEmpty() && seat->get() == m_current;
    SequencedText text(envelopeBody(type, data, isAnswer ? m_currentId : QByteArrayView(), from));
    send(**seat, text);
    return true;
}

void Room::binaryToOthers(const PlayerId &from, QByteArrayView payload)
{
    limitGame();
    const QByteArray frame = makeFrame(Opcode::Binary, payload);
    for (const auto &seat : m_seats) {
        if (seat->player.id != from)
            sendBinary(*seat, frame, int(frame.size() - payload.size()));
    }
}

void Room::reject(ErrorCode code, QByteArrayView text)
{
    limitGame();
    m_rejected = code != ErrorCode::NotAllowed; // that was understood
    if (m_current == nullptr)
        return;
    const QByteArray data =
        "{\"code\":\"" + errorCodeName(code).toByteArray() + "\",\"message\":" + jsonQuoted(text) + '}';
    answer(*m_current, "error", data);
}

void Room::finished(QByteArrayView results)
{
    toAll("game_finished", QByteArray("{\"results\":" + results.toByteArray() + '}'));
    roundFinished(results);
}

void Room::roundFinished(QByteArrayView results)
{
    limitGame();
    const qint64 started = std::exchange(m_playedSinceMs, now());
    if (m_onResults)
        m_onResults(*this, {started < 0 ? m_createdMs : started, now(), results});
}

} // namespace glasshouse
