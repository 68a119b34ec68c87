// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "server/core/handshake.h"
#include "server/core/wiresocket.h"
#include "tests/support/faketransport.h"
#include "tests/support/requests.h"

#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Writes down what the socket finds, one line a call.
struct Sink final : WireSocketSink
{
    QByteArrayList story;
    bool hears = true;
    bool goesOn = true;

    bool bytesSeen(qsizetype) override { return hears; }
    void bytesDone() override { }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override
    {
        story += (kind == MessageKind::Text ? "text " : "binary ") + payload.toByteArray();
        return goesOn;
    }
    bool controlSeen(Opcode opcode, QByteArrayView payload) override
    {
        story += (opcode == Opcode::Ping       ? "ping "
                      : opcode == Opcode::Pong ? "pong "
                                               : "close ")
            + payload.toByteArray();
        return opcode != Opcode::Close;
    }
    void violationSeen(FrameViolation violation, quint8 /*opcode*/) override
    {
        story += "violation " + describe(violation).toByteArray();
    }
    void closeSent(quint16 code, const QByteArray &reason) override
    {
        story += "close sent " + QByteArray::number(code) + ' ' + reason;
    }
    void wireEnded(StreamEnd how, const QByteArray &text) override
    {
        story += "ended " + QByteArray::number(int(how)) + ' ' + text;
    }
};

QByteArray upgradeHead(const QByteArray &extra = {})
{
    return "GET /ws/blue HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + extra + "\r\n";
}

QByteArray masked(Opcode opcode, QByteArrayView payload, bool fin = true)
{
    return makeMaskedFrame(opcode, payload, 0x11223344, fin);
}

} // namespace

/// WireSocket and the handshake of Qt that it goes through.
class TestWireSocket final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void answersTheHandshake();
    void letsNoForeignPageIn();
    void answersTheSubprotocolThatWasChosen_data();
    void answersTheSubprotocolThatWasChosen();
    void choosesASubprotocol_data();
    void choosesASubprotocol();
    void refusesWhatQtRefuses();
    void sendsNothingBeforeItIsOpen();
    void givesMessages_data();
    void givesMessages();
    void takesBytesBehindTheHead();
    void countsWhatGoesOver();
    void sendsFrames();
    void answersPings();
    void answersAClose_data();
    void answersAClose();
    void reportsTheCloseOfQt();
    void isDeafBehindAViolation_data();
    void isDeafBehindAViolation();
    void isDeafWhenTheSinkSaysStop();
    void leavesBytesAloneThatAreNotToBeSeen();
    void doesNotHearQtAfterDetaching();
    void passesTheEndOn();
    void looksConnectedToQt();

private:
    QWebSocketServer m_server{u"test"_s, QWebSocketServer::NonSecureMode};
    Recorder m_recorder{nullptr};
    Sink m_sink;
    FakeTransport *m_transport = nullptr; ///< owned by m_wire
    std::unique_ptr<WireSocket> m_wire;
    std::unique_ptr<QWebSocket> m_webSocket;

    HandshakeDone shakeHands(const QByteArray &head, const QByteArray &subprotocol = {});
    void open(QByteArray early = {});
};

