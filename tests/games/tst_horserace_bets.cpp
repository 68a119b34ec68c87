// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/games/racetable.h"

#include <QTest>
#include <algorithm>
#include <utility>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestHorseRaceBets final : public QObject
{
    Q_OBJECT

private slots:
    void takesBets();
    void refusesBets_data();
    void refusesBets();
    void refusesBetsOutOfTime_data();
    void refusesBetsOutOfTime();
    void refusesWhatItDoesNotKnow();
    void paysOut();
    void lends();
    void forgetsThoseWhoLeave();
    void knowsThoseWhoComeBack();
    void tellsWhoTakesOver();
    void givesStakesBackWhereAllLeaveInTime();
    void keepsEveryChip_data();
    void keepsEveryChip();
};

namespace {

void doAnything(RaceTable &table, Chance &chance)
{
    const PlayerId who = "p" + QByteArray::number(chance.below(6));
    const int has = table.chips(who);
    const bool allIn = chance.below(2) == 0;
    if (has < 0)
        table.join(who);
    else if (chance.below(100) == 0)
        table.leave(who);
    else
        table.bet(who, int(chance.below(8)), allIn ? std::min(has, 500) : int(chance.below(700)) - 30);
}

bool paysByTheOdds(const QJsonObject &results, const QJsonObject &before)
{
    const int winner = results["ranking"_L1][0].toInt();
    const QJsonArray payouts = results["payouts"_L1].toArray();
    return std::all_of(payouts.begin(), payouts.end(), [&](const QJsonValue &paid) {
        const int odds = paid["horse"_L1].toInt() == winner ? oddsOf(before, winner) : 0;
        return paid["payout"_L1].toInt() == paid["stake"_L1].toInt() * odds / 100;
    });
}

int heldBefore(const QJsonObject &state)
{
    int sum = 0;
    for (const QJsonValue &line : state["players"_L1].toArray())
        sum += line["chips"_L1].toInt() + line["staked"_L1].toInt();
    return sum;
}

int heldAfter(const QJsonObject &results)
{
    int sum = 0;
    for (const QJsonValue &chips : results["chips"_L1].toObject())
        sum += chips.toInt();
    return sum;
}

int wonAndLent(const QJsonObject &results)
{
    int sum = 0;
    for (const QJsonValue &paid : results["payouts"_L1].toArray())
        sum += paid["payout"_L1].toInt() - paid["stake"_L1].toInt();
    for (const QJsonValue &lent : results["loans"_L1].toArray())
        sum += lent["amount"_L1].toInt();
    return sum;
}

} // namespace

void TestHorseRaceBets::takesBets()
{
    RaceTable table;
    table.join("anna");
    table.join("ben");
    table.said.clear();
    QCOMPARE(table.bet("anna", R"({"stake":120, "horse":3,"note":[1]})"), "bet_accepted");
    QCOMPARE(table.said.size(), 2);
    QCOMPARE(table.said.at(0).how, "to");
    QCOMPARE(table.said.at(0).whom, "anna");
    QCOMPARE(table.said.at(0).text, R"({"roundId":1,"horse":3,"stake":120,"chips":880})");
    QCOMPARE(table.said.at(1).how, "others");
    QCOMPARE(table.said.at(1).whom, "anna");
    QCOMPARE(table.said.at(1).type, "bet_placed");
    QCOMPARE(table.said.at(1).text, R"({"playerId":"anna","roundId":1,"stake":120})");
    QCOMPARE(table.bet("anna", 3, 500), "bet_accepted");
    QCOMPARE(table.bet("anna", 6, 380), "bet_accepted");
    QCOMPARE(table.chips("anna"), 0);
    QCOMPARE(table.bet("anna", 6, 1), "bad_data");
    for (int bet = 0; bet < 5; ++bet)
        QCOMPARE(table.bet("ben", 1, 1), "bet_accepted");
    QCOMPARE(table.bet("ben", 1, 1), "not_allowed");
}

