// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The peer of scripts/bench that shows what a plain QWebSocketServer does: echo at /echo, everywhere else a broadcast to
// all others. Prints the same line as `glasshouse serve` once it listens.
#include <QCoreApplication>
#include <QSet>
#include <QWebSocket>
#include <QWebSocketServer>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

class PlainServer : public QObject
{
public:
    PlainServer() : m_server(u"plain"_s, QWebSocketServer::NonSecureMode)
    {
        m_server.setMaxPendingConnections(4096);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] { accept(); });
    }
    quint16 listen() { return m_server.listen(QHostAddress::LocalHost) ? m_server.serverPort() : 0; }

private:
    QWebSocketServer m_server;
    QSet<QWebSocket *> m_room;

    void accept()
    {
        while (QWebSocket *socket = m_server.nextPendingConnection()) {
            if (socket->requestUrl().path() == "/echo"_L1)
                connect(socket, &QWebSocket::textMessageReceived, socket,
                        [socket](const QString &text) { socket->sendTextMessage(text); });
            else
                join(socket);
            connect(socket, &QWebSocket::disconnected, socket, [this, socket] {
                m_room.remove(socket);
                socket->deleteLater();
            });
        }
    }

    void join(QWebSocket *socket)
    {
        m_room.insert(socket);
        connect(socket, &QWebSocket::textMessageReceived, this, [this, socket](const QString &text) {
            for (QWebSocket *other : std::as_const(m_room)) {
                if (other != socket)
                    other->sendTextMessage(text);
            }
        });
    }
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    PlainServer server;
    const quint16 port = server.listen();
    std::printf("{\"event\":\"listening\",\"port\":%d,\"pid\":%lld}\n", port,
                static_cast<long long>(QCoreApplication::applicationPid()));
    std::fflush(stdout);
    return port != 0 ? QCoreApplication::exec() : 1;
}
