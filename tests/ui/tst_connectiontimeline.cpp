// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memoryrows.h"
#include "ui/timeline/timelinemarks.h"

#include <QTest>
#include <numeric>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr quint8 text = 0x81, ping = 0x89, pong = 0x8A;
constexpr qint64 ms = 1'000, second = 1'000 * ms;
constexpr qint64 start = 1'700'000'000 * second;

/// Rows of connection 1 for the most part, at times since the start.
class Log
{
public:
    Log() { rows.setBounds(1'000'000, 1LL << 30); }

    quint64 in(qint64 us, quint8 firstByte = text, const QByteArray &payload = "x", quint32 connection = 1)
    {
        return add(us, firstByte, 0, payload, connection);
    }
    quint64 out(qint64 us, quint8 firstByte = text, const QByteArray &payload = "x", quint32 connection = 1)
    {
        return add(us, firstByte, RecordOut, payload, connection);
    }
    quint64 event(qint64 us, EventKind kind, quint32 connection = 1)
    {
        return add(us, quint8(kind), RecordEvent, "{}", connection);
    }
    quint64 broken(qint64 us) { return add(us, text, RecordBroken, "x", 1); }
    [[nodiscard]] ConnectionTimeline timeline(qint64 sinceUs = 0) const
    {
        ConnectionTimeline timeline(ConnectionId{1}, sinceUs);
        readAll(timeline);
        return timeline;
    }
    void readAll(ConnectionTimeline &timeline) const { timeline.add(rows, false, 60'000); }

    MemoryRows rows;

private:
    quint64 add(qint64 us, quint8 firstByte, quint8 flags, const QByteArray &payload, quint32 connection)
    {
        FrameRecord record;
        record.timeUs = start + us;
        record.firstByte = firstByte;
        record.flags = flags;
        record.connection = connection;
        record.wireLength = quint32(payload.size());
        rows.append(record, payload);
        return rows.endRow() - 1;
    }
};

std::vector<TimelineMark> marksOf(const ConnectionTimeline &timeline, TimelineLane lane, qint64 stepUs = 1)
{
    return timelineMarks(timeline, lane, timeline.fromUs(), timeline.toUs(), stepUs);
}

quint64 counted(const std::vector<TimelineMark> &marks)
{
    return std::accumulate(marks.begin(), marks.end(), quint64{0},
                           [](quint64 sum, const TimelineMark &mark) { return sum + mark.cell.count; });
}

} // namespace

class TestConnectionTimeline final : public QObject
{
    Q_OBJECT
private slots:
    void countsFramesBothWays()
    {
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        const quint64 first = log.in(10 * ms, text, "hello");
        log.in(12 * ms, text, "you");
        log.out(20 * ms);
        log.out(30 * ms, text, "x", 2); // somebody else's
        const ConnectionTimeline timeline = log.timeline();
        QVERIFY(timeline.hasOpening());
        QVERIFY(!timeline.endedRow());
        QCOMPARE(timeline.totals().framesIn, 2U);
        QCOMPARE(timeline.totals().framesOut, 1U);
        const auto apart = marksOf(timeline, TimelineLane::In);
        QCOMPARE(apart.size(), 2U);
        QCOMPARE(apart[0].fromUs, start + 10 * ms);
        QCOMPARE(apart[0].cell.firstRow, first);
        QCOMPARE(apart[0].cell.bytes, 5U);
        const auto together = marksOf(timeline, TimelineLane::In, second);
        QCOMPARE(together.size(), 1U);
        QCOMPARE(together[0].cell.count, 2U);
        QCOMPARE(together[0].cell.bytes, 8U);
        QCOMPARE(together[0].toUs, start + 12 * ms);
    }

    void nothingIsNothing()
    {
        Log log;
        log.in(0, text, "x", 2);
        const ConnectionTimeline timeline = log.timeline();
        QVERIFY(timeline.isEmpty());
        QVERIFY(timeline.isUpToDate());
        QCOMPARE(timeline.medianRoundTripUs(), -1);
        for (int lane = 0; lane < timelineLaneCount; ++lane)
            QVERIFY(timelineMarks(timeline, TimelineLane(lane), 0, start + second, 1).empty());
    }

