// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/horseraceface.h"

#include "ui/base/formats.h"
#include "ui/games/gameparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Horse
{
    int number = 0;
    QString name;
    double odds = 0;
    double position = -1; ///< 0–1; −1: no race
    int place = 0;        ///< 0: not yet
};

QList<Horse> horsesOf(const QJsonObject &state)
{
    const QJsonArray positions = state["positions"_L1].toArray();
    QList<Horse> horses;
    const QJsonArray runners = state["horses"_L1].toArray();
    for (const auto &runner : runners) {
        horses.append({.number = runner["number"_L1].toInt(),
                       .name = oneLine(runner["name"_L1].toString(), 40),
                       .odds = runner["odds"_L1].toDouble(),
                       .position = positions.at(horses.size()).toDouble(-1)});
    }
    const QJsonArray ranking = state["ranking"_L1].toArray();
    for (Horse &horse : horses) {
        const auto at = std::find(ranking.begin(), ranking.end(), QJsonValue(horse.number));
        horse.place = at == ranking.end() ? 0 : int(at - ranking.begin()) + 1;
    }
    return horses;
}

/// As board() has its columns.
BoardRow rowOf(const Horse &horse)
{
    return {horse.number,
            {amountCell(horse.number), GameCell{horse.name}, decimalCell(horse.odds, 2), barCell(horse.position),
             placeCell(horse.place)}};
}

QString nameOf(const QList<Horse> &horses, int place)
{
    const auto at = std::find_if(horses.begin(), horses.end(), [=](const Horse &h) { return h.place == place; });
    return at == horses.end() ? QString() : at->name;
}

QString leaderOf(const QList<Horse> &horses)
{
    const auto first = std::max_element(horses.begin(), horses.end(),
                                        [](const Horse &a, const Horse &b) { return a.position < b.position; });
    return first == horses.end() || first->position <= 0 ? QString() : first->name;
}

QString bettingText(const QString &round, const QJsonObject &state)
{
    if (!state.contains("secondsLeft"_L1))
        return HorseRaceFace::tr("%1: bets are open").arg(round);
    return HorseRaceFace::tr("%1: bets are open, %2 left")
        .arg(round, formatSecondsLeft(1000 * state["secondsLeft"_L1].toInteger()));
}

QString racingText(const QString &round, const QList<Horse> &horses)
{
    const QString leader = leaderOf(horses);
    return leader.isEmpty() ? HorseRaceFace::tr("%1: to the start").arg(round)
                            : HorseRaceFace::tr("%1: %2 leads").arg(round, leader);
}

QString resultText(const QString &round, const QList<Horse> &horses)
{
    const QString second = nameOf(horses, 2);
    return second.isEmpty() ? HorseRaceFace::tr("%1 is over").arg(round)
                            : HorseRaceFace::tr("%1: %2 won ahead of %3").arg(round, nameOf(horses, 1), second);
}

QString headlineOf(const QJsonObject &state, const QList<Horse> &horses)
{
    const QString phase = state["phase"_L1].toString();
    const QString round = HorseRaceFace::tr("Round %1").arg(oneLine(state["roundId"_L1].toVariant().toString(), 20));
    if (phase == "betting"_L1)
        return bettingText(round, state);
    if (phase == "racing"_L1)
        return racingText(round, horses);
    if (phase == "results"_L1)
        return resultText(round, horses);
    return phase == "finished"_L1 ? HorseRaceFace::tr("The game is over")
                                  : HorseRaceFace::tr("Waiting for somebody to play");
}

/// Nothing is not worth a figure.
GameCell someCell(qint64 amount)
{
    GameCell cell = amountCell(amount);
    if (amount == 0)
        cell.text.clear();
    return cell;
}

PlayerStanding gamblerOf(const QJsonObject &player, bool betting)
{
    const qint64 staked = player["staked"_L1].toInteger();
    PlayerStanding standing;
    standing.cells = {amountCell(player["chips"_L1].toInteger()), someCell(staked),
                      someCell(player["loans"_L1].toInteger())};
    if (staked > 0) {
        standing.doing = HorseRaceFace::tr("has bet");
        standing.tint = Tint::Good;
    } else {
        standing.doing = betting ? HorseRaceFace::tr("no bet yet") : HorseRaceFace::tr("no bet");
    }
    return standing;
}

} // namespace

QString HorseRaceFace::sentence() const
{
    return tr("Bets in play money on one race after the other, for as long as somebody is there.");
}

QList<GameOption> HorseRaceFace::options() const
{
    return {numberOption(u"betSeconds"_s, tr("&Time to bet:"), 5, 120, tr("20 s"), tr("Before each race"), tr("s")),
            numberOption(u"horses"_s, tr("&Horses:"), 4, 10, tr("6"), tr("In each race"), {}),
            numberOption(u"pauseSeconds"_s, tr("&Pause:"), 2, 30, tr("6 s"), tr("So long the results stay in sight"),
                         tr("s"))};
}

QList<GameColumn> HorseRaceFace::playerColumns() const
{
    return {{tr("Chips"), tr("Play money that the player has"), 8},
            {tr("Staked"), tr("Bet on the next race, or on the one that runs"), 7},
            {tr("Loans"), tr("Lent to the player when the chips were gone"), 6}};
}

GameBoard HorseRaceFace::board() const
{
    using Kind = GameColumn::Kind;
    return {tr("Horses"),
            tr("No horses are on the track."),
            {{tr("No."), tr("Number of the horse"), 3},
             {tr("Horse"), tr("Name of the horse"), 15, Kind::Text},
             {tr("Odds"), tr("A stake of 10 at odds of 3.5 pays 35, the stake included"), 6},
             {tr("Position"), tr("How far along the track it is"), 12, Kind::Bar},
             {tr("Place"), tr("In which place it finished"), 5}}};
}

GameView HorseRaceFace::view(const QByteArray &json, qint64 /*nowMs*/) const
{
    const QJsonObject state = QJsonDocument::fromJson(json).object();
    const QList<Horse> horses = horsesOf(state);
    GameView view;
    for (const Horse &horse : horses)
        view.board.append(rowOf(horse));
    view.headline = headlineOf(state, horses);
    const bool betting = state["phase"_L1].toString() == "betting"_L1;
    const QJsonArray players = state["players"_L1].toArray();
    for (const auto &player : players)
        view.players.insert(player["playerId"_L1].toString().toUtf8(), gamblerOf(player.toObject(), betting));
    return view;
}

QList<ResultColumn> HorseRaceFace::resultColumns() const
{
    return {
        {u"chips"_s, tr("Chips")}, {u"stake"_s, tr("Stake")}, {u"payout"_s, tr("Payout")}, {u"loans"_s, tr("Loans")}};
}

} // namespace glasshouse
