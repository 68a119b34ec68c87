// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/clientrates.h"

#include <QTest>

using namespace glasshouse;

namespace {

MessageRate made(int rate = 150, int burst = 300)
{
    MessageRate made;
    Limits limits;
    limits.messageRate = rate;
    limits.messageBurst = burst;
    made.setLimits(limits, 0);
    return made;
}

/// What becomes of a loop that sends so often a second, evenly, until it is ended or `ms` have passed.
struct Run
{
    quint64 sent = 0;
    quint64 dropped = 0;
    int told = 0;
    qint64 endedMs = -1;
};

Run runLoop(MessageRate &rate, int hertz, qint64 ms, qint64 fromMs = 0)
{
    Run run;
    for (qint64 now = 0; now < ms && run.endedMs < 0; ++now) {
        for (; qint64(run.sent) * 1000 < now * hertz && run.endedMs < 0; ++run.sent) {
            const Pace pace = rate.take(fromMs + now);
            run.dropped += pace == Pace::Fine ? 0 : 1;
            run.told += pace == Pace::DroppedAloud ? 1 : 0;
            run.endedMs = pace == Pace::TooMuch ? now : -1;
        }
    }
    return run;
}

} // namespace

/// How much a client may send, and what becomes of it when it sends more.
class TestClientRates final : public QObject
{
    Q_OBJECT

private slots:
    void takesAGameLoopForAnHour_data();
    void takesAGameLoopForAnHour();
    void endsWhoNeverSlowsDown_data();
    void endsWhoNeverSlowsDown();
    void bearsAShortRush();
    void bearsARushAgainAndAgain();
    void bearsANetworkThatStandsStill_data();
    void bearsANetworkThatStandsStill();
    void endsAFloodAtOnce_data();
    void endsAFloodAtOnce();
    void saysItOnceASecond();
    void takesEverythingWithoutALimit_data();
    void takesEverythingWithoutALimit();
    void keepsWhatWasUsedWhenLimitsChange();
};

void TestClientRates::takesAGameLoopForAnHour_data()
{
    QTest::addColumn<int>("hertz");
    for (const int hertz : {30, 60, 90, 120, 144, 150})
        QTest::addRow("%d Hz", hertz) << hertz;
}

void TestClientRates::takesAGameLoopForAnHour()
{
    QFETCH(int, hertz);
    MessageRate rate;
    rate.setLimits({}, 0); // as it comes
    const Run run = runLoop(rate, hertz, 3600'000);
    QCOMPARE(run.dropped, 0U);
    QVERIFY(run.sent >= quint64(hertz) * 3599);
}

void TestClientRates::endsWhoNeverSlowsDown_data()
{
    QTest::addColumn<int>("hertz");
    QTest::addColumn<int>("withinMs"); ///< of the first message that was dropped
    QTest::newRow("165 Hz") << 165 << 12'000;
    QTest::newRow("240 Hz") << 240 << 12'000;
    QTest::newRow("500 Hz") << 500 << 12'000;
    QTest::newRow("750 Hz") << 750 << 12'000;
    QTest::newRow("4,500 Hz: thirty times as much") << 4'500 << 2'000;
    QTest::newRow("20 kHz") << 20'000 << 300;
}

void TestClientRates::endsWhoNeverSlowsDown()
{
    QFETCH(int, hertz);
    QFETCH(int, withinMs);
    MessageRate rate = made();
    const Run run = runLoop(rate, hertz, 60'000);
    const qint64 overMs = 300 * 1000 / (hertz - 150); // the burst is empty
    QVERIFY(run.endedMs >= 0);
    QVERIFY2(run.endedMs < overMs + withinMs, qPrintable(QString::number(run.endedMs)));
    if (hertz < 4'500)
        QVERIFY(run.endedMs >= overMs + 10'000 - 100);
    QCOMPARE(rate.dropped(), run.dropped);
}

void TestClientRates::bearsAShortRush()
{
    MessageRate rate = made();
    const Run rush = runLoop(rate, 300, 10'000); // two seconds of it for the burst
    QCOMPARE(rush.endedMs, -1);
    QVERIFY(rush.dropped > 1'000);
    const Run calm = runLoop(rate, 140, 60'000, 10'001);
    QCOMPARE(calm.endedMs, -1);
    QVERIFY(calm.dropped < 20); // until there is something in the bucket again
}

void TestClientRates::bearsARushAgainAndAgain()
{
    MessageRate rate = made();
    for (qint64 at = 0; at < 600'000; at += 10'000) {
        QCOMPARE(runLoop(rate, 300, 8'000, at).endedMs, -1); // two seconds for the burst, and two of rest behind it
    }
}

void TestClientRates::bearsANetworkThatStandsStill_data()
{
    QTest::addColumn<int>("seconds");
    for (const int seconds : {2, 7, 20, 30})
        QTest::addRow("%d seconds", seconds) << seconds;
}

// A loop within the limit: what it sent meanwhile arrives at once, and again every minute.
void TestClientRates::bearsANetworkThatStandsStill()
{
    QFETCH(int, seconds);
    MessageRate rate = made();
    for (qint64 at = 0; at < 600'000; at += 60'000) {
        for (int i = 0; i < seconds * 144; ++i)
            QVERIFY(rate.take(at) != Pace::TooMuch);
        const Run calm = runLoop(rate, 144, 60'000 - seconds * 1'000, at);
        QCOMPARE(calm.endedMs, -1);
        QVERIFY(calm.dropped < 20);
    }
}

void TestClientRates::endsAFloodAtOnce_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("burst");
    QTest::addColumn<int>("passing"); ///< messages at once before it ends
    QTest::newRow("as it comes") << 150 << 300 << 4'650;
    QTest::newRow("small") << 10 << 20 << 310;
    QTest::newRow("a large burst") << 10 << 1000 << 1'290;
    QTest::newRow("one a second") << 1 << 1 << 30;
}

void TestClientRates::endsAFloodAtOnce()
{
    QFETCH(int, rate);
    QFETCH(int, burst);
    QFETCH(int, passing);
    MessageRate made_ = made(rate, burst);
    for (int i = 1; i < passing; ++i)
        QVERIFY(made_.take(5) != Pace::TooMuch);
    QCOMPARE(made_.take(5), Pace::TooMuch);
}

void TestClientRates::saysItOnceASecond()
{
    MessageRate rate = made();
    const Run run = runLoop(rate, 240, 10'000);
    QCOMPARE(run.endedMs, -1);
    QCOMPARE(run.told, 7); // the burst is empty after 3.3 s
}

void TestClientRates::takesEverythingWithoutALimit_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("burst");
    QTest::newRow("no rate") << 0 << 300;
    QTest::newRow("no burst") << 150 << 0;
}

void TestClientRates::takesEverythingWithoutALimit()
{
    QFETCH(int, rate);
    QFETCH(int, burst);
    MessageRate unlimited = made(rate, burst);
    for (int i = 0; i < 100'000; ++i)
        QCOMPARE(unlimited.take(1), Pace::Fine);
}

void TestClientRates::keepsWhatWasUsedWhenLimitsChange()
{
    MessageRate rate = made();
    for (int i = 0; i < 300; ++i)
        QCOMPARE(rate.take(0), Pace::Fine);
    Limits limits;
    limits.messageRate = 10;
    limits.messageBurst = 310;
    rate.setLimits(limits, 0);
    QCOMPARE(rate.used(0), 300.0);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(rate.take(0), Pace::Fine);
    QCOMPARE(rate.take(0), Pace::DroppedAloud);
}

QTEST_GUILESS_MAIN(TestClientRates)
#include "tst_clientrates.moc"
