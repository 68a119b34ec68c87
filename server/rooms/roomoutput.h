// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/servermessages.h"
#include "server/rooms/gameguard.h"
#include "server/rooms/seattable.h"

namespace glasshouse {

/// A player's message that is being handled: what answers refer to.
struct Request
{
    Seat *seat = nullptr;   ///< null: its player has gone meanwhile
    QByteArrayView id = {}; ///< raw JSON; null: none
    bool refused = false;   ///< it was not understood
};

/// What a room says; its game speaks through it as well, and is charged for it. A message to many is built once, and each of
/// them gets a number of its own. Owned by its room, on its thread.
class RoomOutput final : public GameOutput
{
public:
    RoomOutput(SeatTable &seats, GameGuard &game) : m_seats(seats), m_game(game) { }
    Q_DISABLE_COPY_MOVE(RoomOutput)

    void toAll(QByteArrayView type, QByteArrayView data) override;
    void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) override;
    bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from = {}) override;
    void binaryToOthers(const PlayerId &from, QByteArrayView payload) override;
    void reject(ErrorCode code, QByteArrayView text, QByteArrayView more = {}) override;
    void finished(QByteArrayView results) override;
    void roundFinished(QByteArrayView results) override;

    // what every room says
    void toAll(ServerMessage message, QByteArrayView data) { toAll(typeOf(message), data); }
    void toAllBut(const Seat *except, ServerMessage message, QByteArrayView data);
    /// To the player whose request is at hand.
    void answer(ServerMessage message, QByteArrayView data);
    /// To somebody who is over the limit, whatever request is at hand: it answers none.
    void rateLimited(Seat &seat, int perSecond, int burst);
    /// What a session missed.
    void repeat(Seat &seat, std::vector<ResumeLog::Message> missed);

    /// Null: none is at hand. Must live until the next one is set.
    void setRequest(Request *request) { m_request = request; }
    /// The player of this seat has gone.
    void forget(const Seat &seat);

private:
    SeatTable &m_seats;
    GameGuard &m_game;
    Request *m_request = nullptr;

    void toAllBut(const Seat *except, QByteArrayView type, QByteArrayView data);
    void send(Seat &seat, SequencedText &text, SharedBytes &shared);
    void sendBinary(Seat &seat, const QByteArray &frame, int headerSize, SharedBytes &shared);
};

/// The data of the error that says so.
[[nodiscard]] QByteArray rateLimitedData(int perSecond, int burst);

} // namespace glasshouse
