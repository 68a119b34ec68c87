// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/subject.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;
using Frames = QList<std::pair<quint8, QByteArray>>;

/// What a client says by itself, keeps for later, and says in pieces.
class TestTestClientMessages final : public QObject
{
    Q_OBJECT
private slots:
    void greetsBeforeAnybodyElseSpeaks();
    void showsItsGreetingWhenItIsOpen();
    void greetsAgainWhenItComesBack();
    void takesNoGreetingThatIsNoText();
    void keepsWhatIsToBeSentLater();
    void keepsNothingUnasked();
    void boundsWhatItKeeps();
    void checksWhatItKeeps();
    void dropsWhatItKeeps_data();
    void dropsWhatItKeeps();
    void takesWhatASlotSendsThen();
    void keepsItOverAFailedAttempt();
    void beatsWithAMessage();
    void beatsOnlyWhileItIsOpen();
    void sendsPieces_data();
    void sendsPieces();
    void refusesPieces_data();
    void refusesPieces();
};

void TestTestClientMessages::greetsBeforeAnybodyElseSpeaks()
{
    FakeServer server;
    Subject subject;
    connect(&subject.client, &TestClient::stateChanged, this, [&](State state) {
        if (state == State::Open)
            QCOMPARE(subject.client.sendText("on the change of state"), TestClientSend::Sent);
    });
    connect(&subject.client, &TestClient::opened, this,
            [&] { QCOMPARE(subject.client.sendText("on the opening"), TestClientSend::Sent); });
    TestClientOptions options = optionsFor(server.url());
    options.first = {{false, "auth"}, {true, "\xFF"}};
    subject.client.connectToServer(options);
    QTRY_VERIFY(server.last() && server.last()->frames.size() == 4);
    QCOMPARE(server.last()->frames,
             (Frames{{1, "auth"}, {2, "\xFF"}, {1, "on the change of state"}, {1, "on the opening"}}));
    QVERIFY(server.last()->allMasked);
}

void TestTestClientMessages::showsItsGreetingWhenItIsOpen()
{
    FakeServer server;
    Subject subject;
    QByteArrayList story;
    connect(&subject.client, &TestClient::opened, this, [&] { story += "opened"; });
    connect(&subject.client, &TestClient::frameSent, this,
            [&](const FrameHeader &, const QByteArray &payload) { story += payload; });
    TestClientOptions options = optionsFor(server.url());
    options.first = {{false, "auth"}, {false, "hello"}};
    subject.client.connectToServer(options);
    QTRY_COMPARE(story, (QByteArrayList{"opened", "auth", "hello"}));
}

void TestTestClientMessages::greetsAgainWhenItComesBack()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.first = {{false, "auth"}};
    options.reconnect.enabled = true;
    subject.client.connectToServer(options);
    QTRY_VERIFY(server.last() && server.last()->frames.size() == 1);
    server.last()->reset();
    QTRY_COMPARE(server.peers.size(), 2);
    QTRY_COMPARE(server.last()->frames, (Frames{{1, "auth"}}));
}

void TestTestClientMessages::takesNoGreetingThatIsNoText()
{
    Subject subject;
    TestClientOptions options = optionsFor(QUrl(u"ws://127.0.0.1:1/"_s));
    options.first = {{false, "\xFF"}};
    subject.client.connectToServer(options);
    QCOMPARE(subject.ending().fault, Fault::InvalidMessage);
    options.first.clear();
    options.heartbeat = TestClientMessage{false, "\xFF"};
    subject.client.connectToServer(options);
    QCOMPARE(subject.endings.size(), 2);
    QCOMPARE(subject.ending().fault, Fault::InvalidMessage);
}

void TestTestClientMessages::keepsWhatIsToBeSentLater()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.first = {{false, "auth"}};
    options.queueOffline = true;
    options.reconnect.enabled = true;
    subject.client.connectToServer(options);
    QCOMPARE(subject.client.sendText("one"), TestClientSend::Queued);
    QCOMPARE(subject.client.sendBinary("two"), TestClientSend::Queued);
    QVERIFY(subject.client.queuedBytes() >= 6);
    QCOMPARE(subject.client.ping(), TestClientSend::NotOpen); // it would measure nothing
    QTRY_VERIFY(server.last() && server.last()->frames.size() == 3);
    QCOMPARE(server.last()->frames, (Frames{{1, "auth"}, {1, "one"}, {2, "two"}}));
    QCOMPARE(subject.client.sendText("at once"), TestClientSend::Sent);
    server.last()->reset();
    QTRY_COMPARE(subject.client.state(), State::WaitingToReconnect);
    QCOMPARE(subject.client.sendText("three"), TestClientSend::Queued);
    QTRY_COMPARE(server.peers.size(), 2);
    QTRY_COMPARE(server.last()->frames, (Frames{{1, "auth"}, {1, "three"}}));
    QCOMPARE(subject.client.queuedBytes(), 0);
}