void TestHorseRaceBets::refusesBets_data()
{
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *name, const char *data) { QTest::newRow(name) << QByteArray(data); };
    row("nothing", "{}");
    row("no stake", R"({"horse":1})");
    row("no horse", R"({"stake":1})");
    row("no object", "[1,1]");
    row("a number", "1");
    row("null", "null");
    row("horse 0", R"({"horse":0,"stake":1})");
    row("horse 7", R"({"horse":7,"stake":1})");
    row("horse -1", R"({"horse":-1,"stake":1})");
    row("half a horse", R"({"horse":1.5,"stake":1})");
    row("horse as text", R"({"horse":"1","stake":1})");
    row("horse by name", R"({"horse":"Amber Lantern","stake":1})");
    row("horse in a list", R"({"horse":[1],"stake":1})");
    row("horse null", R"({"horse":null,"stake":1})");
    row("horse true", R"({"horse":true,"stake":1})");
    row("horse of 2^32 + 1", R"({"horse":4294967297,"stake":1})");
    row("horse with exponent", R"({"horse":1e0,"stake":1})");
    row("stake 0", R"({"horse":1,"stake":0})");
    row("stake -0", R"({"horse":1,"stake":-0})");
    row("stake negative", R"({"horse":1,"stake":-100})");
    row("stake over the limit", R"({"horse":1,"stake":501})");
    row("half a chip", R"({"horse":1,"stake":0.5})");
    row("a fraction of nothing", R"({"horse":1,"stake":100.0})");
    row("stake with exponent", R"({"horse":1,"stake":1e2})");
    row("stake as text", R"({"horse":1,"stake":"100"})");
    row("stake in an object", R"({"horse":1,"stake":{"stake":1}})");
    row("stake of 2^32 + 1", R"({"horse":1,"stake":4294967297})");
    row("stake of 2^64 + 1", R"({"horse":1,"stake":18446744073709551617})");
    row("stake endless", R"({"horse":1,"stake":1e999})");
    row("stake negative and huge", R"({"horse":1,"stake":-99999999999999999999999})");
}

void TestHorseRaceBets::refusesBets()
{
    QFETCH(QByteArray, data);
    RaceTable table;
    table.join("anna");
    QCOMPARE(table.bet("anna", 2, 100), "bet_accepted");
    const QByteArray before = table.race.state(table.now);
    table.said.clear();
    QCOMPARE(table.bet("anna", data), "bad_data");
    QCOMPARE(table.said.size(), 1);
    QVERIFY(table.said.first().text.size() > 20);
    QCOMPARE(table.race.state(table.now), before);
}

void TestHorseRaceBets::refusesBetsOutOfTime_data()
{
    addTimes({"timer_update", "timer_expired", "race_sync", "race_results", "game_finished", "game_started"});
}

// Also when the tick that closes betting is late.
void TestHorseRaceBets::refusesBetsOutOfTime()
{
    QFETCH(QByteArray, type);
    RaceTable table;
    table.join("anna");
    if (type == "timer_update")
        table.now += 20'000;
    else if (type.startsWith("game"))
        table.end();
    else
        table.until(type);
    if (type == "game_started")
        QVERIFY(table.start());
    const QByteArray before = table.race.state(table.now);
    QCOMPARE(table.bet("anna", 1, 10), "not_allowed");
    QCOMPARE(table.race.state(table.now), before);
}

void TestHorseRaceBets::refusesWhatItDoesNotKnow()
{
    RaceTable table;
    table.join("anna");
    table.said.clear();
    table.send("anna", R"({"type":"place_bets"})");
    table.race.binary("anna", "x", table.now, table);
    QCOMPARE(table.bet("mallory", 1, 10), "not_allowed");
    QCOMPARE(table.types(), (QList<QByteArray>{"unknown_type", "unsupported", "not_allowed"}));
}

