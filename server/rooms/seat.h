// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/wire/sequencedtext.h"
#include "protocol/displayname.h"
#include "protocol/framereader.h"
#include "server/games/game.h"
#include "server/rooms/resumelog.h"

namespace glasshouse {

/// Why a room ends a player's connection.
enum class SeatEnd : quint8 {
    Left,
    TooManyBadMessages,
    RoomClosed,
    RoomFailed,
    ServerShutdown,
    Replaced ///< the seat belongs to a newer connection already: it must not be touched any more
};

/// The way from a room to a player's connection. Implemented by the network layer. Never destroyed inside of these calls.
class SeatWire
{
public:
    virtual ~SeatWire() = default;
    virtual void sendText(SequencedText &text, quint64 sequence) = 0;
    virtual void sendBinary(const QByteArray &frame, int headerSize) = 0;
    /// Without a number and for nobody else: there is no session.
    virtual void sendPlain(MessageKind kind, QByteArrayView payload) = 0;
    virtual void endSeat(SeatEnd why, const QByteArray &reason) = 0;
    /// One more message of a batch, the first aside. False: it is over the client's limit, and dropped.
    [[nodiscard]] virtual bool takesMessage() = 0;
    /// Nothing gets through any more, and drop() or leave() is about to come.
    [[nodiscard]] virtual bool hasEnded() const = 0;
};

/// A player's place in a room, and the session that it belongs to. Owned by the room.
struct Seat
{
    Player player;
    QString nameKey;          ///< DisplayName::key(): nobody else in the room has it
    QByteArray subject;       ///< of the token that its player came in with; empty: none was asked for
    SeatWire *wire = nullptr; ///< null: dropped, and may come back
    quint64 sequence = 0;     ///< of the last message of the session
    ResumeLog log;            ///< its last messages
    bool logTaken = false;    ///< it was given up for want of memory, since the connection was lost
    ResumeMemory::Turn memoryTurn{};
    QByteArray token; ///< takes the seat once
    /// The token that it was taken with. Good for a dropped seat until the client is known to have the new one: `connected`
    /// may have been lost with its connection, and more than once.
    QByteArray tokenBefore;
    qint64 droppedMs = -1;  ///< monotonic; −1: it has a wire
    quint32 connection = 0; ///< ConnectionId of the wire
    quint32 number = 0;     ///< in its room, counted from 1; no other seat ever has it
    int badInARow = 0;
    quint32 badTotal = 0; ///< of this connection
    bool ready = false;
    bool leaving = false; ///< leave() is about to come: nothing more is taken from it
};

/// What has become of a seat. Lives for the call.
struct SeatChange
{
    enum class Kind : quint8 { Taken, Resumed, Dropped, Left };
    Kind kind;
    const Seat &seat;
    quint32 connection; ///< that has it, or had it until now; 0: it had dropped before
    quint32 before = 0; ///< that a resumed one was taken from; 0: from none
};

/// How a client that has lost its connection asks for its seat.
struct ResumeRequest
{
    QByteArray token;        ///< empty: it does not
    quint64 lastSeen = 0;    ///< number of the last message that it got
    QByteArray subject = {}; ///< who asks, by a player token: nobody else's seat is given
};

} // namespace glasshouse
