// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

namespace glasshouse {

struct Account
{
    Player player;
    qint64 chips = 0;
    qint64 staked = 0; ///< in open bets; no longer in chips
    qint64 loans = 0;
    int bets = 0;          ///< open ones
    bool isShared = false; ///< the purse is in the hands of another seat of the same player: there is nothing in here
};

struct Bet
{
    PlayerId player;
    int horse = 0;
    int stake = 0;
};

struct PaidBet
{
    Bet bet;
    qint64 payout = 0; ///< stake included; 0: lost
};

/// Keeps everybody's chips and the open bets. Chips are play money and whole; what one side gets the other side gives:
/// chips + stakes + takings() change only by those who come for the first time, borrow, or are forgotten. A purse belongs to
/// Player::account: whoever leaves finds it again, with its debts and what its bets have brought meanwhile.
class Bookmaker
{
public:
    static constexpr int firstChips = 1'000;
    static constexpr int mostStake = 500;
    static constexpr int mostBets = 5;
    static constexpr int broke = 10; ///< who has less than that gets a loan
    static constexpr int loan = 500;

    static constexpr int mostAbsent = 128; ///< purses of those who left; the one left first is forgotten

    /// True: with the purse that was left here.
    bool join(const Player &player);
    /// Purse and open bets stay. Another seat of the same account takes them over: its account, or null.
    const Account *leave(const PlayerId &player);
    /// Everyone as on the first day.
    void startAnew();
    /// In order of joining.
    [[nodiscard]] const QList<Account> &accounts() const { return m_accounts; }
    [[nodiscard]] const QList<Bet> &openBets() const { return m_bets; }
    [[nodiscard]] QList<Bet> openBetsOf(const PlayerId &player) const;
    /// Those of who has left: by account, in the order of leaving.
    [[nodiscard]] const QList<Account> &absent() const { return m_absent; }
    /// Null: there is no such player.
    [[nodiscard]] const Account *find(const PlayerId &player) const;
    /// What the player has left. The horse is taken as it is.
    [[nodiscard]] Result<qint64, ErrorCode> place(const Bet &bet);
    /// `odds`: what 100 chips on the winner pay back. A part of a chip stays with the house.
    QList<PaidBet> settle(int winner, int odds);
    /// The race is off: all stakes go back.
    void giveBack();
    /// Lends to those who are broke and have no stake out: who got a loan.
    QList<PlayerId> lend();
    /// What the house has won; negative: lost.
    [[nodiscard]] qint64 takings() const { return m_takings; }

private:
    [[nodiscard]] qsizetype indexOf(const PlayerId &player) const;
    [[nodiscard]] Account *purseOf(const PlayerId &player);
    [[nodiscard]] bool takeBack(Account &account);
    [[nodiscard]] const Account *heirOf(const QByteArray &account);
    void forget(qsizetype absent);
    void closeBets();

    QList<Account> m_accounts;
    QList<Account> m_absent;
    QList<Bet> m_bets;
    qint64 m_takings = 0;
};

} // namespace glasshouse