void TestWireSocket::init()
{
    m_sink = {};
    auto transport = std::make_unique<FakeTransport>();
    m_transport = transport.get();
    m_wire =
        std::make_unique<WireSocket>(std::move(transport), ConnectionId{1}, m_recorder, m_sink, FrameLimits{1'000, 3});
}

void TestWireSocket::cleanup()
{
    m_wire->detach();
    m_webSocket.reset();
    m_wire.reset();
}

HandshakeDone TestWireSocket::shakeHands(const QByteArray &head, const QByteArray &subprotocol)
{
    return completeHandshake(m_server, *m_wire, head, subprotocol);
}

void TestWireSocket::open(QByteArray early)
{
    HandshakeDone done = shakeHands(upgradeHead());
    QVERIFY(done.webSocket);
    m_webSocket = std::move(done.webSocket);
    m_wire->open("RESPONSE", std::move(early), m_webSocket.get());
    QVERIFY(m_transport->sent.startsWith("RESPONSE"));
    m_transport->sent.remove(0, 8);
}

void TestWireSocket::answersTheHandshake()
{
    const HandshakeDone done = shakeHands(upgradeHead("Origin: http://evil.example\r\n"));
    QVERIFY(done.webSocket);
    QVERIFY(done.response.startsWith("HTTP/1.1 101 "));
    QVERIFY(done.response.endsWith("\r\n\r\n"));
    HttpHeadParser parser(HttpHeadParser::Kind::Response);
    qsizetype consumed = 0;
    QCOMPARE(parser.feed(done.response, consumed), HttpHeadParser::Status::Done);
    QCOMPARE(consumed, done.response.size());
    QCOMPARE(parser.head().value("Sec-WebSocket-Accept"), QByteArrayView("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QVERIFY(parser.head().listHas("Upgrade", "websocket"));
    QVERIFY(parser.head().listHas("Connection", "Upgrade"));
}

void TestWireSocket::letsNoForeignPageIn()
{
    QVERIFY(!shakeHands(upgradeHead("Origin: http://evil.example\r\n")).response.contains("Access-Control"));
}

void TestWireSocket::answersTheSubprotocolThatWasChosen_data()
{
    QTest::addColumn<QByteArray>("chosen");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("the first") << QByteArray("chess.v1");
    QTest::newRow("the second") << QByteArray("chess.v2");
}

void TestWireSocket::answersTheSubprotocolThatWasChosen()
{
    QFETCH(QByteArray, chosen);
    const QByteArray response =
        shakeHands(upgradeHead("Sec-WebSocket-Protocol: chess.v1, chess.v2\r\n"), chosen).response;
    QCOMPARE(response.contains("\r\nSec-WebSocket-Protocol: " + chosen + "\r\n"), !chosen.isEmpty());
    QCOMPARE(response.contains("Sec-WebSocket-Protocol"), !chosen.isEmpty());
}

void TestWireSocket::choosesASubprotocol_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("chosen");
    QTest::newRow("none offered") << QByteArray() << QByteArray();
    QTest::newRow("one") << QByteArray("Sec-WebSocket-Protocol: chess\r\n") << QByteArray("chess");
    QTest::newRow("the first of two") << QByteArray("Sec-WebSocket-Protocol: chess, go\r\n") << QByteArray("chess");
    QTest::newRow("two headers") << QByteArray("Sec-WebSocket-Protocol: chess\r\nSec-WebSocket-Protocol: go\r\n")
                                 << QByteArray("chess");
    QTest::newRow("a token first") << QByteArray("Sec-WebSocket-Protocol: bearer.abc, chess\r\n")
                                   << QByteArray("chess");
    QTest::newRow("a token only") << QByteArray("Sec-WebSocket-Protocol: bearer.abc\r\n") << QByteArray();
}

void TestWireSocket::choosesASubprotocol()
{
    QFETCH(QByteArray, headers);
    QTEST(chooseSubprotocol(requestHead("GET", "/ws/a", "Host: a\r\n" + headers)), "chosen");
}

void TestWireSocket::refusesWhatQtRefuses()
{
    QVERIFY(!shakeHands("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").webSocket);
}

void TestWireSocket::sendsNothingBeforeItIsOpen()
{
    const HandshakeDone done = shakeHands(upgradeHead());
    QCOMPARE(m_transport->sent, "");
    QVERIFY(!m_transport->reading);
    m_webSocket.reset();
    m_wire->open(done.response, {}, done.webSocket.get());
    QCOMPARE(m_transport->sent, done.response);
    QVERIFY(m_transport->reading);
    m_wire->detach();
}

void TestWireSocket::givesMessages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("story");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArrayList &story) {
        QTest::newRow(name) << bytes << story;
    };
    row("text", masked(Opcode::Text, "hello"), {"text hello"});
    row("text that is no ASCII", masked(Opcode::Text, "\xC3\xA4\xF0\x9F\x90\x8E"), {"text \xC3\xA4\xF0\x9F\x90\x8E"});
    row("binary", masked(Opcode::Binary, QByteArrayView("\0\xFF", 2)), {QByteArray("binary \0\xFF", 9)});
    row("empty", masked(Opcode::Text, ""), {"text "});
    row("two", masked(Opcode::Text, "a") + masked(Opcode::Text, "b"), {"text a", "text b"});
    row("fragments", masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "b"), {"text ab"});
    row("a ping between fragments",
        masked(Opcode::Text, "a", false) + masked(Opcode::Ping, "p") + masked(Opcode::Continuation, "b"),
        {"ping p", "text ab"});
    row("pong", masked(Opcode::Pong, "x"), {"pong x"});
    row("as large as may be", masked(Opcode::Binary, QByteArray(1'000, 'x')), {"binary " + QByteArray(1'000, 'x')});
}

void TestWireSocket::givesMessages()
{
    QFETCH(QByteArray, bytes);
    open();
    m_transport->peerSays(bytes);
    QTEST(m_sink.story, "story");
    m_sink.story.clear();
    for (const char byte : bytes) // and in the smallest pieces
        m_transport->peerSays(QByteArray(1, byte));
    QTEST(m_sink.story, "story");
}

void TestWireSocket::takesBytesBehindTheHead()
{
    const QByteArray frame = masked(Opcode::Text, "early bird");
    open(frame.first(5));
    QCOMPARE(m_sink.story.size(), 0);
    m_wire->takeEarly(frame.sliced(5));
    QCOMPARE(m_sink.story, QByteArrayList{"text early bird"});
}

