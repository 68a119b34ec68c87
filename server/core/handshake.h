// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/upgrading.h"

#include <memory>
#include <vector>

class QWebSocketServer;

namespace glasshouse {

/// Lets QWebSocketServer answer opening handshakes, and takes nothing else of Qt's: behind the 101 the stream is ours. The server
/// never listens. Its answers differ by the subprotocol and the key only, so it is asked once a subprotocol: each time it makes a
/// QWebSocket and waits for a turn of the event loop. On its worker's thread.
class Handshaker
{
public:
    Handshaker();
    ~Handshaker();
    Q_DISABLE_COPY_MOVE(Handshaker)

    /// The answer to a request that was judged before, within the call.
    [[nodiscard]] Handshake answer(const HttpHead &request);

private:
    /// An answer without what the client's key made of it.
    struct Known
    {
        QByteArray subprotocol;
        QByteArray before;
        QByteArray behind;
    };
    std::unique_ptr<QWebSocketServer> m_server;
    std::vector<Known> m_known; ///< the last ones that were asked for

    [[nodiscard]] const Known *known(const QByteArray &subprotocol);
    [[nodiscard]] QByteArray response(const QByteArray &head, const QByteArray &subprotocol);
};

/// The first subprotocol that the client offers and that is no token in disguise; empty: none. A browser fails a connection
/// whose offer was not taken, so an unknown one is better than none.
[[nodiscard]] QByteArray chooseSubprotocol(const HttpHead &request);

} // namespace glasshouse
