// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/heartbeat.h"
#include "tests/support/turningclock.h"

#include <QRandomGenerator>
#include <QTest>

using namespace glasshouse;

namespace {

Limits limitsWith(int heartbeatSeconds, int pongSeconds)
{
    Limits limits;
    limits.heartbeatSeconds = heartbeatSeconds;
    limits.pongSeconds = pongSeconds;
    return limits;
}

} // namespace

class TestHeartbeat final : public QObject
{
    Q_OBJECT

private slots:
    void beginsAtARandomPointOfThePeriod();
    void pingsManyInOneTurn();
    void pingsOnceAPeriod();
    void measuresTheRoundTrip();
    void takesOnlyTheAnswerToItsLastPing_data();
    void takesOnlyTheAnswerToItsLastPing();
    void missesAPongThatIsLate();
    void waitsForNoPongWhereNoneIsNeeded_data();
    void waitsForNoPongWhereNoneIsNeeded();
    void takesAnotherPeriod();
    void goesOnWaitingWhenThePeriodChanges();
    void forgetsAPingThatNeededNoAnswerWhenItIsSwitchedOn();
    void takesALateAnswerToAPingThatNeededNone_data();
    void takesALateAnswerToAPingThatNeededNone();
    void saysHowLongItHasWaited();

private:
    TurningClock m_clock;
    QRandomGenerator m_random{7};

    [[nodiscard]] qint64 now() const { return m_clock.monotonicMs(); }
    [[nodiscard]] Heartbeat begun(const Limits &limits)
    {
        Heartbeat heartbeat(limits, m_random);
        heartbeat.begin(now());
        return heartbeat;
    }
    [[nodiscard]] QByteArray ping(Heartbeat &heartbeat)
    {
        const Heartbeat::Payload payload = heartbeat.ping(now());
        return {payload.data(), qsizetype(payload.size())};
    }
    /// Up to the first ping, which goes out.
    [[nodiscard]] QByteArray toFirstPing(Heartbeat &heartbeat)
    {
        m_clock.turn(heartbeat.nextMs() - now());
        return ping(heartbeat);
    }
};

