// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/ratelimiter.h"

#include <QTest>

using namespace glasshouse;

class TestRateLimiter final : public QObject
{
    Q_OBJECT

private slots:
    void letsTheBurstPassAndNoMore_data();
    void letsTheBurstPassAndNoMore();
    void refillsAtItsRate();
    void neverHoldsMoreThanItsBurst();
    void takesWholeAmountsOrNothing();
    void isFullAgainWhenNothingIsMissing();
    void keepsWhatWasUsedAtAnotherRate_data();
    void keepsWhatWasUsedAtAnotherRate();
};

void TestRateLimiter::letsTheBurstPassAndNoMore_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("burst");
    QTest::addColumn<int>("passed");
    QTest::newRow("the messages of the protocol") << 60.0 << 120.0 << 120;
    QTest::newRow("one") << 1.0 << 1.0 << 1;
    QTest::newRow("no limit") << 0.0 << 1.0 << 1000;
}

void TestRateLimiter::letsTheBurstPassAndNoMore()
{
    QFETCH(double, rate);
    QFETCH(double, burst);
    RateLimiter limiter(rate, burst);
    int passed = 0;
    for (int i = 0; i < 1000; ++i)
        passed += limiter.take(0) ? 1 : 0;
    QTEST(passed, "passed");
}

void TestRateLimiter::refillsAtItsRate()
{
    RateLimiter limiter(60, 120);
    while (limiter.take(1'000)) { }
    QVERIFY(!limiter.take(1'016)); // a sixtieth of a second is 16.7 ms
    QVERIFY(limiter.take(1'017));
    int passed = 0;
    for (int ms = 1'018; ms <= 11'017; ++ms)
        passed += limiter.take(ms) ? 1 : 0;
    QVERIFY2(qAbs(passed - 600) <= 1, qPrintable(QString::number(passed)));
}

void TestRateLimiter::neverHoldsMoreThanItsBurst()
{
    RateLimiter limiter(10, 5);
    QVERIFY(limiter.take(0));
    int passed = 0;
    while (limiter.take(3'600'000))
        ++passed;
    QCOMPARE(passed, 5);
}

void TestRateLimiter::takesWholeAmountsOrNothing()
{
    RateLimiter limiter(100, 1'000);
    QVERIFY(!limiter.take(0, 1'001));
    QVERIFY(limiter.take(0, 1'000)); // what was refused took nothing
    QVERIFY(!limiter.take(0, 1));
}

void TestRateLimiter::isFullAgainWhenNothingIsMissing()
{
    RateLimiter limiter(10, 5);
    QVERIFY(limiter.isFull(0));
    QVERIFY(limiter.take(0));
    QVERIFY(!limiter.isFull(99));
    QVERIFY(limiter.isFull(100));
    QVERIFY(RateLimiter(0, 0).isFull(0));
}

void TestRateLimiter::keepsWhatWasUsedAtAnotherRate_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("burst");
    QTest::addColumn<int>("used"); // of a burst of 10, at 10 a second
    QTest::addColumn<int>("left");
    QTest::newRow("the same") << 10.0 << 10.0 << 7 << 3;
    QTest::newRow("nothing used") << 20.0 << 40.0 << 0 << 40;
    QTest::newRow("more") << 20.0 << 40.0 << 7 << 33;
    QTest::newRow("less") << 5.0 << 8.0 << 7 << 1;
    QTest::newRow("less than was used") << 5.0 << 5.0 << 7 << 0;
}

void TestRateLimiter::keepsWhatWasUsedAtAnotherRate()
{
    QFETCH(double, rate);
    QFETCH(double, burst);
    QFETCH(int, used);
    RateLimiter limiter(10, 10);
    for (int i = 0; i < used; ++i)
        QVERIFY(limiter.take(1'000));
    limiter.setRate(rate, burst, 1'000);
    int left = 0;
    while (limiter.take(1'000))
        ++left;
    QTEST(left, "left");
    QVERIFY(limiter.has(1'000 + qint64(1'000 / rate) + 1)); // and it refills at the new rate
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
