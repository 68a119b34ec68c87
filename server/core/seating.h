// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/core/admitter.h"

namespace glasshouse {

/// Where the messages of one connection go: nowhere yet, back to it, or to its seat in a room. Who its player is is known also
/// when the seat is gone. On the thread of the room.
class Seating
{
public:
    /// `wire`: the way from the room to the player.
    Seating(SeatWire &wire, quint32 connection) : m_wire(wire), m_connection(connection) { }

    /// Every message comes back.
    void echo() { m_echoes = true; }
    [[nodiscard]] bool echoes() const { return m_echoes; }
    /// Takes a seat, a new one or that of its session. True: a session goes on, and the client is to be pinged, because whoever
    /// answers that has got its `connected`.
    [[nodiscard]] bool enter(Room &room, const Entrance &entrance);
    /// It has answered.
    void confirm();
    void message(MessageKind kind, QByteArrayView payload);
    /// Messages were dropped: they came too fast.
    void tellRateLimit(const Limits &limits);

    /// The connection ends, and the room is about to be told: nothing more is taken from the seat, unless it waits for the
    /// player. False: there is no seat.
    [[nodiscard]] bool beginLeaving(bool comesBack);
    /// Not inside of a call of the room, which may be walking its seats, or be making this one.
    void leave(bool comesBack);
    /// The seat belongs to another connection already.
    void lose();

    [[nodiscard]] const Player &player() const { return m_player; }
    [[nodiscard]] const QString &room() const { return m_roomId; }
    /// Messages that were answered by an error, and how many of them came one behind the other.
    [[nodiscard]] quint64 badMessages() const { return m_seat != nullptr ? m_seat->badTotal : m_badMessages; }
    [[nodiscard]] int badInARow() const { return m_seat != nullptr ? m_seat->badInARow : 0; }
    /// −1: there is no seat.
    [[nodiscard]] int playersInRoom() const { return m_room != nullptr ? m_room->players() : -1; }

private:
    SeatWire &m_wire;
    quint32 m_connection;
    Room *m_room = nullptr; ///< while there is a seat in it
    Seat *m_seat = nullptr;
    Player m_player;
    QString m_roomId;
    quint64 m_badMessages = 0; ///< until the seat was gone
    bool m_echoes = false;
    bool m_unconfirmed = false; ///< a session goes on, and the pong behind its `connected` has not come yet
};

/// docs/protocol.md "Endings": does the player's seat wait, or is it given up? `cutByAProxy`: there are some that end a
/// connection with a close frame that is not masked, which is no fault of the client.
[[nodiscard]] bool keepsSeat(const Ending &ending, bool cutByAProxy);

} // namespace glasshouse
