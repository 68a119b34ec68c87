// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "protocol/frame.h"
#include "server/rooms/seat.h"

#include <functional>
#include <memory>
#include <vector>

namespace glasshouse {

/// What a room needs from its surroundings.
struct RoomSettings
{
    int maxPlayers = 64;  ///< 0 = none
    int jsonDepth = 32;   ///< 0 = none
    int badMessages = 20; ///< in a row; 0 = none
    int heartbeatSeconds = 25;
    int resumeSeconds = 30;          ///< a seat waits for its player; 0: it does not
    int messagesPerCall = 1'000'000; ///< that a game may ask for and send in one call; beyond it, it has run away
    int gameCallMs = 2'000;          ///< the same for its time
};

/// A game or round that was played to its end. `results` lives for the call.
struct RoomResults
{
    qint64 startedMs = 0; ///< in the room's time
    qint64 endedMs = 0;
    QByteArrayView results;
};

/// Seats around one Game: speaks the envelope of docs/protocol.md with its players. Lives on one thread with all of them;
/// knows no sockets. Calls into it come from the connections of its players, the lobby and the operator.
class Room final : private GameOutput
{
public:
    Room(QByteArray id, QByteArray code, std::unique_ptr<Game> game, RoomSettings settings, const Clock &clock);
    ~Room() override;
    Q_DISABLE_COPY_MOVE(Room)

    [[nodiscard]] const QByteArray &id() const { return m_id; }
    [[nodiscard]] const QByteArray &code() const { return m_code; }
    [[nodiscard]] const Game &game() const { return *m_game; }
    [[nodiscard]] bool isFull() const { return m_settings.maxPlayers > 0 && players() >= m_settings.maxPlayers; }
    [[nodiscard]] int players() const { return int(m_seats.size()); } ///< with those who dropped
    [[nodiscard]] int dropped() const;
    [[nodiscard]] const std::vector<std::unique_ptr<Seat>> &seats() const { return m_seats; }
    /// Until a dropped seat is given up; −1: it is not dropped.
    [[nodiscard]] int secondsLeft(const Seat &seat) const;
    [[nodiscard]] bool isPaused() const { return m_pausedMs >= 0; }
    /// The game's state() as the players get it.
    [[nodiscard]] QByteArray gameState();
    [[nodiscard]] int maxPlayers() const { return m_settings.maxPlayers; }
    [[nodiscard]] bool isOver() const { return m_over; }
    /// The operator opened it for people who come later: it does not end before somebody was in it.
    void waitForFirst() { m_waitsForFirst = true; }
    [[nodiscard]] bool waitsForFirst() const { return m_waitsForFirst && m_guests == 0 && !m_over; }
    [[nodiscard]] quint64 messages() const { return m_messages; }
    [[nodiscard]] qint64 createdMs() const { return m_createdMs; }       ///< wall clock
    [[nodiscard]] qint64 emptySinceMs() const { return m_emptySinceMs; } ///< monotonic; −1: not empty
    [[nodiscard]] QByteArrayView stateName() const;

    /// Takes a seat and sends `connected`. The room must not be full or over. `refusedResume`: why a session that was asked
    /// for does not go on; empty: none was. `subject`: see Seat.
    Seat &join(SeatWire &wire, const QString &name, quint32 connection, QByteArrayView refusedResume = {},
               const QByteArray &subject = {});
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
    [[nodiscard]] bool isInterruptible() const;
    /// Holds for the players who are there as well.
    void setSettings(const RoomSettings &settings);
    /// Ends every seat; no message is taken after it.
    void close(SeatEnd why, const QByteArray &reason);

