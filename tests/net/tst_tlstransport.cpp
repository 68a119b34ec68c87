// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/looprest.h"
#include "tests/support/tlsfixture.h"

using namespace glasshouse;

/// Both pumps through the same tests; `portable` is the one on QTcpSocket.
class TestTlsTransport final : public QObject, private TlsFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { makeCertificate(); }
    void init() { choosePump(); }
    void cleanup() { closeAll(); }

    void echoes_data();
    void echoes();
    void takesWhatIsDripped_data() { addPumps(); }
    void takesWhatIsDripped();
    void sendsWhatWasQueuedBeforeTheHandshake_data() { addPumps(); }
    void sendsWhatWasQueuedBeforeTheHandshake();
    void putsSmallChunksOfATurnIntoOneRecord_data() { addPumps(); }
    void putsSmallChunksOfATurnIntoOneRecord();
    void keepsTheOrderOfAllSizes_data() { addPumps(); }
    void keepsTheOrderOfAllSizes();
    void givesManyRecordsTogether_data() { addPumps(); }
    void givesManyRecordsTogether();
    void flushesAtOnceOnDemand_data() { addPumps(); }
    void flushesAtOnceOnDemand();
    void countsAllThatWaits_data() { addPumps(); }
    void countsAllThatWaits();
    void countsWhatIsEncryptedAndNotTaken_data() { addPumps(); }
    void countsWhatIsEncryptedAndNotTaken();
    void staysInFrameWhenTheQueueIsDropped_data() { addPumps(); }
    void staysInFrameWhenTheQueueIsDropped();
    void closesWhenAllIsSent_data() { addPumps(); }
    void closesWhenAllIsSent();
    void hearsThePeerAfterItsOwnEnd_data() { addPumps(); }
    void hearsThePeerAfterItsOwnEnd();
    void sendsNothingBehindItsEnd_data() { addPumps(); }
    void sendsNothingBehindItsEnd();
    void tellsTheEndOfThePeersSide_data() { addPumps(); }
    void tellsTheEndOfThePeersSide();
    void tellsThatAStreamWasCutOff_data() { addPumps(); }
    void tellsThatAStreamWasCutOff();
    void tellsResets_data() { addPumps(); }
    void tellsResets();
    void tellsThatSendingFailsBehindThePeersEnd_data() { addPumps(); }
    void tellsThatSendingFailsBehindThePeersEnd();
    void deliversWhatCameBeforeABrokenRecord_data() { addPumps(); }
    void deliversWhatCameBeforeABrokenRecord();
    void canBeAbortedFromWithin_data();
    void canBeAbortedFromWithin();
    void callsNobodyAfterAbort_data() { addPumps(); }
    void callsNobodyAfterAbort();
    void resetsWhenAbortedWithUnsentBytes_data() { addPumps(); }
    void resetsWhenAbortedWithUnsentBytes();
    void readsNothingWhilePaused_data() { addPumps(); }
    void readsNothingWhilePaused();
    void restsWhilePausedThoughThePeerIsGone_data() { addPumps(); }
    void restsWhilePausedThoughThePeerIsGone();
    void canBePausedFromWithin_data() { addPumps(); }
    void canBePausedFromWithin();
    void goesOnWithWhatItHeld_data() { addPumps(); }
    void goesOnWithWhatItHeld();
    void servesManyFairly_data() { addPumps(); }
    void servesManyFairly();
};

void TestTlsTransport::echoes_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("size");
    for (const bool portable : {false, true}) {
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            for (const int size : {1, 16'384, 16'385, 5 * 1024 * 1024})
                QTest::addRow("%s, %s, %d bytes", portable ? "portable" : "best",
                              version == TLS1_2_VERSION ? "TLS 1.2" : "TLS 1.3", size)
                    << portable << version << size;
        }
    }
}

void TestTlsTransport::echoes()
{
    QFETCH(int, version);
    QFETCH(int, size);
    openAndShakeHands({.minVersion = version, .maxVersion = version, .trusts = m_certFile, .verifies = true});
    const QByteArray much = numbered(size);
    m_sink.onBytes = [this, echoed = qsizetype(0)]() mutable {
        m_transport->send(m_sink.bytes.sliced(echoed));
        echoed = m_sink.bytes.size();
    };
    m_peer->write(much);
    QVERIFY(turnUntil([&] { return m_peer->received.size() >= much.size(); }));
    QVERIFY(m_sink.bytes == much);
    QVERIFY(m_peer->received == much);
    QCOMPARE(m_transport->queuedBytes(), 0);
    QCOMPARE(m_sink.ends.size(), 0);
}

