// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/games/racetable.h"

#include <QTest>
#include <utility>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestHorseRace final : public QObject
{
    Q_OBJECT

private slots:
    void runsARound();
    void sendsShortPositions();
    void runsOnlyWhileAnybodyIsThere();
    void takesOptions_data();
    void takesOptions();
    void refusesOptions_data();
    void refusesOptions();
    void tellsALateJoiner();
    void neverSendsABurst_data();
    void neverSendsABurst();
    void movesDeadlinesWhenItStoodStill_data();
    void movesDeadlinesWhenItStoodStill();
    void ends_data();
    void ends();
    void startsAnew();
    void startsOnlyWhenItStands();
    void survivesThoseWhoLeaveInBetween_data();
    void survivesThoseWhoLeaveInBetween();
    void isTheSameForTheSameSeed();
};

void TestHorseRace::runsARound()
{
    RaceTable table;
    table.join("anna");
    const Said round = table.said.takeFirst();
    QCOMPARE(round.how, "all");
    QCOMPARE(round.type, "new_round");
    QCOMPARE(keys(round.data()), "horses roundId secondsLimit");
    QCOMPARE(round.number("roundId"), 1);
    QCOMPARE(round.number("secondsLimit"), 20);
    const QJsonArray horses = round.data()["horses"_L1].toArray();
    QCOMPARE(horses.size(), 6);
    for (int at = 0; at < 6; ++at) {
        QCOMPARE(keys(horses[at].toObject()), "name number odds");
        QCOMPARE(horses[at]["number"_L1].toInt(), at + 1);
        QVERIFY(horses[at]["odds"_L1].toDouble() >= 1.05);
    }

    const qint64 begin = table.now;
    for (int left = 19; left > 0; --left) {
        table.step();
        QCOMPARE(table.now, begin + (20 - left) * 1'000);
        QCOMPARE(table.said.takeFirst().text, R"({"roundId":1,"secondsLeft":)" + QByteArray::number(left) + '}');
    }
    table.step();
    QCOMPARE(table.now, begin + 20'000);
    QCOMPARE(table.types(), (QList<QByteArray>{"timer_expired", "race_start"}));
    QCOMPARE(table.said.first().text, R"({"roundId":1})");
    QCOMPARE(table.said.last().data()["startsAt"_L1].toInteger(), table.now + 2'000);
    QCOMPARE(keys(table.said.last().data()), "roundId startsAt");

    const qint64 start = table.now + 2'000;
    table.said.clear();
    while (table.stage() == "racing") {
        table.step();
        QCOMPARE(table.said.last().type, table.stage() == "racing" ? "race_sync" : "race_results");
        QCOMPARE(table.race.nextTickMs(), table.now + (table.stage() == "racing" ? 100 : 6'000));
    }
    const qint64 duration = table.now - start;
    QVERIFY(duration >= 12'000 && duration <= 16'000);
    QCOMPARE(table.said.size(), duration / 100 + 1 + 2);
    const QList<Said> last = table.said.last(3);
    QCOMPARE(last.at(0).number("elapsedMs"), duration);
    QCOMPARE(last.at(1).type, "race_end");
    QCOMPARE(last.at(1).text, R"({"roundId":1})");
    QCOMPARE(keys(last.at(2).data()), "chips loans payouts ranking roundId");
    QCOMPARE(compact(last.at(2).data()["chips"_L1]), R"({"anna":1000})");

    table.said.clear();
    table.step();
    QCOMPARE(table.types(), QList<QByteArray>{"new_round"});
    QCOMPARE(table.said.first().number("roundId"), 2);
    QVERIFY(table.said.first().data()["horses"_L1].toArray() != horses);
}

// The picture at the end is the ranking; nothing runs backwards; no number is longer than it has to be.
void TestHorseRace::sendsShortPositions()
{
    RaceTable table(5, {5, 10, 2});
    table.join("anna");
    const QJsonArray ranking = table.until("race_results").data()["ranking"_L1].toArray();
    QList<double> before(10, 0);
    int at = 0;
    for (const Said &sync : std::as_const(table.said)) {
        if (sync.type != "race_sync")
            continue;
        QCOMPARE(sync.number("elapsedMs"), 100 * at++);
        QVERIFY2(sync.text.size() < 130, sync.text.constData());
        const QJsonArray positions = sync.data()["positions"_L1].toArray();
        QCOMPARE(positions.size(), 10);
        for (int horse = 0; horse < 10; ++horse) {
            const double position = positions[horse].toDouble();
            QVERIFY(position >= before.at(horse) && position <= 1);
            QCOMPARE(position, qRound(position * 10'000) / 10'000.0);
            before[horse] = position;
        }
    }
    QVERIFY(at > 120);
    QCOMPARE(before.at(ranking[0].toInt() - 1), 1.0);
    for (int place = 1; place < 10; ++place)
        QVERIFY(before.at(ranking[place].toInt() - 1) < before.at(ranking[place - 1].toInt() - 1));
}

void TestHorseRace::runsOnlyWhileAnybodyIsThere()
{
    RaceTable table;
    QCOMPARE(table.race.phase(), GamePhase::Waiting);
    QCOMPARE(table.race.nextTickMs(), -1);
    table.join("anna");
    QCOMPARE(table.race.phase(), GamePhase::Playing);
    table.join("ben");
    table.leave("anna");
    QCOMPARE(table.types(), QList<QByteArray>{"new_round"});
    table.until("race_start");
    table.leave("ben");
    QCOMPARE(table.race.phase(), GamePhase::Waiting);
    QCOMPARE(table.race.nextTickMs(), -1);
    QCOMPARE(table.stage(), "waiting");
    table.said.clear();
    table.oversleep(60'000);
    QCOMPARE(table.said.size(), 0);
    table.join("carl");
    QCOMPARE(table.said.first().number("roundId"), 2);
    QCOMPARE(table.race.nextTickMs(), table.now + 1'000);
}

void TestHorseRace::takesOptions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("horses");
    QTest::addColumn<int>("pause");
    QTest::newRow("none") << QByteArray() << 20 << 6 << 6;
    QTest::newRow("empty") << QByteArray("{}") << 20 << 6 << 6;
    QTest::newRow("least") << QByteArray(R"({"betSeconds":5,"horses":4,"pauseSeconds":2})") << 5 << 4 << 2;
    QTest::newRow("most") << QByteArray(R"({"pauseSeconds":30,"betSeconds":120,"horses":10})") << 120 << 10 << 30;
}

void TestHorseRace::takesOptions()
{
    QFETCH(QByteArray, options);
    QFETCH(int, seconds);
    QFETCH(int, horses);
    QFETCH(int, pause);
    const auto taken = horseRaceOptions(options);
    QVERIFY(taken.ok());
    RaceTable table(1, taken.value());
    table.join("anna");
    const qint64 begin = table.now;
    QCOMPARE(table.said.first().number("secondsLimit"), seconds);
    QCOMPARE(table.said.first().data()["horses"_L1].toArray().size(), horses);
    table.until("timer_expired");
    QCOMPARE(table.now, begin + seconds * 1'000);
    QCOMPARE(table.until("race_results").data()["ranking"_L1].toArray().size(), horses);
    QCOMPARE(table.race.nextTickMs(), table.now + pause * 1'000);
    QVERIFY(builtInGames().make("horse-race", 1, options).ok());
}

void TestHorseRace::refusesOptions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("unknown") << QByteArray(R"({"horse":6})");
    QTest::newRow("one unknown") << QByteArray(R"({"horses":6,"x":1})");
    QTest::newRow("too few") << QByteArray(R"({"horses":3})");
    QTest::newRow("too many") << QByteArray(R"({"horses":11})");
    QTest::newRow("too short") << QByteArray(R"({"betSeconds":4})");
    QTest::newRow("too long") << QByteArray(R"({"betSeconds":121})");
    QTest::newRow("pause too short") << QByteArray(R"({"pauseSeconds":1})");
    QTest::newRow("pause too long") << QByteArray(R"({"pauseSeconds":31})");
    QTest::newRow("a fraction") << QByteArray(R"({"horses":6.0})");
    QTest::newRow("a text") << QByteArray(R"({"horses":"6"})");
    QTest::newRow("null") << QByteArray(R"({"horses":null})");
    QTest::newRow("huge") << QByteArray(R"({"horses":99999999999999999999})");
    QTest::newRow("no object") << QByteArray("[6]");
}

void TestHorseRace::refusesOptions()
{
    QFETCH(QByteArray, options);
    const auto made = builtInGames().make("horse-race", 1, options);
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, GameError::BadOptions);
    QVERIFY(!made.error().text.isEmpty());
}

void TestHorseRace::tellsALateJoiner()
{
    RaceTable table;
    QCOMPARE(table.race.state(table.now), R"({"phase":"waiting","roundId":0,"horses":[],"players":[],"bets":[]})");
    table.join("anna");
    const QJsonArray horses = table.said.first().data()["horses"_L1].toArray();
    table.bet("anna", 2, 100);
    table.until("timer_update");
    QJsonObject state = table.state();
    QCOMPARE(keys(state), "bets horses phase players roundId secondsLeft");
    QCOMPARE(state["secondsLeft"_L1].toInt(), 19);
    QCOMPARE(state["horses"_L1].toArray(), horses);
    QCOMPARE(compact(state["bets"_L1]), R"([{"playerId":"anna","stake":100}])");
    QCOMPARE(compact(state["players"_L1]), R"([{"chips":900,"loans":0,"name":"ANNA","playerId":"anna","staked":100}])");

    const Said start = table.until("race_start");
    const QByteArray racing = "bets elapsedMs horses phase players positions roundId startsAt";
    QCOMPARE(keys(table.state()), racing);
    QCOMPARE(table.state()["startsAt"_L1], start.data()["startsAt"_L1]);
    table.until("race_sync");
    const Said sync = table.until("race_sync");
    table.now += 5'000; // the room stands still: no tick comes
    state = table.state();
    QCOMPARE(keys(state), racing);
    QCOMPARE(state["positions"_L1], sync.data()["positions"_L1]);
    QCOMPARE(state["elapsedMs"_L1].toInt(), 100);

    const Said results = table.until("race_results");
    QCOMPARE(table.stage(), "results");
    QCOMPARE(table.state()["ranking"_L1], results.data()["ranking"_L1]);
    QCOMPARE(table.state()["bets"_L1].toArray(), QJsonArray());
    table.join("ben");
    QCOMPARE(table.chips("ben"), 1'000);
}

void TestHorseRace::neverSendsABurst_data()
{
    QTest::addColumn<QByteArray>("from"); // the tick after this one is late
    QTest::addColumn<qint64>("lateMs");
    QTest::addColumn<QByteArray>("types");
    QTest::addColumn<qint64>("nextMs"); // from then on
    QTest::newRow("while betting") << QByteArray("new_round") << qint64(4'300) << QByteArray("timer_update")
                                   << qint64(700);
    QTest::newRow("on a second") << QByteArray("new_round") << qint64(4'000) << QByteArray("timer_update")
                                 << qint64(1'000);
    QTest::newRow("past betting") << QByteArray("new_round") << qint64(3'600'000)
                                  << QByteArray("timer_expired race_start") << qint64(2'000);
    QTest::newRow("in the race") << QByteArray("race_start") << qint64(2'000 + 5'030) << QByteArray("race_sync")
                                 << qint64(70);
    QTest::newRow("past the race") << QByteArray("race_start") << qint64(3'600'000)
                                   << QByteArray("race_sync race_end race_results") << qint64(6'000);
    QTest::newRow("past the pause") << QByteArray("race_results") << qint64(3'600'000) << QByteArray("new_round")
                                    << qint64(1'000);
}

void TestHorseRace::neverSendsABurst()
{
    QFETCH(QByteArray, from);
    QFETCH(qint64, lateMs);
    QFETCH(QByteArray, types);
    QFETCH(qint64, nextMs);
    RaceTable table;
    table.join("anna");
    if (from != "new_round")
        table.until(from);
    table.said.clear();
    table.oversleep(lateMs);
    QCOMPARE(table.types().join(' '), types);
    QCOMPARE(table.race.nextTickMs(), table.now + nextMs);
    if (types == "timer_update")
        QCOMPARE(table.said.first().number("secondsLeft"), 16);
    if (types == "race_sync")
        QCOMPARE(table.said.first().number("elapsedMs"), 5'030);
}

void TestHorseRace::movesDeadlinesWhenItStoodStill_data()
{
    addTimes({"timer_update", "race_start", "race_sync", "race_results", "game_finished"});
}

void TestHorseRace::movesDeadlinesWhenItStoodStill()
{
    QFETCH(QByteArray, type);
    RaceTable still(6);
    RaceTable going(6);
    for (RaceTable *table : {&still, &going}) {
        table->join("anna");
        if (type == "game_finished")
            table->end();
        else
            table->until(type);
    }
    still.race.stoodStill(45'000);
    still.now += 45'000;
    QCOMPARE(still.race.nextTickMs(), going.race.nextTickMs() < 0 ? -1 : going.race.nextTickMs() + 45'000);
    for (int step = 0; step < 400 && going.race.nextTickMs() >= 0; ++step) {
        still.step();
        going.step();
        QCOMPARE(still.now, going.now + 45'000);
        QCOMPARE(still.types(), going.types());
    }
    const QJsonValue shifted = still.state().value("startsAt"_L1);
    if (!shifted.isUndefined())
        QCOMPARE(shifted.toInteger(), going.state()["startsAt"_L1].toInteger() + 45'000);
}

void TestHorseRace::ends_data() { addTimes({"timer_update", "race_sync", "race_results"}); }

void TestHorseRace::ends()
{
    QFETCH(QByteArray, type);
    const int winner = winners(8, 1).first();
    RaceTable table(8);
    table.join("anna");
    table.join("ben");
    table.join("carl");
    table.bet("ben", winner, 100);
    table.until(type);
    table.said.clear();
    table.end();
    QCOMPARE(table.types(), QList<QByteArray>{"game_finished"});
    QCOMPARE(table.race.phase(), GamePhase::Finished);
    QCOMPARE(table.race.nextTickMs(), -1);
    QCOMPARE(table.stage(), "finished");
    const QJsonArray results = table.said.first().results();
    QCOMPARE(results.size(), 3);
    const bool paid = type == "race_results"; // else the stake went back
    QCOMPARE(results[0]["playerId"_L1].toString(), paid ? u"ben"_s : u"anna"_s);
    QCOMPARE(results[0]["score"_L1].toInt() > 1'000, paid);
    QCOMPARE(results[1]["place"_L1].toInt(), paid ? 2 : 1);
    QCOMPARE(results[2]["place"_L1].toInt(), paid ? 2 : 1);
    QCOMPARE(keys(results[0].toObject()), "chips loans name place playerId score");
    table.end();
    table.oversleep(100'000);
    table.join("dora"); // a finished game waits for `start`
    QCOMPARE(table.said.size(), 1);
}

void TestHorseRace::startsAnew()
{
    RaceTable table;
    table.join("anna");
    table.bet("anna", 1, 500);
    table.until("race_results");
    table.end();
    table.said.clear();
    QVERIFY(table.start());
    QCOMPARE(table.race.phase(), GamePhase::Playing);
    QCOMPARE(table.said.last().text, R"({"chips":{"anna":1000}})");
    QVERIFY(!table.start());
    table.step();
    QCOMPARE(table.types(), (QList<QByteArray>{"game_started", "new_round"}));
    QCOMPARE(table.said.last().number("roundId"), 2);
    QCOMPARE(table.chips("anna"), 1'000);
    table.end();
    table.leave("anna");
    QCOMPARE(table.race.phase(), GamePhase::Waiting);
}

void TestHorseRace::startsOnlyWhenItStands()
{
    RaceTable table;
    QVERIFY(!table.start()); // for nobody
    table.end();
    QCOMPARE(table.race.phase(), GamePhase::Waiting);
    QCOMPARE(table.said.size(), 0);
    table.join("anna");
    QVERIFY(!table.start());
    table.until("race_sync");
    QVERIFY(!table.start());
    table.until("race_results");
    QVERIFY(!table.start());
}

void TestHorseRace::survivesThoseWhoLeaveInBetween_data()
{
    addTimes({"new_round", "timer_update", "timer_expired", "race_start", "race_sync", "race_end", "race_results",
              "bet_accepted", "game_finished"});
}

// A room may lose a player while a message goes out.
void TestHorseRace::survivesThoseWhoLeaveInBetween()
{
    QFETCH(QByteArray, type);
    RaceTable table;
    table.onSaid = [&](QByteArrayView said) {
        if (said == type)
            table.leave("anna");
    };
    table.join("anna");
    if (table.race.nextTickMs() >= 0)
        table.bet("anna", 1, 10);
    if (type != "bet_accepted" && type != "game_finished")
        table.until(type);
    table.end();
    QCOMPARE(table.race.nextTickMs(), -1);
    QCOMPARE(table.race.phase(), GamePhase::Waiting);
    QCOMPARE(table.state()["players"_L1].toArray().size(), 0);
}

void TestHorseRace::isTheSameForTheSameSeed()
{
    const auto play = [](quint64 seed) {
        RaceTable table(seed);
        table.join("anna");
        table.bet("anna", 2, 17);
        for (int step = 0; step < 500; ++step)
            table.step();
        QByteArray all;
        for (const Said &one : std::as_const(table.said))
            all += one.type + one.text;
        return all;
    };
    QCOMPARE(play(9), play(9));
    QVERIFY(play(9) != play(10));
}

QTEST_GUILESS_MAIN(TestHorseRace)
#include "tst_horserace.moc"
