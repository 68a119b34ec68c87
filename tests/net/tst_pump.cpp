// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/looprest.h"
#include "tests/support/pumpfixture.h"

using namespace glasshouse;

/// Every pump through the same tests. `portable` is the one on QTcpSocket; where it can not be as exact as epoll, the test
/// says so.
class TestPump final : public QObject, private PumpFixture
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { closeAll(); }

    void knowsThePeer_data() { addPumps(); }
    void knowsThePeer();
    void refusesADeadDescriptor_data() { addPumps(); }
    void refusesADeadDescriptor();
    void echoes_data() { addPumps(); }
    void echoes();
    void carriesMuchBothWays_data() { addPumps(); }
    void carriesMuchBothWays();
    void sendsTailsBehindSharedBytes_data() { addPumps(); }
    void sendsTailsBehindSharedBytes();
    void writesWhatIsQueuedInOneTurnTogether_data() { addPumps(); }
    void writesWhatIsQueuedInOneTurnTogether();
    void flushesAtOnceOnDemand_data() { addPumps(); }
    void flushesAtOnceOnDemand();
    void queuesForWhoDoesNotRead_data() { addPumps(); }
    void queuesForWhoDoesNotRead();
    void staysInFrameWhenTheQueueIsDropped_data() { addPumps(); }
    void staysInFrameWhenTheQueueIsDropped();
    void keepsTheOrderOfAllWays_data() { addPumps(); }
    void sendsALargeFrameAtOnce_data() { addPumps(); }
    void countsTheFramesThatAreDropped_data() { addPumps(); }
    void closesWhenAllIsSent_data() { addPumps(); }
    void keepsTheOrderOfAllWays();
    void sendsALargeFrameAtOnce();
    void countsTheFramesThatAreDropped();
    void closesWhenAllIsSent();
    void hearsThePeerAfterItsOwnEnd_data() { addPumps(); }
    void hearsThePeerAfterItsOwnEnd();
    void sendsNothingBehindItsEnd_data() { addPumps(); }
    void sendsNothingBehindItsEnd();
    void resetsWhenAbortedWithUnsentBytes_data() { addPumps(); }
    void resetsWhenAbortedWithUnsentBytes();
    void endsQuietlyWhenAbortedWithNothingUnsent_data() { addPumps(); }
    void endsQuietlyWhenAbortedWithNothingUnsent();
    void resetsOnDemand_data() { addPumps(); }
    void resetsOnDemand();
    void callsNobodyAfterAbort_data() { addPumps(); }
    void callsNobodyAfterAbort();
    void tellsTheEndOfThePeersSideOnce_data() { addPumps(); }
    void tellsTheEndOfThePeersSideOnce();
    void tellsThatSendingFailsBehindThePeersEnd_data() { addPumps(); }
    void tellsThatSendingFailsBehindThePeersEnd();
    void tellsThatSendingFailsWhileReadingIsPaused_data() { addPumps(); }
    void tellsThatSendingFailsWhileReadingIsPaused();
    void knowsOfAnEndBeforeItIsTold_data() { addPumps(); }
    void knowsOfAnEndBeforeItIsTold();
    void deliversEverythingInFrontOfAnEnd_data() { addPumps(); }
    void deliversEverythingInFrontOfAnEnd();
    void sendsOnAfterThePeersEnd();
    void tellsResets_data() { addPumps(); }
    void tellsResets();
    void deliversWhatADeadPeerSaid_data() { addPumps(); }
    void deliversWhatADeadPeerSaid();
    void keepsTheBytesOfOneWhileAnotherDies();
    void canBeAbortedFromWithin_data() { addPumps(); }
    void canBeAbortedFromWithin();
    void waitsForASinkThatRunsALoop_data() { addPumps(); }
    void waitsForASinkThatRunsALoop();
    void keepsTheLastBytesOfADeadPeerWhileItsSinkRunsALoop();
    void servesManyFairly_data() { addPumps(); }
    void servesManyFairly();
};

