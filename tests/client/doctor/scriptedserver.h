// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/socketcalls.h"
#include "protocol/framereader.h"
#include "protocol/framewriter.h"
#include "protocol/upgrade.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <functional>
#include <openssl/ssl.h>

namespace glasshouse {

class ScriptedPeer;

/// What a server does. As it is made, it is a good one that echoes.
struct Script
{
    std::function<void(ScriptedPeer &)> accepted;                  ///< at once, before any byte
    std::function<void(ScriptedPeer &)> answer;                    ///< when the request's head is there; empty: agrees
    std::function<void(ScriptedPeer &)> opened;                    ///< behind the 101
    std::function<void(ScriptedPeer &, QByteArrayView text)> said; ///< in place of the echo
    bool echoes = true;
    bool pongs = true;
    QByteArray pongPayload; ///< in place of the ping's
    bool answersClose = true;
    bool endsAfterClose = true;
    qint64 maxMessage = 0;                           ///< 1009 above it
    int idleMs = 0;                                  ///< ends a connection on which nothing came for that long
    std::function<bool(const ScriptedPeer &)> idles; ///< which connections that is for; empty: all
    quint16 idleCode = 0;                            ///< says so with this close; 0: just ends
    bool idleIsDeath = false;                        ///< hears and says nothing more in place of an end
    SSL_CTX *tls = nullptr;
};

/// One connection of a ScriptedServer.
class ScriptedPeer final : public QObject, private FrameSink
{
public:
    ScriptedPeer(QTcpSocket *socket, const Script &script, QObject *parent)
        : QObject(parent),
          m_socket(socket),
          m_script(script)
    {
        socket->setParent(this);
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        m_idle.setSingleShot(true);
        connect(&m_idle, &QTimer::timeout, this, [this] { idled(); });
        if (script.tls != nullptr)
            secure();
    }
    ~ScriptedPeer() override { SSL_free(m_ssl); }

    [[nodiscard]] const HttpHead &request() const { return m_parser.head(); }
    [[nodiscard]] QByteArray path() const { return request().path().toByteArray(); }
    [[nodiscard]] bool isUpgrade() const { return request().listHas("Upgrade", "websocket"); }

    void write(const QByteArray &bytes)
    {
        if (m_ssl == nullptr)
            return void(m_socket->write(bytes));
        SSL_write(m_ssl, bytes.constData(), int(bytes.size()));
        pushOut();
    }
    void writeRaw(const QByteArray &bytes) { m_socket->write(bytes); }
    void send(Opcode opcode, const QByteArray &payload) { write(makeFrame(opcode, payload)); }
    void sendClose(quint16 code, const QByteArray &reason = {}) { send(Opcode::Close, closePayload(code, reason)); }
    void end() { m_socket->disconnectFromHost(); }
    void reset()
    {
        m_socket->flush();
        resetOnClose(m_socket->socketDescriptor());
        m_socket->abort();
    }
    void refuse(const QByteArray &status, const QByteArray &headers = {}, const QByteArray &body = {})
    {
        write("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers
              + "\r\n" + body);
    }
    [[nodiscard]] QByteArray acceptance(const QByteArray &more = {}) const
    {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + acceptFor(request().value("Sec-WebSocket-Key")) + "\r\n" + more + "\r\n";
    }
    void accept(const QByteArray &more = {})
    {
        write(acceptance(more));
        if (m_script.idleMs > 0 && (!m_script.idles || m_script.idles(*this)))
            m_idle.start(m_script.idleMs);
        if (m_script.opened)
            m_script.opened(*this);
    }

private:
    QTcpSocket *m_socket;
    const Script &m_script;
    HttpHeadParser m_parser;
    FrameReader m_reader{ReaderRole::Server, {0, 0}};
    QTimer m_idle;
    bool m_hasHead = false;
    SSL *m_ssl = nullptr;
    BIO *m_in = nullptr;
    BIO *m_out = nullptr;

    void secure()
    {
        m_ssl = SSL_new(m_script.tls);
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        SSL_set_bio(m_ssl, m_in, m_out);
        SSL_set_accept_state(m_ssl);
    }
    void pushOut()
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(m_out, &data);
        m_socket->write(data, size);
        (void)BIO_reset(m_out);
    }
    void read()
    {
        const QByteArray raw = m_socket->readAll();
        if (m_ssl == nullptr)
            return take(raw);
        BIO_write(m_in, raw.constData(), int(raw.size()));
        const bool isOpen = SSL_is_init_finished(m_ssl) == 1 || SSL_do_handshake(m_ssl) == 1;
        pushOut();
        if (!isOpen) {
            const bool failed = BIO_should_retry(m_in) == 0;
            return failed ? end() : void();
        }
        char buffer[16 * 1024];
        for (int got = 0; (got = SSL_read(m_ssl, buffer, sizeof buffer)) > 0;)
            take(QByteArray(buffer, got));
        pushOut();
        if (SSL_get_error(m_ssl, -1) == SSL_ERROR_SSL)
            end();
    }
    void take(QByteArray bytes)
    {
        if (!m_hasHead) {
            qsizetype consumed = 0;
            m_hasHead = m_parser.feed(bytes, consumed) == HttpHeadParser::Status::Done;
            bytes.remove(0, consumed);
            if (m_hasHead && m_script.answer)
                m_script.answer(*this);
            else if (m_hasHead)
                accept();
        }
        if (m_idle.isActive())
            m_idle.start();
        if (m_hasHead)
            m_reader.feed(bytes.data(), bytes.size(), *this);
    }
    void idled()
    {
        if (m_script.idleIsDeath)
            return void(m_socket->disconnect(this));
        m_script.idleCode == 0 ? end() : sendClose(m_script.idleCode);
    }

    bool frameReceived(const FrameHeader &, QByteArrayView) override { return true; }
    bool messageReceived(MessageKind kind, QByteArrayView payload) override
    {
        if (m_script.maxMessage > 0 && payload.size() > m_script.maxMessage) {
            sendClose(1009);
            return true;
        }
        if (m_script.said)
            m_script.said(*this, payload);
        else if (m_script.echoes)
            send(kind == MessageKind::Text ? Opcode::Text : Opcode::Binary, payload.toByteArray());
        return true;
    }
    bool controlReceived(Opcode opcode, QByteArrayView payload) override
    {
        if (opcode == Opcode::Ping && m_script.pongs)
            send(Opcode::Pong, m_script.pongPayload.isEmpty() ? payload.toByteArray() : m_script.pongPayload);
        if (opcode == Opcode::Close && m_script.answersClose)
            send(Opcode::Close, payload.toByteArray());
        if (opcode == Opcode::Close && m_script.endsAfterClose)
            end();
        return true;
    }
    void frameBroken(const FrameHeader &, QByteArrayView, FrameViolation) override { }
};

/// A server that does as it is told, also what no server should.
class ScriptedServer final : public QObject
{
public:
    Script script;

    [[nodiscard]] bool listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0)
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                auto *peer = new ScriptedPeer(socket, script, this);
                peers.append(peer);
                if (script.accepted)
                    script.accepted(*peer);
            }
        });
        return m_server.listen(address, port);
    }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    void stop() { m_server.close(); }
    QList<ScriptedPeer *> peers; ///< children, in the order in which they came

private:
    QTcpServer m_server;
};

} // namespace glasshouse
