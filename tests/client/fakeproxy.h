// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <functional>

namespace glasshouse {

/// A proxy that connects everybody to one port of this machine, whatever they ask for, or answers as it is told.
class FakeProxy final : public QObject
{
public:
    explicit FakeProxy(bool socks) : m_socks(socks)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *client = m_server.nextPendingConnection())
                take(client);
        });
    }

    quint16 target = 0;
    QByteArray login;      ///< "user:password"; empty: nobody is asked
    QByteArray httpAnswer; ///< in place of a connection: a whole answer
    int socksReply = 0;    ///< other than 0: in place of one
    bool silent = false;
    QByteArrayList asked; ///< what was asked for, "host:port" each

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    void stop() { m_server.close(); }

private:
    QTcpServer m_server;
    bool m_socks;

    /// A step of the conversation: takes what it can use of `bytes`, and false if there is not enough.
    using Step = std::function<bool(QByteArray &bytes)>;

    void take(QTcpSocket *client)
    {
        client->setParent(this);
        auto bytes = std::make_shared<QByteArray>();
        auto greeted = std::make_shared<int>(0);
        connect(client, &QTcpSocket::readyRead, client, [=, this] {
            if (*greeted < 0 || silent)
                return;
            *bytes += client->readAll();
            while (*greeted >= 0
                   && (m_socks ? socksStep(client, *bytes, *greeted) : httpStep(client, *bytes, *greeted)))
                ;
        });
    }

    bool httpStep(QTcpSocket *client, QByteArray &bytes, int &stage)
    {
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        const QByteArray head = bytes.first(end);
        bytes.remove(0, end + 4);
        if (!login.isEmpty() && !head.contains("Basic " + login.toBase64())) {
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                          "Content-Length: 0\r\n\r\n");
            return true;
        }
        asked += head.split(' ').value(1);
        if (!httpAnswer.isEmpty()) {
            client->write(httpAnswer);
            client->disconnectFromHost();
            return false;
        }
        relay(client, stage, "HTTP/1.1 200 Connection established\r\n\r\n");
        return false;
    }

    bool socksStep(QTcpSocket *client, QByteArray &bytes, int &stage)
    {
        if (stage == 0) { // version, methods
            if (bytes.size() < 2 || bytes.size() < 2 + bytes[1])
                return false;
            const QByteArray methods = bytes.sliced(2, bytes[1]);
            bytes.remove(0, 2 + methods.size());
            const char wanted = login.isEmpty() ? 0 : 2;
            const bool offered = methods.contains(wanted);
            client->write(QByteArray("\x05") + (offered ? wanted : char(0xFF)));
            stage = login.isEmpty() ? 2 : 1;
            return offered;
        }
        if (stage == 1) { // user and password
            if (bytes.size() < 2 || bytes.size() < 3 + bytes[1])
                return false;
            const QByteArray user = bytes.sliced(2, bytes[1]);
            const QByteArray password = bytes.sliced(3 + user.size(), bytes[2 + user.size()]);
            bytes.remove(0, 3 + user.size() + password.size());
            const bool good = user + ':' + password == login;
            client->write(QByteArray("\x01") + (good ? '\0' : '\1'));
            stage = 2;
            if (!good)
                client->disconnectFromHost();
            return good;
        }
        return socksRequest(client, bytes, stage);
    }

    bool socksRequest(QTcpSocket *client, QByteArray &bytes, int &stage)
    {
        if (bytes.size() < 5)
            return false;
        const qsizetype size = bytes[3] == 3 ? 1 + bytes[4] : bytes[3] == 1 ? 4 : 16;
        if (bytes.size() < 4 + size + 2)
            return false;
        const QByteArray host = bytes[3] == 3 ? bytes.sliced(5, size - 1) : bytes.sliced(4, size).toHex();
        const int port = quint8(bytes[4 + size]) << 8 | quint8(bytes[5 + size]);
        asked += host + ':' + QByteArray::number(port);
        bytes.clear();
        const QByteArray rest("\0\1\0\0\0\0\0\0", 8);
        if (socksReply != 0) {
            client->write(QByteArray("\x05") + char(socksReply) + rest);
            return false;
        }
        relay(client, stage, QByteArray("\x05") + '\0' + rest);
        return false;
    }

    void relay(QTcpSocket *client, int &stage, const QByteArray &answer)
    {
        stage = -1;
        auto *server = new QTcpSocket(client);
        server->setProxy(QNetworkProxy::NoProxy);
        server->connectToHost(QHostAddress::LocalHost, target);
        connect(server, &QTcpSocket::connected, client, [=] { client->write(answer); });
        connect(server, &QTcpSocket::readyRead, client, [=] { client->write(server->readAll()); });
        connect(client, &QTcpSocket::readyRead, server, [=] { server->write(client->readAll()); });
        connect(server, &QTcpSocket::disconnected, client, [=] { client->disconnectFromHost(); });
        connect(client, &QTcpSocket::disconnected, server, [=] { server->disconnectFromHost(); });
    }
};

} // namespace glasshouse
