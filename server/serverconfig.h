// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QtGlobal>

namespace glasshouse {

/// Every limit of docs/protocol.md. 0 = none.
struct Limits
{
    qint64 headBytes = 16 * 1024;
    int headHeaders = 100;
    int headSeconds = 5; ///< for the whole head; bytes do not extend it
    qint64 messageBytes = 64 * 1024;
    int fragments = 1024;    ///< frames of one message
    int messageSeconds = 10; ///< for a frame or message, from its first byte
    int messageRate = 60;    ///< a second, on average
    int messageBurst = 120;  ///< at once
    int controlRate = 50;    ///< control frames a second
    qint64 byteRate =
        256 * 1024; ///< bytes a second in, on average; one and a half seconds' worth at once, at least one message
    qint64 queueBytes = 1024 * 1024; ///< waiting to be sent, a connection
    int connections = 10'000;
    int connectionsPerAddress = 64;
    int connectionRatePerAddress = 10; ///< new WebSocket connections a second
    int headsPerAddress = 16;          ///< half-open: the head is not complete
    int players = 64;                  ///< a room
    int rooms = 1'000;
    int jsonDepth = 32;
    int badMessages = 20;      ///< in a row
    int heartbeatSeconds = 25; ///< between pings; the first at a random point
    int pongSeconds = 20;      ///< to answer
    int emptyRoomSeconds = 60;
    int resumeSeconds = 30;       ///< the seat of a player who dropped waits; 0: it does not
    qint64 bodyBytes = 64 * 1024; ///< of an HTTP request
    bool operator==(const Limits &) const = default;
};

/// What a server is started with. A value; `app` makes it from the command line and the settings.
struct ServerConfig
{
    quint16 port = 8080; ///< 0 takes a free one
    QString bindAddress; ///< empty: all addresses, IPv4 and IPv6
    QString defaultGame = QStringLiteral("relay");
    bool autoCreateRooms = true;      ///< a join makes a room that does not exist
    bool rejectWithHttp = false;      ///< refuse before the upgrade instead of 101 and a close code
    QStringList extraRoutes;          ///< templates such as "/play/{room}" or "/play?match={room}"
    QList<QByteArray> allowedOrigins; ///< besides the same host; "*" lets all in
    QList<QByteArray> allowedHosts;   ///< empty: any
    bool capture = true;
    QString historyFile;      ///< results of the games; empty: kept in memory only
    QString captureDirectory; ///< where sessions are kept; empty: no capture
    qint64 captureBudgetBytes = 2LL * 1024 * 1024 * 1024;
    Limits limits;
    bool operator==(const ServerConfig &) const = default;
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::ServerConfig)
