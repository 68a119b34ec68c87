// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"
#include "server/net/ending.h"
#include "server/serverconfig.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace glasshouse {

// Values that Host hands out, at most ten times a second. Copies are cheap (implicitly shared).

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
    quint32 badMessages = 0; ///< answered with `error`
};

struct ConnectionEnded
{
    ConnectionCounters counters; ///< the last ones
    Ending ending;
    QString address = {}; ///< of the client
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

enum class EventSeverity : quint8 { Info, Warning, Error };

/// A line for the events panel. Equal kinds fold: `foldKey` is the same for what belongs together.
struct ServerEvent
{
    qint64 timeMs = 0;
    EventSeverity severity = EventSeverity::Info;
    QByteArray kind; ///< stable: "connection_ended", "rate_limited", "room_created" …
    QByteArray foldKey;
    QString text; ///< English; ui translates by kind where it has a text of its own
    ConnectionId connection{};
    QString room;
};

/// Sums over the life of the server. Counters only rise.
struct Totals
{
    quint64 accepted = 0;
    quint64 refused = 0; ///< ended before the upgrade by a fault
    quint64 upgraded = 0;
    quint64 ended = 0; ///< of those upgraded
    quint64 httpServed = 0;
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 faults = 0; ///< endings with isFault()
    quint64 badMessages = 0;
    QList<quint64> endings; ///< by EndingCause
    int open = 0;
    int heads = 0; ///< half-open
    int rooms = 0;
    int descriptors = -1; ///< in use; −1: not known on this system
    int descriptorLimit = -1;
    bool acceptingPaused = false; ///< too few descriptors
    int drainSecondsLeft = -1;    ///< until games are interrupted; −1: the server does not drain
    double networkBusy = 0;       ///< share of the last second that the network thread was at work, 0–1
};

/// What came since the last one.
struct Snapshot
{
    qint64 timeMs = 0;
    Totals totals;
    QList<ConnectionInfo> opened; ///< refused ones too
    QList<ConnectionCounters> changed;
    QList<ConnectionEnded> ended;
    QList<ServerEvent> events;
    QList<RoomInfo> rooms;              ///< all of them
    std::optional<RoomDetails> watched; ///< Host::watchRoom(), where that room exists
    CaptureStats capture;
};

/// Draining: games end, nobody new comes in.
enum class ServerState : quint8 { Stopped, Starting, Running, Draining, Stopping, Failed };

/// Where the server can be reached.
struct ListenInfo
{
    quint16 port = 0;
    QString bindAddress;      ///< as configured; empty: all
    QStringList lanAddresses; ///< the likely one first, without loopback
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::Snapshot)
Q_DECLARE_METATYPE(glasshouse::ListenInfo)
