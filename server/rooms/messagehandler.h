// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "server/rooms/roomoutput.h"
#include "server/rooms/roomsettings.h"

#include <functional>

namespace glasshouse {

/// What a room does with one message of a player: checks it, does what every room does (docs/protocol.md "What you can send
/// to every room"), gives the rest to the game, and sends away who is not understood too often. Lives for one message.
class MessageHandler
{
public:
    /// The parts of a room that a message reaches.
    struct Parts
    {
        SeatTable &seats;
        GameGuard &game;
        RoomOutput &output;
        const RoomSettings &settings;
        const std::function<bool()> &start; ///< false: the game can not start now
    };

    MessageHandler(const Parts &room, Seat &seat);
    ~MessageHandler();
    Q_DISABLE_COPY_MOVE(MessageHandler)

    void handle(MessageKind kind, QByteArrayView payload);

private:
    Parts m_room;
    Seat &m_seat;
    Request m_request;
    bool m_judged = false; ///< the messages of a batch were judged one by one

    void text(QByteArrayView payload);
    void json(QByteArrayView checkedJson, bool inBatch);
    void envelope(const Envelope &envelope, bool inBatch);
    [[nodiscard]] bool handleCommon(const Envelope &envelope, bool inBatch);
    void ping(const Envelope &envelope);
    void ready(const Envelope &envelope);
    void start();
    void chat(const Envelope &envelope);
    void batch(const Envelope &envelope);
    void leave();
    void judge();
    void reject(ErrorCode code, QByteArrayView text) { m_room.output.reject(code, text); }
};

} // namespace glasshouse
