// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/handshake.h"

#include "protocol/upgrade.h"
#include "server/core/qtwire.h"

#include <QCoreApplication>
#include <QWebSocket>
#include <QWebSocketServer>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype keySize = 24; // of any that was judged
constexpr size_t mostKnown = 8;   // the offers are the clients'

// Qt adds CORS headers that let every page in: a 101 needs none, and ours are decided elsewhere. It needs no date either (RFC 9110,
// section 6.6.1), and without one the answer holds at any time.
QByteArray lasting(const QByteArray &response)
{
    QByteArray result;
    for (qsizetype from = 0; from < response.size();) {
        const qsizetype end = response.indexOf("\r\n", from);
        const qsizetype next = end < 0 ? response.size() : end + 2;
        const QByteArrayView line = QByteArrayView(response).sliced(from, next - from);
        if (!line.startsWith("Access-Control-") && !line.startsWith("Date:"))
            result += line;
        from = next;
    }
    return result;
}

/// The request as Qt shall see it: what the answer is made from, and nothing of the client's that Qt could refuse (lists over
/// several lines, long cookies, hosts that it does not like).
QByteArray headForQt(QByteArrayView key, const QByteArray &subprotocol)
{
    QByteArray head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + key.toByteArray() + "\r\n";
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
    const QByteArrayView key = request.value("Sec-WebSocket-Key");
    const Known *const found = key.size() == keySize ? known(subprotocol) : nullptr;
    QByteArray answer = found != nullptr ? found->before + acceptFor(key) + found->behind
                                         : response(headForQt(key, subprotocol), subprotocol);
    return {std::move(answer), std::move(subprotocol)};
}

// Null: its answer has no place for a key.
const Handshaker::Known *Handshaker::known(const QByteArray &subprotocol)
{
    const auto found = std::ranges::find(m_known, subprotocol, &Known::subprotocol);
    if (found != m_known.end()) {
        std::rotate(found, found + 1, m_known.end()); // it is the last to be forgotten
        return &m_known.back();
    }
    const QByteArrayView key = "dGhlIHNhbXBsZSBub25jZQ==";
    const QByteArray accept = acceptFor(key);
    const QByteArray whole = response(headForQt(key, subprotocol), subprotocol);
    const qsizetype at = whole.indexOf(accept);
    if (at < 0)
        return nullptr;
    if (m_known.size() >= mostKnown)
        m_known.erase(m_known.begin());
    return &m_known.emplace_back(Known{subprotocol, whole.first(at), whole.sliced(at + accept.size())});
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
    return socket ? lasting(response) : QByteArray();
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