void TestTestClientMessages::keepsNothingUnasked()
{
    FakeServer server;
    Subject subject;
    QCOMPARE(subject.client.sendText("too early"), TestClientSend::NotOpen);
    subject.client.connectToServer(optionsFor(server.url()));
    QCOMPARE(subject.client.sendText("too early"), TestClientSend::NotOpen);
    QTRY_VERIFY(subject.isOpen());
    QVERIFY(subject.framesOut.isEmpty());
}

void TestTestClientMessages::boundsWhatItKeeps()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.queueOffline = true;
    options.maxQueueBytes = 1000;
    subject.client.connectToServer(options);
    QCOMPARE(subject.client.sendText(QByteArray(900, 'a')), TestClientSend::Queued);
    QCOMPARE(subject.client.sendText(QByteArray(100, 'a')), TestClientSend::QueueFull);
    int empty = 0;
    while (subject.client.sendText("") == TestClientSend::Queued)
        ++empty;
    QVERIFY(empty < 10);
}

void TestTestClientMessages::checksWhatItKeeps()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.queueOffline = true;
    subject.client.connectToServer(options);
    QCOMPARE(subject.client.sendText("\xFF"), TestClientSend::InvalidText);
    QCOMPARE(subject.client.sendBinary("\xFF"), TestClientSend::Queued);
}

void TestTestClientMessages::dropsWhatItKeeps_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("abort") << 0;
    QTest::newRow("close") << 1;
    QTest::newRow("a connection that keeps nothing") << 2;
}

void TestTestClientMessages::dropsWhatItKeeps()
{
    QFETCH(int, how);
    FakeServer server;
    Subject subject;
    QList<int> dropped;
    connect(&subject.client, &TestClient::queueDropped, this, [&dropped](int count) { dropped += count; });
    TestClientOptions options = optionsFor(server.url());
    options.queueOffline = true;
    subject.client.connectToServer(options);
    QCOMPARE(subject.client.sendText("one"), TestClientSend::Queued);
    QCOMPARE(subject.client.sendText("two"), TestClientSend::Queued);
    if (how == 0)
        subject.client.abort();
    else if (how == 1)
        subject.client.close();
    else
        subject.client.connectToServer(optionsFor(server.url()));
    QCOMPARE(dropped, QList<int>{2});
    QCOMPARE(subject.client.queuedBytes(), 0);
    subject.client.abort();
    QCOMPARE(dropped.size(), 1); // there is nothing to tell any more
}

// Between two connections there is none.
void TestTestClientMessages::takesWhatASlotSendsThen()
{
    FakeServer server;
    Subject subject;
    QList<TestClientSend> results;
    connect(&subject.client, &TestClient::queueDropped, this,
            [&] { results += subject.client.sendText("in place of it"); });
    TestClientOptions options = optionsFor(server.url());
    options.queueOffline = true;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.client.close(), TestClientSend::Sent);
    QCOMPARE(subject.client.sendText("late"), TestClientSend::Queued);
    subject.client.connectToServer(optionsFor(server.url()));
    QCOMPARE(results, QList<TestClientSend>{TestClientSend::NotOpen});
    QTRY_VERIFY(subject.isOpen());
    QVERIFY(server.last()->frames.isEmpty());
}

void TestTestClientMessages::keepsItOverAFailedAttempt()
{
    QUrl nobody;
    {
        FakeServer gone;
        nobody = gone.url();
    }
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(nobody);
    options.queueOffline = true;
    subject.client.connectToServer(options);
    QCOMPARE(subject.client.sendText("one"), TestClientSend::Queued);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.client.sendText("two"), TestClientSend::Queued);
    options.url = server.url();
    subject.client.connectToServer(options);
    QTRY_VERIFY(server.last() && server.last()->frames.size() == 2);
    QCOMPARE(server.last()->frames, (Frames{{1, "one"}, {1, "two"}}));
}

