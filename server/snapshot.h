// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"
#include "server/net/ending.h"
#include "server/net/endinghistory.h"
#include "server/serverconfig.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <algorithm>
#include <array>
#include <optional>

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

/// Round-trip times in fixed buckets: what a histogram of Prometheus needs.
struct RttHistogram
{
    static constexpr std::array boundsMs{1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10'000}; ///< inclusive
    std::array<quint64, boundsMs.size() + 1> counts{}; ///< the last one: above all bounds
    quint64 sumMs = 0;

    void add(int ms)
    {
        const auto bucket = std::lower_bound(boundsMs.begin(), boundsMs.end(), ms) - boundsMs.begin();
        ++counts[size_t(bucket)];
        sumMs += quint64(std::max(0, ms));
    }
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
    RttHistogram rtts;      ///< of all pongs
    int players = 0;        ///< in all rooms, with those who dropped and may come back
    qint64 queuedBytes = 0; ///< waiting to be sent, of all connections
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

Q_DECLARE_METATYPE(glasshouse::Snapshot)
Q_DECLARE_METATYPE(glasshouse::ListenInfo)