void TestTlsTransport::takesWhatIsDripped()
{
    open();
    m_peer->mostAtOnce = 1;
    m_sink.onDone = [this] { m_transport->send("first"); };
    QVERIFY(turnUntil([this] { return m_peer->received == "first"; }));
    m_peer->write("one byte at a time");
    QVERIFY(turnUntil([this] { return m_sink.bytes == "one byte at a time"; }));
    QCOMPARE(m_sink.pieces, 1); // a record comes whole or not at all
}

void TestTlsTransport::sendsWhatWasQueuedBeforeTheHandshake()
{
    open();
    m_transport->send("early");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 5);
    QCOMPARE(m_pair->read().received, "");
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([this] { return m_peer->received == "early" && m_peer->sawCloseNotify(); }));
    QCOMPARE(m_sink.allSents, 1);
}

void TestTlsTransport::putsSmallChunksOfATurnIntoOneRecord()
{
    openAndShakeHands({.maxVersion = TLS1_2_VERSION}); // no records of TLS 1.3 in between
    m_peer->rawReceived.clear();
    QByteArray expected;
    for (int i = 0; i < 500; ++i) {
        OutChunk chunk{"a message for all, number ", 3, {'0', char('a' + i % 26), ';'}};
        expected += chunk.shared + QByteArray(chunk.tail.data(), 3);
        m_transport->send(chunk);
        m_transport->send(QByteArray()); // nothing is nothing
    }
    QCOMPARE(m_transport->queuedBytes(), expected.size());
    m_peer->step();
    QCOMPARE(m_peer->rawReceived, ""); // not before the turn ends
    turn();
    m_peer->step();
    QCOMPARE(m_peer->received, expected);
    QCOMPARE(m_peer->recordSizes().size(), 1); // of 14,500 bytes
    m_peer->rawReceived.clear();
    for (int i = 0; i < 4'000; ++i)
        m_transport->send("0123456789");
    turn();
    QVERIFY(turnUntil([&] { return m_peer->received.size() == expected.size() + 40'000; }));
    QCOMPARE(m_peer->recordSizes().size(), 3);
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestTlsTransport::keepsTheOrderOfAllSizes()
{
    openAndShakeHands();
    QByteArray expected;
    const QByteArray source = numbered(60'000);
    for (const int size : {1, 16'383, 16'384, 0, 16'385, 3, 50'000, 16'384, 7, 32'768, 100, 15'000, 15'000}) {
        OutChunk chunk{source.sliced(size % 97, size), 2, {char(size), 'z'}};
        expected += chunk.shared + QByteArray(chunk.tail.data(), 2);
        m_transport->send(chunk);
    }
    QVERIFY(turnUntil([&] { return m_peer->received.size() == expected.size(); }));
    QVERIFY(m_peer->received == expected);
}

void TestTlsTransport::givesManyRecordsTogether()
{
    openAndShakeHands();
    QByteArray expected;
    for (int i = 0; i < 100; ++i) {
        const QByteArray message = "message " + QByteArray::number(i) + ';';
        m_peer->write(message);
        expected += message;
    }
    m_peer->step();
    QTRY_COMPARE(m_sink.bytes, expected);
    QVERIFY(m_sink.pieces <= 2);
}

void TestTlsTransport::flushesAtOnceOnDemand()
{
    openAndShakeHands();
    m_transport->send("now");
    m_transport->flush();
    QCOMPARE(m_peer->step().received, "now");
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestTlsTransport::countsAllThatWaits()
{
    openAndShakeHands({}, 4'096);
    m_peer->readsFromTheNet = false;
    const QByteArray chunk = numbered(100'000);
    QByteArray expected;
    while (m_transport->queuedBytes() < 2'000'000) {
        m_transport->send(chunk);
        expected += chunk;
        m_transport->flush();
        turn();
        QVERIFY2(expected.size() < 50'000'000, "nothing stays in the queue");
    }
    QVERIFY(m_transport->queuedBytes() <= expected.size() + 1'000);
    m_peer->readsFromTheNet = true;
    QVERIFY(turnUntil([&] { return m_peer->received.size() == expected.size(); }));
    QVERIFY(m_peer->received == expected);
    QVERIFY(turnUntil([&] { return m_transport->queuedBytes() == 0; }));
}

// Read 0 here while megabytes wait, and no slow reader is ever found.
void TestTlsTransport::countsWhatIsEncryptedAndNotTaken()
{
    openAndShakeHands({}, 4'096);
    m_peer->readsFromTheNet = false;
    while (m_transport->queuedBytes() < 2'000'000) {
        m_transport->send(numbered(64 * 1024)); // as much as is encrypted at once: no chunk is half sent
        m_transport->flush();
    }
    QVERIFY(m_transport->dropQueue() > 20);
    QVERIFY(m_transport->queuedBytes() > 0);
    QVERIFY(m_transport->queuedBytes() < 300'000);
}

void TestTlsTransport::staysInFrameWhenTheQueueIsDropped()
{
    openAndShakeHands({}, 4'096);
    m_peer->readsFromTheNet = false;
    const QByteArray frame = numbered(10'000);
    size_t frames = 0;
    while (m_transport->queuedBytes() < 2'000'000) {
        m_transport->send(frame);
        ++frames;
        m_transport->flush();
    }
    const size_t dropped = m_transport->dropQueue();
    QVERIFY(dropped > 150);
    QVERIFY(m_transport->queuedBytes() < 300'000); // what is encrypted has to leave
    m_transport->send("end");
    m_transport->closeWhenSent();
    m_peer->readsFromTheNet = true;
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify(); }));
    QVERIFY(m_peer->received.endsWith("end"));
    const qsizetype whole = m_peer->received.size() / frame.size();
    QCOMPARE(m_peer->received.size() - 3, whole * frame.size());
    QCOMPARE(size_t(whole) + dropped, frames);
    for (qsizetype i = 0; i < whole; ++i)
        QVERIFY(QByteArrayView(m_peer->received).sliced(i * frame.size(), frame.size()) == frame);
}

void TestTlsTransport::closesWhenAllIsSent()
{
    openAndShakeHands({}, 4'096);
    const QByteArray much = numbered(5'000'000);
    m_transport->send(much);
    m_transport->closeWhenSent();
    turn();
    QCOMPARE(m_sink.allSents, 0);
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify() && m_pair->sawEnd(); }));
    QVERIFY(m_peer->received == much);
    QVERIFY(!m_pair->sawReset());
    QCOMPARE(m_sink.allSents, 1);
    QCOMPARE(m_sink.ends.size(), 0);
    m_pair->close();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, ""); // who was told our end owes no close_notify
}

void TestTlsTransport::hearsThePeerAfterItsOwnEnd()
{
    openAndShakeHands();
    m_transport->send("bye");
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify(); }));
    QCOMPARE(m_peer->received, "bye");
    m_peer->write("one more thing");
    QVERIFY(turnUntil([this] { return m_sink.bytes == "one more thing"; }));
    m_peer->closeNotify();
    QVERIFY(turnUntil([this] { return m_sink.ends == QList<StreamEnd>{StreamEnd::EndOfStream}; }));
}

void TestTlsTransport::sendsNothingBehindItsEnd()
{
    openAndShakeHands();
    m_transport->closeWhenSent();
    QTRY_COMPARE(m_sink.allSents, 1);
    m_transport->send("too late");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 0);
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify() && m_pair->sawEnd(); }));
    QCOMPARE(m_peer->received, "");
    QCOMPARE(m_sink.allSents, 1);
    turn();
    QCOMPARE(m_sink.ends.size(), 0);
    QVERIFY(!m_transport->failure());
}

void TestTlsTransport::tellsTheEndOfThePeersSide()
{
    openAndShakeHands();
    m_peer->write("last words");
    m_peer->closeNotify();
    QVERIFY(turnUntil([this] { return m_sink.ends.size() == 1; }));
    QCOMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, "");
    QCOMPARE(m_sink.bytes, "last words");
    QVERIFY(m_transport->peerEnded());
    m_transport->send("an answer"); // our side is still open, on both pumps: TCP has not ended
    m_transport->closeWhenSent();
    char buffer[100];
    QByteArray heard;
    QVERIFY(turnUntil([&] {
        const int got = SSL_read(m_peer->ssl(), buffer, sizeof buffer);
        heard.append(buffer, qMax(got, 0));
        return heard + m_peer->received == "an answer";
    }));
    m_pair->close();
    turn();
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestTlsTransport::tellsThatAStreamWasCutOff()
{
    openAndShakeHands();
    m_peer->write("half a mess");
    m_peer->step();
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QVERIFY(m_sink.endText.contains("without close_notify"));
    QCOMPARE(m_sink.bytes, "half a mess");
    QVERIFY(m_transport->peerEnded());
    QCOMPARE(m_sink.failures.size(), 0);
}

void TestTlsTransport::tellsResets()
{
    openAndShakeHands();
    m_pair->reset();
    QTRY_COMPARE(m_sink.ends.size(), 1);
    // Qt has one error for both.
    QCOMPARE(m_sink.ends.first(), m_isPortable ? StreamEnd::EndOfStream : StreamEnd::Reset);
    m_transport->send("is anybody there?");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 0);
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestTlsTransport::tellsThatSendingFailsBehindThePeersEnd()
{
    openAndShakeHands();
    m_peer->closeNotify();
    QVERIFY(turnUntil([this] { return m_sink.ends.size() == 1; }));
    QCOMPARE(m_sink.unheard, 0);
    m_pair->reset();
    QTRY_COMPARE(m_sink.unheard, 1);
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestTlsTransport::deliversWhatCameBeforeABrokenRecord()
{
    openAndShakeHands();
    m_peer->write("fine");
    QByteArray raw = m_peer->takeRaw();
    m_peer->write("broken");
    raw += m_peer->takeRaw();
    raw[raw.size() - 1] = char(raw.back() ^ 1);
    QCOMPARE(m_pair->send(raw), raw.size());
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::Error});
    QCOMPARE(m_sink.bytes, "fine");
    QCOMPARE(m_sink.failures, QList<TlsFailure>{TlsFailure::Broken});
    QCOMPARE(m_sink.words, "decryption failed or bad record mac");
    QVERIFY(turnUntil([this] { return ERR_GET_REASON(m_peer->error) == SSL_R_SSLV3_ALERT_BAD_RECORD_MAC; }));
}

void TestTlsTransport::canBeAbortedFromWithin_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<QByteArray>("where");
    for (const bool portable : {false, true}) {
        for (const char *where : {"bytes", "done", "failed"})
            QTest::addRow("%s, %s", where, portable ? "portable" : "best") << portable << QByteArray(where);
    }
}