void TestTestClientMessages::beatsWithAMessage()
{
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.pingMs = 10;
    options.heartbeat = TestClientMessage{false, "{\"type\":\"ping\"}"};
    subject.client.connectToServer(options);
    QTRY_VERIFY(server.last() && server.last()->frames.size() >= 2);
    QCOMPARE(server.last()->frames[0], (std::pair<quint8, QByteArray>{1, "{\"type\":\"ping\"}"}));
    QCOMPARE(server.last()->frames[1], server.last()->frames[0]);
}

// A heartbeat that waits for the next connection says nothing there.
void TestTestClientMessages::beatsOnlyWhileItIsOpen()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.endsAfterClose = peer.answersClose = false;
        peer.write(peer.acceptance());
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.pingMs = 5;
    options.heartbeat = TestClientMessage{false, "beat"};
    options.queueOffline = true;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.client.close(), TestClientSend::Sent);
    QTRY_COMPARE(subject.endings.size(), 1); // many beats later
    QCOMPARE(subject.client.queuedBytes(), 0);
}

void TestTestClientMessages::sendsPieces_data()
{
    QTest::addColumn<bool>("binary");
    QTest::addColumn<QList<QByteArray>>("pieces");
    QTest::addColumn<std::optional<QByteArray>>("between");
    QTest::addColumn<Frames>("frames");
    const std::optional<QByteArray> none;
    QTest::newRow("none") << false << QList<QByteArray>{} << none << Frames{{1, ""}};
    QTest::newRow("one") << false << QList<QByteArray>{"a"} << none << Frames{{1, "a"}};
    QTest::newRow("three") << false << QList<QByteArray>{"a", "b", "c"} << none << Frames{{1, "a"}, {0, "b"}, {0, "c"}};
    QTest::newRow("empty ones") << true << QList<QByteArray>{"", "", ""} << none << Frames{{2, ""}, {0, ""}, {0, ""}};
    QTest::newRow("a character in two") << false << QList<QByteArray>{"\xC3", "\xA4"} << none
                                        << Frames{{1, "\xC3"}, {0, "\xA4"}};
    QTest::newRow("a ping between") << false << QList<QByteArray>{"a", "b", "c"} << std::optional("p"_ba)
                                    << Frames{{1, "a"}, {9, "p"}, {0, "b"}, {9, "p"}, {0, "c"}};
    QTest::newRow("nothing to stand between")
        << false << QList<QByteArray>{"a"} << std::optional("p"_ba) << Frames{{1, "a"}};
}

void TestTestClientMessages::sendsPieces()
{
    QFETCH(bool, binary);
    QFETCH(QList<QByteArray>, pieces);
    QFETCH(std::optional<QByteArray>, between);
    QFETCH(Frames, frames);
    FakeServer server;
    Subject subject;
    Frames shown;
    connect(&subject.client, &TestClient::frameSent, this, [&](const FrameHeader &header, const QByteArray &payload) {
        shown.append({header.opcode(), payload});
    });
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.client.sendFragmented(binary, pieces, between), TestClientSend::Sent);
    QCOMPARE(subject.client.sendText("behind"), TestClientSend::Sent);
    QTRY_COMPARE(server.last()->frames.size(), frames.size() + 1);
    QCOMPARE(server.last()->frames, frames + Frames({{1, "behind"}}));
    QCOMPARE(shown, server.last()->frames);
    QVERIFY(server.last()->allMasked);
}

void TestTestClientMessages::refusesPieces_data()
{
    QTest::addColumn<QList<QByteArray>>("pieces");
    QTest::addColumn<QByteArray>("between");
    QTest::addColumn<int>("result");
    QTest::newRow("no text") << QList<QByteArray>{"a", "\xC3"} << ""_ba << int(TestClientSend::InvalidText);
    QTest::newRow("a long ping") << QList<QByteArray>{"a", "b"} << QByteArray(126, 'p') << int(TestClientSend::TooLong);
    QTest::newRow("too much") << QList<QByteArray>{QByteArray(600, 'a'), QByteArray(600, 'b')} << ""_ba
                              << int(TestClientSend::QueueFull);
}

void TestTestClientMessages::refusesPieces()
{
    QFETCH(QList<QByteArray>, pieces);
    QFETCH(QByteArray, between);
    QFETCH(int, result);
    FakeServer server;
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxQueueBytes = 1000;
    QCOMPARE(subject.client.sendFragmented(false, pieces, between), TestClientSend::NotOpen);
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(int(subject.client.sendFragmented(false, pieces, between)), result);
    QVERIFY(subject.framesOut.isEmpty());
}

QTEST_GUILESS_MAIN(TestTestClientMessages)
#include "tst_testclientmessages.moc"
