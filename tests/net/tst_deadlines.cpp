// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/deadlines.h"
#include "tests/support/turningclock.h"

#include <QTest>
#include <functional>

using namespace glasshouse;

namespace {

struct Target final : DeadlineTarget
{
    QList<qint64> calls;
    std::function<void(qint64)> then;
    void deadlinePassed(qint64 nowMs) override
    {
        calls += nowMs;
        if (then)
            then(nowMs);
    }
};

} // namespace

class TestDeadlines final : public QObject
{
    Q_OBJECT

private slots:
    void callsWhenTheTimeHasCome();
    void callsInTheOrderOfTimes();
    void remembersTheLastTimeOnly();
    void forgetsWhatWasCleared();
    void survivesTheEndOfATarget();
    void letsATargetOutliveIt();
    void letsATargetSetItselfAnew();
    void letsATargetClearAnother();
    void servesOthersWhenATargetAsksForThePast();

private:
    TurningClock m_clock;
    qint64 in(qint64 ms) const { return m_clock.monotonicMs() + ms; }
    /// Everything that is due has been called: a deadline behind all others was.
    void settle(Deadlines &deadlines)
    {
        Target last;
        deadlines.set(last, m_clock.monotonicMs());
        QTRY_COMPARE(last.calls.size(), 1);
    }
};

void TestDeadlines::callsWhenTheTimeHasCome()
{
    Deadlines deadlines(m_clock);
    Target target;
    deadlines.set(target, in(100));
    settle(deadlines);
    QCOMPARE(target.calls.size(), 0);
    m_clock.turn(99);
    settle(deadlines);
    QCOMPARE(target.calls.size(), 0);
    m_clock.turn(1);
    QTRY_COMPARE(target.calls, QList<qint64>{m_clock.monotonicMs()});
    m_clock.turn(1'000);
    settle(deadlines);
    QCOMPARE(target.calls.size(), 1);
}

void TestDeadlines::callsInTheOrderOfTimes()
{
    Deadlines deadlines(m_clock);
    QList<int> order;
    Target targets[3];
    const int times[] = {30, 10, 20};
    for (int i = 0; i < 3; ++i) {
        targets[i].then = [&order, i](qint64) { order += i; };
        deadlines.set(targets[i], in(times[i]));
    }
    m_clock.turn(30);
    QTRY_COMPARE(order, (QList<int>{1, 2, 0}));
}

void TestDeadlines::remembersTheLastTimeOnly()
{
    Deadlines deadlines(m_clock);
    Target target;
    deadlines.set(target, in(10));
    deadlines.set(target, in(1'000));
    m_clock.turn(10);
    settle(deadlines);
    QCOMPARE(target.calls.size(), 0);
    deadlines.set(target, in(5));
    m_clock.turn(5);
    QTRY_COMPARE(target.calls.size(), 1);
    m_clock.turn(2'000);
    settle(deadlines);
    QCOMPARE(target.calls.size(), 1);
}

void TestDeadlines::forgetsWhatWasCleared()
{
    Deadlines deadlines(m_clock);
    Target target;
    deadlines.clear(target);
    deadlines.set(target, in(10));
    deadlines.clear(target);
    m_clock.turn(10);
    settle(deadlines);
    QCOMPARE(target.calls.size(), 0);
}

void TestDeadlines::survivesTheEndOfATarget()
{
    Deadlines deadlines(m_clock);
    {
        Target target;
        deadlines.set(target, in(10));
    }
    m_clock.turn(10);
    settle(deadlines);
}

void TestDeadlines::letsATargetOutliveIt()
{
    Target target;
    {
        Deadlines deadlines(m_clock);
        deadlines.set(target, in(10));
    }
    Deadlines another(m_clock);
    another.set(target, in(10));
    m_clock.turn(10);
    QTRY_COMPARE(target.calls.size(), 1);
}

void TestDeadlines::letsATargetSetItselfAnew()
{
    Deadlines deadlines(m_clock);
    Target target;
    target.then = [&](qint64 now) { deadlines.set(target, now + 10); };
    deadlines.set(target, in(10));
    for (int i = 1; i <= 3; ++i) {
        m_clock.turn(10);
        QTRY_COMPARE(target.calls.size(), i);
    }
}

void TestDeadlines::letsATargetClearAnother()
{
    Deadlines deadlines(m_clock);
    Target first;
    Target second;
    first.then = [&](qint64) { deadlines.clear(second); };
    deadlines.set(first, in(1));
    deadlines.set(second, in(2));
    m_clock.turn(2);
    settle(deadlines);
    QCOMPARE(first.calls.size(), 1);
    QCOMPARE(second.calls.size(), 0);
}

void TestDeadlines::servesOthersWhenATargetAsksForThePast()
{
    Deadlines deadlines(m_clock);
    Target greedy;
    Target other;
    greedy.then = [&](qint64 now) {
        if (greedy.calls.size() < 1'000'000) // a loop without an end would hang the test
            deadlines.set(greedy, now - 50);
    };
    deadlines.set(greedy, in(1));
    deadlines.set(other, in(2));
    m_clock.turn(2);
    QTRY_COMPARE(other.calls.size(), 1);
    QVERIFY2(greedy.calls.size() < 1'000, qPrintable(QString::number(greedy.calls.size())));
}

QTEST_GUILESS_MAIN(TestDeadlines)
#include "tst_deadlines.moc"
