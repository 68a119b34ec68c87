// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/bookmaker.h"
#include "server/games/stable.h"

/// Parts of the messages of a horse race, as raw JSON.
namespace glasshouse::horsejson {

/// A line of the results that go into the history.
struct Standing
{
    Player player;
    qint64 score = 0;
    QByteArray more; ///< further members, each with a comma in front
};

/// "name":number, without the braces around.
[[nodiscard]] QByteArray member(QByteArrayView name, qint64 number);
[[nodiscard]] QByteArray horses(const QList<Runner> &runners);   ///< [{number, name, odds}]
[[nodiscard]] QByteArray numbers(const QList<int> &numbers);     ///< [1,2]
[[nodiscard]] QByteArray positions(const QList<int> &positions); ///< of Racecourse: 0–1 with four decimals
[[nodiscard]] QByteArray players(const QList<Account> &accounts);
[[nodiscard]] QByteArray purse(const Account &account);                            ///< {playerId, chips, staked, loans}
[[nodiscard]] QByteArray ownPurse(const Account &account, const QList<Bet> &bets); ///< with bets: [{horse, stake}]
[[nodiscard]] QByteArray bets(const QList<Bet> &bets);                             ///< without the horses
[[nodiscard]] QByteArray payouts(const QList<PaidBet> &paid);
[[nodiscard]] QByteArray chips(const QList<Account> &accounts); ///< {playerId: chips}
[[nodiscard]] QByteArray loans(const QList<PlayerId> &lent);
/// Best first; equal scores share a place.
[[nodiscard]] QByteArray results(QList<Standing> standings);

} // namespace glasshouse::horsejson
