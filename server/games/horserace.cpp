// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/horserace.h"

#include "server/games/horsejson.h"
#include "server/games/wholenumber.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

using horsejson::member;

namespace {

constexpr int toTheGatesMs = 2'000;
constexpr int syncMs = 100;

struct Setting
{
    QByteArrayView name;
    int HorseRaceOptions::*value;
    int least;
    int most;
};

constexpr Setting settings[] = {
    {"betSeconds", &HorseRaceOptions::betSeconds, 5, 120},
    {"horses", &HorseRaceOptions::horses, 4, 10},
    {"pauseSeconds", &HorseRaceOptions::pauseSeconds, 2, 30},
};

Error<GameError> badOption(const QByteArray &text) { return {GameError::BadOptions, text}; }

/// What was wrong; empty: nothing.
QByteArray setOption(HorseRaceOptions &options, QByteArrayView key, QByteArrayView value)
{
    const auto setting =
        std::find_if(std::begin(settings), std::end(settings), [&](const Setting &one) { return one.name == key; });
    if (setting == std::end(settings))
        return "horse-race has no such option: " + key.toByteArray();
    const auto number = wholeNumber(value, setting->least, setting->most);
    if (!number)
        return key.toByteArray() + " has to be a whole number from " + QByteArray::number(setting->least) + " to "
            + QByteArray::number(setting->most);
    options.*setting->value = *number;
    return {};
}

// Bets of one player in a round, all together.
struct Round
{
    qint64 stake = 0;
    qint64 payout = 0;
};

QByteArray roundResults(const QList<Account> &accounts, const QList<PaidBet> &paid)
{
    QList<horsejson::Standing> standings;
    for (const Account &account : accounts) {
        Round round;
        for (const PaidBet &one : paid) {
            if (one.bet.player == account.player.id)
                round = {round.stake + one.bet.stake, round.payout + one.payout};
        }
        if (round.stake > 0)
            standings.append({account.player, round.payout - round.stake,
                              ',' + member("chips", account.chips) + ',' + member("stake", round.stake) + ','
                                  + member("payout", round.payout)});
    }
    return horsejson::results(standings);
}

QByteArray finalResults(const QList<Account> &accounts)
{
    QList<horsejson::Standing> standings;
    for (const Account &account : accounts) {
        if (!account.isShared)
            standings.append({account.player, account.chips - account.loans,
                              ',' + member("chips", account.chips) + ',' + member("loans", account.loans)});
    }
    return horsejson::results(standings);
}

const PlayerId &playerOf(const Bet &bet) { return bet.player; }
const PlayerId &playerOf(const PaidBet &paid) { return paid.bet.player; }

template <typename Bets>
Bets ofThoseHere(const Bookmaker &bookmaker, Bets bets)
{
    bets.removeIf([&](const auto &bet) { return bookmaker.find(playerOf(bet)) == nullptr; });
    return bets;
}

} // namespace

Result<HorseRaceOptions, GameError> horseRaceOptions(QByteArrayView json)
{
    HorseRaceOptions options;
    QByteArray wrong;
    const auto take = [&](QByteArrayView key, QByteArrayView value) {
        wrong = setOption(options, key, value);
        return wrong.isEmpty();
    };
    if (json.isEmpty() || forEachMember(json, take))
        return options;
    return badOption(wrong.isEmpty() ? "options have to be an object" : wrong);
}

HorseRace::HorseRace(quint64 seed, HorseRaceOptions options)
    : m_options(options),
      m_chance(seed),
      m_stable(m_chance) { }

GamePhase HorseRace::phase() const
{
    if (m_stage == Stage::Waiting)
        return GamePhase::Waiting;
    return m_stage == Stage::Finished ? GamePhase::Finished : GamePhase::Playing;
}

QByteArrayView HorseRace::stageName() const
{
    switch (m_stage) {
    case Stage::Waiting:
    case Stage::Starting:
        return "waiting";
    case Stage::Betting:
        return "betting";
    case Stage::Racing:
        return "racing";
    case Stage::Results:
        return "results";
    case Stage::Finished:
        return "finished";
    }
    return {};
}

QByteArray HorseRace::roundMember() const { return member("roundId", m_roundId); }

QByteArray HorseRace::syncData() const
{
    return "\"positions\":" + horsejson::positions(m_course.positions(m_elapsedMs)) + ','
        + member("elapsedMs", m_elapsedMs);
}

