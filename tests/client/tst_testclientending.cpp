// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/subject.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

class TestTestClientEnding final : public QObject
{
    Q_OBJECT
private slots:
    void closesInOrder();
    void answersAClose_data();
    void answersAClose();
    void endsTheSentenceAboutAReasonOnce();
    void claimsNoAnswerThatDidNotLeave();
    void doesNotWaitForAnAnswerToItsClose();
    void doesNotWaitForTheEndOfTheStream();
    void endWithoutACloseFrameIs1006_data();
    void endWithoutACloseFrameIs1006();
    void closeFrameThatComesWithTheEndCounts();
    void abortsAtOnce();
    void cancelsAnAttempt();
    void survivesASlotThatConnectsAnew();
    void everyFaultHasWords();
};

void TestTestClientEnding::closesInOrder()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.client.close(4321, "enough"), TestClientSend::Sent);
    QCOMPARE(subject.client.state(), State::Closing);
    QCOMPARE(subject.client.sendText("late"), TestClientSend::NotOpen);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(server.last()->close, (std::pair<quint16, QByteArray>{4321, "enough"}));
    QCOMPARE(subject.ending().fault, Fault::ClosedByClient);
    QCOMPARE(subject.ending().codeSent, 4321);
    QCOMPARE(subject.ending().codeReceived, 4321);
    QVERIFY(subject.ending().cleanly);
    QVERIFY(!isFault(subject.ending()));
}

void TestTestClientEnding::answersAClose_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("answered");
    QTest::addColumn<bool>("fault");
    QTest::newRow("1000") << 1000 << 1000 << false;
    QTest::newRow("1001") << 1001 << 1001 << false;
    QTest::newRow("1012") << 1012 << 1012 << true;
    QTest::newRow("4001") << 4001 << 4001 << true;
    QTest::newRow("no code") << 0 << 1005 << false;
}

void TestTestClientEnding::answersAClose()
{
    QFETCH(int, code);
    QFETCH(int, answered);
    QFETCH(bool, fault);
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->answersClose = false;
    server.last()->send(Opcode::Close, closePayload(quint16(code), code ? "why" : ""));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(server.last()->close.first, quint16(answered));
    QCOMPARE(subject.ending().fault, Fault::ClosedByServer);
    QCOMPARE(subject.ending().codeReceived, quint16(answered));
    QCOMPARE(subject.ending().reasonReceived, code ? "why"_ba : ""_ba);
    QVERIFY(subject.ending().cleanly);
    QCOMPARE(isFault(subject.ending()), fault);
}

void TestTestClientEnding::endsTheSentenceAboutAReasonOnce()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->send(Opcode::Close, closePayload(1000, "Goodbye.."));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().reasonReceived, "Goodbye.."_ba);
    QVERIFY(subject.ending().detail.endsWith("Goodbye..")); // as it came
    QVERIFY(testClientText(subject.ending()).sentence.endsWith(u" Goodbye."_s));
}

void TestTestClientEnding::claimsNoAnswerThatDidNotLeave()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->send(Opcode::Close, closePayload(1011, "boom"));
    QVERIFY(server.last()->socket()->flush());
    server.last()->reset();
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ClosedByServer);
    QCOMPARE(subject.ending().codeReceived, 1011);
    QCOMPARE(subject.ending().codeSent, 0);
    QVERIFY(!subject.ending().cleanly);
}

void TestTestClientEnding::doesNotWaitForAnAnswerToItsClose()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->answersClose = server.last()->endsAfterClose = false;
    subject.client.close(1000);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::CloseNotAnswered);
    QCOMPARE(subject.ending().code(), 1006);
    QTRY_COMPARE(server.last()->socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestTestClientEnding::doesNotWaitForTheEndOfTheStream()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    server.last()->endsAfterClose = false;
    subject.client.close(1000);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::StreamLeftOpen);
    QCOMPARE(subject.ending().code(), 1000);
    QVERIFY(!subject.ending().cleanly);
}

void TestTestClientEnding::endWithoutACloseFrameIs1006_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("closing");
    QTest::newRow("end") << false << false;
    QTest::newRow("reset") << true << false;
    QTest::newRow("end in place of an answer to our close") << false << true;
}

void TestTestClientEnding::endWithoutACloseFrameIs1006()
{
    QFETCH(bool, reset);
    QFETCH(bool, closing);
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    FakePeer *peer = server.last();
    peer->answersClose = false;
    if (closing) {
        subject.client.close(1000);
    } else if (reset) {
        peer->reset();
    } else {
        peer->end();
    }
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, reset ? Fault::ConnectionReset : Fault::Vanished);
    QCOMPARE(subject.ending().code(), 1006);
    QCOMPARE(subject.ending().codeReceived, 0);
    QVERIFY(!subject.ending().cleanly);
}

void TestTestClientEnding::closeFrameThatComesWithTheEndCounts()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        QByteArray all = peer.acceptance();
        for (int i = 0; i < 100; ++i) // several turns of reading
            all += makeFrame(Opcode::Binary, QByteArray(10'000, 'x'));
        peer.write(all + makeFrame(Opcode::Close, closePayload(1011, "boom")));
        peer.end();
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.messages.size(), 100);
    QCOMPARE(subject.ending().fault, Fault::ClosedByServer);
    QCOMPARE(subject.ending().codeReceived, 1011);
}

void TestTestClientEnding::abortsAtOnce()
{
    FakeServer server;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    subject.client.abort();
    QCOMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::Aborted);
    QCOMPARE(subject.client.state(), State::Closed);
    QTRY_COMPARE(server.last()->socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestTestClientEnding::cancelsAnAttempt()
{
    FakeServer server;
    server.answer = nullptr;
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.client.state(), State::Upgrading);
    subject.client.close();
    QCOMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().stage, State::Upgrading);
}

void TestTestClientEnding::survivesASlotThatConnectsAnew()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(peer.acceptance() + makeFrame(Opcode::Text, "one") + makeFrame(Opcode::Text, "two"));
    };
    Subject subject;
    int round = 0;
    connect(&subject.client, &TestClient::messageReceived, this, [&] {
        if (++round < 3)
            subject.client.connectToServer(optionsFor(server.url()));
    });
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.messages.size(), 4); // one of each that was left, two of the last
    QCOMPARE(server.peers.size(), 3);
    QVERIFY(subject.endings.isEmpty());
}

void TestTestClientEnding::everyFaultHasWords()
{
    for (int i = 0; i < testClientFaultCount; ++i) {
        TestClientEnding ending;
        ending.fault = Fault(i);
        ending.detail = "100 %1";
        const TestClientText text = testClientText(ending);
        QVERIFY2(text.sentence.endsWith(u'.'), qPrintable(QString::number(i)));
        QVERIFY(text.advice.isEmpty() || text.advice.endsWith(u'.'));
    }
    TestClientEnding named;
    named.fault = Fault::InvalidHeader;
    named.detail = "X %1";
    QVERIFY(testClientText(named).sentence.contains(u"“X %1”"_s));
    named.fault = Fault::NoTls; // the library's words are all there is to go by
    QVERIFY(testClientText(named).sentence.contains(u": X %1."_s));
    QVERIFY(testClientText({}).sentence.contains(u"broke"_s));
}

QTEST_GUILESS_MAIN(TestTestClientEnding)
#include "tst_testclientending.moc"
