// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/endinghistory.h"
#include "tests/support/turningclock.h"

#include <QTest>
#include <numeric>

using namespace glasshouse;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 start = 29'000'000 * minute; // 2025, at the beginning of a minute

/// A history whose clock stands at `start`.
struct Bench
{
    TurningClock clock;
    EndingHistory history;

    Bench() : history(set(clock)) { }
    static const Clock &set(TurningClock &clock)
    {
        clock.setWall(start);
        return clock;
    }
    void addAfter(qint64 milliseconds, EndingCause cause)
    {
        clock.turn(milliseconds);
        history.add(cause);
    }
    [[nodiscard]] EndingStatistic of(EndingCause cause) const
    {
        const EndingStatistics all = history.statistics();
        for (const EndingStatistic &one : all.causes) {
            if (one.cause == cause)
                return one;
        }
        return {};
    }
};

quint64 sum(const QList<quint32> &list) { return std::accumulate(list.begin(), list.end(), quint64(0)); }

} // namespace

class TestEndingHistory final : public QObject
{
    Q_OBJECT

private slots:
    void isEmptyAtFirst();
    void countsEachCauseByItself();
    void forgetsAfterAnHourAndADay_data();
    void forgetsAfterAnHourAndADay();
    void putsEachMinuteInItsPlace();
    void doesNotCareWhenTheClockIsSet_data();
    void doesNotCareWhenTheClockIsSet();
    void beginsBefore1970();
    void agreesWithASlowCount();
    void handsOutChangesOnceASecond();
    void handsOutThatTheHourMovesOn();
};

void TestEndingHistory::isEmptyAtFirst()
{
    Bench bench;
    QVERIFY(bench.history.statistics().causes.isEmpty());
    QVERIFY(!bench.history.changedStatistics());
}

void TestEndingHistory::countsEachCauseByItself()
{
    Bench bench;
    bench.addAfter(0, EndingCause::NoPong);
    bench.addAfter(1, EndingCause::NoPong);
    bench.addAfter(1, EndingCause::ServerShutdown); // the last one of the enum
    bench.addAfter(1, EndingCause::Unknown);        // the first
    bench.clock.turn(1);
    const EndingStatistics all = bench.history.statistics();
    QCOMPARE(all.timeMs, start + 4);
    QCOMPARE(all.causes.size(), 3);
    QCOMPARE(all.causes[0].cause, EndingCause::Unknown);
    QCOMPARE(all.causes[1].cause, EndingCause::NoPong);
    QCOMPARE(all.causes[1].count, 2U);
    QCOMPARE(all.causes[1].lastHour, 2U);
    QCOMPARE(all.causes[1].lastMs, start + 1);
    QCOMPARE(all.causes[2].cause, EndingCause::ServerShutdown);
}

void TestEndingHistory::forgetsAfterAnHourAndADay_data()
{
    QTest::addColumn<qint64>("later");
    QTest::addColumn<quint64>("inHour");
    QTest::addColumn<quint64>("inDay");
    QTest::newRow("at once") << qint64(0) << quint64(1) << quint64(1);
    QTest::newRow("59 minutes") << 59 * minute << quint64(1) << quint64(1);
    QTest::newRow("60 minutes") << 60 * minute << quint64(0) << quint64(1);
    QTest::newRow("a minute less than a day") << 24 * hour - minute << quint64(0) << quint64(1);
    QTest::newRow("a day") << 24 * hour << quint64(0) << quint64(0);
    QTest::newRow("a year") << 365 * 24 * hour << quint64(0) << quint64(0);
}

void TestEndingHistory::forgetsAfterAnHourAndADay()
{
    QFETCH(qint64, later);
    QFETCH(quint64, inHour);
    QFETCH(quint64, inDay);
    Bench bench;
    bench.addAfter(0, EndingCause::Kicked);
    bench.clock.turn(later);
    for (const bool touched : {false, true}) { // by another cause, which empties what is too old
        if (touched)
            bench.addAfter(0, EndingCause::NoPong);
        const EndingStatistic kicked = bench.of(EndingCause::Kicked);
        QCOMPARE(kicked.lastHour, inHour);
        QCOMPARE(sum(kicked.minutes), inHour);
        QCOMPARE(sum(kicked.quarters), inDay);
        QCOMPARE(kicked.count, 1U);
    }
}

