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

bool Bookmaker::join(const Player &player)
{
    Q_ASSERT(find(player.id) == nullptr);
    Account account{player, firstChips};
    const bool isHere = !player.account.isEmpty()
        && std::any_of(m_accounts.begin(), m_accounts.end(),
                       [&](const Account &one) { return one.player.account == player.account; });
    if (isHere)
        account = {.player = player, .isShared = true};
    const bool hadOne = !isHere && takeBack(account);
    m_accounts.append(account);
    return hadOne;
}

// With the bets that are open: they belong to the seat that is there now.
bool Bookmaker::takeBack(Account &account)
{
    const auto at = std::find_if(m_absent.begin(), m_absent.end(), [&](const Account &one) {
        return !one.player.account.isEmpty() && one.player.account == account.player.account;
    });
    if (at == m_absent.end())
        return false;
    for (Bet &bet : m_bets) {
        if (bet.player == at->player.id)
            bet.player = account.player.id;
    }
    const Player player = std::exchange(account, *at).player;
    account.player = player;
    m_absent.erase(at);
    return true;
}

const Account *Bookmaker::leave(const PlayerId &player)
{
    const qsizetype at = indexOf(player);
    if (at < 0)
        return nullptr;
    const Account left = m_accounts.takeAt(at);
    if (left.isShared)
        return nullptr;
    m_absent.append(left);
    if (const Account *heir = heirOf(left.player.account))
        return heir;
    const bool isUntouched = left.chips == firstChips && left.loans == 0 && left.staked == 0; // a new one is the same
    if (isUntouched || left.player.account.isEmpty()) // nobody can come back to that
        forget(m_absent.size() - 1);
    else if (m_absent.size() > mostAbsent)
        forget(0);
    return nullptr;
}

const Account *Bookmaker::heirOf(const QByteArray &account)
{
    const auto heir = std::find_if(m_accounts.begin(), m_accounts.end(),
                                   [&](const Account &one) { return one.isShared && one.player.account == account; });
    return heir != m_accounts.end() && takeBack(*heir) ? &*heir : nullptr;
}

QList<Bet> Bookmaker::openBetsOf(const PlayerId &player) const
{
    QList<Bet> bets = m_bets;
    bets.removeIf([&](const Bet &bet) { return bet.player != player; });
    return bets;
}

void Bookmaker::forget(qsizetype absent)
{
    const PlayerId gone = m_absent.takeAt(absent).player.id;
    for (const Bet &bet : std::as_const(m_bets))
        m_takings += bet.player == gone ? bet.stake : 0;
    m_bets.removeIf([&](const Bet &bet) { return bet.player == gone; });
}

Account *Bookmaker::purseOf(const PlayerId &player)
{
    for (QList<Account> *accounts : {&m_accounts, &m_absent}) {
        for (Account &account : *accounts) {
            if (account.player.id == player)
                return &account;
        }
    }
    return nullptr;
}

void Bookmaker::startAnew()
{
    m_bets.clear();
    m_absent.clear();
    m_takings = 0;
    for (Account &account : m_accounts)
        account = {.player = account.player, .chips = account.isShared ? 0 : firstChips, .isShared = account.isShared};
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
        if (Account *purse = purseOf(bet.player))
            purse->chips += payout;
        m_takings += bet.stake - payout;
        paid.append({bet, payout});
    }
    closeBets();
    return paid;
}

void Bookmaker::giveBack()
{
    for (QList<Account> *accounts : {&m_accounts, &m_absent}) {
        for (Account &account : *accounts)
            account.chips += account.staked;
    }
    closeBets();
}

void Bookmaker::closeBets()
{
    m_bets.clear();
    for (QList<Account> *accounts : {&m_accounts, &m_absent}) {
        for (Account &account : *accounts) {
            account.staked = 0;
            account.bets = 0;
        }
    }
}

QList<PlayerId> Bookmaker::lend()
{
    QList<PlayerId> lent;
    for (Account &account : m_accounts) {
        if (account.chips >= broke || account.staked > 0 || account.isShared)
            continue;
        account.chips += loan;
        account.loans += loan;
        lent += account.player.id;
    }
    return lent;
}

} // namespace glasshouse
