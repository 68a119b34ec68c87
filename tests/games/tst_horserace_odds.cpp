// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/stable.h"

#include <QSet>
#include <QTest>
#include <cmath>
#include <map>

using namespace glasshouse;

/// Holds the odds against what the races really do. All seeds are fixed: a test either always passes or never.
class TestHorseRaceOdds final : public QObject
{
    Q_OBJECT

private slots:
    void coverTheMargin_data();
    void coverTheMargin();
    void keepTheirFloor();
    void winAsOftenAsTheOddsSay_data();
    void winAsOftenAsTheOddsSay();
    void takePlacesByStrength();
    void changeFromRoundToRound();
    void nameEveryHorseOnce();
};

namespace {

// How often something came, and how often it should have.
struct Count
{
    double seen = 0;
    double expected = 0;
    double variance = 0;

    void add(bool came, double chance)
    {
        seen += came ? 1 : 0;
        expected += chance;
        variance += chance * (1 - chance);
    }
    [[nodiscard]] double chiSquare() const { return (seen - expected) * (seen - expected) / variance; }
};

template <typename Key>
double chiSquare(const std::map<Key, Count> &counts)
{
    double sum = 0;
    for (const auto &[key, count] : counts)
        sum += count.chiSquare();
    return sum;
}

// Only once in many million times does chance alone go beyond.
double bound(size_t freedoms) { return double(freedoms) + 5 * std::sqrt(2.0 * double(freedoms)) + 10; }

double promisedChance(const Runner &runner) { return (1 - houseMarginPercent / 100.0) * 100 / runner.odds; }

} // namespace

void TestHorseRaceOdds::coverTheMargin_data()
{
    QTest::addColumn<int>("horses");
    QTest::newRow("fewest") << 4;
    QTest::newRow("usual") << 6;
    QTest::newRow("most") << 10;
}

// Who spreads the stakes so that every winner pays the same gets 95 % of them back, but for the rounding of the odds.
void TestHorseRaceOdds::coverTheMargin()
{
    QFETCH(int, horses);
    Chance chance(7);
    Stable stable(chance);
    for (int race = 0; race < 2'000; ++race) {
        double sum = 0;
        const auto runners = stable.enter(horses, chance);
        for (const Runner &runner : runners)
            sum += 100.0 / runner.odds;
        QVERIFY2(std::abs(1 / sum - 0.95) < 0.005, qPrintable(QString::number(1 / sum)));
    }
}

void TestHorseRaceOdds::keepTheirFloor()
{
    QCOMPARE(fairOdds(1, 2), 190);
    QCOMPARE(fairOdds(2, 7), 333); // 3.325
    QCOMPARE(fairOdds(1, 100), 9'500);
    QCOMPARE(fairOdds(94, 100), 105); // 1.01
    QCOMPARE(fairOdds(1, 1), 105);
}

void TestHorseRaceOdds::winAsOftenAsTheOddsSay_data()
{
    QTest::addColumn<int>("horses");
    QTest::addColumn<int>("races");
    QTest::newRow("usual") << 6 << 100'000;
    QTest::newRow("fewest") << 4 << 30'000;
    QTest::newRow("most") << 10 << 30'000;
}

void TestHorseRaceOdds::winAsOftenAsTheOddsSay()
{
    QFETCH(int, horses);
    QFETCH(int, races);
    Chance chance(20'260'101);
    Stable stable(chance);
    std::map<QByteArray, Count> byName;
    std::map<int, Count> byNumber;
    std::map<int, Count> byOdds; // each step is a quarter longer than the one before
    double paid = 0;
    for (int race = 0; race < races; ++race) {
        const auto runners = stable.enter(horses, chance);
        const int winner = drawRanking(runners, chance).first();
        for (const Runner &runner : runners) {
            const bool won = runner.number == winner;
            const double promised = promisedChance(runner);
            byName[runner.name].add(won, promised);
            byNumber[runner.number].add(won, promised);
            byOdds[int(std::log(runner.odds) / std::log(1.25))].add(won, promised);
            paid += won ? runner.odds / 100.0 : 0;
        }
    }
    QCOMPARE(byName.size(), size_t(stable.size()));
    QVERIFY(byOdds.size() > 5);
    for (const double square : {chiSquare(byName), chiSquare(byNumber), chiSquare(byOdds)})
        qInfo("%d horses: chi-square %.1f", horses, square);
    QVERIFY(chiSquare(byName) < bound(byName.size()));
    QVERIFY(chiSquare(byNumber) < bound(byNumber.size()));
    QVERIFY(chiSquare(byOdds) < bound(byOdds.size()));

    const double margin = 1 - paid / (double(races) * horses); // of a chip on every horse
    qInfo("%d horses: margin %.2f %%", horses, margin * 100);
    QVERIFY(std::abs(margin - 0.05) < 0.01);
}

// Of any two, the one is in front with its part of their common weight: that is the whole ranking, not the winner alone.
void TestHorseRaceOdds::takePlacesByStrength()
{
    Chance chance(99);
    Stable stable(chance);
    std::map<int, Count> bySpread;
    for (int race = 0; race < 20'000; ++race) {
        const auto runners = stable.enter(6, chance);
        const auto ranking = drawRanking(runners, chance);
        const Runner &a = runners.at(0);
        const Runner &b = runners.at(1);
        const double share = double(a.weight) / (a.weight + b.weight);
        bySpread[int(share * 10)].add(ranking.indexOf(a.number) < ranking.indexOf(b.number), share);
        QCOMPARE(QSet<int>(ranking.begin(), ranking.end()), QSet<int>({1, 2, 3, 4, 5, 6}));
    }
    QVERIFY(chiSquare(bySpread) < bound(bySpread.size()));
}

void TestHorseRaceOdds::changeFromRoundToRound()
{
    Chance chance(3);
    Stable stable(chance);
    std::map<QByteArray, QSet<int>> weights;
    for (int race = 0; race < 400; ++race) {
        const auto runners = stable.enter(6, chance);
        for (const Runner &runner : runners)
            weights[runner.name].insert(runner.weight);
    }
    for (const auto &[name, seen] : weights)
        QVERIFY2(seen.size() > 10, name.constData());
}

void TestHorseRaceOdds::nameEveryHorseOnce()
{
    Chance chance(1);
    Stable stable(chance);
    QVERIFY(stable.size() >= 40);
    QSet<QByteArray> names;
    const auto all = stable.enter(stable.size(), chance);
    for (const Runner &runner : all)
        names.insert(runner.name);
    QCOMPARE(names.size(), stable.size());
}

QTEST_GUILESS_MAIN(TestHorseRaceOdds)
#include "tst_horserace_odds.moc"
