// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/handshake.h"

#include "protocol/upgrade.h"
#include "server/core/qtwire.h"

#include <QCoreApplication>
#include <QWebSocket>
#include <QWebSocketServer>

namespace glasshouse {

using namespace Qt::StringLiterals;

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

/// The request as Qt shall see it: what the answer is made from, and nothing of the client's that Qt could refuse (lists over
/// several lines, long cookies, hosts that it does not like).
QByteArray headForQt(const HttpHead &request, const QByteArray &subprotocol)
{
    QByteArray head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + request.value("Sec-WebSocket-Key").toByteArray() + "\r\n";
    if (!subprotocol.isEmpty())
        head += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    return head + "\r\n";
}

} // namespace

Handshaker::Handshaker()
    : m_server(std::make_unique<QWebSocketServer>(u"Glasshouse"_s, QWebSocketServer::NonSecureMode))
{ }

Handshaker::~Handshaker() = default;

Handshake Handshaker::answer(const HttpHead &request)
{
    QByteArray subprotocol = chooseSubprotocol(request);
    QByteArray answer = response(headForQt(request, subprotocol), subprotocol);
    return {std::move(answer), std::move(subprotocol)};
}

QByteArray Handshaker::response(const QByteArray &head, const QByteArray &subprotocol)
{
    m_server->setSupportedSubprotocols(subprotocol.isEmpty() ? QStringList()
                                                             : QStringList{QString::fromLatin1(subprotocol)});
    QtWire wire(head);
    m_server->handleConnection(&wire);
    // Qt listens through a queued connection. Delivered at once, the next request can have another subprotocol.
    QCoreApplication::sendPostedEvents(m_server.get(), QEvent::MetaCall);
    const QByteArray response = wire.written();
    const std::unique_ptr<QWebSocket> socket(m_server->nextPendingConnection()); // goes before the wire does
    return socket ? withoutCors(response) : QByteArray();
}

QByteArray chooseSubprotocol(const HttpHead &request)
{
    QByteArray before;
    for (const QByteArray &offered : request.list("Sec-WebSocket-Protocol")) {
        if (!isTokenSubprotocol(offered, before))
            return offered;
        before = offered;
    }
    return {};
}

} // namespace glasshouse
