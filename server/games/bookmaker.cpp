// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/bookmaker.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

Error<ErrorCode> badData(const QByteArray &text) { return {ErrorCode::BadData, text}; }
Error<ErrorCode> notAllowed(const QByteArray &text) { return {ErrorCode::NotAllowed, text}; }

} // namespace

qsizetype Bookmaker::indexOf(const PlayerId &player) const
{
    const auto at = std::find_if(m_accounts.begin(), m_accounts.end(),
                                 [&](const Account &account) { return account.player.id == player; });
    return at == m_accounts.end() ? -1 : at - m_accounts.begin();
}

const Account *Bookmaker::find(const PlayerId &player) const
{
    const qsizetype at = indexOf(player);
    return at < 0 ? nullptr : &m_accounts.at(at);
}

void Bookmaker::join(const Player &player)
{
    Q_ASSERT(find(player.id) == nullptr);
    m_accounts.append({player, firstChips, 0, 0, 0});
}

void Bookmaker::leave(const PlayerId &player)
{
    for (const Bet &bet : std::as_const(m_bets))
        m_takings += bet.player == player ? bet.stake : 0;
    m_bets.removeIf([&](const Bet &bet) { return bet.player == player; });
    m_accounts.removeIf([&](const Account &account) { return account.player.id == player; });
}

void Bookmaker::startAnew()
{
    m_bets.clear();
    m_takings = 0;
    for (Account &account : m_accounts)
        account = {account.player, firstChips, 0, 0, 0};
}

Result<qint64, ErrorCode> Bookmaker::place(const Bet &bet)
{
    const qsizetype at = indexOf(bet.player);
    if (at < 0)
        return notAllowed("only players of this room may bet");
    Account &payer = m_accounts[at];
    if (bet.stake < 1 || bet.stake > mostStake)
        return badData("stake has to be from 1 to " + QByteArray::number(mostStake) + " chips");
    if (bet.stake > payer.chips)
        return badData("stake is more than your " + QByteArray::number(payer.chips) + " chips");
    if (payer.bets == mostBets)
        return notAllowed("at most " + QByteArray::number(mostBets) + " bets in a round");
    payer.chips -= bet.stake;
    payer.staked += bet.stake;
    ++payer.bets;
    m_bets += bet;
    return payer.chips;
}

QList<PaidBet> Bookmaker::settle(int winner, int odds)
{
    QList<PaidBet> paid;
    for (const Bet &bet : std::as_const(m_bets)) {
        const qint64 payout = bet.horse == winner ? qint64(bet.stake) * odds / 100 : 0;
        m_accounts[indexOf(bet.player)].chips += payout; // who left took the bets along
        m_takings += bet.stake - payout;
        paid.append({bet, payout});
    }
    closeBets();
    return paid;
}

void Bookmaker::giveBack()
{
    for (Account &account : m_accounts)
        account.chips += account.staked;
    closeBets();
}

void Bookmaker::closeBets()
{
    m_bets.clear();
    for (Account &account : m_accounts) {
        account.staked = 0;
        account.bets = 0;
    }
}

QList<PlayerId> Bookmaker::lend()
{
    QList<PlayerId> lent;
    for (Account &account : m_accounts) {
        if (account.chips >= broke || account.staked > 0)
            continue;
        account.chips += loan;
        account.loans += loan;
        lent += account.player.id;
    }
    return lent;
}

} // namespace glasshouse
