// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/tlscontext.h"
#include "protocol/deflate/deflateoffer.h"
#include "protocol/httphead.h"

#include <QUrl>
#include <optional>

namespace glasshouse {

/// When to come back by itself. The wait doubles from `firstMs` to `maxMs`; each is moved by up to ± `jitter` of itself,
/// so that many clients do not return in step.
struct TestClientReconnect
{
    bool enabled = false;
    int firstMs = 500;
    int maxMs = 30'000;
    double factor = 2.0;
    double jitter = 0.2;  ///< 0 – 1
    int stableMs = 5'000; ///< only a connection that lasted this long puts the ladder back to its first rung
};

/// Through which proxy a test client goes.
struct TestClientProxy
{
    enum class Kind : quint8 { None, System, Http, Socks5 };
    Kind kind = Kind::None;
    QString host; ///< of Http and Socks5
    quint16 port = 0;
    QString user; ///< empty: none asked for
    QString password;
    [[nodiscard]] bool operator==(const TestClientProxy &) const = default;
};

/// permessage-deflate as it is offered.
struct TestClientDeflate : DeflateParameters
{
    bool offered = false;
    [[nodiscard]] bool operator==(const TestClientDeflate &) const = default;
};

/// Something that a test client says by itself.
struct TestClientMessage
{
    bool binary = false;
    QByteArray bytes;
    [[nodiscard]] bool operator==(const TestClientMessage &) const = default;
};

/// How a test client opens and keeps a connection. A value.
struct TestClientOptions
{
    QUrl url;            ///< ws or wss
    HttpHeaders headers; ///< replace ours of the same name
    QByteArray origin;   ///< empty: none, as for a program that is no browser
    QList<QByteArray> subprotocols;
    int openingMs = 10'000;                    ///< for host name, TCP, TLS and upgrade together
    int closingMs = 3'000;                     ///< for the answer to a close frame and the end of the stream
    qint64 maxMessageBytes = 16 * 1024 * 1024; ///< received; 0 = no limit
    qint64 maxQueueBytes = 16 * 1024 * 1024;   ///< waiting to be sent
    int pingMs = 0;                            ///< interval of pings by itself; 0 = none
    bool answerPings = true;
    bool ignoreTlsErrors = false;
    /// A certificate that is taken whoever signed it: its SHA-256, "AB:CD:…". Every other one is judged as ever. Empty: none.
    QByteArray trustedFingerprint = {};
    TlsTrust trust; ///< files that can not be read: the attempt ends with NoTls
    TestClientReconnect reconnect;
    TestClientProxy proxy;
    TestClientDeflate deflate;
    int maxRedirects = 0; ///< that are followed; 0: none
    /// Said after every connect, before anything else: a token, a hello. Not where a redirect leads to another origin.
    QList<TestClientMessage> first;
    /// What is to be sent while there is no connection waits for the next, within maxQueueBytes.
    bool queueOffline = false;
    /// Said every `pingMs` in place of a ping. Empty: ping frames.
    std::optional<TestClientMessage> heartbeat;
};

} // namespace glasshouse
