// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/deployment/proxyconfig.h"
#include "server/http/reflection.h"

namespace glasshouse {

/// What a proxy did to the requests of the self-test, or that it did right.
enum class ProxyFault : quint8 {
    // nothing of ours was reached
    Unreachable,  ///< no answer at all; the evidence says why
    UpstreamDown, ///< 502, 503 or 504: the proxy can not reach the server
    Redirected,   ///< WebSocket clients do not follow
    OtherServer,  ///< somebody else answered
    OldHttp,      ///< HTTP/1.0 arrived, which can not be upgraded
    UnknownPath,  ///< ours, but it knows no such path: the prefix was kept, or the path rewritten
    NonceRefused, ///< ours, but another instance or too late
    HostRefused,  ///< 421: ours, and it does not answer to this name
    // it arrived, but not as it was sent
    PathRewritten,
    QueryChanged,
    PrefixKept,     ///< and the server knows it
    PrefixStripped, ///< as it may
    HostChanged,
    PortLost,
    AddressLost,     ///< no header names the client
    ProxyNotTrusted, ///< a header does, but the server does not believe this proxy
    AddressDoubtful, ///< headers contradict each other or can not be read
    ForgeryBelieved, ///< a client can choose its address
    ForgeryPassedOn, ///< what the client claims reaches the server, which does not believe it
    SchemeLost,      ///< https, and the server is not told
    Compressed,
    BodyAltered,
    // WebSocket
    UpgradeDropped,    ///< 426: no Upgrade or Connection arrived
    UpgradeBroken,     ///< 400: parts of the upgrade arrived
    OriginRefused,     ///< the origin is not the Host that arrived
    SocketRefused,     ///< another status
    SocketUnreachable, ///< no answer
    EchoLost,          ///< open, but nothing came back
    IdleTooShort,      ///< cut before the heartbeat would have shown life
    IdleFound,         ///< cut, but later than the heartbeat
    IdleNone,          ///< not cut as long as it was watched
    SocketFine,
    HttpFine,
};

enum class FindingLevel : quint8 { Fine, Note, Warning, Fault };

struct ProxyFinding
{
    ProxyFault fault = ProxyFault::HttpFine;
    FindingLevel level = FindingLevel::Fine;
    QByteArray evidence; ///< what was seen, for people who know HTTP
};

/// One request and its answer.
struct HttpOutcome
{
    bool wasAsked = false;
    int status = 0; ///< 0: no answer
    HttpHeaders headers;
    QByteArray body;
    QByteArray error; ///< where there was no answer
};

struct SocketOutcome
{
    bool wasAsked = false;
    bool opened = false;
    bool echoed = false;
    int status = 0; ///< where it did not open
    QByteArray body;
    QByteArray error;
    quint16 closeCode = 0; ///< in a close frame of the server, before the echo
};

/// A connection that was left alone, and answered no ping.
struct IdleOutcome
{
    bool wasAsked = false;
    bool wasCut = false;
    double seconds = 0; ///< until it was cut, or as long as it was watched
};

/// What was sent and what came of it: all that the judge looks at.
struct ProxyTrial
{
    bool secure = true;       ///< https and wss
    QByteArray host;          ///< Host as sent, with a port that does not go without saying
    QByteArray publicPath;    ///< "/prefix", or empty
    QByteArray basePath;      ///< the server's own
    QByteArray target;        ///< behind the public path: "/api/v1/reflect?nonce=…"
    QByteArray forgedAddress; ///< what the second request claimed in X-Forwarded-For, X-Real-IP and Forwarded
    HttpOutcome plain;
    HttpOutcome forged;
    SocketOutcome socket;
    IdleOutcome idle;
    Limits limits;
};

/// Pure. The worst first; never empty where something was asked.
[[nodiscard]] QList<ProxyFinding> judgeProxy(const ProxyTrial &trial);
/// What to write into the proxy's configuration, or to the server's options; empty: there is nothing to write.
[[nodiscard]] QByteArray proxyFix(ProxyFault fault, ProxyKind kind);

} // namespace glasshouse