void TestPump::knowsThePeer()
{
    QCOMPARE(m_transport->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(m_transport->peerPort(), m_pair->peerPort());
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestPump::refusesADeadDescriptor()
{
    LoopPair pair;
    const int end = pair.takeEnd();
    pair.reset(); // the peer is gone before anybody looks
    PumpRecorder sink;
    const auto transport = m_pump->adopt(end);
    if (!transport) {
        QCOMPARE(::fcntl(end, F_GETFD), -1); // it is closed
        return;
    }
    QVERIFY(m_isPortable); // Qt takes it and says so later
    transport->setSink(&sink);
    transport->setReading(true);
    QTRY_COMPARE(sink.ends.size(), 1);
}

void TestPump::echoes()
{
    m_sink.onBytes = [this] { m_transport->send(m_sink.bytes); };
    QCOMPARE(m_pair->send("hello"), 5);
    QTRY_COMPARE(m_pair->read().received, "hello");
}

void TestPump::carriesMuchBothWays()
{
    const QByteArray much = numbered(3'000'000);
    m_transport->send(much);
    qint64 sent = 0;
    QVERIFY(turnUntil([&] {
        const qint64 took = m_pair->send(QByteArrayView(much).sliced(sent));
        sent += qMax(took, qint64(0));
        return m_pair->read().received.size() == much.size() && m_sink.bytes.size() == much.size();
    }));
    QVERIFY(m_pair->received == much);
    QVERIFY(m_sink.bytes == much);
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestPump::sendsTailsBehindSharedBytes()
{
    QByteArray expected;
    const QByteArray shared = "shared:";
    for (int i = 0; i < 1'000; ++i) { // more than fit into one call of the system
        OutChunk chunk{shared, 3, {'0', char('a' + i % 26), ';'}};
        expected += shared + QByteArray(chunk.tail.data(), 3);
        m_transport->send(chunk);
    }
    m_transport->send(QByteArray()); // nothing is nothing
    m_transport->send(QByteArray("end"));
    QCOMPARE(m_transport->queuedBytes(), expected.size() + 3);
    QTRY_COMPARE(m_pair->read().received, expected + "end");
}

void TestPump::writesWhatIsQueuedInOneTurnTogether()
{
    m_transport->send("a");
    m_transport->send("b");
    QCOMPARE(m_pair->read().received, "");
    QCOMPARE(m_transport->queuedBytes(), 2);
    turn();
    QCOMPARE(m_pair->read().received, "ab");
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestPump::flushesAtOnceOnDemand()
{
    m_transport->send("now");
    m_transport->flush();
    QCOMPARE(m_pair->read().received, "now");
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestPump::queuesForWhoDoesNotRead()
{
    open(4'096);
    const QByteArray chunk = numbered(100'000);
    qint64 before = -1;
    QByteArray expected;
    // The system takes some; from then on every byte waits here.
    while (m_transport->queuedBytes() < 2'000'000) {
        before = m_transport->queuedBytes();
        m_transport->send(chunk);
        expected += chunk;
        m_transport->flush();
        turn();
        QVERIFY2(expected.size() < 50'000'000, "nothing stays in the queue");
    }
    QVERIFY(m_transport->queuedBytes() > before);
    QVERIFY(m_transport->queuedBytes() <= expected.size());
    QVERIFY(turnUntil([&] { return m_pair->read().received.size() == expected.size(); }));
    QVERIFY(m_pair->received == expected);
    QTRY_COMPARE(m_transport->queuedBytes(), 0);
}

void TestPump::staysInFrameWhenTheQueueIsDropped()
{
    open(4'096);
    const QByteArray frame = numbered(100'000);
    qsizetype frames = 0;
    while (m_transport->queuedBytes() < 2'000'000) {
        m_transport->send(frame);
        ++frames;
        m_transport->flush();
    }
    m_transport->dropQueue();
    QVERIFY(m_transport->queuedBytes() < 500'000);
    m_transport->send("end");
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([&] { return m_pair->read().sawEnd(); }));
    QVERIFY(m_pair->received.endsWith("end"));
    const qsizetype whole = (m_pair->received.size() - 3) / frame.size();
    QCOMPARE(m_pair->received.size() - 3, whole * frame.size());
    QVERIFY(whole < frames);
    for (qsizetype i = 0; i < whole; ++i)
        QVERIFY(QByteArrayView(m_pair->received).sliced(i * frame.size(), frame.size()) == frame);
}

// Three ways into one stream: shared chunks, small frames that share a buffer, and large ones that may leave at once.
void TestPump::keepsTheOrderOfAllWays()
{
    open(4'096);
    const QByteArray large = numbered(40'000);
    const QByteArray shared = "for all";
    QByteArray expected;
    for (int i = 0; i < 200; ++i) {
        const QByteArray small = QByteArray::number(i) + ',';
        m_transport->sendTogether("<", small);
        m_transport->sendTogether("[", {});
        m_transport->sendNow("large:", large);
        m_transport->send({shared, 2, {'#', ';'}});
        m_transport->send(shared);
        m_transport->sendTogether("|", small); // not into what others have as well
        expected += '<' + small + "[large:" + large + shared + "#;" + shared + '|' + small;
        if (i % 10 == 9)
            m_transport->flush();
    }
    QCOMPARE(shared, "for all");
    QVERIFY(turnUntil([&] { return m_pair->read().received.size() == expected.size(); }));
    QVERIFY(m_pair->received == expected);
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestPump::sendsALargeFrameAtOnce()
{
    const QByteArray large = numbered(20'000);
    m_transport->sendNow("head:", large);
    QCOMPARE(m_transport->queuedBytes(), m_isPortable ? large.size() + 5 : 0); // there it leaves with the others
    QTRY_COMPARE(m_pair->read().received.size(), large.size() + 5);
    QVERIFY(m_pair->received == "head:" + large);
    m_transport->send("first,");
    m_transport->sendNow("second:", large);
    QCOMPARE(m_transport->queuedBytes(), large.size() + 13);
    QTRY_VERIFY(m_pair->read().received.endsWith("first,second:" + large));
}

void TestPump::countsTheFramesThatAreDropped()
{
    const QByteArray payload(100, 'x');
    for (int i = 0; i < 1'000; ++i)
        m_transport->sendTogether("#", payload);
    m_transport->send(payload);
    QCOMPARE(m_transport->queuedBytes(), 101'100);
    QCOMPARE(m_transport->dropQueue(), size_t(1'001));
    QCOMPARE(m_transport->queuedBytes(), 0);
    m_transport->send("end");
    QTRY_COMPARE(m_pair->read().received, "end");
}

void TestPump::closesWhenAllIsSent()
{
    open(4'096);
    const QByteArray much = numbered(5'000'000);
    m_transport->send(much);
    m_transport->closeWhenSent();
    turn();
    QCOMPARE(m_sink.allSents, 0);
    QVERIFY(turnUntil([&] { return m_pair->read().sawEnd(); }));
    QVERIFY(m_pair->received == much);
    QVERIFY(!m_pair->sawReset());
    QCOMPARE(m_sink.allSents, 1);
    QCOMPARE(m_sink.ends.size(), 0);
    m_pair->close();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
}

void TestPump::hearsThePeerAfterItsOwnEnd()
{
    m_transport->send("bye");
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([&] { return m_pair->read().sawEnd(); }));
    QCOMPARE(m_pair->received, "bye");
    m_pair->send("one more thing");
    QTRY_COMPARE(m_sink.bytes, "one more thing");
    QVERIFY(!m_pair->read().sawReset());
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
}

void TestPump::sendsNothingBehindItsEnd()
{
    m_transport->closeWhenSent();
    QTRY_COMPARE(m_sink.allSents, 1);
    m_transport->send("too late");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 0);
    QCOMPARE(m_sink.ends.size(), 0);
    QVERIFY(turnUntil([&] { return m_pair->read().sawEnd(); }));
    QCOMPARE(m_pair->received, "");
    QCOMPARE(m_sink.allSents, 1);
}

void TestPump::resetsWhenAbortedWithUnsentBytes()
{
    open(4'096);
    while (m_transport->queuedBytes() < 1'000'000) {
        m_transport->send(numbered(100'000));
        m_transport->flush();
    }
    m_transport->abort();
    QTRY_VERIFY(m_pair->read().sawReset());
    QVERIFY(!m_pair->sawEnd());
}

void TestPump::endsQuietlyWhenAbortedWithNothingUnsent()
{
    m_transport->send("all of it");
    m_transport->flush();
    m_transport->abort();
    QVERIFY(turnUntil([&] { return m_pair->read().sawEnd(); }));
    QCOMPARE(m_pair->received, "all of it");
    QVERIFY(!m_pair->sawReset());
}

void TestPump::resetsOnDemand()
{
    m_transport->send("all of it");
    m_transport->flush();
    m_transport->abort(Abort::WithReset);
    QVERIFY(turnUntil([&] { return m_pair->read().sawReset(); }));
    QVERIFY(!m_pair->sawEnd());
    QCOMPARE(m_sink.ends.size(), 0);
}

void TestPump::callsNobodyAfterAbort()
{
    m_pair->send("unheard");
    m_transport->send("unsent");
    m_transport->closeWhenSent();
    m_transport->abort();
    m_transport->abort();
    m_transport->send("nor this");
    m_transport->flush();
    m_transport->setReading(true);
    m_pair->close();
    LoopPair other; // by the time its bytes are here, those of the first would be, too
    PumpRecorder sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QCOMPARE(m_sink.bytes, "");
    QCOMPARE(m_sink.ends.size(), 0);
    QCOMPARE(m_sink.allSents, 0);
}

void TestPump::tellsTheEndOfThePeersSideOnce()
{
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    m_pair->close();
    m_transport->send("to nobody");
    m_transport->flush();
    m_transport->send("to nobody");
    m_transport->closeWhenSent();
    for (int i = 0; i < 50; ++i)
        turn();
    QCOMPARE(m_sink.ends.size(), 1);
}

// Portably the one is the other.
void TestPump::tellsThatSendingFailsBehindThePeersEnd()
{
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.failures, m_isPortable ? 1 : 0);
    m_pair->reset();
    QTRY_COMPARE(m_sink.failures, 1);
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestPump::tellsThatSendingFailsWhileReadingIsPaused()
{
    open(4'096);
    m_transport->setReading(false);
    while (m_transport->queuedBytes() < 1'000'000) {
        m_transport->send(numbered(100'000));
        m_transport->flush();
    }
    turn();
    QCOMPARE(m_sink.failures, 0);
    m_pair->reset();
    QTRY_VERIFY(m_sink.failures > 0);
    QCOMPARE(m_sink.ends.size(), 0);
    m_transport->setReading(true);
    QTRY_COMPARE(m_sink.ends.size(), 1);
}

void TestPump::knowsOfAnEndBeforeItIsTold()
{
    QVERIFY(!m_transport->peerEnded());
    m_pair->send("something to read");
    QVERIFY(!m_transport->peerEnded());
    QTRY_COMPARE(m_sink.bytes, "something to read");
    m_pair->endSending();
    QVERIFY(m_transport->peerEnded());
    open();
    m_pair->reset();
    QVERIFY(m_transport->peerEnded());
    QCOMPARE(m_sink.ends.size(), 0);
    QTRY_COMPARE(m_sink.ends.size(), 1);
    QVERIFY(m_transport->peerEnded());
    open();
    QVERIFY(!m_transport->peerEnded());
    m_transport->abort();
    QVERIFY(m_transport->peerEnded());
}

void TestPump::deliversEverythingInFrontOfAnEnd()
{
    const QByteArray much = numbered(1'000'000);
    qint64 sent = 0;
    QVERIFY(turnUntil([&] {
        sent += qMax(m_pair->send(QByteArrayView(much).sliced(sent)), qint64(0));
        return sent == much.size();
    }));
    m_pair->close();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QVERIFY(m_sink.bytes == much);
}

// QTcpSocket ends both directions when the peer ends one: what still waits is lost, so this is for the best one only.
void TestPump::sendsOnAfterThePeersEnd()
{
    open(4'096);
    const QByteArray much = numbered(3'000'000);
    m_transport->send(much);
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([&] { return m_pair->read().sawEnd(); }));
    QVERIFY(m_pair->received == much);
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestPump::tellsResets()
{
    m_pair->reset();
    QTRY_COMPARE(m_sink.ends.size(), 1);
    // Qt has one error for both.
    QCOMPARE(m_sink.ends.first(), m_isPortable ? StreamEnd::EndOfStream : StreamEnd::Reset);
}

void TestPump::deliversWhatADeadPeerSaid()
{
    m_pair->send("last words");
    m_pair->reset();
    m_transport->send("are you there?"); // fails before the words were read
    m_transport->flush();
    QTRY_COMPARE(m_sink.ends.size(), 1);
    if (m_isPortable)
        QEXPECT_FAIL("", "Qt throws away what was not read when a write fails", Continue);
    QCOMPARE(m_sink.bytes, "last words");
    QCOMPARE(m_sink.ends.first(), m_isPortable ? StreamEnd::EndOfStream : StreamEnd::Reset);
    QCOMPARE(m_transport->queuedBytes(), 0);
}

// All reads of a pump go through one buffer: nobody else may be read while it is in use.
void TestPump::keepsTheBytesOfOneWhileAnotherDies()
{
    LoopPair other;
    PumpRecorder sink;
    const auto dying = m_pump->adopt(other.takeEnd());
    dying->setSink(&sink);
    dying->setReading(true);
    struct Watching final : TransportSink
    {
        PumpRecorder &sink;
        Transport &dying;
        QByteArray before, after;
        Watching(PumpRecorder &s, Transport &d) : sink(s), dying(d) { }
        void bytesArrived(char *data, qsizetype size) override
        {
            before = QByteArray(data, size);
            dying.send("hello?");
            dying.flush();
            after = QByteArray(data, size);
        }
        void streamEnded(StreamEnd, const QByteArray &) override { }
        void allSent() override { }
    } watching(sink, *dying);
    m_transport->setSink(&watching);
    m_pair->send("the first client's message"); // read first: its socket is the older one
    other.send("XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX");
    other.reset();
    QTRY_COMPARE(sink.ends.size(), 1);
    QCOMPARE(watching.before, "the first client's message");
    QCOMPARE(watching.after, watching.before);
    QCOMPARE(sink.bytes.size(), 40);
}

void TestPump::canBeAbortedFromWithin()
{
    m_sink.onBytes = [this] {
        m_transport->send("no");
        m_transport->abort();
    };
    const QByteArray much = numbered(1'000'000);
    m_pair->send(much);
    QTRY_VERIFY(m_pair->read().sawReset() || m_pair->sawEnd());
    turn();
    QCOMPARE(m_sink.pieces, 1);
    QCOMPARE(m_sink.ends.size(), 0);
}

// A window may open a dialogue from within.
void TestPump::waitsForASinkThatRunsALoop()
{
    QByteArrayList story;
    struct Looping final : TransportSink
    {
        QByteArrayList &story;
        std::function<void()> loop;
        explicit Looping(QByteArrayList &s) : story(s) { }
        void bytesArrived(char *data, qsizetype size) override
        {
            story += "begins";
            if (loop)
                std::exchange(loop, nullptr)();
            story += QByteArray(data, size);
        }
        void streamEnded(StreamEnd, const QByteArray &) override { story += "ended"; }
        void allSent() override { }
    } looping(story);
    LoopPair other;
    PumpRecorder sink;
    const auto second = m_pump->adopt(other.takeEnd());
    second->setSink(&sink);
    second->setReading(true);
    looping.loop = [&] {
        m_pair->send("two");
        m_pair->endSending();
        other.send("something else");
        QVERIFY(comesToRest());
    };
    m_transport->setSink(&looping);
    m_pair->send("one");
    QTRY_COMPARE(sink.bytes, "something else");
    QTRY_COMPARE(story, (QByteArrayList{"begins", "one", "begins", "two", "ended"}));
}

// Also at the end of a turn, where what a dead peer said is read through the same buffer.
void TestPump::keepsTheLastBytesOfADeadPeerWhileItsSinkRunsALoop()
{
    LoopPair other;
    PumpRecorder sink;
    const auto second = m_pump->adopt(other.takeEnd());
    second->setSink(&sink);
    second->setReading(true);
    struct Looping final : TransportSink
    {
        std::function<void()> loop;
        QByteArray bytes;
        int ends = 0;
        void bytesArrived(char *data, qsizetype size) override
        {
            loop();
            bytes += QByteArray(data, size);
        }
        void streamEnded(StreamEnd, const QByteArray &) override { ++ends; }
        void allSent() override { }
    } looping;
    looping.loop = [&] {
        other.send("something else");
        second->send("answer");
        QVERIFY(comesToRest());
    };
    m_transport->setSink(&looping);
    m_pair->send("the last words");
    m_pair->reset();
    m_transport->send("hello?");
    m_transport->flush();
    QTRY_COMPARE(looping.ends, 1);
    QCOMPARE(looping.bytes, "the last words");
    QTRY_COMPARE(sink.bytes, "something else");
    QTRY_COMPARE(other.read().received, "answer");
}

void TestPump::servesManyFairly()
{
    constexpr int count = 100;
    struct Client
    {
        LoopPair pair;
        PumpRecorder sink;
        std::unique_ptr<Transport> transport;
    };
    std::vector<std::unique_ptr<Client>> clients;
    int heard = 0;
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<Client>();
        client->transport = m_pump->adopt(client->pair.takeEnd());
        client->transport->setSink(&client->sink);
        client->transport->setReading(true);
        clients.push_back(std::move(client));
    }
    // Each message of one goes to all the others.
    for (const auto &client : clients) {
        client->sink.onBytes = [&] {
            ++heard;
            for (const auto &other : clients)
                other->transport->send("12345678");
        };
    }
    for (const auto &client : clients)
        client->pair.send("go");
    QTRY_COMPARE(heard, count);
    for (const auto &client : clients)
        QTRY_COMPARE(client->pair.read().received.size(), 8 * count);
}

QTEST_GUILESS_MAIN(TestPump)
#include "tst_pump.moc"
