// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"
#include "server/rooms/sequencedtext.h"

namespace glasshouse {

/// Why a room ends a player's connection.
enum class SeatEnd : quint8 { Left, TooManyBadMessages, RoomClosed, RoomFailed, ServerShutdown };

/// The way from a room to a player's connection. Implemented by the network layer. Never destroyed inside of these calls.
class SeatWire
{
public:
    virtual ~SeatWire() = default;
    virtual void sendText(SequencedText &text, quint64 sequence) = 0;
    virtual void sendBinary(const QByteArray &frame, int headerSize) = 0;
    virtual void endSeat(SeatEnd why, const QByteArray &reason) = 0;
};

/// A player's place in a room. Owned by the room.
struct Seat
{
    Player player;
    SeatWire *wire = nullptr;
    quint64 sequence = 0; ///< of the last message sent
    bool ready = false;
    bool leaving = false; ///< its wire was told to end: nothing more is taken from it
    int badInARow = 0;
    quint64 badTotal = 0;
};

} // namespace glasshouse
