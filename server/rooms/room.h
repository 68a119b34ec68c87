// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/protocol/frame.h"
#include "server/rooms/clock.h"
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
    [[nodiscard]] int players() const { return int(m_seats.size()); }
    [[nodiscard]] int maxPlayers() const { return m_settings.maxPlayers; }
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] quint64 messages() const { return m_messages; }
    [[nodiscard]] qint64 createdMs() const { return m_createdMs; }       ///< wall clock
    [[nodiscard]] qint64 emptySinceMs() const { return m_emptySinceMs; } ///< monotonic; −1: not empty
    [[nodiscard]] QByteArrayView stateName() const;

    /// Takes a seat and sends `connected`. The room must not be full or over.
    Seat &join(SeatWire &wire, const QString &name, QByteArrayView connectionId);
    /// The player's connection is gone. The seat is invalid after it.
    void leave(Seat &seat);
    /// A message from a player's connection. The seat may ask its wire to end.
    void message(Seat &seat, MessageKind kind, QByteArrayView payload);

    // the operator
    /// False: `text` is no envelope.
    [[nodiscard]] bool broadcast(QByteArrayView text);
    /// False: the game can not start now.
    [[nodiscard]] bool start();
    /// Ends every seat; no message is taken after it.
    void close(SeatEnd why, const QByteArray &reason);

    /// Runs the game's clock. Says when it wants to be called next: monotonic ms, −1: never.
    qint64 tick();
    [[nodiscard]] qint64 nextTickMs() const { return m_over ? -1 : m_game->nextTickMs(); }

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
    quint64 m_messages = 0;
    int m_guests = 0; ///< for names
    qint64 m_createdMs;
    qint64 m_emptySinceMs;

    void toAll(QByteArrayView type, QByteArrayView data) override;
    void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) override;
    bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from) override;
    void binaryToOthers(const PlayerId &from, QByteArrayView payload) override;
    void reject(ErrorCode code, QByteArrayView text) override;
    void finished(QByteArrayView results) override;

    void send(Seat &seat, SequencedText &text);
    void sendToSeats(SequencedText &text, const Seat *except);
    void answer(Seat &seat, QByteArrayView type, QByteArrayView data);
    void sendConnected(Seat &seat, QByteArrayView connectionId);
    void textMessage(Seat &seat, QByteArrayView payload);
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
    [[nodiscard]] QByteArray roomJson();
    [[nodiscard]] QByteArray gameState();
    void guarded(const std::function<void()> &rules);
};

} // namespace glasshouse
