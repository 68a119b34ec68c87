// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/subject.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

class TestTestClientLadder final : public QObject
{
    Q_OBJECT
private slots:
    void ladderRisesToItsTop();
    void ladderMovesByItsJitter();
    void comesBackUpTheLadder();
    void ladderStartsAnewAfterAStableConnection();
    void knowsWhenToComeBack_data();
    void knowsWhenToComeBack();
    void doesNotComeBackAfterTheUserClosed();
};

void TestTestClientLadder::ladderRisesToItsTop()
{
    TestClientReconnect policy;
    policy.jitter = 0;
    TestClientLadder ladder(policy);
    QList<int> waits;
    for (int i = 0; i < 9; ++i)
        waits.append(ladder.next(0.7));
    QCOMPARE(waits, (QList<int>{500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000}));
    QCOMPARE(ladder.attempt(), 9);
    QCOMPARE(TestClientLadder::rung(policy, 5000), 30000);
    ladder.reset();
    QCOMPARE(ladder.next(0.7), 500);
}

void TestTestClientLadder::ladderMovesByItsJitter()
{
    TestClientLadder ladder;
    QCOMPARE(ladder.next(0.0), 400);
    QCOMPARE(ladder.next(0.5), 1000);
    QVERIFY(ladder.next(0.999999) > 2390);
}

void TestTestClientLadder::comesBackUpTheLadder()
{
    FakeServer server;
    server.answer = [&](FakePeer &peer) {
        if (server.peers.size() == 4)
            peer.write(peer.acceptance());
        else
            peer.end();
    };
    TestClientOptions options = optionsFor(server.url());
    options.reconnect.enabled = true;
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.scheduled, (QList<std::pair<int, int>>{{1, 20}, {2, 40}, {3, 80}}));
    QCOMPARE(subject.endings.size(), 3);
    QVERIFY(subject.states.contains(State::WaitingToReconnect));
}

void TestTestClientLadder::ladderStartsAnewAfterAStableConnection()
{
    FakeServer server;
    TestClientOptions options = optionsFor(server.url());
    options.reconnect.enabled = true;
    options.reconnect.stableMs = 60'000;
    Subject subject;
    subject.client.connectToServer(options);
    for (int i = 1; i <= 2; ++i) { // too short to count
        QTRY_VERIFY(subject.isOpen());
        server.last()->end();
        QTRY_COMPARE(subject.scheduled.size(), i);
    }
    QCOMPARE(subject.scheduled.last().first, 2);
    options.reconnect.stableMs = 0;
    subject.client.connectToServer(options);
    for (int i = 3; i <= 4; ++i) {
        QTRY_VERIFY(subject.isOpen());
        server.last()->send(Opcode::Text, "a turn of the loop later");
        QTRY_COMPARE(subject.messages.size(), i - 2);
        server.last()->end();
        QTRY_COMPARE(subject.scheduled.size(), i);
        QCOMPARE(subject.scheduled.last().first, 1);
    }
}

void TestTestClientLadder::knowsWhenToComeBack_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("back");
    QTest::newRow("refused") << Fault::ConnectionRefused << 0 << true;
    QTest::newRow("no upgrade in time") << Fault::TimeoutUpgrading << 0 << true;
    QTest::newRow("vanished") << Fault::Vanished << 0 << true;
    QTest::newRow("503") << Fault::HttpUnavailable << 0 << true;
    QTest::newRow("401") << Fault::Http401 << 0 << false;
    QTest::newRow("404") << Fault::Http404 << 0 << false;
    QTest::newRow("certificate") << Fault::TlsCertificate << 0 << false;
    QTest::newRow("bad URL") << Fault::InvalidUrl << 0 << false;
    QTest::newRow("broken frame") << Fault::ProtocolViolation << 0 << false;
    QTest::newRow("left") << Fault::ClosedByClient << 1000 << false;
    QTest::newRow("broken off") << Fault::Aborted << 0 << false;
    for (const auto &[code, back] : {std::pair{1000, false},
                                     {1001, true},
                                     {1008, false},
                                     {1011, true},
                                     {4001, false},
                                     {4006, true},
                                     {4008, false},
                                     {4009, false}})
        QTest::addRow("%d", code) << Fault::ClosedByServer << code << back;
}

void TestTestClientLadder::knowsWhenToComeBack()
{
    QFETCH(TestClientFault, fault);
    QFETCH(int, code);
    QFETCH(bool, back);
    TestClientEnding ending;
    ending.fault = fault;
    ending.codeReceived = quint16(code);
    QCOMPARE(mayComeBack(ending), back);
}

void TestTestClientLadder::doesNotComeBackAfterTheUserClosed()
{
    FakeServer server;
    TestClientOptions options = optionsFor(server.url());
    options.reconnect.enabled = true;
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    server.last()->answersClose = false; // ends it without an answer: 1006, and yet it was wanted
    subject.client.close(1000);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.client.state(), State::Closed);
    QVERIFY(subject.scheduled.isEmpty());

    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    server.last()->end();
    QTRY_COMPARE(subject.client.state(), State::WaitingToReconnect);
    subject.client.close();
    QCOMPARE(subject.client.state(), State::Closed);
    QCOMPARE(server.peers.size(), 2);
}

QTEST_GUILESS_MAIN(TestTestClientLadder)
#include "tst_testclientladder.moc"