// From what was last said, not from the time: a late joiner sees what the others see, also while the room stands still.
QByteArray HorseRace::raceState() const
{
    if (m_stage == Stage::Betting)
        return ',' + member("secondsLeft", m_secondsLeft);
    if (m_stage != Stage::Racing && m_stage != Stage::Results)
        return {};
    const QByteArray ranking =
        m_stage == Stage::Results ? ",\"ranking\":" + horsejson::numbers(m_ranking) : QByteArray();
    return ',' + member("startsAt", m_startsAtMs) + ',' + syncData() + ranking;
}

QByteArray HorseRace::state(qint64 /*nowMs*/) const
{
    return "{\"phase\":\"" + stageName().toByteArray() + "\"," + roundMember() + ",\"horses\":"
        + horsejson::horses(m_runners) + raceState() + ",\"players\":" + horsejson::players(m_bookmaker.accounts())
        + ",\"bets\":" + horsejson::bets(ofThoseHere(m_bookmaker, m_bookmaker.openBets())) + '}';
}

void HorseRace::joined(const Player &player, qint64 nowMs, GameOutput &out)
{
    const bool hasPurse = m_bookmaker.join(player);
    if (m_stage == Stage::Waiting)
        beginRound(nowMs, out);
    const Account *account = m_bookmaker.find(player.id);
    if (account != nullptr && (hasPurse || account->isShared))
        tellPurse(*account, out);
}

// What one has bet on is nobody else's business before the race is over.
void HorseRace::tellPurse(const Account &account, GameOutput &out) const
{
    const PlayerId owner = account.player.id;
    const QByteArray purse = horsejson::purse(account);
    const QByteArray own = horsejson::ownPurse(account, m_bookmaker.openBetsOf(owner));
    out.toPlayer(owner, "purse", own);
    out.toOthers(owner, "purse", purse);
}

void HorseRace::left(const PlayerId &player, qint64 /*nowMs*/, GameOutput &out)
{
    if (const Account *heir = m_bookmaker.leave(player))
        tellPurse(*heir, out);
    if (!m_bookmaker.accounts().isEmpty())
        return;
    // Nobody sees it to its end, and yet it is drawn: who leaves a race that goes badly has lost all the same.
    if (m_stage == Stage::Racing)
        m_bookmaker.settle(m_ranking.first(), m_runners.at(m_ranking.first() - 1).odds);
    m_bookmaker.giveBack();
    stop(Stage::Waiting);
}

void HorseRace::stop(Stage stage)
{
    m_stage = stage;
    m_nextTickMs = -1;
    m_runners.clear();
}

// The first round begins with the next tick, so that game_started goes ahead of it.
bool HorseRace::start(qint64 nowMs, QByteArray &data, GameOutput & /*out*/)
{
    if (phase() == GamePhase::Playing || m_bookmaker.accounts().isEmpty())
        return false;
    m_bookmaker.startAnew();
    m_stage = Stage::Starting;
    m_nextTickMs = nowMs;
    data = "{\"chips\":" + horsejson::chips(m_bookmaker.accounts()) + '}';
    return true;
}

void HorseRace::message(const PlayerId &from, const Envelope &envelope, qint64 nowMs, GameOutput &out)
{
    if (envelope.type == QByteArrayView("place_bet"))
        placeBet(from, envelope.data, nowMs, out);
    else
        out.reject(ErrorCode::UnknownType, "horse-race knows place_bet");
}

void HorseRace::placeBet(const PlayerId &from, QByteArrayView data, qint64 nowMs, GameOutput &out)
{
    if (m_stage != Stage::Betting || nowMs >= m_betsEndMs)
        return out.reject(ErrorCode::NotAllowed, "bets are not taken now");
    const auto horse = wholeNumber(jsonMember(data, "horse"));
    const auto stake = wholeNumber(jsonMember(data, "stake"));
    if (!horse || !stake)
        return out.reject(ErrorCode::BadData, "horse and stake have to be whole numbers");
    if (*horse < 1 || *horse > m_runners.size())
        return out.reject(ErrorCode::BadData, "there is no horse with this number");
    const auto chips = m_bookmaker.place({from, *horse, *stake});
    if (!chips)
        return out.reject(chips.error().code, chips.error().text);
    out.toPlayer(from, "bet_accepted",
                 QByteArray('{' + roundMember() + ',' + member("horse", *horse) + ',' + member("stake", *stake) + ','
                            + member("chips", chips.value()) + '}'));
    out.toOthers(from, "bet_placed",
                 QByteArray("{\"playerId\":\"" + from + "\"," + roundMember() + ',' + member("stake", *stake) + '}'));
}

void HorseRace::binary(const PlayerId & /*from*/, QByteArrayView /*payload*/, qint64 /*nowMs*/, GameOutput &out)
{
    out.reject(ErrorCode::Unsupported, "horse-race takes no binary messages");
}

