// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/looprest.h"
#include "tests/support/pumpfixture.h"

using namespace glasshouse;

/// Transports whose reading is paused, through every pump.
class TestPausing final : public QObject, private PumpFixture
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { closeAll(); }

    void readsNothingWhilePaused_data() { addPumps(); }
    void readsNothingWhilePaused();
    void restsWhilePausedThoughThePeerIsGone_data();
    void restsWhilePausedThoughThePeerIsGone();
    void sendsWhilePaused_data() { addPumps(); }
    void sendsWhilePaused();
    void keepsTheLastWordsForWhoIsPaused_data() { addPumps(); }
    void keepsTheLastWordsForWhoIsPaused();
    void canBePausedByAnother_data() { addPumps(); }
    void canBePausedByAnother();
    void canBePausedFromWithin_data() { addPumps(); }
    void canBePausedFromWithin();
};

void TestPausing::readsNothingWhilePaused()
{
    m_transport->setReading(false);
    m_pair->send("early");
    LoopPair other;
    PumpRecorder sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QCOMPARE(m_sink.bytes, "");
    m_pair->close(); // not even the end
    other.send("y");
    QTRY_COMPARE(sink.bytes, "xy");
    QCOMPARE(m_sink.ends.size(), 0);
    m_transport->setReading(true);
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.bytes, "early");
}

void TestPausing::restsWhilePausedThoughThePeerIsGone_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<bool>("weEnded");
    QTest::addColumn<bool>("unsent");
    QTest::addColumn<bool>("reset");
    for (const bool portable : {false, true}) {
        const auto row = [&](const char *what) -> QTestData & {
            return QTest::newRow(
                       qPrintable(QLatin1StringView(portable ? "portable: " : "best: ") + QLatin1StringView(what)))
                << portable;
        };
        row("it hangs up") << false << false << false;
        row("it resets") << false << false << true;
        row("it hangs up behind our end") << true << false << false; // HUP: both directions are over
        row("it resets behind our end") << true << false << true;
        row("it resets and we had more to say") << false << true << true;
    }
}

void TestPausing::restsWhilePausedThoughThePeerIsGone()
{
    QFETCH(bool, weEnded);
    QFETCH(bool, unsent);
    QFETCH(bool, reset);
    open(4'096);
    m_transport->setReading(false);
    while (unsent && m_transport->queuedBytes() < 1'000'000) {
        m_transport->send(numbered(100'000));
        m_transport->flush();
    }
    if (weEnded) {
        m_transport->closeWhenSent();
        QTRY_COMPARE(m_sink.allSents, 1);
    }
    reset ? m_pair->reset() : m_pair->endSending();
    QTRY_VERIFY(m_transport->peerEnded());
    QVERIFY(comesToRest());
    QCOMPARE(m_sink.ends.size(), 0);
    m_transport->setReading(true);
    QTRY_COMPARE(m_sink.ends.size(), 1);
    QCOMPARE(m_sink.ends.first(), reset && !m_isPortable ? StreamEnd::Reset : StreamEnd::EndOfStream);
    QVERIFY(comesToRest());
}

void TestPausing::sendsWhilePaused()
{
    open(4'096);
    m_transport->setReading(false);
    const QByteArray much = numbered(3'000'000);
    m_transport->send(much);
    m_pair->send("unread");
    QVERIFY(turnUntil([&] { return m_pair->read().received.size() == much.size(); }));
    QVERIFY(m_pair->received == much);
    QVERIFY(comesToRest());
    QCOMPARE(m_sink.bytes, "");
}

void TestPausing::keepsTheLastWordsForWhoIsPaused()
{
    m_transport->setReading(false);
    m_pair->send("last words");
    m_pair->reset();
    m_transport->send("are you there?"); // fails
    m_transport->flush();
    QVERIFY(comesToRest());
    QCOMPARE(m_sink.ends.size(), 0);
    QVERIFY(m_transport->peerEnded());
    m_transport->setReading(true);
    QTRY_COMPARE(m_sink.ends.size(), 1);
    if (m_isPortable)
        QEXPECT_FAIL("", "Qt throws away what was not read when a write fails", Continue);
    QCOMPARE(m_sink.bytes, "last words");
}

// As the two sides of a proxy do: what one of them brings may be too much for the other.
void TestPausing::canBePausedByAnother()
{
    LoopPair other;
    PumpRecorder sink;
    const auto paused = m_pump->adopt(other.takeEnd());
    paused->setSink(&sink);
    paused->setReading(true);
    m_sink.onBytes = [&] { paused->setReading(false); };
    m_pair->send("too much"); // read first: its socket is the older one
    other.send("more");
    QTRY_COMPARE(m_sink.bytes, "too much");
    QVERIFY(comesToRest());
    QCOMPARE(sink.bytes, "");
    paused->setReading(true);
    QTRY_COMPARE(sink.bytes, "more");
}

void TestPausing::canBePausedFromWithin()
{
    m_sink.onBytes = [this] { m_transport->setReading(false); };
    const QByteArray much = numbered(1'000'000);
    qint64 sent = qMax(m_pair->send(much), qint64(0));
    QTRY_COMPARE(m_sink.pieces, 1);
    for (int i = 0; i < 20; ++i)
        turn();
    QCOMPARE(m_sink.pieces, 1);
    m_sink.onBytes = nullptr;
    m_transport->setReading(true);
    QVERIFY(turnUntil([&] {
        sent += qMax(m_pair->send(QByteArrayView(much).sliced(sent)), qint64(0));
        return m_sink.bytes.size() == much.size();
    }));
    QVERIFY(m_sink.bytes == much);
}

QTEST_GUILESS_MAIN(TestPausing)
#include "tst_pausing.moc"
