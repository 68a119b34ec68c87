// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/bettorbot.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxStake = 500;
constexpr int firstChips = 1'000;

double weightOf(const QJsonValue &horse) { return 1 / qMax(1.0, horse["odds"_L1].toDouble(100)); }

} // namespace

void BettorBot::entered(const QJsonObject &room)
{
    m_chips = firstChips;
    const QJsonObject state = room["gameState"_L1].toObject();
    const QJsonArray players = state["players"_L1].toArray();
    for (const QJsonValue player : players) {
        if (player["playerId"_L1].toString() == playerId())
            m_chips = player["chips"_L1].toInt();
    }
    if (state["phase"_L1].toString() == "betting"_L1)
        betWithin(state["secondsLeft"_L1].toInt(), state["horses"_L1].toArray());
}

void BettorBot::heard(const QString &type, const QJsonObject &data)
{
    if (type == "new_round"_L1) {
        betWithin(data["secondsLimit"_L1].toInt(), data["horses"_L1].toArray());
    } else if (type == "bet_accepted"_L1) {
        m_chips = data["chips"_L1].toInt();
    } else if (type == "race_results"_L1) {
        m_chips = data["chips"_L1][playerId()].toInt(m_chips);
        chatSometimes({u"So close …"_s, u"I knew it!"_s, u"Next time."_s, u"What a finish!"_s});
    }
}

void BettorBot::betWithin(int seconds, const QJsonArray &horses)
{
    if (seconds > 1)
        after(500, seconds * 800, [this, horses] { bet(horses); });
}

int BettorBot::choose(const QJsonArray &horses)
{
    double all = 0;
    for (const QJsonValue horse : horses)
        all += weightOf(horse);
    double drawn = chance().unit() * all;
    for (const QJsonValue horse : horses) {
        drawn -= weightOf(horse);
        if (drawn < 0)
            return horse["number"_L1].toInt();
    }
    return 1;
}

void BettorBot::bet(const QJsonArray &horses)
{
    const int stake = qMin(maxStake, m_chips * between(3, 15) / 100);
    if (stake > 0 && !horses.isEmpty())
        say(u"place_bet"_s, {{u"horse"_s, choose(horses)}, {u"stake"_s, stake}});
}

} // namespace glasshouse
