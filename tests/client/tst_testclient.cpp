// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/subject.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

namespace {

QByteArray frame(quint8 first, quint8 second, const QByteArray &rest = {})
{
    return QByteArray(1, char(first)) + char(second) + rest;
}

} // namespace

class TestTestClient final : public QObject
{
    Q_OBJECT
private slots:
    void readsFramesBehindTheAnswer();
    void sendsMaskedFrames();
    void showsFramesInTheOrderOfTheWire();
    void refusesToSend_data();
    void refusesToSend();
    void boundsWhatWaitsToBeSent();
    void joinsFragments();
    void answersPings();
    void leavesPingsUnansweredIfToldSo();
    void measuresTheRoundTrip();
    void pingsByItself();
    void closesOnBrokenFrames_data();
    void closesOnBrokenFrames();
};

void TestTestClient::readsFramesBehindTheAnswer()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write(peer.acceptance() + makeFrame(Opcode::Text, "hello")); };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.messages.size(), 1);
    QCOMPARE(subject.messages[0].second, "hello"_ba);
}

void TestTestClient::sendsMaskedFrames()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    QList<FrameHeader> headers;
    connect(&subject.client, &TestClient::frameSent, this, [&](const FrameHeader &header) { headers.append(header); });
    const QByteArray big(70'000, 'b');
    QCOMPARE(subject.client.sendText("grüße"), TestClientSend::Sent);
    QCOMPARE(subject.client.sendBinary(big), TestClientSend::Sent);
    QTRY_COMPARE(server.last()->frames.size(), 2);
    QCOMPARE(server.last()->frames[0], (std::pair<quint8, QByteArray>{1, "grüße"}));
    QCOMPARE(server.last()->frames[1], (std::pair<quint8, QByteArray>{2, big}));
    QVERIFY(server.last()->allMasked);
    QCOMPARE(subject.framesOut, (QList<quint8>{1, 2}));
    QCOMPARE(headers[0].size, 6);
    QCOMPARE(headers[1].size, 14);
    QCOMPARE(headers[1].payloadLength, 70'000u);
    QVERIFY(headers[0].masked && headers[1].masked && headers[0].maskKey != headers[1].maskKey);
}

// Also if somebody sends the next one as soon as one is shown.
void TestTestClient::showsFramesInTheOrderOfTheWire()
{
    FakeServer server;
    Subject subject;
    QByteArrayList shown;
    connect(&subject.client, &TestClient::frameSent, this, [&](const FrameHeader &, const QByteArray &payload) {
        shown += payload;
        if (shown.size() == 1)
            (void)subject.client.sendText("two");
    });
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    (void)subject.client.sendText("one");
    QCOMPARE(shown, (QByteArrayList{"one", "two"}));
    QTRY_COMPARE(server.last()->frames.size(), 2);
    QCOMPARE(server.last()->frames[0].second, "one");
    QCOMPARE(server.last()->frames[1].second, "two");
}

void TestTestClient::refusesToSend_data()
{
    QTest::addColumn<bool>("open");
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("result");
    QTest::newRow("before it is open") << false << 1 << "a"_ba << int(TestClientSend::NotOpen);
    QTest::newRow("broken UTF-8") << true << 1 << "\xC3("_ba << int(TestClientSend::InvalidText);
    QTest::newRow("long ping") << true << 9 << QByteArray(126, 'p') << int(TestClientSend::TooLong);
    QTest::newRow("over the queue") << true << 2 << QByteArray(1001, 'x') << int(TestClientSend::QueueFull);
    QTest::newRow("forbidden code") << true << 8 << QByteArray::number(1006) << int(TestClientSend::InvalidCode);
}

void TestTestClient::refusesToSend()
{
    QFETCH(bool, open);
    QFETCH(int, opcode);
    QFETCH(QByteArray, payload);
    QFETCH(int, result);
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxQueueBytes = 1000;
    if (open)
        subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen() == open);
    TestClient &client = subject.client;
    const TestClientSend got = opcode == 1 ? client.sendText(payload)
        : opcode == 2                      ? client.sendBinary(payload)
        : opcode == 9                      ? client.ping(payload)
                                           : client.close(payload.toUShort());
    QCOMPARE(int(got), result);
    QVERIFY(subject.framesOut.isEmpty());
}

void TestTestClient::boundsWhatWaitsToBeSent()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(peer.acceptance());
        peer.socket()->setReadBufferSize(1);
        peer.socket()->disconnect(&peer);
    };
    TestClientOptions options = optionsFor(server.url());
    options.maxQueueBytes = 1024 * 1024;
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    const QByteArray chunk(256 * 1024, 'x');
    TestClientSend result = TestClientSend::Sent;
    for (int i = 0; i < 1000 && result == TestClientSend::Sent; ++i)
        result = subject.client.sendBinary(chunk);
    QCOMPARE(result, TestClientSend::QueueFull);
    QVERIFY(subject.isOpen());
}

