// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"
#include "client/testclientoptions.h"
#include "protocol/upgrade.h"

namespace glasshouse {

/// Where a connection goes and what it asks for, made from checked options.
struct TestClientTarget
{
    QString host; ///< for the resolver: no brackets around an IPv6 address
    quint16 port = 0;
    bool secure = false;
    UpgradeRequest request;
    QByteArray head; ///< the request as it goes over the wire
};

/// Checks the options and draws a fresh key. The error's text is the detail of the fault.
[[nodiscard]] Result<TestClientTarget, TestClientFault> makeTarget(const TestClientOptions &options);
/// What somebody typed as a URL: without a scheme it becomes ws://.
[[nodiscard]] QUrl urlFromInput(const QString &text);
/// The same address with ws for http and wss for https, or with the other of ws and wss.
[[nodiscard]] QUrl withWebSocketScheme(QUrl url);
[[nodiscard]] QUrl withOtherSecurity(QUrl url);

} // namespace glasshouse
