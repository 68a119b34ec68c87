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
    int messageRate = 150;   ///< a second, on average; each of a batch counts. A game loop on a fast display, 144 Hz
    int messageBurst = 300;  ///< at once
    int controlRate = 50;    ///< control frames a second
    qint64 byteRate =
        256 * 1024; ///< bytes a second in, on average; one and a half seconds' worth at once, at least one message
    qint64 queueBytes = 1024 * 1024; ///< waiting to be sent, a connection
    int connections = 10'000;
    int connectionsPerAddress = 64;    ///< WebSocket
    int connectionsPerToken = 8;       ///< open at once with one player token
    int connectionRatePerAddress = 10; ///< new WebSocket connections a second, on average
    int connectionBurst = 40;          ///< at once
    int requestRate = 2'000;           ///< HTTP requests a second from an address
    int brokenRequestRate = 20;        ///< of those, such as break HTTP or TLS, on average; five times as many at once
    int headsPerAddress = 256;         ///< half-open: the request is not complete. The oldest gives way
    int heads = 2'048;                 ///< of all addresses
    int webRootFiles = 4;              ///< that an address gets at once; large ones, others are read before
    qint64 webRootBytes = 64 * 1024 * 1024; ///< that an address gets of them a minute, and at once
    int players = 64;                       ///< a room
    int rooms = 1'000;
    int jsonDepth = 32;
    int badMessages = 20;      ///< in a row
    int heartbeatSeconds = 25; ///< between pings; the first at a random point
    int pongSeconds = 20;      ///< to answer
    int emptyRoomSeconds = 60;
    int resumeSeconds = 30;       ///< the seat of a player who dropped waits; 0: it does not
    int authSeconds = 10;         ///< for the first message `auth`, where the token came in no other way
    int wrongGuesses = 20;        ///< room codes and tokens that were wrong, a minute and address
    qint64 bodyBytes = 64 * 1024; ///< of an HTTP request
    bool operator==(const Limits &) const = default;
};

/// Who may play: everybody, or who brings a token (docs/protocol.md "Letting players in").
enum class AuthMode : quint8 { Open, Token };

/// What players' tokens are checked with. The files are read by Host::start() and reload().
struct TokenConfig
{
    QByteArray algorithm = "HS256"; ///< HS256, RS256 or ES256; the token does not choose
    QString secretFile;             ///< HS256
    QByteArray secret;              ///< HS256, in place of a file (JWT_SECRET); never shown
    QString publicKeyFile;          ///< RS256, ES256: PEM
    QByteArray issuer;              ///< empty: any
    QByteArray audience;            ///< empty: any
    bool operator==(const TokenConfig &) const = default;
};

/// What a TLS server does with a client that speaks plain HTTP on the same port.
enum class PlainMode : quint8 { Serve, Redirect, Refuse };

struct TlsConfig
{
    QString certFile; ///< PEM, the server's own certificate first; empty: no TLS
    QString keyFile;  ///< PEM, not encrypted
    PlainMode plain = PlainMode::Serve;
    [[nodiscard]] bool isOn() const { return !certFile.isEmpty(); }
    bool operator==(const TlsConfig &) const = default;
};

/// What a server is started with. A value; `app` makes it from the command line and the settings.
struct ServerConfig
{
    quint16 port = 8080; ///< 0 takes a free one
    QString bindAddress; ///< empty: all addresses, IPv4 and IPv6
    QString defaultGame = QStringLiteral("relay");
    bool autoCreateRooms = true; ///< a join makes a room that does not exist
    bool rejectWithHttp = false; ///< refuse before the upgrade instead of 101 and a close code
    QByteArray basePath;         ///< "/prefix" in front of every path, as behind a proxy; empty: none
    QByteArray publicUrl;        ///< "https://play.example.org": how players reach it through a proxy; empty: as it is
    QString webRoot;             ///< a folder whose files go before the pages inside the program; empty: none
    QStringList extraRoutes;     ///< templates such as "/play/{room}" or "/play?match={room}"
    QList<QByteArray> allowedOrigins; ///< besides the same host; "*" lets all in
    QList<QByteArray> allowedHosts;   ///< besides those that are this machine's (HostPolicy); "*" lets all in
    AuthMode auth = AuthMode::Open;
    TokenConfig token;
    TlsConfig tls;
    QList<QByteArray> trustedProxies; ///< CIDR; their word about a client's address is believed
    bool proxyProtocol = false;       ///< connections from trusted proxies begin with a PROXY header
    QString operatorTokenFile;        ///< empty: the operator's requests are taken from this machine only
    int drainSeconds = 0;             ///< how long games may go on after the server was told to end
    QList<QByteArray> redactedFields; ///< JSON members whose values the capture never sees, besides tokens
    bool capture = true;
    QString historyFile;      ///< results of the games; empty: kept in memory only
    QString captureDirectory; ///< where sessions are kept; empty: no capture
    qint64 captureBudgetBytes = 2LL * 1024 * 1024 * 1024;
    Limits limits;
    bool operator==(const ServerConfig &) const = default;
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::ServerConfig)
