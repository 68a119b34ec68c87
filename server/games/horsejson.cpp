// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/horsejson.h"

#include "server/games/racecourse.h"

#include <algorithm>

namespace glasshouse::horsejson {

namespace {

template <typename Values, typename Text>
QByteArray array(const Values &values, const Text &text)
{
    QByteArray json = "[";
    for (const auto &value : values) {
        json += json.size() > 1 ? "," : "";
        json += text(value);
    }
    return json + ']';
}

QByteArray playerId(const PlayerId &id) { return "\"playerId\":\"" + id + '"'; }
QByteArray playerName(const Player &player) { return ",\"name\":" + jsonQuoted(player.name.toUtf8()); }

QByteArray decimals(int value, int digits) { return QByteArray::number(value).rightJustified(digits, '0'); }

QByteArray odds(int hundredths) { return QByteArray::number(hundredths / 100) + '.' + decimals(hundredths % 100, 2); }

QByteArray position(int at)
{
    if (at == 0 || at == Racecourse::whole)
        return at == 0 ? "0" : "1";
    return "0." + decimals(at, 4);
}

QByteArray purseMembers(const Account &account)
{
    return playerId(account.player.id) + ',' + member("chips", account.chips) + ',' + member("staked", account.staked)
        + ',' + member("loans", account.loans);
}

} // namespace

QByteArray member(QByteArrayView name, qint64 number)
{
    return '"' + name.toByteArray() + "\":" + QByteArray::number(number);
}

QByteArray horses(const QList<Runner> &runners)
{
    return array(runners, [](const Runner &runner) -> QByteArray {
        return '{' + member("number", runner.number) + ",\"name\":" + jsonQuoted(runner.name)
            + ",\"odds\":" + odds(runner.odds) + '}';
    });
}

QByteArray numbers(const QList<int> &numbers)
{
    return array(numbers, [](int number) { return QByteArray::number(number); });
}

QByteArray positions(const QList<int> &positions) { return array(positions, position); }

QByteArray players(const QList<Account> &accounts)
{
    return array(accounts, [](const Account &account) -> QByteArray {
        return '{' + playerId(account.player.id) + playerName(account.player) + ',' + member("chips", account.chips)
            + ',' + member("staked", account.staked) + ',' + member("loans", account.loans) + '}';
    });
}

QByteArray purse(const Account &account) { return '{' + purseMembers(account) + '}'; }

QByteArray ownPurse(const Account &account, const QList<Bet> &bets)
{
    return '{' + purseMembers(account) + ",\"bets\":"
        + array(bets,
                [](const Bet &bet) -> QByteArray {
                    return '{' + member("horse", bet.horse) + ',' + member("stake", bet.stake) + '}';
                })
        + '}';
}

QByteArray bets(const QList<Bet> &bets)
{
    return array(bets, [](const Bet &bet) -> QByteArray {
        return '{' + playerId(bet.player) + ',' + member("stake", bet.stake) + '}';
    });
}

QByteArray payouts(const QList<PaidBet> &paid)
{
    return array(paid, [](const PaidBet &one) -> QByteArray {
        return '{' + playerId(one.bet.player) + ',' + member("horse", one.bet.horse) + ','
            + member("stake", one.bet.stake) + ',' + member("payout", one.payout) + '}';
    });
}

QByteArray chips(const QList<Account> &accounts)
{
    QByteArray json = "{";
    for (const Account &account : accounts) {
        json += json.size() > 1 ? "," : "";
        json += member(account.player.id, account.chips);
    }
    return json + '}';
}

QByteArray loans(const QList<PlayerId> &lent)
{
    return array(lent, [](const PlayerId &player) -> QByteArray {
        return '{' + playerId(player) + ',' + member("amount", Bookmaker::loan) + '}';
    });
}

QByteArray results(QList<Standing> standings)
{
    std::stable_sort(standings.begin(), standings.end(),
                     [](const Standing &a, const Standing &b) { return a.score > b.score; });
    qint64 place = 0;
    qint64 row = 0;
    qint64 score = 0;
    return array(standings, [&](const Standing &standing) -> QByteArray {
        place = ++row == 1 || standing.score < score ? row : place;
        score = standing.score;
        return '{' + playerId(standing.player.id) + playerName(standing.player) + ',' + member("place", place) + ','
            + member("score", score) + standing.more + '}';
    });
}

} // namespace glasshouse::horsejson