void TestTlsTransport::canBeAbortedFromWithin()
{
    QFETCH(QByteArray, where);
    open({.verifies = where == "failed"});
    const auto leave = [this] {
        m_transport->send("no");
        m_transport->abort();
    };
    (where == "bytes" ? m_sink.onBytes : where == "done" ? m_sink.onDone : m_sink.onFailed) = leave;
    m_peer->step();
    if (where == "bytes") {
        QVERIFY(turnUntil([this] { return m_peer->isOpen(); }));
        m_peer->write(numbered(500'000));
    }
    QVERIFY(turnUntil([this] { return m_pair->read().sawReset() || m_pair->sawEnd(); }));
    turn();
    QCOMPARE(m_sink.pieces, where == "bytes" ? 1 : 0);
    QCOMPARE(m_sink.ends.size(), 0);
    QCOMPARE(m_sink.allSents, 0);
}

void TestTlsTransport::callsNobodyAfterAbort()
{
    openAndShakeHands();
    m_peer->write("unheard");
    m_peer->step();
    m_transport->send("unsent");
    m_transport->closeWhenSent();
    m_transport->abort();
    m_transport->abort();
    m_transport->send("nor this");
    m_transport->flush();
    m_transport->setReading(true);
    m_pair->close();
    LoopPair other; // by the time its bytes are here, those of the first would be, too
    TlsRecorder sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QCOMPARE(m_sink.bytes, "");
    QCOMPARE(m_sink.ends.size(), 0);
    QCOMPARE(m_sink.allSents, 0);
}

void TestTlsTransport::resetsWhenAbortedWithUnsentBytes()
{
    openAndShakeHands();
    m_transport->send("unsent");
    m_transport->abort();
    QTRY_VERIFY(m_pair->read().sawReset());
    QVERIFY(!m_pair->sawEnd());
    openAndShakeHands();
    m_transport->send("all of it");
    m_transport->flush();
    m_transport->abort();
    QVERIFY(turnUntil([this] { return m_pair->sawEnd(); }));
    QCOMPARE(m_peer->received, "all of it");
    QVERIFY(!m_pair->sawReset());
}

void TestTlsTransport::readsNothingWhilePaused()
{
    openAndShakeHands();
    m_transport->setReading(false);
    m_peer->write("early");
    m_peer->closeNotify();
    m_peer->step();
    LoopPair other;
    TlsRecorder sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QCOMPARE(m_sink.bytes, "");
    m_transport->setReading(true);
    QCOMPARE(m_sink.bytes, ""); // never inside of the call
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.bytes, "early");
}

void TestTlsTransport::restsWhilePausedThoughThePeerIsGone()
{
    openAndShakeHands();
    QVERIFY(turnUntil([this] { return m_transport->queuedBytes() == 0; })); // the tickets of TLS 1.3
    m_transport->setReading(false);
    m_peer->write("last words");
    m_peer->step();
    m_pair->reset();
    QTRY_VERIFY(m_transport->peerEnded());
    QVERIFY(comesToRest());
    QCOMPARE(m_sink.ends.size(), 0);
    m_transport->setReading(true);
    QTRY_COMPARE(m_sink.ends.size(), 1);
    QCOMPARE(m_sink.bytes, "last words");
}

void TestTlsTransport::canBePausedFromWithin()
{
    openAndShakeHands();
    m_sink.onBytes = [this] { m_transport->setReading(false); };
    const QByteArray much = numbered(1'000'000);
    m_peer->write(much);
    QVERIFY(turnUntil([this] { return m_sink.pieces == 1; }));
    for (int i = 0; i < 20; ++i) {
        turn();
        m_peer->step();
    }
    QCOMPARE(m_sink.pieces, 1);
    m_transport->setReading(true); // and at once again: one piece a time
    QVERIFY(turnUntil([this] { return m_sink.pieces == 2; }));
    m_sink.onBytes = [this] {
        m_transport->setReading(false);
        m_transport->setReading(true);
    };
    m_transport->setReading(true);
    m_peer->closeNotify();
    QVERIFY(turnUntil([&] { return m_sink.ends.size() == 1; }));
    QVERIFY(m_sink.bytes == much);
}

// Nothing comes from the network any more: what was read before the pause has to do.
void TestTlsTransport::goesOnWithWhatItHeld()
{
    openAndShakeHands();
    m_sink.onBytes = [this] { m_transport->setReading(false); };
    const QByteArray much = numbered(50'000); // one read of each pump
    m_peer->write(much);
    m_peer->step();
    QVERIFY(m_peer->isIdle());
    QTRY_COMPARE(m_sink.pieces, 1);
    QVERIFY(m_sink.bytes.size() < much.size());
    m_transport->setReading(true);
    QCOMPARE(m_sink.pieces, 1);
    QTRY_COMPARE(m_sink.bytes.size(), much.size());
    QVERIFY(m_sink.bytes == much);
}

void TestTlsTransport::servesManyFairly()
{
    constexpr int count = 40;
    struct Client
    {
        LoopPair pair;
        TlsPeer peer{pair};
        TlsRecorder sink;
        std::unique_ptr<TlsTransport> transport;
    };
    std::vector<std::unique_ptr<Client>> clients;
    int heard = 0;
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<Client>();
        client->transport = std::make_unique<TlsTransport>(m_pump->adopt(client->pair.takeEnd()), *m_context);
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
    QVector<bool> said(count, false);
    QTRY_VERIFY([&] {
        bool done = heard == count;
        for (int i = 0; i < count; ++i) {
            TlsPeer &peer = clients[size_t(i)]->peer;
            peer.step();
            if (peer.isOpen() && !said[i]) {
                peer.write("go");
                said[i] = true;
            }
            done = done && peer.received.size() == qsizetype(8) * count;
        }
        return done;
    }());
}

QTEST_GUILESS_MAIN(TestTlsTransport)
#include "tst_tlstransport.moc"
