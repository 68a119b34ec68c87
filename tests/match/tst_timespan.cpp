// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/timespan.h"

#include <QDateTime>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000;

qint64 utc(int year, int month, int day, int hour, int minute, int ms = 0)
{
    return QDateTime(QDate(year, month, day), QTime(hour, minute).addMSecs(ms), Qt::UTC).toMSecsSinceEpoch() * 1000;
}

} // namespace

class TestTimeSpan : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void readsTimesOfDay_data();
    void readsTimesOfDay();
    void readsMoments_data();
    void readsMoments();
    void refusesWhatIsNoTime_data();
    void refusesWhatIsNoTime();
    void knowsTheLocalTimeOfDay_data();
    void knowsTheLocalTimeOfDay();
    void namesSpans();
};

void TestTimeSpan::initTestCase()
{
    qputenv("TZ", "Europe/Berlin");
    if (QDateTime::fromMSecsSinceEpoch(utc(2026, 7, 1, 12, 0) / 1000).offsetFromUtc() != 7200)
        QSKIP("This system does not know the time of Berlin.");
}

void TestTimeSpan::readsTimesOfDay_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("start");
    QTest::addColumn<qint64>("length");
    const qint64 time = (11 * 3600 + 57 * 60) * second;
    QTest::newRow("minute") << u"11:57"_s << time << 60 * second;
    QTest::newRow("hour") << u"11"_s << qint64(11 * 3600) * second << 3600 * second;
    QTest::newRow("hour, one digit") << u"9"_s << qint64(9 * 3600) * second << 3600 * second;
    QTest::newRow("second") << u"11:57:41"_s << time + 41 * second << second;
    QTest::newRow("tenth") << u"11:57:41.2"_s << time + 41'200'000 << second / 10;
    QTest::newRow("millisecond") << u"11:57:41.204"_s << time + 41'204'000 << second / 1000;
    QTest::newRow("microsecond") << u"11:57:41.204051"_s << time + 41'204'051 << qint64(1);
    QTest::newRow("early") << u"0:00"_s << qint64(0) << 60 * second;
    QTest::newRow("one digit") << u"9:05"_s << (9 * 3600 + 5 * 60) * second << 60 * second;
}

void TestTimeSpan::readsTimesOfDay()
{
    QFETCH(QString, text);
    QFETCH(qint64, start);
    QFETCH(qint64, length);
    const auto span = TimeSpan::read(text);
    QVERIFY(span && span->isOfDay);
    QCOMPARE(span->startUs, start);
    QCOMPARE(span->endUs - span->startUs, length);
}

void TestTimeSpan::readsMoments_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("start");
    QTest::addColumn<qint64>("end");
    QTest::newRow("local, winter") << u"2026-01-15T12:00"_s << utc(2026, 1, 15, 11, 0) << utc(2026, 1, 15, 11, 1);
    QTest::newRow("local, summer") << u"2026-07-15 12:00"_s << utc(2026, 7, 15, 10, 0) << utc(2026, 7, 15, 10, 1);
    QTest::newRow("UTC") << u"2026-07-15T12:00Z"_s << utc(2026, 7, 15, 12, 0) << utc(2026, 7, 15, 12, 1);
    QTest::newRow("zone") << u"2026-07-15T12:00+05:30"_s << utc(2026, 7, 15, 6, 30) << utc(2026, 7, 15, 6, 31);
    QTest::newRow("zone, short") << u"2026-07-15T12:00-05"_s << utc(2026, 7, 15, 17, 0) << utc(2026, 7, 15, 17, 1);
    QTest::newRow("milliseconds") << u"2026-07-15T12:00:00.250Z"_s << utc(2026, 7, 15, 12, 0, 250)
                                  << utc(2026, 7, 15, 12, 0, 251);
    QTest::newRow("hour") << u"2026-07-15T12"_s << utc(2026, 7, 15, 10, 0) << utc(2026, 7, 15, 11, 0);
    QTest::newRow("hour, zone") << u"2026-07-15T12Z"_s << utc(2026, 7, 15, 12, 0) << utc(2026, 7, 15, 13, 0);
    QTest::newRow("day") << u"2026-07-15"_s << utc(2026, 7, 14, 22, 0) << utc(2026, 7, 15, 22, 0);
    QTest::newRow("a day of 25 hours") << u"2026-10-25"_s << utc(2026, 10, 24, 22, 0) << utc(2026, 10, 25, 23, 0);
}

void TestTimeSpan::readsMoments()
{
    QFETCH(QString, text);
    const auto span = TimeSpan::read(text);
    QVERIFY(span && !span->isOfDay);
    QTEST(span->startUs, "start");
    QTEST(span->endUs, "end");
}

void TestTimeSpan::refusesWhatIsNoTime_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "24",
                             "111",
                             "11Z",
                             "11:",
                             "11:5",
                             "24:00",
                             "11:60",
                             "11:57:61",
                             "11:57:4",
                             "11:57:41.",
                             "11:57:41.2040511",
                             "11:57 ",
                             "11:57Z",
                             "2026-13-01",
                             "2026-02-30",
                             "2026-1-1",
                             "2026-01-15T",
                             "2026-01-15T25:00",
                             "2026-01-15T12:00+25:00",
                             "2026-01-15T12:00X",
                             "last",
                             "5 min",
                             "-1:00",
                             "111:00"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestTimeSpan::refusesWhatIsNoTime()
{
    QFETCH(QString, text);
    QVERIFY(!TimeSpan::read(text));
}

void TestTimeSpan::knowsTheLocalTimeOfDay_data()
{
    QTest::addColumn<qint64>("timeUs");
    QTest::addColumn<qint64>("hours");
    QTest::newRow("winter") << utc(2026, 1, 15, 11, 0) << qint64(12);
    QTest::newRow("summer") << utc(2026, 7, 15, 11, 0) << qint64(13);
    QTest::newRow("before the clocks change")
        << utc(2026, 3, 29, 0, 59) / (3600 * second) * (3600 * second) << qint64(1);
    QTest::newRow("after the clocks changed") << utc(2026, 3, 29, 1, 0) << qint64(3);
    QTest::newRow("the next day already") << utc(2026, 7, 15, 23, 0) << qint64(1);
    QTest::newRow("before 1970") << utc(1969, 1, 1, 0, 0) << qint64(1);
}

void TestTimeSpan::knowsTheLocalTimeOfDay()
{
    QFETCH(qint64, timeUs);
    QFETCH(qint64, hours);
    QCOMPARE(TimeSpan::read(u"00:00")->comparable(timeUs), hours * 3600 * second);
}

void TestTimeSpan::namesSpans()
{
    const auto minute = *TimeSpan::read(u"2026-07-15T12:00Z");
    QVERIFY(minute.contains(utc(2026, 7, 15, 12, 0)));
    QVERIFY(minute.contains(utc(2026, 7, 15, 12, 0, 59'999)));
    QVERIFY(!minute.contains(utc(2026, 7, 15, 12, 1)));
    QVERIFY(!minute.contains(utc(2026, 7, 15, 11, 59)));
    const auto lastOfDay = *TimeSpan::read(u"23:59");
    QVERIFY(lastOfDay.contains(utc(2026, 7, 15, 21, 59, 59'999)));
    QVERIFY(!lastOfDay.contains(utc(2026, 7, 15, 22, 0)));
}

QTEST_GUILESS_MAIN(TestTimeSpan)
#include "tst_timespan.moc"