void TestHeartbeat::beginsAtARandomPointOfThePeriod()
{
    QSet<qint64> points;
    for (int i = 0; i < 100; ++i) {
        const Heartbeat heartbeat = begun(limitsWith(25, 20));
        points += heartbeat.msUntilPing(now());
        QVERIFY(heartbeat.nextMs() >= now() && heartbeat.nextMs() < now() + 25'000);
    }
    QVERIFY(points.size() > 60); // of 250
}

// One turn of the loop for all whose ping is due in the same tenth of a second.
void TestHeartbeat::pingsManyInOneTurn()
{
    for (int i = 0; i < 100; ++i) {
        m_clock.turn(17);
        Heartbeat heartbeat = begun(limitsWith(25, 20));
        QCOMPARE(heartbeat.nextMs() % 100, 0);
        const QByteArray payload = toFirstPing(heartbeat);
        m_clock.turn(3);
        QVERIFY(heartbeat.pong(payload, now()));
        QCOMPARE(heartbeat.nextMs() % 100, 0);
        m_clock.turn(heartbeat.nextMs() - now() + 41); // the loop was late
        std::ignore = ping(heartbeat);
        QVERIFY(heartbeat.pong(ping(heartbeat), now()));
        QCOMPARE(heartbeat.nextMs(), now() - 41 + 25'000);
    }
}

void TestHeartbeat::pingsOnceAPeriod()
{
    Heartbeat heartbeat = begun(limitsWith(25, 20));
    QCOMPARE(heartbeat.due(heartbeat.nextMs() - 1), Heartbeat::Due::Nothing);
    QCOMPARE(heartbeat.due(heartbeat.nextMs()), Heartbeat::Due::Ping);
    QVERIFY(heartbeat.pong(toFirstPing(heartbeat), now()));
    QCOMPARE(heartbeat.nextMs(), now() + 25'000);
    QCOMPARE(heartbeat.due(now() + 24'999), Heartbeat::Due::Nothing);
    QCOMPARE(heartbeat.due(now() + 25'000), Heartbeat::Due::Ping);
}

void TestHeartbeat::measuresTheRoundTrip()
{
    Heartbeat heartbeat = begun(limitsWith(25, 20));
    QCOMPARE(heartbeat.rttMs(), -1);
    const QByteArray payload = toFirstPing(heartbeat);
    m_clock.turn(42);
    QVERIFY(heartbeat.pong(payload, now()));
    QCOMPARE(heartbeat.rttMs(), 42);
}

void TestHeartbeat::takesOnlyTheAnswerToItsLastPing_data()
{
    QTest::addColumn<int>("answer");
    QTest::newRow("the ping before") << 0;
    QTest::newRow("nothing") << 1;
    QTest::newRow("more") << 2;
    QTest::newRow("something else") << 3;
}

void TestHeartbeat::takesOnlyTheAnswerToItsLastPing()
{
    QFETCH(int, answer);
    Heartbeat heartbeat = begun(limitsWith(25, 20));
    const QByteArray before = toFirstPing(heartbeat);
    const QByteArray last = ping(heartbeat);
    QVERIFY(before != last);
    QVERIFY(!heartbeat.pong(QByteArrayList{before, "", last + '!', "12345678"}.at(answer), now()));
    QVERIFY(heartbeat.pong(last, now()));
    QVERIFY(!heartbeat.pong(last, now())); // and that once
}

void TestHeartbeat::missesAPongThatIsLate()
{
    Heartbeat heartbeat = begun(limitsWith(5, 20)); // the next ping waits for the answer to the last
    std::ignore = toFirstPing(heartbeat);
    QCOMPARE(heartbeat.nextMs(), now() + 20'000);
    QCOMPARE(heartbeat.due(now() + 19'999), Heartbeat::Due::Nothing);
    QCOMPARE(heartbeat.due(now() + 20'000), Heartbeat::Due::NoPong);
}

void TestHeartbeat::waitsForNoPongWhereNoneIsNeeded_data()
{
    QTest::addColumn<int>("heartbeatSeconds");
    QTest::addColumn<int>("pongSeconds");
    QTest::newRow("no heartbeat") << 0 << 20;
    QTest::newRow("no time for pongs") << 25 << 0;
}

void TestHeartbeat::waitsForNoPongWhereNoneIsNeeded()
{
    QFETCH(int, heartbeatSeconds);
    QFETCH(int, pongSeconds);
    Heartbeat heartbeat = begun(limitsWith(heartbeatSeconds, pongSeconds));
    const QByteArray byHand = ping(heartbeat);
    const qint64 pinged = now();
    QCOMPARE(heartbeat.nextMs(), heartbeatSeconds == 0 ? -1 : pinged + 25'000 - pinged % 100);
    QCOMPARE(heartbeat.due(pinged + 24'900), Heartbeat::Due::Nothing);
    QCOMPARE(heartbeat.due(pinged + 25'000), heartbeatSeconds == 0 ? Heartbeat::Due::Nothing : Heartbeat::Due::Ping);
    QCOMPARE(heartbeat.msWithoutPong(pinged + 1'000), -1);
    m_clock.turn(30);
    QVERIFY(heartbeat.pong(byHand, now())); // it counts all the same
    QCOMPARE(heartbeat.rttMs(), 30);
}

void TestHeartbeat::takesAnotherPeriod()
{
    Heartbeat heartbeat = begun(limitsWith(3'600, 20));
    heartbeat.setLimits(limitsWith(5, 20), now());
    QVERIFY(heartbeat.nextMs() < now() + 5'000);
    heartbeat.setLimits(limitsWith(0, 20), now());
    QCOMPARE(heartbeat.nextMs(), -1);
    heartbeat.setLimits(limitsWith(5, 20), now());
    QVERIFY(heartbeat.nextMs() >= now());
}

void TestHeartbeat::goesOnWaitingWhenThePeriodChanges()
{
    Heartbeat heartbeat = begun(limitsWith(25, 20));
    std::ignore = toFirstPing(heartbeat);
    heartbeat.setLimits(limitsWith(30, 10), now());
    QCOMPARE(heartbeat.nextMs(), now() + 10'000);
    QCOMPARE(heartbeat.due(now() + 10'000), Heartbeat::Due::NoPong);
}

void TestHeartbeat::forgetsAPingThatNeededNoAnswerWhenItIsSwitchedOn()
{
    Heartbeat heartbeat = begun(limitsWith(0, 20));
    std::ignore = ping(heartbeat);
    m_clock.turn(3'600'000);
    heartbeat.setLimits(limitsWith(25, 20), now());
    QVERIFY(heartbeat.due(now()) != Heartbeat::Due::NoPong);
    QVERIFY(heartbeat.nextMs() >= now());
}

void TestHeartbeat::takesALateAnswerToAPingThatNeededNone_data()
{
    QTest::addColumn<int>("heartbeatSeconds");
    QTest::newRow("it stays off") << 0;
    QTest::newRow("it is switched on") << 25;
}

// A session that goes on is confirmed by the answer to the ping behind it, also if the limits change in between.
void TestHeartbeat::takesALateAnswerToAPingThatNeededNone()
{
    QFETCH(int, heartbeatSeconds);
    Heartbeat heartbeat = begun(limitsWith(0, 20));
    const QByteArray payload = ping(heartbeat);
    heartbeat.setLimits(limitsWith(heartbeatSeconds, 20), now());
    m_clock.turn(42);
    QCOMPARE(heartbeat.msWithoutPong(now()), -1);
    QVERIFY(heartbeat.pong(payload, now()));
    QCOMPARE(heartbeat.rttMs(), 42);
    QVERIFY(!heartbeat.pong(payload, now()));
}

void TestHeartbeat::saysHowLongItHasWaited()
{
    Heartbeat heartbeat = begun(limitsWith(25, 20));
    QCOMPARE(heartbeat.msWithoutPong(now()), -1);
    const QByteArray payload = toFirstPing(heartbeat);
    QCOMPARE(heartbeat.msWithoutPong(now() + 7), 7);
    QCOMPARE(heartbeat.msUntilPing(now() + 7), 24'993);
    QCOMPARE(heartbeat.msUntilPing(now() + 30'000), 0);
    QVERIFY(heartbeat.pong(payload, now()));
    QCOMPARE(heartbeat.msWithoutPong(now()), -1);
}

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
