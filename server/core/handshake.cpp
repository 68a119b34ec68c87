// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/handshake.h"

#include "server/core/wiresocket.h"

#include <QCoreApplication>
#include <QWebSocket>
#include <QWebSocketServer>

namespace glasshouse {

namespace {

// Qt adds CORS headers that let every page in; a 101 needs none, and ours are decided elsewhere.
QByteArray withoutCors(const QByteArray &response)
{
    QByteArray result;
    for (qsizetype from = 0; from < response.size();) {
        const qsizetype end = response.indexOf("\r\n", from);
        const qsizetype next = end < 0 ? response.size() : end + 2;
        const QByteArrayView line = QByteArrayView(response).sliced(from, next - from);
        if (!line.startsWith("Access-Control-"))
            result += line;
        from = next;
    }
    return result;
}

} // namespace

QByteArray chooseSubprotocol(const HttpHead &request)
{
    for (const QByteArray &offered : request.list("Sec-WebSocket-Protocol")) {
        if (QByteArrayView(offered).first(qMin<qsizetype>(offered.size(), 7)).compare("bearer.", Qt::CaseInsensitive)
            != 0)
            return offered;
    }
    return {};
}

QByteArray handshakeHead(const HttpHead &request)
{
    QByteArray head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + request.value("Sec-WebSocket-Key").toByteArray() + "\r\n";
    if (const QByteArray subprotocol = chooseSubprotocol(request); !subprotocol.isEmpty())
        head += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    return head + "\r\n";
}

HandshakeDone completeHandshake(QWebSocketServer &server, WireSocket &wire, const QByteArray &head,
                                const QByteArray &subprotocol)
{
    server.setSupportedSubprotocols(subprotocol.isEmpty() ? QStringList()
                                                          : QStringList{QString::fromLatin1(subprotocol)});
    wire.offerHead(head);
    server.handleConnection(&wire);
    // Qt listens through a queued connection. Delivered at once, the next request can have another subprotocol.
    QCoreApplication::sendPostedEvents(&server, QEvent::MetaCall);
    std::unique_ptr<QWebSocket> socket(server.nextPendingConnection());
    if (!socket)
        return {};
    socket->setParent(nullptr);
    return {std::move(socket), withoutCors(wire.takeResponse())};
}

} // namespace glasshouse