void HorseRace::tick(qint64 nowMs, GameOutput &out)
{
    if (m_nextTickMs < 0 || nowMs < m_nextTickMs)
        return;
    switch (m_stage) {
    case Stage::Waiting:
    case Stage::Finished:
        break;
    case Stage::Starting:
    case Stage::Results:
        return beginRound(nowMs, out);
    case Stage::Betting:
        return nowMs < m_betsEndMs ? countDown(nowMs, out) : beginRace(nowMs, out);
    case Stage::Racing:
        return showRace(nowMs, out);
    }
}

// Here and below: first everything is as it shall be, then it is said. Somebody may leave while it is.
void HorseRace::beginRound(qint64 nowMs, GameOutput &out)
{
    ++m_roundId;
    m_stage = Stage::Betting;
    m_runners = m_stable.enter(m_options.horses, m_chance);
    m_secondsLeft = m_options.betSeconds;
    m_betsEndMs = nowMs + m_secondsLeft * 1000LL;
    m_nextTickMs = nowMs + 1000;
    out.toAll("new_round",
              QByteArray('{' + roundMember() + ",\"horses\":" + horsejson::horses(m_runners) + ','
                         + member("secondsLimit", m_options.betSeconds) + '}'));
}

void HorseRace::countDown(qint64 nowMs, GameOutput &out)
{
    m_secondsLeft = int((m_betsEndMs - nowMs + 999) / 1000);
    m_nextTickMs = m_betsEndMs - (m_secondsLeft - 1) * 1000LL;
    out.toAll("timer_update", QByteArray('{' + roundMember() + ',' + member("secondsLeft", m_secondsLeft) + '}'));
}

void HorseRace::beginRace(qint64 nowMs, GameOutput &out)
{
    m_stage = Stage::Racing;
    m_ranking = drawRanking(m_runners, m_chance);
    m_course = Racecourse(m_ranking, m_chance);
    m_elapsedMs = 0;
    m_startsAtMs = nowMs + toTheGatesMs;
    m_nextTickMs = m_startsAtMs;
    const QByteArray round = '{' + roundMember();
    const QByteArray starts = round + ',' + member("startsAt", m_startsAtMs) + '}';
    out.toAll("timer_expired", QByteArray(round + '}'));
    out.toAll("race_start", starts);
}

void HorseRace::showRace(qint64 nowMs, GameOutput &out)
{
    m_elapsedMs = int(std::min<qint64>(nowMs - m_startsAtMs, m_course.durationMs()));
    m_nextTickMs = m_startsAtMs + (m_elapsedMs / syncMs + 1) * syncMs;
    const QByteArray sync = '{' + roundMember() + ',' + syncData() + '}';
    if (m_elapsedMs < m_course.durationMs())
        out.toAll("race_sync", sync);
    else
        endRace(sync, nowMs, out);
}

void HorseRace::endRace(const QByteArray &lastSync, qint64 nowMs, GameOutput &out)
{
    m_stage = Stage::Results;
    m_nextTickMs = nowMs + m_options.pauseSeconds * 1000LL;
    const int winner = m_ranking.first();
    const QList<PaidBet> paid = ofThoseHere(m_bookmaker, m_bookmaker.settle(winner, m_runners.at(winner - 1).odds));
    const QList<PlayerId> lent = m_bookmaker.lend();
    const QByteArray round = '{' + roundMember();
    const QByteArray results = round + ",\"ranking\":" + horsejson::numbers(m_ranking)
        + ",\"payouts\":" + horsejson::payouts(paid) + ",\"chips\":" + horsejson::chips(m_bookmaker.accounts())
        + ",\"loans\":" + horsejson::loans(lent) + '}';
    const QByteArray played = roundResults(m_bookmaker.accounts(), paid);
    out.toAll("race_sync", lastSync);
    out.toAll("race_end", QByteArray(round + '}'));
    out.toAll("race_results", results);
    if (!paid.isEmpty())
        out.roundFinished(played);
}

void HorseRace::end(qint64 /*nowMs*/, GameOutput &out)
{
    if (phase() != GamePhase::Playing)
        return;
    m_bookmaker.giveBack();
    stop(Stage::Finished);
    const QByteArray results = finalResults(m_bookmaker.accounts());
    out.finished(results);
}

void HorseRace::stoodStill(qint64 ms)
{
    m_betsEndMs += ms;
    m_startsAtMs += ms;
    m_nextTickMs += m_nextTickMs < 0 ? 0 : ms;
}

} // namespace glasshouse
