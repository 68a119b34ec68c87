// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/room.h"

#include "protocol/json.h"
#include "server/rooms/messagehandler.h"

#include <QLoggingCategory>

namespace glasshouse {

Q_LOGGING_CATEGORY(lcRooms, "glasshouse.rooms")

namespace {

GameLimits limitsOf(const RoomSettings &settings) { return {settings.messagesPerCall, settings.gameCallMs}; }

QByteArray quotedName(const QString &name) { return jsonQuoted(name.toUtf8()); }

QByteArray messageLimit(const RoomSettings &settings)
{
    if (settings.messageRate == 0)
        return "null";
    return "{\"perSecond\":" + QByteArray::number(settings.messageRate)
        + ",\"burst\":" + QByteArray::number(settings.messageBurst) + '}';
}

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

Room::Room(QByteArray id, QByteArray code, std::unique_ptr<Game> game, RoomSettings settings, const Clock &clock,
           std::shared_ptr<ResumeMemory> memory)
    : m_id(std::move(id)),
      m_code(std::move(code)),
      m_settings(settings),
      m_seats(settings.resumeSeconds, clock, std::move(memory)),
      m_game(std::move(game), limitsOf(settings), clock, *this),
      m_output(m_seats, m_game),
      m_createdMs(clock.wallMs())
{ }

QByteArrayView Room::stateName() { return phaseName(m_game.phase()); }

Seat &Room::join(SeatWire &wire, const DisplayName &name, quint32 connection, QByteArrayView refusedResume,
                 const QByteArray &subject, const QByteArray &formerToken)
{
    Seat &joined = m_seats.add(wire, name, connection, subject, formerToken);
    if (m_seats.size() == 1) // a game that begins by itself begins now
        m_playedSinceMs = m_game.now();
    sendConnected(joined, {.reason = refusedResume});
    announce(ServerMessage::PlayerJoined, joined, &joined);
    m_game.call([&](Game &game, qint64 now) { game.joined(joined.player, now, m_output); });
    return joined;
}

QByteArray Room::roomJson()
{
    QByteArray players;
    for (const auto &seat : m_seats.all()) {
        players += players.isEmpty() ? "" : ",";
        players += "{\"playerId\":\"" + seat->player.id + "\",\"name\":" + quotedName(seat->player.name)
            + ",\"status\":\"" + (seat->ready ? "ready" : "waiting")
            + (seat->wire == nullptr
                   ? "\",\"dropped\":true,\"secondsLeft\":" + QByteArray::number(secondsLeft(*seat)) + '}'
                   : QByteArray("\"}"));
    }
    return "{\"id\":\"" + m_id + "\",\"code\":\"" + m_code + "\",\"game\":\"" + m_game.kind().toByteArray()
        + "\",\"state\":\"" + stateName().toByteArray()
        + (isPaused() ? "\",\"paused\":true,\"pausedAt\":" + QByteArray::number(m_game.now()) : QByteArray("\""))
        + ",\"players\":[" + players + "],\"gameState\":" + gameState() + '}';
}

void Room::sendConnected(Seat &seat, const Resumed &how)
{
    const bool resumable = m_seats.resumable();
    const QByteArray data = "{\"connectionId\":\"c" + QByteArray::number(seat.connection) + "\",\"playerId\":\""
        + seat.player.id + "\",\"name\":" + quotedName(seat.player.name)
        + (seat.subject.isEmpty() ? QByteArray() : ",\"subject\":" + jsonQuoted(seat.subject))
        + ",\"resume\":" + (resumable ? '"' + seat.token + '"' : QByteArray("null")) + ",\"resumeSeconds\":"
        + QByteArray::number(m_settings.resumeSeconds) + ",\"resumed\":" + (how.resumed ? "true" : "false")
        + (how.resumed ? ",\"missed\":" + QByteArray::number(how.missed) : QByteArray())
        + (how.reason.isEmpty() ? QByteArray() : ",\"reason\":" + jsonQuoted(how.reason)) + ",\"heartbeatSeconds\":"
        + QByteArray::number(m_settings.heartbeatSeconds) + ",\"messageLimit\":" + messageLimit(m_settings)
        + ",\"serverTime\":" + QByteArray::number(m_game.serverTime()) + ",\"room\":" + roomJson() + '}';
    SequencedText text(envelopeBody(typeOf(ServerMessage::Connected), data));
    m_seats.sendOnce(seat, text); // its token is good for this connection only
}

void Room::announce(ServerMessage message, const Seat &seat, const Seat *except)
{
    m_output.toAllBut(except, message,
                      QByteArray("{\"playerId\":\"" + seat.player.id + "\",\"name\":" + quotedName(seat.player.name)
                                 + ",\"players\":" + QByteArray::number(players()) + '}'));
}

Seat *Room::seatFor(const ResumeRequest &request) const { return isOver() ? nullptr : m_seats.seatFor(request); }

void Room::resume(Seat &seat, SeatWire &wire, quint32 connection, const ResumeRequest &request)
{
    const bool wasDropped = m_seats.reseat(seat, wire, connection, request.token);
    if (wasDropped)
        m_output.toAllBut(&seat, ServerMessage::PlayerResumed, QByteArray("{\"playerId\":\"" + seat.player.id + "\"}"));
    const bool wasLogTaken = std::exchange(seat.logTaken, false);
    const char *const reason = request.lastSeen > seat.sequence ? "there was no such message"
        : wasLogTaken ? "what was missed is not kept any more: too many sessions waited"
                      : "too much was missed";
    auto missed = m_seats.takeMissed(seat, request.lastSeen);
    if (!missed)
        return sendConnected(seat, {.reason = reason});
    sendConnected(seat, {.resumed = true, .missed = qsizetype(missed->size())});
    m_output.repeat(seat, std::move(*missed)); // under the numbers behind `connected`
}

void Room::leave(Seat &seat)
{
    const std::unique_ptr<Seat> gone = m_seats.take(seat);
    if (!gone)
        return;
    m_output.forget(*gone);
    announce(ServerMessage::PlayerLeft, *gone, nullptr);
    m_game.call([&](Game &game, qint64 now) { game.left(gone->player.id, now, m_output); });
}

void Room::drop(Seat &seat)
{
    if (isOver() || seat.leaving || !m_seats.resumable())
        return leave(seat);
    m_output.forget(seat);
    m_seats.drop(seat);
    m_output.toAllBut(&seat, ServerMessage::PlayerDropped,
                      QByteArray("{\"playerId\":\"" + seat.player.id
                                 + "\",\"secondsLeft\":" + QByteArray::number(m_settings.resumeSeconds) + '}'));
    reschedule();
}

void Room::message(Seat &seat, MessageKind kind, QByteArrayView payload)
{
    if (isOver() || seat.leaving)
        return;
    ++m_received;
    const std::function<bool()> starting = [this] { return start(); };
    MessageHandler({m_seats, m_game, m_output, m_settings, starting}, seat).handle(kind, payload);
}

void Room::gameFailed(const char *what)
{
    qCWarning(lcRooms) << "room" << m_id << "failed:" << what;
    endSeats(SeatEnd::RoomFailed, "the game failed");
}

void Room::close(SeatEnd why, const QByteArray &reason)
{
    if (!m_game.stop())
        return;
    if (why == SeatEnd::ServerShutdown)
        announceClosing(reason, 0);
    endSeats(why, reason);
}

void Room::endSeats(SeatEnd why, const QByteArray &reason)
{
    for (const auto &seat : m_seats.all()) {
        if (seat->wire != nullptr)
            seat->wire->endSeat(why, reason);
    }
    m_seats.removeDropped(); // nobody comes back to a room that is over
}

void Room::announceClosing(const QByteArray &reason, int secondsLeft)
{
    m_output.toAll(
        ServerMessage::ServerClosing,
        QByteArray("{\"reason\":" + jsonQuoted(reason) + ",\"secondsLeft\":" + QByteArray::number(secondsLeft) + '}'));
}

bool Room::isInterruptible() { return dropped() == players() || m_game.isInterruptible(); }

void Room::setSettings(const RoomSettings &settings)
{
    m_settings = settings;
    m_game.setLimits(limitsOf(settings));
    m_seats.setResumeSeconds(settings.resumeSeconds);
    reschedule();
}

bool Room::start()
{
    QByteArray data;
    bool started = false;
    if (!isPaused())
        m_game.call([&](Game &game, qint64 now) { started = game.start(now, data, m_output); });
    if (!started || isOver())
        return false;
    m_playedSinceMs = m_game.now();
    m_output.toAll(ServerMessage::GameStarted, data);
    return true;
}

void Room::setPaused(bool paused)
{
    if (isOver() || paused == isPaused())
        return;
    if (paused) {
        m_game.pause();
        reschedule();
        return m_output.toAll(ServerMessage::GamePaused, "{}");
    }
    const qint64 stood = m_game.resume();
    m_output.toAll(ServerMessage::GameResumed, QByteArray("{\"pausedMs\":" + QByteArray::number(stood) + '}'));
}

void Room::endGame()
{
    setPaused(false);
    m_game.call([this](Game &game, qint64 now) { game.end(now, m_output); });
}

bool Room::broadcast(QByteArrayView text)
{
    const auto envelope = parseEnvelope(text);
    if (envelope)
        m_output.toAll(envelope.value().type, envelope.value().data);
    return envelope.ok();
}

void Room::gamePlayed(QByteArrayView results)
{
    const qint64 started = std::exchange(m_playedSinceMs, m_game.now());
    if (m_onResults)
        m_onResults(*this, {started < 0 ? m_createdMs : started, m_game.now(), results});
}

void Room::reschedule()
{
    const qint64 next = nextTickMs();
    const bool earlier = next >= 0 && (m_scheduledMs < 0 || next < m_scheduledMs);
    m_scheduledMs = next;
    if (earlier && m_onSchedule)
        m_onSchedule();
}

qint64 Room::tick()
{
    while (Seat *gone = isOver() ? nullptr : m_seats.expired())
        leave(*gone);
    m_game.tick(m_output);
    reschedule();
    return m_scheduledMs;
}

qint64 Room::nextTickMs()
{
    const qint64 game = m_game.nextTickMs(); // may be the last that it was asked
    const qint64 seat = isOver() ? -1 : m_seats.nextExpiryMs();
    return game < 0 ? seat : seat < 0 ? game : std::min(game, seat);
}

} // namespace glasshouse
