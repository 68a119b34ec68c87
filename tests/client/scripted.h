// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclient.h"
#include "protocol/framewriter.h"
#include "tests/support/scriptedpump.h"

#include <QTest>

Q_DECLARE_METATYPE(glasshouse::TestClientFault)

namespace glasshouse {

/// A TestClient and a server that says what it is given, without a network: nothing waits, and bytes come in the pieces that a
/// test wants.
class Scripted final : private FrameSink
{
public:
    TestClient client;
    QByteArrayList story; ///< what the client told of frames and messages, one line each
    QList<TestClientEnding> endings;
    QByteArrayList sent;  ///< the frames of the client, one line each, as far as they were looked at
    qsizetype pieces = 0; ///< bytes that come together; 0: all of them

    Scripted() : Scripted(new ScriptedPump) { }
    Q_DISABLE_COPY_MOVE(Scripted)

    static TestClientOptions options()
    {
        TestClientOptions options;
        options.url = QUrl(QStringLiteral("ws://127.0.0.1:4711/ws/main"));
        return options;
    }

    /// Up to the request.
    void begin(const TestClientOptions &options)
    {
        client.connectToServer(options);
        if (!m_pump->stream)
            return;
        m_pump->stream->connects();
        qsizetype consumed = 0;
        HttpHeadParser parser;
        (void)parser.feed(m_pump->stream->sent, consumed);
        m_request = parser.takeHead();
        m_read = consumed;
    }
    [[nodiscard]] const HttpHead &request() const { return m_request; }
    [[nodiscard]] QByteArray accept() const { return acceptFor(m_request.value("Sec-WebSocket-Key")); }
    /// The whole opening; `more`: lines of the answer, each with its end.
    void open(const TestClientOptions &options, const QByteArray &more = {})
    {
        begin(options);
        m_pump->stream->peerSays("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: "
                                 + accept() + "\r\n" + more + "\r\n");
    }
    void says(const QByteArray &bytes)
    {
        const qsizetype step = pieces > 0 ? pieces : qMax<qsizetype>(1, bytes.size());
        for (qsizetype at = 0; at < bytes.size() && endings.isEmpty(); at += step)
            m_pump->stream->peerSays(bytes.sliced(at, qMin(step, bytes.size() - at)));
    }
    /// The server ends the stream.
    void ends()
    {
        look();
        if (endings.isEmpty())
            m_pump->stream->peerEnds(StreamEnd::EndOfStream);
    }
    /// At what the client has sent.
    void look()
    {
        if (!endings.isEmpty())
            return;
        QByteArray bytes = m_pump->stream->sent.sliced(m_read);
        m_read += bytes.size();
        (void)m_reader.feed(bytes.data(), bytes.size(), *this);
    }
    [[nodiscard]] TestClientEnding ending() const { return endings.value(0); }
    [[nodiscard]] FakeTransport &stream() { return *m_pump->stream; }

private:
    ScriptedPump *m_pump;
    HttpHead m_request;
    qsizetype m_read = 0;                                                    ///< of what the client sent
    FrameReader m_reader{ReaderRole::Server, {0, 0}, ReaderRigor::Tolerant}; // tells compressed frames as they are

    explicit Scripted(ScriptedPump *pump) : client(std::unique_ptr<Pump>(pump)), m_pump(pump)
    {
        const auto tell = [this](const QByteArray &what, const QByteArray &payload) {
            story += what + ':' + (payload.size() > 200 ? QByteArray::number(payload.size()) + " bytes" : payload);
        };
        QObject::connect(&client, &TestClient::frameReceived, &client,
                         [tell](const FrameHeader &header, const QByteArray &payload) {
                             if (isControl(header.opcode()))
                                 tell(header.opcode() == 8 ? "close" : header.opcode() == 9 ? "ping" : "pong", payload);
                         });
        QObject::connect(&client, &TestClient::messageReceived, &client,
                         [tell](MessageKind kind, const QByteArray &payload) {
                             tell(kind == MessageKind::Text ? "text" : "binary", payload);
                         });
        QObject::connect(&client, &TestClient::frameBroken, &client,
                         [this](const FrameHeader &, const QByteArray &, FrameViolation violation) {
                             story += "broken:" + describe(violation).toByteArray();
                         });
        QObject::connect(&client, &TestClient::ended, &client,
                         [this](const TestClientEnding &ending) { endings.append(ending); });
    }

    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override
    {
        sent += QByteArray::number(header.firstByte, 16) + ' ' + payload.toByteArray();
        return true;
    }
    bool messageReceived(MessageKind, QByteArrayView) override { return true; }
    bool controlReceived(Opcode, QByteArrayView) override { return true; }
    void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override
    {
        if (violation == FrameViolation::ReservedBits)
            (void)frameReceived(header, payload);
        else
            sent += "broken: " + describe(violation).toByteArray();
    }
};

} // namespace glasshouse
