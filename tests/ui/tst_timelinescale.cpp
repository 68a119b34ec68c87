// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinescale.h"

#include <QTest>

using namespace glasshouse;

namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 first = 1'700'000'000 * second, last = first + 100 * second;

TimelineScale whole() { return {.fromUs = first, .toUs = last, .left = 50, .width = 1'000}; }

} // namespace

class TestTimelineScale final : public QObject
{
    Q_OBJECT
private slots:
    void placesAndTimesFit()
    {
        const TimelineScale scale = whole();
        QCOMPARE(scale.x(first), 50.0);
        QCOMPARE(scale.x(last), 1050.0);
        QCOMPARE(scale.timeAt(550), first + 50 * second);
        QCOMPARE(scale.pixelUs(), second / 10);
    }

    void stretchesAroundATime()
    {
        TimelineScale scale = whole();
        const double place = scale.x(first + 20 * second);
        scale.stretch(0.1, first + 20 * second, first, last);
        QCOMPARE(scale.spanUs(), 10 * second);
        QVERIFY(qAbs(scale.x(first + 20 * second) - place) < 1);
    }

    void staysWithinBounds_data()
    {
        QTest::addColumn<double>("factor");
        QTest::addColumn<qint64>("aroundUs");
        QTest::addColumn<qint64>("spanUs");
        QTest::newRow("farther than all") << 100.0 << first << last - first;
        QTest::newRow("closer than anything") << 1e-9 << last << TimelineScale::leastUs;
        QTest::newRow("around a time before") << 0.5 << first - 9'999 * second << 50 * second;
        QTest::newRow("around a time behind") << 0.5 << last + 9'999 * second << 50 * second;
    }

    void staysWithinBounds()
    {
        QFETCH(double, factor);
        QFETCH(qint64, aroundUs);
        TimelineScale scale = whole();
        scale.stretch(factor, aroundUs, first, last);
        QTEST(scale.spanUs(), "spanUs");
        QVERIFY(scale.fromUs >= first && scale.toUs <= last);
        scale.move(1'000'000 * second, first, last);
        QCOMPARE(scale.toUs, last);
        scale.move(-1'000'000 * second, first, last);
        QCOMPARE(scale.fromUs, first);
        QTEST(scale.spanUs(), "spanUs");
    }

    void ticksAreWholeSteps_data()
    {
        QTest::addColumn<qint64>("spanUs");
        QTest::addColumn<qint64>("stepUs");
        QTest::newRow("milliseconds") << 10 * second / 1000 << second / 1000;
        QTest::newRow("seconds") << 10 * second << second;
        QTest::newRow("minutes") << 600 * second << 60 * second;
        QTest::newRow("hours") << 36'000 * second << 3'600 * second;
        QTest::newRow("years") << 10 * 365 * 86'400 * second << 365 * 86'400 * second;
    }

    void ticksAreWholeSteps()
    {
        QFETCH(qint64, spanUs);
        TimelineScale scale = whole();
        scale.toUs = scale.fromUs + spanUs;
        qint64 stepUs = 0;
        const auto ticks = scale.ticks(100, &stepUs);
        QTEST(stepUs, "stepUs");
        QVERIFY(ticks.size() >= 9 && ticks.size() <= 11);
        for (size_t i = 0; i < ticks.size(); ++i) {
            QVERIFY(ticks[i] >= scale.fromUs && ticks[i] <= scale.toUs);
            QVERIFY(i == 0 || ticks[i] - ticks[i - 1] == stepUs);
        }
        if (stepUs <= 60 * second)
            QCOMPARE(ticks.front() % stepUs, 0);
    }
};

QTEST_GUILESS_MAIN(TestTimelineScale)
#include "tst_timelinescale.moc"