void TestEndingHistory::putsEachMinuteInItsPlace()
{
    Bench bench;
    bench.addAfter(0, EndingCause::NoPong);
    bench.addAfter(20 * minute, EndingCause::NoPong);
    bench.addAfter(59'999, EndingCause::NoPong);
    bench.clock.turn(1);
    const EndingStatistic at = bench.of(EndingCause::NoPong);
    QCOMPARE(at.minutes.size(), 60);
    QCOMPARE(at.quarters.size(), 96);
    QCOMPARE(at.minutes[59], 0U);
    QCOMPARE(at.minutes[58], 2U);
    QCOMPARE(at.minutes[59 - 21], 1U);
    QCOMPARE(at.quarters[95], 2U);
    QCOMPARE(at.quarters[94], 1U);
}

void TestEndingHistory::doesNotCareWhenTheClockIsSet_data()
{
    QTest::addColumn<qint64>("wallMs");
    QTest::newRow("two minutes back") << start - 2 * minute;
    QTest::newRow("two minutes on") << start + 2 * minute;
    QTest::newRow("two days back") << start - 48 * hour;
    QTest::newRow("two days on") << start + 48 * hour;
    QTest::newRow("before 1970") << qint64(-1);
}

void TestEndingHistory::doesNotCareWhenTheClockIsSet()
{
    QFETCH(qint64, wallMs);
    Bench bench;
    bench.addAfter(0, EndingCause::NoPong);
    bench.clock.turn(minute);
    bench.clock.setWall(wallMs);
    bench.addAfter(0, EndingCause::NoPong);
    bench.addAfter(minute, EndingCause::NoPong);
    const EndingStatistic at = bench.of(EndingCause::NoPong);
    QCOMPARE(at.count, 3U);
    QCOMPARE(at.minutes.last(3), (QList<quint32>{1, 1, 1}));
    QCOMPARE(sum(at.minutes), 3U);
    QCOMPARE(sum(at.quarters), 3U);
    QCOMPARE(at.lastMs, wallMs + minute);
    QCOMPARE(bench.history.statistics().timeMs, wallMs + minute);
}

void TestEndingHistory::beginsBefore1970()
{
    TurningClock clock;
    clock.setWall(-5 * hour);
    EndingHistory history(clock);
    history.add(EndingCause::NoPong);
    QCOMPARE(history.statistics().causes.constFirst().minutes.last(), 1U);
}

void TestEndingHistory::agreesWithASlowCount()
{
    Bench bench;
    QList<qint64> times;
    qint64 now = start;
    for (quint32 i = 0, state = 1; i < 20'000; ++i) {
        state = state * 1'664'525U + 1'013'904'223U;
        const qint64 step = (state >> 8) % 30'000; // five days in all, more than once around
        bench.addAfter(step, EndingCause::ClientClosed);
        now += step;
        times.append(now);
    }
    const auto since = [&](qint64 minutes) {
        const qint64 first = (now / minute - minutes + 1) * minute;
        return quint64(std::count_if(times.begin(), times.end(), [first](qint64 time) { return time >= first; }));
    };
    const EndingStatistic at = bench.of(EndingCause::ClientClosed);
    QCOMPARE(at.count, 20'000U);
    QCOMPARE(at.lastHour, since(60));
    QCOMPARE(sum(at.quarters), since(24 * 60));
    QCOMPARE(quint64(at.quarters.last()), since(15));
}

void TestEndingHistory::handsOutChangesOnceASecond()
{
    Bench bench;
    bench.addAfter(0, EndingCause::NoPong);
    QCOMPARE(bench.history.changedStatistics()->causes.size(), 1);
    bench.clock.turn(5'000);
    QVERIFY(!bench.history.changedStatistics()); // nothing has changed
    bench.addAfter(0, EndingCause::NoPong);
    QCOMPARE(bench.history.changedStatistics()->causes.constFirst().count, 2U);
    bench.addAfter(100, EndingCause::NoPong);
    bench.clock.turn(899);
    QVERIFY(!bench.history.changedStatistics());
    bench.clock.turn(1);
    QCOMPARE(bench.history.changedStatistics()->causes.constFirst().count, 3U);
    bench.addAfter(1'000, EndingCause::NoPong);
    bench.clock.setWall(start - hour);
    QVERIFY(bench.history.changedStatistics()); // a clock that was set back must not stop it
}

void TestEndingHistory::handsOutThatTheHourMovesOn()
{
    Bench bench;
    bench.addAfter(0, EndingCause::NoPong);
    QVERIFY(bench.history.changedStatistics());
    bench.clock.turn(minute - 1);
    QVERIFY(!bench.history.changedStatistics());
    bench.clock.turn(1);
    QCOMPARE(bench.history.changedStatistics()->causes.constFirst().minutes[58], 1U);
    bench.clock.turn(1'000);
    QVERIFY(!bench.history.changedStatistics());
}

QTEST_GUILESS_MAIN(TestEndingHistory)
#include "tst_endinghistory.moc"