    /// Runs the game's clock. Says when it wants to be called next: monotonic ms, −1: never.
    qint64 tick();
    [[nodiscard]] qint64 nextTickMs() const;
    /// Called when nextTickMs() is earlier than it was.
    void setScheduleCallback(std::function<void()> callback) { m_onSchedule = std::move(callback); }
    void setResultsCallback(std::function<void(const Room &, const RoomResults &)> callback)
    {
        m_onResults = std::move(callback);
    }

private:
    QByteArray m_id;
    QByteArray m_code;
    std::unique_ptr<Game> m_game;
    RoomSettings m_settings;
    const Clock &m_clock;
    std::vector<std::unique_ptr<Seat>> m_seats; ///< in the order of joining
    Seat *m_current = nullptr;                  ///< whose message is being handled
    QByteArrayView m_currentId;                 ///< its "id"
    bool m_rejected = false;
    bool m_judged = false; ///< the messages of a batch were judged one by one
    bool m_over = false;
    bool m_waitsForFirst = false;
    quint64 m_messages = 0;
    int m_guests = 0; ///< for names
    qint64 m_createdMs;
    qint64 m_emptySinceMs;
    qint64 m_epochMs;            ///< the room's time minus the monotonic one
    qint64 m_pausedMs = -1;      ///< the room's time stands at; −1: it runs
    qint64 m_playedSinceMs = -1; ///< the game or round at hand began
    qint64 m_nextExpiryMs = -1;  ///< of the first dropped seat
    qint64 m_lastTickMs = -1;
    qint64 m_scheduledMs = -1; ///< the nextTickMs() that is known outside
    int m_sentInCall = 0;      ///< and asked for, by the game
    bool m_inGame = false;
    std::function<void()> m_onSchedule;
    std::function<void(const Room &, const RoomResults &)> m_onResults;

    void toAll(QByteArrayView type, QByteArrayView data) override;
    void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) override;
    bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from) override;
    void binaryToOthers(const PlayerId &from, QByteArrayView payload) override;
    void reject(ErrorCode code, QByteArrayView text) override;
    void finished(QByteArrayView results) override;
    void roundFinished(QByteArrayView results) override;

    [[nodiscard]] qint64 now() const;
    /// The room's time as it would be without pauses. Players are told no other, so a wall clock that is set harms no game.
    [[nodiscard]] qint64 serverTime() const { return m_clock.monotonicMs() + m_epochMs; }
    void send(Seat &seat, SequencedText &text);
    void sendBinary(Seat &seat, const QByteArray &frame, int headerSize);
    void countSent();
    void limitGame();
    void sendToSeats(SequencedText &text, const Seat *except);
    void answer(Seat &seat, QByteArrayView type, QByteArrayView data);
    struct Resumed
    {
        bool resumed = false;
        qsizetype missed = 0;       ///< messages that follow
        QByteArrayView reason = {}; ///< why it was not, where it was asked for
    };
    void sendConnected(Seat &seat, const Resumed &how);
    void sendMissed(Seat &seat, std::vector<ResumeLog::Message> missed);
    void expireSeats();
    void findNextExpiry();
    [[nodiscard]] qint64 expiryOf(const Seat &seat) const;
    void textMessage(Seat &seat, QByteArrayView payload);
    void jsonMessage(Seat &seat, QByteArrayView checkedJson, bool inBatch);
    void handle(Seat &seat, const Envelope &envelope, bool inBatch);
    bool handleCommon(Seat &seat, const Envelope &envelope, bool inBatch);
    void handlePing(Seat &seat, const Envelope &envelope);
    void handleReady(Seat &seat, const Envelope &envelope);
    void handleStart(Seat &seat);
    void handleChat(Seat &seat, const Envelope &envelope);
    void handleBatch(Seat &seat, const Envelope &envelope);
    void handleLeave(Seat &seat);
    void judge(Seat &seat);
    void announce(QByteArrayView type, const Seat &seat, const Seat *except);
    [[nodiscard]] PlayerId newPlayerId() const;
    [[nodiscard]] static QByteArray newToken();
    void reschedule();
    [[nodiscard]] QByteArray roomJson();
    void guarded(const std::function<void()> &rules);
};

} // namespace glasshouse
