// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/formats.h"
#include "ui/models/gameview.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return QCoreApplication::translate("HorseRace", text); }

QList<HorseStanding> horsesOf(const QJsonObject &state)
{
    const QJsonArray positions = state["positions"_L1].toArray();
    QList<HorseStanding> horses;
    const QJsonArray runners = state["horses"_L1].toArray();
    for (const auto &runner : runners) {
        horses.append({.number = runner["number"_L1].toInt(),
                       .name = oneLine(runner["name"_L1].toString(), 40),
                       .odds = runner["odds"_L1].toDouble(),
                       .position = positions.at(horses.size()).toDouble(-1)});
    }
    const QJsonArray ranking = state["ranking"_L1].toArray();
    for (HorseStanding &horse : horses) {
        const auto at = std::find(ranking.begin(), ranking.end(), QJsonValue(horse.number));
        horse.place = at == ranking.end() ? 0 : int(at - ranking.begin()) + 1;
    }
    return horses;
}

QString nameOf(const QList<HorseStanding> &horses, int place)
{
    const auto at =
        std::find_if(horses.begin(), horses.end(), [=](const HorseStanding &h) { return h.place == place; });
    return at == horses.end() ? QString() : at->name;
}

QString leaderOf(const QList<HorseStanding> &horses)
{
    const auto first =
        std::max_element(horses.begin(), horses.end(),
                         [](const HorseStanding &a, const HorseStanding &b) { return a.position < b.position; });
    return first == horses.end() || first->position <= 0 ? QString() : first->name;
}

QString bettingText(const QString &round, const QJsonObject &state)
{
    if (!state.contains("secondsLeft"_L1))
        return words("%1: bets are open").arg(round);
    return words("%1: bets are open, %2 left").arg(round, secondsText(1000 * state["secondsLeft"_L1].toInteger()));
}

QString racingText(const QString &round, const QList<HorseStanding> &horses)
{
    const QString leader = leaderOf(horses);
    return leader.isEmpty() ? words("%1: to the start").arg(round) : words("%1: %2 leads").arg(round, leader);
}

QString resultText(const QString &round, const QList<HorseStanding> &horses)
{
    const QString second = nameOf(horses, 2);
    return second.isEmpty() ? words("%1 is over").arg(round)
                            : words("%1: %2 won ahead of %3").arg(round, nameOf(horses, 1), second);
}

QString headlineOf(const QJsonObject &state, const QList<HorseStanding> &horses)
{
    const QString phase = state["phase"_L1].toString();
    const QString round = words("Round %1").arg(oneLine(state["roundId"_L1].toVariant().toString(), 20));
    if (phase == "betting"_L1)
        return bettingText(round, state);
    if (phase == "racing"_L1)
        return racingText(round, horses);
    if (phase == "results"_L1)
        return resultText(round, horses);
    return phase == "finished"_L1 ? words("The game is over") : words("Waiting for somebody to play");
}

PlayerStanding gamblerOf(const QJsonObject &player, bool betting)
{
    PlayerStanding standing;
    standing.chips = player["chips"_L1].toInteger();
    standing.staked = player["staked"_L1].toInteger();
    standing.loans = player["loans"_L1].toInteger();
    if (standing.staked > 0) {
        standing.doing = words("has bet");
        standing.tint = Tint::Good;
    } else {
        standing.doing = betting ? words("no bet yet") : words("no bet");
    }
    return standing;
}

} // namespace

GameView horseRaceView(const QJsonObject &state)
{
    GameView view;
    view.horses = horsesOf(state);
    view.headline = headlineOf(state, view.horses);
    const bool betting = state["phase"_L1].toString() == "betting"_L1;
    const QJsonArray players = state["players"_L1].toArray();
    for (const auto &player : players)
        view.players.insert(player["playerId"_L1].toString().toUtf8(), gamblerOf(player.toObject(), betting));
    return view;
}

} // namespace glasshouse
