// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "net/transport/transport.h"
#include "protocol/httphead.h"

namespace glasshouse {

/// What a request for a WebSocket was answered with. A value.
struct Handshake
{
    QByteArray response;    ///< the 101 head, to be sent as it is; empty: Qt refused
    QByteArray subprotocol; ///< the one that was chosen; empty: none
};

/// An upgrade request that was let through, and the stream that it came over. The connection still counts in the AddressBook.
struct Upgrading
{
    ConnectionId id{};
    std::unique_ptr<Transport> transport;
    QHostAddress address; ///< of the client, behind trusted proxies as well
    HttpHead head;        ///< its target is without the base path
    QByteArray rawHead;
    QByteArray early;         ///< bytes behind the head
    qint64 acceptedMs = 0;    ///< monotonic
    QByteArray tls = {};      ///< version and cipher; empty: plain
    Handshake handshake = {}; ///< what is to be answered
};

} // namespace glasshouse
