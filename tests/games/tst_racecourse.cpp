// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/racecourse.h"

#include <QTest>
#include <algorithm>
#include <numeric>

using namespace glasshouse;

class TestRacecourse final : public QObject
{
    Q_OBJECT

private slots:
    void endsAsDrawn_data();
    void endsAsDrawn();
    void runsForwardAndNeverJumps_data();
    void runsForwardAndNeverJumps();
    void changesTheLead();
    void standsStillOutsideOfTheRace();
    void isTheSameForTheSameSeed();
};

namespace {

QList<int> shuffled(int count, Chance &chance)
{
    QList<int> ranking(count);
    std::iota(ranking.begin(), ranking.end(), 1);
    for (int at = count - 1; at > 0; --at)
        ranking.swapItemsAt(at, int(chance.below(quint64(at + 1))));
    return ranking;
}

int leader(const QList<int> &positions)
{
    return int(std::max_element(positions.begin(), positions.end()) - positions.begin());
}

void addSizes()
{
    QTest::addColumn<int>("horses");
    QTest::newRow("one") << 1;
    QTest::newRow("fewest") << 4;
    QTest::newRow("usual") << 6;
    QTest::newRow("most") << 10;
}

} // namespace

void TestRacecourse::endsAsDrawn_data() { addSizes(); }

void TestRacecourse::endsAsDrawn()
{
    QFETCH(int, horses);
    Chance chance(11);
    for (int race = 0; race < 500; ++race) {
        const QList<int> ranking = shuffled(horses, chance);
        const Racecourse course(ranking, chance);
        QVERIFY(course.durationMs() >= 12'000 && course.durationMs() <= 16'000 && course.durationMs() % 100 == 0);
        const QList<int> end = course.positions(course.durationMs());
        QCOMPARE(end.size(), horses);
        QCOMPARE(end.at(ranking.first() - 1), Racecourse::whole);
        for (int place = 1; place < horses; ++place)
            QVERIFY(end.at(ranking.at(place) - 1) < end.at(ranking.at(place - 1) - 1));
        QVERIFY(end.at(ranking.last() - 1) > Racecourse::whole * 8 / 10);
    }
}

void TestRacecourse::runsForwardAndNeverJumps_data() { addSizes(); }

void TestRacecourse::runsForwardAndNeverJumps()
{
    QFETCH(int, horses);
    Chance chance(12);
    for (int race = 0; race < 50; ++race) {
        const Racecourse course(shuffled(horses, chance), chance);
        QList<int> before = course.positions(0);
        QCOMPARE(before, QList<int>(horses, 0));
        for (int elapsed = 100; elapsed <= course.durationMs(); elapsed += 100) {
            const QList<int> now = course.positions(elapsed);
            for (int horse = 0; horse < horses; ++horse) {
                const int step = now.at(horse) - before.at(horse);
                QVERIFY(step >= 0 && step <= Racecourse::whole / 50);
                QVERIFY(step > 0 || elapsed <= 200);
            }
            QVERIFY(elapsed == course.durationMs() || *std::max_element(now.begin(), now.end()) < Racecourse::whole);
            before = now;
        }
    }
}

// A race that is decided early, or that always turns round at the end, is no fun to look at.
void TestRacecourse::changesTheLead()
{
    Chance chance(13);
    constexpr int races = 1'000;
    int changes = 0;
    int ledHalfway = 0;
    for (int race = 0; race < races; ++race) {
        const QList<int> ranking = shuffled(6, chance);
        const Racecourse course(ranking, chance);
        int before = leader(course.positions(1'000));
        for (int elapsed = 1'000; elapsed <= course.durationMs(); elapsed += 500) {
            const int now = leader(course.positions(elapsed));
            changes += now == before ? 0 : 1;
            before = now;
        }
        ledHalfway += leader(course.positions(course.durationMs() / 2)) == ranking.first() - 1 ? 1 : 0;
    }
    qInfo("%.2f changes a race; the winner led halfway in %d of %d", double(changes) / races, ledHalfway, races);
    QVERIFY(changes > 2 * races && changes < 8 * races);
    QVERIFY(ledHalfway > races / 5 && ledHalfway < races * 3 / 5);
}

void TestRacecourse::standsStillOutsideOfTheRace()
{
    Chance chance(14);
    const Racecourse course({2, 1, 3, 4}, chance);
    QCOMPARE(course.positions(-5'000), course.positions(0));
    QCOMPARE(course.positions(1'000'000), course.positions(course.durationMs()));
    QCOMPARE(Racecourse().positions(5), {});
}

void TestRacecourse::isTheSameForTheSameSeed()
{
    Chance one(15);
    Chance same(15);
    Chance other(16);
    const QList<int> ranking = {2, 1, 3, 4};
    const QList<int> positions = Racecourse(ranking, one).positions(5'000);
    QCOMPARE(Racecourse(ranking, same).positions(5'000), positions);
    QVERIFY(Racecourse(ranking, other).positions(5'000) != positions);
}

QTEST_GUILESS_MAIN(TestRacecourse)
#include "tst_racecourse.moc"