    void hundredsOfThousandsAreAsFewAsTheyCanShow()
    {
        Log log;
        constexpr int frames = 300'000;
        for (int i = 0; i < frames; ++i)
            log.in(i * 37 * ms);
        const ConnectionTimeline timeline = log.timeline();
        QVERIFY(timeline.cells(TimelineLane::In).size() <= size_t(ConnectionTimeline::mostBuckets));
        QVERIFY(timeline.cells(TimelineLane::In).size() > size_t(ConnectionTimeline::mostBuckets / 2));
        const auto marks = marksOf(timeline, TimelineLane::In, (timeline.toUs() - timeline.fromUs()) / 300);
        QVERIFY2(marks.size() <= 301, qPrintable(QString::number(marks.size())));
        QCOMPARE(counted(marks), quint64(frames));
        QCOMPARE(marks.front().fromUs, start);
        QCOMPARE(marks.back().toUs, start + (frames - 1) * 37 * ms);
    }

    void growsAsIfItWereReadAtOnce()
    {
        Log log;
        ConnectionTimeline grown(ConnectionId{1});
        for (int i = 0; i < 200; ++i) {
            log.in(i * i * ms);
            log.out(i * i * ms, ping, QByteArray::number(i));
            log.in(i * i * ms + 300, pong, QByteArray::number(i));
            if (i % 7 == 0)
                log.readAll(grown);
        }
        log.readAll(grown);
        const ConnectionTimeline whole = log.timeline();
        QCOMPARE(grown.bucketUs(), whole.bucketUs());
        QCOMPARE(grown.totals().framesIn, whole.totals().framesIn);
        QCOMPARE(grown.medianRoundTripUs(), 300);
        QCOMPARE(whole.medianRoundTripUs(), 300);
        for (int lane = 0; lane < timelineLaneCount; ++lane) {
            const auto a = marksOf(grown, TimelineLane(lane)), b = marksOf(whole, TimelineLane(lane));
            QCOMPARE(a.size(), b.size());
            for (size_t i = 0; i < a.size(); ++i) {
                QCOMPARE(a[i].fromUs, b[i].fromUs);
                QCOMPARE(a[i].cell.count, b[i].cell.count);
                QCOMPARE(a[i].cell.firstRow, b[i].cell.firstRow);
            }
        }
    }