void TestHorseRaceBets::paysOut()
{
    const int winner = winners(3, 1).first();
    RaceTable table(3);
    for (const char *id : {"anna", "ben", "carl", "dora"})
        table.join(id);
    const int odds = oddsOf(table.state(), winner);
    table.bet("anna", winner, 100);
    table.bet("anna", loser(winner), 50);
    table.bet("anna", winner, 7);
    table.bet("ben", loser(winner), 500);
    table.bet("dora", loser(winner), 500);
    const Said results = table.until("race_results");
    QCOMPARE(results.data()["ranking"_L1][0].toInt(), winner); // bets change nothing
    const int small = 7 * odds / 100;
    const QByteArray lost = QByteArray::number(loser(winner));
    const QByteArray won = QByteArray::number(winner);
    QVERIFY(results.text.contains("\"payouts\":[{\"playerId\":\"anna\",\"horse\":" + won
                                  + ",\"stake\":100,\"payout\":" + QByteArray::number(odds)
                                  + "},{\"playerId\":\"anna\",\"horse\":" + lost + ",\"stake\":50,\"payout\":0},{"));
    QCOMPARE(results.data()["payouts"_L1][2]["payout"_L1].toInt(), small);
    const int chips = 1'000 - 157 + odds + small;
    const QByteArray chipsText = QByteArray::number(chips);
    QCOMPARE(compact(results.data()["chips"_L1]), R"({"anna":)" + chipsText + R"(,"ben":500,"carl":1000,"dora":500})");
    QCOMPARE(table.chips("anna"), chips);

    const Said round = table.said.last();
    QCOMPARE(round.how, "round");
    QCOMPARE(round.results().size(), 3); // carl did not bet
    QCOMPARE(compact(round.results()[0]),
             R"({"chips":)" + chipsText + R"(,"name":"ANNA","payout":)" + QByteArray::number(odds + small)
                 + R"(,"place":1,"playerId":"anna","score":)" + QByteArray::number(chips - 1'000) + R"(,"stake":157})");
    for (int line : {1, 2}) {
        QCOMPARE(round.results()[line]["place"_L1].toInt(), 2);
        QCOMPARE(round.results()[line]["score"_L1].toInt(), -500);
    }
    table.said.clear();
    table.until("race_results");
    QVERIFY(!table.types().contains("round")); // nobody bet
}

void TestHorseRaceBets::lends()
{
    const QList<int> winner = winners(4, 2);
    RaceTable table(4);
    table.join("anna");
    table.join("ben");
    table.bet("anna", loser(winner.at(0)), 500);
    table.bet("anna", loser(winner.at(0)), 495);
    const Said results = table.until("race_results");
    QCOMPARE(compact(results.data()["loans"_L1]), R"([{"amount":500,"playerId":"anna"}])");
    QCOMPARE(results.data()["chips"_L1]["anna"_L1].toInt(), 505);
    QCOMPARE(table.player("anna")["loans"_L1].toInt(), 500);
    table.until("new_round");
    QCOMPARE(table.bet("anna", winner.at(1), 500), "bet_accepted");
    QCOMPARE(table.until("race_results").data()["loans"_L1].toArray(), QJsonArray());
    const int chips = table.chips("anna");
    table.end();
    for (const QJsonValue &line : table.said.last().results()) {
        const bool anna = line["playerId"_L1].toString() == "anna"_L1;
        QCOMPARE(line["score"_L1].toInt(), anna ? chips - 500 : 1'000);
        QCOMPARE(line["loans"_L1].toInt(), anna ? 500 : 0);
    }
}

void TestHorseRaceBets::forgetsThoseWhoLeave()
{
    const int winner = winners(5, 1).first();
    RaceTable table(5);
    table.join("anna");
    table.join("ben");
    table.bet("anna", winner, 300);
    table.bet("ben", winner, 10);
    table.until("race_start");
    table.leave("anna");
    QCOMPARE(compact(table.state()["bets"_L1]), R"([{"playerId":"ben","stake":10}])");
    const Said results = table.until("race_results");
    QVERIFY(!results.text.contains("anna"));
    QVERIFY(!table.said.last().text.contains("anna"));
    QCOMPARE(results.data()["payouts"_L1].toArray().size(), 1);
    table.join("anna");
    QCOMPARE(table.chips("anna"), 1'000);
}

// Leaving and coming back makes no money, and loses none.
void TestHorseRaceBets::knowsThoseWhoComeBack()
{
    const QList<int> ranking = winners(5, 1);
    RaceTable table(5);
    table.join("anna", "sub anna");
    table.join("ben", "guest 2");
    table.bet("anna", ranking.first(), 300);
    table.bet("ben", ranking.first() % 6 + 1, 400);
    table.until("race_start");
    table.leave("anna");
    table.leave("ben");
    QCOMPARE(table.stage(), "waiting"); // nobody sees it to its end
    table.join("ben2", "guest 2");
    QCOMPARE(table.said.last().type, "purse");
    QCOMPARE(table.said.last().text, R"({"playerId":"ben2","chips":600,"staked":0,"loans":0})");
    table.join("anna", "guest 3"); // by name alone it is somebody else
    QCOMPARE(table.chips("anna"), 1'000);
    table.join("anna2", "sub anna");
    QVERIFY(table.chips("anna2") > 1'000);
    table.bet("ben2", 1, 200);
    table.leave("ben2");
    QVERIFY(!table.race.state(table.now).contains("ben2"));
    table.join("ben3", "guest 2");
    QCOMPARE(table.chips("ben3"), 400);
    QCOMPARE(table.player("ben3")["staked"_L1].toInt(), 200);
    QCOMPARE(compact(table.state()["bets"_L1]), R"([{"playerId":"ben3","stake":200}])");
    const Said results = table.until("race_results");
    QCOMPARE(results.data()["payouts"_L1][0]["playerId"_L1].toString(), u"ben3"_s);
}

void TestHorseRaceBets::tellsWhoTakesOver()
{
    RaceTable table(5);
    table.join("anna", "sub anna");
    table.join("anna2", "sub anna");
    table.join("ben");
    table.bet("anna", 3, 300);
    table.bet("anna", 1, 20);
    table.said.clear();
    table.leave("anna");
    QCOMPARE(table.types(), (QList<QByteArray>{"purse", "purse"}));
    QCOMPARE(table.said.at(0).how, "to");
    QCOMPARE(table.said.at(0).whom, "anna2");
    QCOMPARE(table.said.at(0).text,
             R"({"playerId":"anna2","chips":680,"staked":320,"loans":0,"bets":[{"horse":3,)"
             R"("stake":300},{"horse":1,"stake":20}]})");
    QCOMPARE(table.said.at(1).how, "others");
    QCOMPARE(table.said.at(1).whom, "anna2");
    QCOMPARE(table.said.at(1).text, R"({"playerId":"anna2","chips":680,"staked":320,"loans":0})");
    table.said.clear();
    table.leave("ben");
    QVERIFY(table.said.isEmpty());
}

// Before the race nothing is lost yet.
void TestHorseRaceBets::givesStakesBackWhereAllLeaveInTime()
{
    RaceTable table(5);
    table.join("anna", "sub anna");
    table.bet("anna", 1, 300);
    table.leave("anna");
    table.join("anna2", "sub anna");
    QCOMPARE(table.chips("anna2"), 1'000);
}

void TestHorseRaceBets::keepsEveryChip_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %llu", seed) << seed;
}

// By what is said on the wire: what the players hold after a round is what they held before, less what the house won of their
// bets, and what was lent. Late ticks keep it quick.
void TestHorseRaceBets::keepsEveryChip()
{
    QFETCH(quint64, seed);
    Chance chance(seed);
    RaceTable table(seed);
    table.join("p0");
    int paidRounds = 0;
    int loans = 0;
    for (int step = 0; step < 2'000; ++step) {
        doAnything(table, chance);
        const QJsonObject before = table.state();
        table.said.clear();
        if (table.race.nextTickMs() >= 0 && chance.below(8) == 0)
            table.oversleep(30'000);
        const qsizetype at = table.types().indexOf("race_results");
        if (at < 0)
            continue;
        const QJsonObject results = table.said.at(at).data();
        QVERIFY(paysByTheOdds(results, before));
        QCOMPARE(heldAfter(results), heldBefore(before) + wonAndLent(results));
        paidRounds += results["payouts"_L1].toArray().isEmpty() ? 0 : 1;
        loans += int(results["loans"_L1].toArray().size());
    }
    QVERIFY(paidRounds > 50);
    QVERIFY(loans > 5);
}

QTEST_GUILESS_MAIN(TestHorseRaceBets)
#include "tst_horserace_bets.moc"
