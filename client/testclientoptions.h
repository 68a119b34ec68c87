// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/tlscontext.h"
#include "protocol/httphead.h"

#include <QUrl>

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
};

} // namespace glasshouse
