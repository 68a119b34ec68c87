// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/socketcalls.h"
#include "protocol/framereader.h"
#include "protocol/framewriter.h"
#include "protocol/upgrade.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>
#include <memory>

namespace glasshouse {

/// One accepted connection of a FakeServer: reads the request head, then frames.
class FakePeer final : public QObject, public FrameSink
{
public:
    explicit FakePeer(QTcpSocket *socket, QObject *parent = nullptr) : QObject(parent), m_socket(socket)
    {
        socket->setParent(this);
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
    }

    /// Called once the request head is there; in place of it, raw bytes never become a request.
    std::function<void(FakePeer &)> answer;
    bool answersClose = true;
    bool endsAfterClose = true;

    QTcpSocket *socket() const { return m_socket; }
    const HttpHead &request() const { return m_parser.head(); }
    const QByteArray &raw() const { return m_raw; }
    QList<std::pair<quint8, QByteArray>> frames; ///< opcode, payload: all that came
    bool allMasked = true;
    std::pair<quint16, QByteArray> close;

    void write(const QByteArray &bytes) { m_socket->write(bytes); }
    void send(Opcode opcode, const QByteArray &payload, bool fin = true) { write(makeFrame(opcode, payload, fin)); }
    void end() { m_socket->disconnectFromHost(); }
    void reset()
    {
        resetOnClose(m_socket->socketDescriptor());
        m_socket->abort();
    }

    QByteArray acceptance(const QByteArray &more = {}) const
    {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + acceptFor(request().value("Sec-WebSocket-Key").toByteArray()) + "\r\n" + more + "\r\n";
    }

    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override
    {
        frames.append({header.opcode(), payload.toByteArray()});
        allMasked = allMasked && header.masked;
        return true;
    }
    bool messageReceived(MessageKind, QByteArrayView) override { return true; }
    bool controlReceived(Opcode opcode, QByteArrayView payload) override
    {
        if (opcode != Opcode::Close)
            return true;
        close = parseClosePayload(payload);
        if (answersClose)
            send(Opcode::Close, payload.toByteArray());
        if (endsAfterClose)
            end();
        return false;
    }
    void frameBroken(const FrameHeader &, QByteArrayView, FrameViolation) override { allMasked = false; }

private:
    QTcpSocket *m_socket;
    HttpHeadParser m_parser;
    FrameReader m_reader{ReaderRole::Server, {0, 0}};
    QByteArray m_raw;
    bool m_headDone = false;

    void read()
    {
        QByteArray bytes = m_socket->readAll();
        m_raw += bytes;
        if (!m_headDone) {
            qsizetype consumed = 0;
            m_headDone = m_parser.feed(bytes, consumed) == HttpHeadParser::Status::Done;
            bytes.remove(0, consumed);
            if (m_headDone && answer)
                answer(*this);
        }
        if (m_headDone)
            m_reader.feed(bytes.data(), bytes.size(), *this);
    }
};

/// A server that does as it is told, also what no server should.
class FakeServer final : public QObject
{
public:
    FakeServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(); });
    }

    /// The answer to a request head; by default it is accepted.
    std::function<void(FakePeer &)> answer = [](FakePeer &peer) { peer.write(peer.acceptance()); };
    std::function<void(FakePeer &)> accepted; ///< at once, before any byte

    QUrl url(const QString &scheme = QStringLiteral("ws"), const QString &path = QStringLiteral("/ws/main")) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(m_server.serverPort()).arg(path));
    }
    void stop() { m_server.close(); }
    QList<FakePeer *> peers; ///< in the order of arrival; children

    FakePeer *last() const { return peers.isEmpty() ? nullptr : peers.last(); }

private:
    QTcpServer m_server;

    void accept()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            auto *peer = new FakePeer(socket, this);
            peer->answer = answer;
            peers.append(peer);
            if (accepted)
                accepted(*peer);
        }
    }
};

} // namespace glasshouse
