// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

#include <memory>

class QWebSocket;
class QWebSocketServer;

namespace glasshouse {

class WireSocket;

struct HandshakeDone
{
    std::unique_ptr<QWebSocket> webSocket; ///< null: Qt refused
    QByteArray response;                   ///< the 101 head to send
};

/// Hands a checked request to QWebSocketServer and returns what it made of it, within the call.
[[nodiscard]] HandshakeDone completeHandshake(QWebSocketServer &server, WireSocket &wire, const QByteArray &head,
                                              const QByteArray &subprotocol);
/// The request as Qt shall see it: what the answer is made from, and nothing of the client's that Qt could refuse (lists over
/// several lines, long cookies, hosts that it does not like). All of it was judged before.
[[nodiscard]] QByteArray handshakeHead(const HttpHead &request);
/// The first subprotocol that the client offers and that is no token in disguise; empty: none. A browser fails a connection
/// whose offer was not taken, so an unknown one is better than none.
[[nodiscard]] QByteArray chooseSubprotocol(const HttpHead &request);

} // namespace glasshouse
