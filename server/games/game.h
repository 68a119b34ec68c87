// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/envelope.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <memory>

namespace glasshouse {

/// Names a player within a room; opaque, fit for JSON without escapes.
using PlayerId = QByteArray;

struct Player
{
    PlayerId id;
    QString name;
    /// The same for one who left and came back with the right to be known: the token's `sub`, or the resume token of the seat before.
    /// Never by name. Two who are there at once may have the same.
    QByteArray account = {};
};

enum class GamePhase : quint8 { Waiting, Playing, Finished };

/// What a game does to the world. The room carries each call out at once; views need to live for the call only.
class GameOutput
{
public:
    virtual ~GameOutput() = default;
    /// `data` is raw JSON. `from` names the player who caused it; empty: the server.
    virtual void toAll(QByteArrayView type, QByteArrayView data) = 0;
    virtual void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) = 0;
    /// False: there is no such player.
    virtual bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from = {}) = 0;
    virtual void binaryToOthers(const PlayerId &from, QByteArrayView payload) = 0;
    /// Answers the message at hand with `error`; nothing has changed. Counts as not understood.
    /// `more`: further members of its data, each with a comma in front.
    virtual void reject(ErrorCode code, QByteArrayView text, QByteArrayView more = {}) = 0;
    /// The game is over: game_finished {results} to everyone, and into the history. `results` is a raw JSON array of objects
    /// with "playerId", "name", "place" (from 1; null: did not finish), "score" (a number, more is better) and what the game
    /// adds.
    virtual void finished(QByteArrayView results) = 0;
    /// A round is over and the game goes on: the same array, for the history only; nothing is sent.
    virtual void roundFinished(QByteArrayView results) = 0;
};

/// The rules of one game. Every `nowMs` is the room's time: milliseconds since 1970 UTC that never run backwards, fit for
/// messages as they are. Pure: clock and chance are handed in, effects go out through GameOutput; the same calls with the
/// same times and the same seed give the same game. Knows nothing of sockets, seats that wait, or other rooms.
class Game
{
public:
    virtual ~Game() = default;
    [[nodiscard]] virtual QByteArrayView kind() const = 0; ///< lives and stays the same as long as the game
    [[nodiscard]] virtual GamePhase phase() const = 0;
    /// Would nothing be lost if the room ended now? A server that drains waits for the others.
    [[nodiscard]] virtual bool isInterruptible() const { return phase() != GamePhase::Playing; }
    /// Raw JSON object: what a late joiner has to know; stands in `connected` as room.gameState. "{}" if nothing.
    [[nodiscard]] virtual QByteArray state(qint64 nowMs) const = 0;

    virtual void joined(const Player &player, qint64 nowMs, GameOutput &out) = 0;
    virtual void left(const PlayerId &player, qint64 nowMs, GameOutput &out) = 0;
    /// The first player (or the operator) starts, a finished game anew; the room has checked who asks. False: it can not start now. The object
    /// that game_started shall carry comes back in `data`.
    [[nodiscard]] virtual bool start(qint64 nowMs, QByteArray &data, GameOutput &out) = 0;
    virtual void message(const PlayerId &from, const Envelope &envelope, qint64 nowMs, GameOutput &out) = 0;
    virtual void binary(const PlayerId &from, QByteArrayView payload, qint64 nowMs, GameOutput &out) = 0;
    /// When tick() is wanted next; −1: never.
    [[nodiscard]] virtual qint64 nextTickMs() const { return -1; }
    virtual void tick(qint64 nowMs, GameOutput &out) = 0;
    /// The operator ends the game: out.finished() with the standing as it is, if anything was played.
    virtual void end(qint64 nowMs, GameOutput &out) = 0;
    /// The room stood still for so long (no calls came in that time): every running deadline moves by it.
    virtual void stoodStill(qint64 ms) = 0;
};

} // namespace glasshouse
