// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/endinghistory.h"

#include <QTest>
#include <numeric>

using namespace glasshouse;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 start = 29'000'000 * minute; // 2025, at the beginning of a minute

EndingStatistic of(const EndingHistory &history, EndingCause cause, qint64 nowMs)
{
    const EndingStatistics all = history.statistics(nowMs);
    for (const EndingStatistic &one : all.causes) {
        if (one.cause == cause)
            return one;
    }
    return {};
}

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
    void survivesAClockThatIsSet();
    void agreesWithASlowCount();
    void handsOutChangesOnceASecond();
    void handsOutThatTheHourMovesOn();
};

void TestEndingHistory::isEmptyAtFirst()
{
    EndingHistory history;
    QVERIFY(history.statistics(start).causes.isEmpty());
    QVERIFY(!history.changedStatistics(start));
}

void TestEndingHistory::countsEachCauseByItself()
{
    EndingHistory history;
    history.add(EndingCause::NoPong, start);
    history.add(EndingCause::NoPong, start + 1);
    history.add(EndingCause::ServerShutdown, start + 2); // the last one of the enum
    history.add(EndingCause::Unknown, start + 3);        // the first
    const EndingStatistics all = history.statistics(start + 4);
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
    EndingHistory history;
    history.add(EndingCause::Kicked, start);
    for (const bool touched : {false, true}) { // by another cause, which empties what is too old
        if (touched)
            history.add(EndingCause::NoPong, start + later);
        const EndingStatistic kicked = of(history, EndingCause::Kicked, start + later);
        QCOMPARE(kicked.lastHour, inHour);
        QCOMPARE(sum(kicked.minutes), inHour);
        QCOMPARE(sum(kicked.quarters), inDay);
        QCOMPARE(kicked.count, 1U);
    }
}

void TestEndingHistory::putsEachMinuteInItsPlace()
{
    EndingHistory history;
    history.add(EndingCause::NoPong, start);
    history.add(EndingCause::NoPong, start + 20 * minute);
    history.add(EndingCause::NoPong, start + 20 * minute + 59'999);
    const EndingStatistic at = of(history, EndingCause::NoPong, start + 21 * minute);
    QCOMPARE(at.minutes.size(), 60);
    QCOMPARE(at.quarters.size(), 96);
    QCOMPARE(at.minutes[59], 0U);
    QCOMPARE(at.minutes[58], 2U);
    QCOMPARE(at.minutes[59 - 21], 1U);
    QCOMPARE(at.quarters[95], 2U);
    QCOMPARE(at.quarters[94], 1U);
}

void TestEndingHistory::survivesAClockThatIsSet()
{
    EndingHistory history;
    history.add(EndingCause::NoPong, start);
    history.add(EndingCause::NoPong, start - 5 * hour);
    history.add(EndingCause::NoPong, -1);
    const EndingStatistic at = of(history, EndingCause::NoPong, start);
    QCOMPARE(at.count, 3U);
    QCOMPARE(at.minutes[59], 3U);
    QCOMPARE(of(history, EndingCause::NoPong, start - 5 * hour).minutes[59], 3U);
}

void TestEndingHistory::agreesWithASlowCount()
{
    EndingHistory history;
    QList<qint64> times;
    qint64 now = start;
    for (quint32 i = 0, state = 1; i < 20'000; ++i) {
        state = state * 1'664'525U + 1'013'904'223U;
        now += (state >> 8) % 30'000; // five days in all, more than once around
        history.add(EndingCause::ClientClosed, now);
        times.append(now);
    }
    const auto since = [&](qint64 minutes) {
        const qint64 first = (now / minute - minutes + 1) * minute;
        return quint64(std::count_if(times.begin(), times.end(), [first](qint64 time) { return time >= first; }));
    };
    const EndingStatistic at = of(history, EndingCause::ClientClosed, now);
    QCOMPARE(at.count, 20'000U);
    QCOMPARE(at.lastHour, since(60));
    QCOMPARE(sum(at.quarters), since(24 * 60));
    QCOMPARE(quint64(at.quarters.last()), since(15));
}

void TestEndingHistory::handsOutChangesOnceASecond()
{
    EndingHistory history;
    history.add(EndingCause::NoPong, start);
    QCOMPARE(history.changedStatistics(start)->causes.size(), 1);
    QVERIFY(!history.changedStatistics(start + 5'000)); // nothing has changed
    history.add(EndingCause::NoPong, start + 5'000);
    QCOMPARE(history.changedStatistics(start + 5'000)->causes.constFirst().count, 2U);
    history.add(EndingCause::NoPong, start + 5'100);
    QVERIFY(!history.changedStatistics(start + 5'999));
    QCOMPARE(history.changedStatistics(start + 6'000)->causes.constFirst().count, 3U);
    history.add(EndingCause::NoPong, start + 6'000);
    QVERIFY(history.changedStatistics(start - hour)); // a clock that was set back must not stop it
}

void TestEndingHistory::handsOutThatTheHourMovesOn()
{
    EndingHistory history;
    history.add(EndingCause::NoPong, start);
    QVERIFY(history.changedStatistics(start));
    QVERIFY(!history.changedStatistics(start + minute - 1));
    const auto next = history.changedStatistics(start + minute);
    QCOMPARE(next->causes.constFirst().minutes[58], 1U);
    QVERIFY(!history.changedStatistics(start + minute + 1'000));
}

QTEST_GUILESS_MAIN(TestEndingHistory)
#include "tst_endinghistory.moc"