void TestWireSocket::countsWhatGoesOver()
{
    open();
    const QByteArray in = masked(Opcode::Text, "one") + masked(Opcode::Ping, "") + masked(Opcode::Binary, "two");
    m_transport->peerSays(in);
    const QByteArray frame = makeFrame(Opcode::Binary, "three");
    m_wire->sendFrame(frame, 2);
    SequencedText text("{\"seq\":");
    m_wire->sendText(text, 12);
    const WireCounters &counters = m_wire->counters();
    QCOMPARE(counters.messagesIn, 2);
    QCOMPARE(counters.bytesIn, quint64(in.size()));
    QCOMPARE(counters.messagesOut, 2);
    QCOMPARE(counters.bytesOut, quint64(m_transport->sent.size()));
}

void TestWireSocket::sendsFrames()
{
    open();
    SequencedText text("{\"seq\":");
    m_wire->sendText(text, 9);
    m_wire->sendText(text, 10);
    m_wire->sendControl(Opcode::Ping, "12345678");
    QCOMPARE(m_transport->sent,
             makeFrame(Opcode::Text, "{\"seq\":9}") + makeFrame(Opcode::Text, "{\"seq\":10}")
                 + makeFrame(Opcode::Ping, "12345678"));
}

void TestWireSocket::answersPings()
{
    open();
    for (const QByteArray &payload : {QByteArray("abc"), QByteArray(), QByteArray(125, 'p')}) {
        m_transport->sent.clear();
        m_wire->passToQt(Opcode::Ping, payload);
        QCOMPARE(m_transport->sent, makeFrame(Opcode::Pong, payload));
    }
}

void TestWireSocket::answersAClose_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {0, 1000, 1001, 1008, 1011, 1012, 1014, 3000, 4000, 4999})
        QTest::addRow("%d", code) << code;
}

void TestWireSocket::answersAClose()
{
    QFETCH(int, code);
    open();
    m_wire->answerClose(quint16(code));
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(quint16(code))));
    QCOMPARE(m_sink.story, QByteArrayList{"close sent " + QByteArray::number(code == 0 ? 1005 : code) + ' '});
}

void TestWireSocket::reportsTheCloseOfQt()
{
    open();
    m_webSocket->close(QWebSocketProtocol::CloseCode(4006), u"too slow"_s);
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4006, "too slow")));
    QCOMPARE(m_sink.story, QByteArrayList{"close sent 4006 too slow"});
    QVERIFY(!m_transport->aborted && !m_transport->ending); // the peer's answer is still to come
}

void TestWireSocket::isDeafBehindAViolation_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<FrameViolation>("violation");
    QTest::newRow("not masked") << makeFrame(Opcode::Text, "hello") << FrameViolation::NotMasked;
    QTest::newRow("no UTF-8") << masked(Opcode::Text, "\xFF\xFE") << FrameViolation::InvalidUtf8;
    QTest::newRow("too big") << masked(Opcode::Binary, QByteArray(1'001, 'x')) << FrameViolation::MessageTooBig;
    QTest::newRow("too many fragments") << QByteArray(
        masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "b", false)
        + masked(Opcode::Continuation, "c", false) + masked(Opcode::Continuation, "d", false))
                                        << FrameViolation::TooManyFragments;
}

void TestWireSocket::isDeafBehindAViolation()
{
    QFETCH(QByteArray, bytes);
    QFETCH(FrameViolation, violation);
    open();
    m_transport->peerSays(bytes + masked(Opcode::Text, "more"));
    m_transport->peerSays(masked(Opcode::Text, "and more"));
    QCOMPARE(m_sink.story, QByteArrayList{"violation " + describe(violation).toByteArray()});
    QVERIFY(m_wire->reader().finished());
}

void TestWireSocket::isDeafWhenTheSinkSaysStop()
{
    open();
    m_sink.goesOn = false;
    m_transport->peerSays(masked(Opcode::Text, "one") + masked(Opcode::Text, "two"));
    m_transport->peerSays(masked(Opcode::Text, "three"));
    QCOMPARE(m_sink.story, QByteArrayList{"text one"});
}

void TestWireSocket::leavesBytesAloneThatAreNotToBeSeen()
{
    open();
    m_sink.hears = false;
    m_transport->peerSays(masked(Opcode::Text, "one"));
    QCOMPARE(m_sink.story.size(), 0);
}

void TestWireSocket::doesNotHearQtAfterDetaching()
{
    open();
    m_wire->detach();
    m_webSocket->close();
    m_wire->passToQt(Opcode::Ping, "x");
    QCOMPARE(m_transport->sent, "");
    QCOMPARE(m_sink.story.size(), 0);
}

void TestWireSocket::passesTheEndOn()
{
    open();
    m_transport->peerEnds(StreamEnd::TimedOut, "timed out");
    QCOMPARE(m_sink.story, QByteArrayList{"ended " + QByteArray::number(int(StreamEnd::TimedOut)) + " timed out"});
}

void TestWireSocket::looksConnectedToQt()
{
    open();
    QCOMPARE(m_webSocket->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(m_webSocket->peerAddress(), m_transport->peerAddress());
    QCOMPARE(m_webSocket->peerPort(), m_transport->peerPort());
}

QTEST_GUILESS_MAIN(TestWireSocket)
#include "tst_wiresocket.moc"
