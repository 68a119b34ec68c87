// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"
#include "server/config/serverconfig.h"
#include "server/endings/endinghistory.h"
#include "server/endings/totals.h"
#include "server/events/serverevent.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <optional>

namespace glasshouse {

// Values that a Host hands out, at most ten times a second. Copies are cheap (implicitly shared).

/// What does not change during a connection's life, sent once.
struct ConnectionInfo
{
    ConnectionId id{};
    QString address; ///< of the client
    QString via;     ///< of the trusted proxy that it came through; empty: none
    quint16 port = 0;
    qint64 sinceMs = 0;     ///< since 1970, UTC
    QByteArray requestHead; ///< redacted
    QByteArray responseHead;
    QByteArray subprotocol;
    QString userAgent;
    QByteArray tls; ///< version and cipher; empty: plain
};

enum class ConnectionState : quint8 { Open, Closing, Ended, Refused };

/// What changes. Counters only rise; rates are the reader's business (differences over its own time).
struct ConnectionCounters
{
    ConnectionId id{};
    ConnectionState state = ConnectionState::Open;
    QString player; ///< display name
    QByteArray playerId;
    QString room; ///< id; empty: none (echo)
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0; ///< on the wire, after the upgrade
    quint64 bytesOut = 0;
    qint64 queuedBytes = 0; ///< waiting to be sent
    int rttMs = -1;
    qint64 lastHeardMs = 0; ///< since 1970
    quint64 rateLimitHits = 0;
    quint32 badMessages = 0;     ///< answered with `error`
    quint64 droppedMessages = 0; ///< of messagesIn: they came too fast
};

struct ConnectionEnded
{
    ConnectionCounters counters; ///< the last ones
    Ending ending;
    QString address = {};        ///< of the client
    QByteArray requestHead = {}; ///< redacted; only of those who failed before their first message
};

/// How near one connection is to its limits, for the one who looks at it. The limits in force are in `limits`.
struct ConnectionLevels
{
    ConnectionId id{};
    Limits limits;
    double messages = 0;       ///< taken of limits.messageBurst
    double bytes = 0;          ///< taken of `byteBurst`
    double byteBurst = 0;      ///< 0: no limit
    double controlFrames = 0;  ///< taken of limits.controlRate
    qint64 queuedBytes = 0;    ///< of limits.queueBytes
    qint64 biggestMessage = 0; ///< bytes, so far, of limits.messageBytes
    int badInARow = 0;         ///< of limits.badMessages
    qint64 midwayMs = -1;      ///< a message is under way for so long, of limits.messageSeconds; −1: none is
    qint64 nextPingMs = -1;    ///< until the next ping; −1: none is due
    qint64 pongMs = -1;        ///< waited for a pong, of limits.pongSeconds; −1: none is waited for
    int ofAddress = 0;         ///< connections, of limits.connectionsPerAddress
    int headsOfAddress = 0;    ///< of limits.headsPerAddress
    int players = -1;          ///< in its room, of limits.players; −1: it is in none
    int connections = 0;       ///< of the server, of limits.connections
    int rooms = 0;             ///< of the server, of limits.rooms
};

struct RoomInfo
{
    QString id;
    QString code;
    QString game;
    QString state;   ///< "waiting", "playing", "finished"
    int players = 0; ///< with those who dropped and may come back
    int dropped = 0;
    int maxPlayers = 0;
    qint64 createdMs = 0;
    quint64 messages = 0; ///< in and out
    bool paused = false;  ///< by the operator
};

struct PlayerInfo
{
    QByteArray id;
    QString name;
    ConnectionId connection{}; ///< 0: dropped
    bool ready = false;
    int secondsLeft = -1; ///< of a player who dropped: until the seat is given up
};

/// All about one room, for the one who looks at it.
struct RoomDetails
{
    QString id;
    QList<PlayerInfo> players; ///< in the order of joining
    QByteArray gameState;      ///< JSON object, docs/protocol.md "Games"
};

/// How many of what did not find a place in the lists because nobody read in time. The totals have them all.
struct LeftOut
{
    quint64 players = 0;  ///< who came and went meanwhile; those who are shown as open are never left out
    quint64 requests = 0; ///< refused or answered
    quint64 events = 0;
};

/// What happened since the last time. Events say it as well when something was left out.
struct News
{
    qint64 timeMs = 0;
    QList<ConnectionInfo> opened; ///< refused ones too
    QList<ConnectionEnded> ended;
    QList<ServerEvent> events;
    LeftOut leftOut;
};

/// What happened since the last one, and how it stands now.
struct Snapshot : News
{
    bool whole = false; ///< the first one: `opened` and `changed` are all that are open, what was known before is void
    Totals totals;
    QList<ConnectionCounters> changed;
    QList<RoomInfo> rooms;                   ///< all of them
    std::optional<RoomDetails> watched;      ///< Host::watchRoom(), where that room exists
    std::optional<ConnectionLevels> levels;  ///< Host::watchConnection(), while that connection is open
    std::optional<EndingStatistics> endings; ///< when they have changed, at most once a second
    CaptureStats capture;
};

/// Draining: games end, nobody new comes in.
enum class ServerState : quint8 { Stopped, Starting, Running, Draining, Stopping, Failed };

/// Where the server can be reached.
struct ListenInfo
{
    quint16 port = 0;
    QString bindAddress;         ///< as configured; empty: all
    QStringList lanAddresses;    ///< the likely one first, without loopback
    bool secure = false;         ///< TLS on the same port
    QString basePath = {};       ///< "/prefix" or empty
    QString publicUrl = {};      ///< as configured: how players reach it through a proxy; empty: as above
    QByteArray fingerprint = {}; ///< of the certificate in force: SHA-256, "AB:CD:…"; empty without TLS
    bool selfSigned = false;     ///< nobody vouches for that certificate
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::News)
Q_DECLARE_METATYPE(glasshouse::Snapshot)
Q_DECLARE_METATYPE(glasshouse::ListenInfo)