    void stopsAndGoesOn()
    {
        Log log;
        for (int i = 0; i < 30'000; ++i)
            log.in(i * ms);
        ConnectionTimeline timeline(ConnectionId{1});
        timeline.add(log.rows, true, 60'000);
        QVERIFY(!timeline.isUpToDate());
        QVERIFY(timeline.totals().framesIn < 30'000U);
        log.readAll(timeline);
        QVERIFY(timeline.isUpToDate());
        QCOMPARE(timeline.totals().framesIn, 30'000U);
    }

    void pongsAnswerThePingThatTheyRepeat()
    {
        Log log;
        log.out(0, ping, "a");
        log.in(4 * ms, pong, "a");
        log.out(1 * second, ping, "b"); // never answered: the next one was, instead
        log.out(2 * second, ping, "c");
        log.in(2 * second + 10 * ms, pong, "c");
        log.out(3 * second, ping, "d");
        log.in(3 * second + 5 * ms, pong, "nobody asked");
        log.in(4 * second, ping, "of the client");
        const ConnectionTimeline timeline = log.timeline();
        QCOMPARE(timeline.totals().pings, 5U);
        QCOMPARE(timeline.medianRoundTripUs(), 10 * ms);
        const auto marks = marksOf(timeline, TimelineLane::Pings);
        QCOMPARE(marks.size(), 5U);
        const std::array trips{4 * ms, qint64{-1}, 10 * ms, qint64{-1}, qint64{-1}};
        const std::array unanswered{0U, 1U, 0U, 1U, 0U};
        for (size_t i = 0; i < marks.size(); ++i) {
            QCOMPARE(marks[i].cell.roundTripUs, trips[i]);
            QCOMPARE(marks[i].cell.unanswered, unanswered[i]);
        }
    }

    void knowsWhenItWasQuiet()
    {
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        log.in(4 * second); // not long enough
        log.out(5 * second);
        const quint64 woke = log.in(12 * second);
        log.in(13 * second, text, "x", 2);
        const quint64 ended = log.event(20 * second, EventKind::ConnectionEnded);
        const ConnectionTimeline timeline = log.timeline();
        const auto marks = marksOf(timeline, TimelineLane::Quiet);
        QCOMPARE(marks.size(), 2U);
        QCOMPARE(marks[0].fromUs, start + 5 * second);
        QCOMPARE(marks[0].toUs, start + 12 * second);
        QCOMPARE(marks[0].cell.firstRow, woke);
        QCOMPARE(marks[1].fromUs, start + 12 * second);
        QCOMPARE(marks[1].cell.firstRow, ended);
    }

    void theTimeBetweenPingsIsNotQuiet()
    {
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        log.in(1 * second);
        for (int i = 0; i < 10; ++i) {
            log.out((3 + i * 25) * second, ping, QByteArray::number(i));
            log.in((3 + i * 25) * second + ms, pong, QByteArray::number(i));
        }
        log.out(230 * second, ping, "by hand");
        log.in(290 * second);
        log.in(300 * second);
        const ConnectionTimeline timeline = log.timeline();
        QCOMPARE(timeline.quietUs(), 50 * second);
        const auto marks = marksOf(timeline, TimelineLane::Quiet);
        QCOMPARE(marks.size(), 1U);
        QCOMPARE(marks[0].fromUs, start + 230 * second);
    }

    void whatIsQuietStillIsSomethingElse()
    {
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        const quint64 last = log.in(10 * second);
        log.in(20 * second, text, "x", 2);
        const auto marks = marksOf(log.timeline(), TimelineLane::Quiet);
        QCOMPARE(marks.size(), 2U);
        QCOMPARE(marks[0].cell.firstRow, last);
        QCOMPARE(marks[1].cell.firstRow, last);
        QVERIFY(!marks[0].isSameAs(marks[1]));
        log.in(30 * second);
        QVERIFY(marksOf(log.timeline(), TimelineLane::Quiet)[1].isSameAs(marks[1])); // it has ended by now
    }

    void whoNeverSentIsQuietSinceItsFirstRow()
    {
        Log log;
        log.in(0, text, "x", 2);
        const quint64 opened = log.event(1 * second, EventKind::ConnectionOpened);
        log.in(20 * second, text, "x", 2);
        const auto marks = marksOf(log.timeline(), TimelineLane::Quiet);
        QCOMPARE(marks.size(), 1U);
        QCOMPARE(marks[0].cell.firstRow, opened);
    }

    void aPartDoesNotSayWhenItWasQuiet()
    {
        Log log;
        log.in(0);
        log.in(60 * second);
        ConnectionTimeline part = log.timeline().part(start + 20 * second, start + 40 * second);
        log.readAll(part);
        QVERIFY(marksOf(part, TimelineLane::Quiet).empty());
    }

    void behindAPartOnlyAnswersCount()
    {
        Log log;
        log.in(0);
        log.out(100 * second, ping, "p");
        log.out(100 * second + 10 * ms, pong, "p"); // of the server itself
        log.in(100 * second + 20 * ms, pong, "p");
        log.in(200 * second);
        ConnectionTimeline part = log.timeline().part(start + 100 * second, start + 100 * second + 5 * ms);
        log.readAll(part);
        const auto pings = marksOf(part, TimelineLane::Pings);
        QCOMPARE(pings.size(), 1U);
        QCOMPARE(pings[0].cell.roundTripUs, 20 * ms);
    }

    void showsWhatWentWrong()
    {
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        const quint64 limit = log.event(1 * second, EventKind::LimitHit);
        const quint64 fault = log.broken(2 * second);
        const auto marks = marksOf(log.timeline(), TimelineLane::Faults);
        QCOMPARE(marks.size(), 2U);
        QCOMPARE(marks[0].cell.firstRow, limit);
        QCOMPARE(marks[1].cell.firstRow, fault);
        QCOMPARE(log.timeline().totals().limitHits, 1U);
        QCOMPARE(log.timeline().totals().broken, 1U);
    }

    void aSeatIsHeldUntilItIsNot_data()
    {
        QTest::addColumn<EventKind>("after");
        QTest::addColumn<qint64>("until");
        QTest::newRow("dropped") << EventKind::SeatDropped << 3 * second;
        QTest::newRow("left") << EventKind::SeatLeft << 3 * second;
        QTest::newRow("held to the end") << EventKind::LimitHit << 9 * second;
    }

    void aSeatIsHeldUntilItIsNot()
    {
        QFETCH(EventKind, after);
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        log.event(1 * second, EventKind::SeatTaken);
        log.event(3 * second, after);
        log.in(9 * second);
        const auto marks = marksOf(log.timeline(), TimelineLane::Seat);
        QCOMPARE(marks.front().fromUs, start + second);
        QTEST(marks.front().toUs - start, "until");
    }

    void endsWithItsLastRow()
    {
        Log log;
        log.in(0);
        log.in(60 * second, text, "x", 2);
        QCOMPARE(log.timeline().toUs(), start + 60 * second); // it is open, and it is that late
        const quint64 ended = log.event(61 * second, EventKind::ConnectionEnded);
        log.event(62 * second, EventKind::SeatLeft);
        log.in(90 * second, text, "x", 2);
        const ConnectionTimeline timeline = log.timeline();
        QCOMPARE(timeline.endedRow(), std::optional(ended));
        QCOMPARE(timeline.toUs(), start + 62 * second);
        QVERIFY(!timeline.hasOpening());
    }

    void isCompleteLongAfterItsEnd()
    {
        Log log;
        log.event(0, EventKind::ConnectionOpened);
        log.in(60 * second, text, "x", 2);
        QVERIFY(!log.timeline().isComplete()); // it is quiet, and open
        log.event(61 * second, EventKind::ConnectionEnded);
        ConnectionTimeline timeline = log.timeline();
        log.in(63 * second, text, "x", 2);
        log.readAll(timeline);
        QVERIFY(!timeline.isComplete());
        log.in(90 * second, text, "x", 2);
        log.readAll(timeline);
        QVERIFY(timeline.isComplete());
        QVERIFY(timeline.isUpToDate());
        QCOMPARE(timeline.toUs(), start + 61 * second);
    }

    void beginsNearWhereItWasOpened()
    {
        Log log;
        for (int i = 0; i < 60'000; ++i)
            log.in(i * ms, text, "x", 2);
        log.event(60 * second, EventKind::ConnectionOpened);
        log.in(61 * second);
        const ConnectionTimeline timeline = log.timeline(start + 60 * second);
        QVERIFY(timeline.hasOpening());
        QCOMPARE(timeline.totals().framesIn, 1U);
    }

    void aPartIsFiner()
    {
        Log log;
        log.in(0);
        for (int i = 0; i < 10; ++i)
            log.in(100 * second + i * 100); // a tenth of a millisecond apart
        log.out(100 * second + 2 * ms, ping, "late");
        log.in(101 * second, pong, "late");
        log.in(10'000 * second);
        const ConnectionTimeline whole = log.timeline();
        QCOMPARE(marksOf(whole, TimelineLane::In).size(), 4U); // the ten are one
        ConnectionTimeline part = whole.part(start + 100 * second, start + 100 * second + 5 * ms);
        QVERIFY(part.bucketUs() < 100);
        log.readAll(part);
        QVERIFY(part.isComplete());
        QCOMPARE(marksOf(part, TimelineLane::In).size(), 10U);
        const auto pings = marksOf(part, TimelineLane::Pings);
        QCOMPARE(pings.size(), 1U);
        QCOMPARE(pings[0].cell.roundTripUs, 998 * ms); // its pong lies behind the part
    }

    void showsWhatLiesBetweenTwoTimes()
    {
        Log log;
        for (int i = 0; i < 10; ++i)
            log.in(i * second);
        const auto marks = timelineMarks(log.timeline(), TimelineLane::In, start + 3 * second, start + 5 * second, 1);
        QCOMPARE(marks.size(), 3U);
        QCOMPARE(marks.front().fromUs, start + 3 * second);
    }

    void timesFarApartAreTaken()
    {
        Log log;
        log.in(-start);
        log.in(400LL * 365 * 24 * 3600 * second);
        log.in(400LL * 365 * 24 * 3600 * second + 1);
        QCOMPARE(counted(marksOf(log.timeline(), TimelineLane::In)), 3U);
    }
};

QTEST_GUILESS_MAIN(TestConnectionTimeline)
#include "tst_connectiontimeline.moc"
