// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/playerresults.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestPlayerResults : public QObject
{
    Q_OBJECT
private slots:
    void knowsWhatMayStandInJson_data();
    void knowsWhatMayStandInJson();
    void readsTheLines_data();
    void readsTheLines();
    void readsPlaces_data();
    void readsPlaces();
    void readsScores_data();
    void readsScores();
};

void TestPlayerResults::knowsWhatMayStandInJson_data()
{
    QTest::addColumn<QByteArray>("results");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("nothing") << QByteArray() << "[]"_ba;
    QTest::newRow("empty array") << "[]"_ba
                                 << "[]"_ba;
    QTest::newRow("space around") << " [1, 2]\n"_ba
                                  << "[1, 2]"_ba;
    QTest::newRow("object") << R"({"name":"Ada"})"_ba
                            << "[]"_ba;
    QTest::newRow("string") << R"("[]")"_ba
                            << "[]"_ba;
    QTest::newRow("torn") << R"([{"name":"Ada")"_ba
                          << "[]"_ba;
    QTest::newRow("two values") << "[] []"_ba
                                << "[]"_ba;
    QTest::newRow("not UTF-8") << "[\"\xff\"]"_ba
                               << "[]"_ba;
    QTest::newRow("NUL") << QByteArray("[]\0", 3) << "[]"_ba;
    QTest::newRow("deep") << QByteArray(100'000, '[') << "[]"_ba;
    QTest::newRow("deep and closed") << QByteArray(1000, '[') + QByteArray(1000, ']') << "[]"_ba;
}

void TestPlayerResults::knowsWhatMayStandInJson()
{
    QFETCH(QByteArray, results);
    QTEST(checkedResults(results).toByteArray(), "expected");
}

void TestPlayerResults::readsTheLines_data()
{
    QTest::addColumn<QByteArray>("results");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << "[]"_ba << QStringList();
    QTest::newRow("by place") << R"([{"name":"C","place":3},{"name":"A","place":1},{"name":"B","place":2}])"_ba
                              << QStringList{u"A"_s, u"B"_s, u"C"_s};
    QTest::newRow("not finished, behind")
        << R"([{"name":"X","place":null},{"name":"B","place":2},{"name":"Y"},{"name":"A","place":1}])"_ba
        << QStringList{u"A"_s, u"B"_s, u"X"_s, u"Y"_s};
    QTest::newRow("a tie keeps its order")
        << R"([{"name":"B","place":1},{"name":"A","place":1}])"_ba << QStringList{u"B"_s, u"A"_s};
    QTest::newRow("what is no player") << R"([1,null,"Ada",[{"name":"X"}],{},{"name":7},{"name":""},{"name":"A"}])"_ba
                                       << QStringList{u"A"_s};
    QTest::newRow("escapes") << R"([{"name":"\u00c4da \ud83d\ude00 \"x\""}])"_ba << QStringList{u"Äda 😀 \"x\""_s};
    QTest::newRow("lone surrogate") << R"([{"name":"\ud800"},{"name":"A"}])"_ba << QStringList();
    QTest::newRow("the same one twice") << R"([{"playerId":"p1","name":"A"},{"playerId":"p1","name":"A"}])"_ba
                                        << QStringList{u"A"_s, u"A"_s};
}

void TestPlayerResults::readsTheLines()
{
    QFETCH(QByteArray, results);
    QStringList names;
    for (const PlayerResult &player : playerResults(checkedResults(results)))
        names.append(player.name);
    QTEST(names, "names");
}

void TestPlayerResults::readsPlaces_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<int>("expected");
    QTest::newRow("first") << "1"_ba << 1;
    QTest::newRow("written as a fraction") << "2.0"_ba << 2;
    QTest::newRow("null") << "null"_ba << 0;
    QTest::newRow("zero") << "0"_ba << 0;
    QTest::newRow("negative") << "-1"_ba << 0;
    QTest::newRow("between places") << "1.5"_ba << 0;
    QTest::newRow("too large") << "1e300"_ba << 0;
    QTest::newRow("infinite") << "1e999"_ba << 0;
    QTest::newRow("text") << R"("1")"_ba << 0;
    QTest::newRow("object") << "{}"_ba << 0;
}

void TestPlayerResults::readsPlaces()
{
    QFETCH(QByteArray, place);
    const QList<PlayerResult> players = playerResults(R"([{"name":"A","place":)" + place + "}]");
    QCOMPARE(players.size(), 1);
    QTEST(players[0].place, "expected");
}

void TestPlayerResults::readsScores_data()
{
    QTest::addColumn<QByteArray>("score");
    QTest::addColumn<double>("expected");
    QTest::newRow("whole") << "42"_ba << 42.0;
    QTest::newRow("fraction") << "71.25"_ba << 71.25;
    QTest::newRow("negative") << "-3e2"_ba << -300.0;
    QTest::newRow("null") << "null"_ba << 0.0;
    QTest::newRow("text") << R"("9")"_ba << 0.0;
    QTest::newRow("huge") << "1e300"_ba << 1e15;
    QTest::newRow("hugely negative") << "-1e300"_ba << -1e15;
    QTest::newRow("infinite") << "1e999"_ba << 0.0;
}

void TestPlayerResults::readsScores()
{
    QFETCH(QByteArray, score);
    const QList<PlayerResult> players = playerResults(R"([{"name":"A","playerId":"p7","score":)" + score + "}]");
    QCOMPARE(players.size(), 1);
    QCOMPARE(players[0].playerId, "p7");
    QTEST(players[0].score, "expected");
}

QTEST_GUILESS_MAIN(TestPlayerResults)
#include "tst_playerresults.moc"
