// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/servermessages.h"

#include <algorithm>
#include <iterator>

namespace glasshouse {

namespace {

struct Row
{
    ServerMessage message;
    QByteArrayView type;
    QByteArrayView contents;
};

constexpr Row rows[] = {
    {ServerMessage::Connected, "connected",
     "always first: `connectionId`, `playerId`, `name` (the one that you got, see *Names*), `subject` (of the token, "
     "where one "
     "was asked for), `resume`, `resumeSeconds`, `resumed`, `missed` (messages that follow, where it resumed), "
     "`heartbeatSeconds`, `messageLimit` (`{perSecond, burst}`, or null: see *Rates*), `serverTime`, and `room` with "
     "`id`, `code`, `game`, `state` (`waiting`, `playing`, "
     "`finished`), "
     "`paused` and `pausedAt` if it is, `gameState`, and `players`: a list of `{playerId, name, status}`, with "
     "`dropped` and "
     "`secondsLeft` where somebody may come back"},
    {ServerMessage::PlayerJoined, "player_joined", "`playerId`, `name`, and how many `players` there are now"},
    {ServerMessage::PlayerLeft, "player_left", "the same"},
    {ServerMessage::PlayerDropped, "player_dropped",
     "`playerId` and `secondsLeft`: the connection was lost, the seat waits"},
    {ServerMessage::PlayerResumed, "player_resumed", "`playerId`"},
    {ServerMessage::PlayerReady, "player_ready", "`playerId`, `status`"},
    {ServerMessage::GameStarted, "game_started", "what the game has to say"},
    {ServerMessage::GameFinished, "game_finished",
     "`results`: a list of `{playerId, name, place, score}` and what the game adds; `place` is null for who did not "
     "finish"},
    {ServerMessage::GamePaused, "game_paused", "the operator stopped the game"},
    {ServerMessage::GameResumed, "game_resumed",
     "… and let it go on; `pausedMs` says how long it stood: move your clocks by it"},
    {ServerMessage::ServerClosing, "server_closing",
     "`reason`, `secondsLeft`: nobody new comes in, and games may go on for so long; 0: it closes now"},
    {ServerMessage::Notice, "notice", "`text`: the operator speaks to everybody"},
    {ServerMessage::Chat, "chat", "`playerId`, `name`, `text`; without the first two the operator says it"},
    {ServerMessage::Pong, "pong", "what you sent, and `serverTime` in milliseconds since 1970"},
    {ServerMessage::Error, "error", "`code` and a `message` for people; `perSecond` and `burst` with `rate_limited`"},
};
static_assert(std::size(rows) == serverMessageCount);

const Row &rowOf(ServerMessage message) { return rows[size_t(message)]; }

} // namespace

QByteArrayView typeOf(ServerMessage message) { return rowOf(message).type; }

QByteArrayView contentsOf(ServerMessage message) { return rowOf(message).contents; }

bool isServerType(QByteArrayView type)
{
    return std::ranges::any_of(rows, [type](const Row &row) { return row.type == type; });
}

} // namespace glasshouse
