// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "server/rooms/roomoutput.h"
#include "server/rooms/roomsettings.h"

#include <QHostAddress>
#include <functional>

namespace glasshouse {

/// Names whoever made a room, so that those of one can be counted: an address as AddressBook::key() has it. Null: nobody is known.
using RoomMaker = QHostAddress;

/// A game or round that was played to its end. `results` lives for the call.
struct RoomResults
{
    qint64 startedMs = 0; ///< in the room's time
    qint64 endedMs = 0;
    QByteArrayView results;
};

/// Brings seats, the messages of docs/protocol.md and one Game together. Lives on one thread with all of its players; knows no
/// sockets. Calls into it come from the connections of its players, the lobby and the operator.
class Room final : private GameWatcher
{
public:
    /// `memory`: of all rooms together.
    Room(QByteArray id, QByteArray code, std::unique_ptr<Game> game, RoomSettings settings, const Clock &clock,
         std::shared_ptr<ResumeMemory> memory = std::make_shared<ResumeMemory>());
    Q_DISABLE_COPY_MOVE(Room)

    [[nodiscard]] const QByteArray &id() const { return m_id; }
    [[nodiscard]] const QByteArray &code() const { return m_code; }
    [[nodiscard]] const GameGuard &game() const { return m_game; }
    [[nodiscard]] bool isFull() const { return m_settings.maxPlayers > 0 && players() >= m_settings.maxPlayers; }
    [[nodiscard]] int players() const { return m_seats.size(); } ///< with those who dropped
    [[nodiscard]] int dropped() const { return m_seats.dropped(); }
    [[nodiscard]] const SeatTable::Seats &seats() const { return m_seats.all(); }
    /// Until a dropped seat is given up; −1: it is not dropped.
    [[nodiscard]] int secondsLeft(const Seat &seat) const { return m_seats.secondsLeft(seat); }
    [[nodiscard]] bool isPaused() const { return m_game.isPaused(); }
    /// The game's state() as the players get it.
    [[nodiscard]] QByteArray gameState() { return m_game.state(); }
    [[nodiscard]] int maxPlayers() const { return m_settings.maxPlayers; }
    [[nodiscard]] bool isOver() const { return m_game.isStopped(); }
    /// Whose room it is, as of Lobby::create().
    void setMaker(const RoomMaker &maker) { m_maker = maker; }
    [[nodiscard]] const RoomMaker &maker() const { return m_maker; }
    /// The operator opened it for people who come later: it does not end before somebody was in it.
    void waitForFirst() { m_waitsForFirst = true; }
    [[nodiscard]] bool waitsForFirst() const { return m_waitsForFirst && m_seats.guests() == 0 && !isOver(); }
    [[nodiscard]] quint64 messages() const { return m_received + m_seats.sent(); }
    [[nodiscard]] qint64 createdMs() const { return m_createdMs; }               ///< wall clock
    [[nodiscard]] qint64 emptySinceMs() const { return m_seats.emptySinceMs(); } ///< monotonic; −1: not empty
    [[nodiscard]] QByteArrayView stateName();

    /// Takes a seat and sends `connected`. The room must not be full or over. `refusedResume`: why a session that was asked
    /// for does not go on; empty: none was. `subject`: see Seat. `formerToken`: with which it was asked for.
    Seat &join(SeatWire &wire, const DisplayName &name, quint32 connection, QByteArrayView refusedResume = {},
               const QByteArray &subject = {}, const QByteArray &formerToken = {});
    /// The seat that this request takes, or null. Changes nothing.
    [[nodiscard]] Seat *seatFor(const ResumeRequest &request) const;
    /// Gives the seat of a session to a new connection: `connected`, then what it missed; the old wire ends with Replaced.
    void resume(Seat &seat, SeatWire &wire, quint32 connection, const ResumeRequest &request);
    /// The client is known to have its `connected`: the token before is worth nothing any more.
    static void confirm(Seat &seat) { seat.tokenBefore.clear(); }
    /// The player's connection is gone, and the seat with it: it is invalid after the call.
    void leave(Seat &seat);
    /// The player's connection is gone; the seat waits. May be invalid after the call, as after leave().
    void drop(Seat &seat);
    /// A message from a player's connection. The seat may ask its wire to end.
    void message(Seat &seat, MessageKind kind, QByteArrayView payload);

    /// Messages of this player were dropped: they came too fast.
    void tellRateLimit(Seat &seat) { m_output.rateLimited(seat, m_settings.messageRate, m_settings.messageBurst); }

    // the operator
    /// False: `text` is no envelope.
    [[nodiscard]] bool broadcast(QByteArrayView text);
    /// False: the game can not start now.
    [[nodiscard]] bool start();
    void setPaused(bool paused);
    /// Ends the game with its results; the room goes on.
    void endGame();
    /// Tells the players that the server will close.
    void announceClosing(const QByteArray &reason, int secondsLeft);
    /// Nobody is in it, or nothing would be lost if it ended now.
    [[nodiscard]] bool isInterruptible();
    /// Holds for the players who are there as well.
    void setSettings(const RoomSettings &settings);
    /// Ends every seat; no message is taken after it.
    void close(SeatEnd why, const QByteArray &reason);

    /// Gives up seats whose time is up and runs the game's clock. Says when it wants to be called next: monotonic ms, −1:
    /// never.
    qint64 tick();
    [[nodiscard]] qint64 nextTickMs();
    /// Called when nextTickMs() is earlier than it was.
    void setScheduleCallback(std::function<void()> callback) { m_onSchedule = std::move(callback); }
    void setSeatCallback(const std::function<void(const Room &, const SeatChange &)> &callback)
    {
        m_seats.setChangeCallback([this, callback](const SeatChange &change) { callback(*this, change); });
    }
    void setResultsCallback(std::function<void(const Room &, const RoomResults &)> callback)
    {
        m_onResults = std::move(callback);
    }

private:
    QByteArray m_id;
    QByteArray m_code;
    RoomMaker m_maker;
    RoomSettings m_settings;
    bool m_waitsForFirst = false;
    SeatTable m_seats;
    GameGuard m_game;
    RoomOutput m_output;
    quint64 m_received = 0;
    qint64 m_createdMs;
    qint64 m_playedSinceMs = -1; ///< the game or round at hand began
    qint64 m_scheduledMs = -1;   ///< the nextTickMs() that is known outside
    std::function<void()> m_onSchedule;
    std::function<void(const Room &, const RoomResults &)> m_onResults;

    void gameFailed(const char *what) override;
    void gamePlayed(QByteArrayView results) override;
    void reschedule() override;

    struct Resumed
    {
        bool resumed = false;
        qsizetype missed = 0;       ///< messages that follow
        QByteArrayView reason = {}; ///< why it was not, where it was asked for
    };
    void sendConnected(Seat &seat, const Resumed &how);
    void announce(ServerMessage message, const Seat &seat, const Seat *except);
    void endSeats(SeatEnd why, const QByteArray &reason);
    [[nodiscard]] QByteArray roomJson();
};

} // namespace glasshouse