void TestTestClient::joinsFragments()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->send(Opcode::Text, "a\xE2", false); // € split inside
    server.last()->send(Opcode::Ping, "p");
    server.last()->send(Opcode::Continuation,
                        "\x82\xAC"
                        "b");
    QTRY_COMPARE(subject.messages.size(), 1);
    QCOMPARE(subject.messages[0], (std::pair<MessageKind, QByteArray>{MessageKind::Text, "a€b"}));
    QCOMPARE(subject.framesIn, (QList<quint8>{1, 9, 0}));
}

void TestTestClient::answersPings()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->send(Opcode::Ping, "are you there");
    QTRY_COMPARE(server.last()->frames.size(), 1);
    QCOMPARE(server.last()->frames[0], (std::pair<quint8, QByteArray>{10, "are you there"}));
}

void TestTestClient::leavesPingsUnansweredIfToldSo()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.answerPings = false;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    server.last()->send(Opcode::Ping, "x");
    server.last()->send(Opcode::Text, "behind it");
    QTRY_COMPARE(subject.messages.size(), 1);
    QCOMPARE(subject.framesIn, (QList<quint8>{9, 1}));
    QVERIFY(subject.framesOut.isEmpty());
}

void TestTestClient::measuresTheRoundTrip()
{
    FakeServer server;
    Subject subject;
    QSignalSpy trips(&subject.client, &TestClient::roundTrip);
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.client.ping("mine"), TestClientSend::Sent);
    server.last()->send(Opcode::Pong, "not asked for");
    QTRY_COMPARE(server.last()->frames.size(), 1);
    server.last()->send(Opcode::Pong, "mine");
    server.last()->send(Opcode::Pong, "mine");
    server.last()->send(Opcode::Text, "behind it");
    QTRY_COMPARE(subject.messages.size(), 1);
    QCOMPARE(trips.size(), 1);
    QVERIFY(trips[0][0].toDouble() >= 0 && trips[0][0].toDouble() < 5'000);
}

void TestTestClient::pingsByItself()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.pingMs = 10;
    subject.client.connectToServer(options);
    QTRY_VERIFY(server.last() && server.last()->frames.size() >= 2);
    QCOMPARE(server.last()->frames[0].first, 9);
    QVERIFY(server.last()->frames[0].second != server.last()->frames[1].second);
}

void TestTestClient::closesOnBrokenFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<FrameViolation>("violation");
    QTest::addColumn<Fault>("fault");
    QTest::newRow("masked") << makeMaskedFrame(Opcode::Text, "a", 7) << FrameViolation::Masked
                            << Fault::ProtocolViolation;
    QTest::newRow("UTF-8") << makeFrame(Opcode::Text, "a\xFFz") << FrameViolation::InvalidUtf8 << Fault::InvalidUtf8;
    QTest::newRow("reserved bit") << frame(0xC1, 0) << FrameViolation::ReservedBits << Fault::ProtocolViolation;
    QTest::newRow("opcode 3") << frame(0x83, 0) << FrameViolation::UnknownOpcode << Fault::ProtocolViolation;
    QTest::newRow("lone continuation") << frame(0x80, 0) << FrameViolation::UnexpectedContinuation
                                       << Fault::ProtocolViolation;
    QTest::newRow("close 1006") << frame(0x88, 2, "\x03\xEE") << FrameViolation::InvalidCloseCode
                                << Fault::ProtocolViolation;
    QTest::newRow("too big") << frameHeader(Opcode::Binary, 2'000) << FrameViolation::MessageTooBig
                             << Fault::MessageTooBig;
}

void TestTestClient::closesOnBrokenFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(FrameViolation, violation);
    QFETCH(TestClientFault, fault);
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxMessageBytes = 1'000;
    QList<FrameViolation> broken;
    connect(&subject.client, &TestClient::frameBroken, this,
            [&](const FrameHeader &, const QByteArray &, FrameViolation v) { broken.append(v); });
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    server.last()->write(makeFrame(Opcode::Text, "good") + bytes + makeFrame(Opcode::Text, "too late"));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(broken, QList<FrameViolation>{violation});
    QCOMPARE(subject.messages.size(), 1);
    QCOMPARE(subject.ending().fault, fault);
    QCOMPARE(subject.ending().codeSent, closeCodeFor(violation));
    QCOMPARE(server.last()->close.first, closeCodeFor(violation));
    QVERIFY(!subject.ending().cleanly);
}

QTEST_GUILESS_MAIN(TestTestClient)
#include "tst_testclient.moc"
