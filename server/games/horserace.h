// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/bookmaker.h"
#include "server/games/gamecatalog.h"
#include "server/games/racecourse.h"
#include "server/games/stable.h"

namespace glasshouse {

struct HorseRaceOptions
{
    int betSeconds = 20;  ///< 5–120
    int horses = 6;       ///< 4–10
    int pauseSeconds = 6; ///< 2–30, how long results stay
};

/// `json`: a checked object, or empty for what is usual.
[[nodiscard]] Result<HorseRaceOptions, GameError> horseRaceOptions(QByteArrayView json);

/// Bets with play money, a race, results, and again, as long as anybody is there. The first who comes sets it off. The ranking
/// is drawn when betting closes; bets never change it.
class HorseRace final : public Game
{
public:
    explicit HorseRace(quint64 seed, HorseRaceOptions options = {});

    [[nodiscard]] QByteArrayView kind() const override { return "horse-race"; }
    [[nodiscard]] GamePhase phase() const override;
    [[nodiscard]] QByteArray state(qint64 nowMs) const override;
    void joined(const Player &player, qint64 nowMs, GameOutput &out) override;
    void left(const PlayerId &player, qint64 nowMs, GameOutput &out) override;
    [[nodiscard]] bool start(qint64 nowMs, QByteArray &data, GameOutput &out) override;
    void message(const PlayerId &from, const Envelope &envelope, qint64 nowMs, GameOutput &out) override;
    void binary(const PlayerId &from, QByteArrayView payload, qint64 nowMs, GameOutput &out) override;
    [[nodiscard]] qint64 nextTickMs() const override { return m_nextTickMs; }
    void tick(qint64 nowMs, GameOutput &out) override;
    void end(qint64 nowMs, GameOutput &out) override;
    void stoodStill(qint64 ms) override;

private:
    enum class Stage : quint8 { Waiting, Starting, Betting, Racing, Results, Finished };

    [[nodiscard]] QByteArrayView stageName() const;
    [[nodiscard]] QByteArray roundMember() const;
    [[nodiscard]] QByteArray raceState() const;
    [[nodiscard]] QByteArray syncData() const;
    void tellPurse(const Account &account, GameOutput &out) const;
    void stop(Stage stage);
    void beginRound(qint64 nowMs, GameOutput &out);
    void countDown(qint64 nowMs, GameOutput &out);
    void beginRace(qint64 nowMs, GameOutput &out);
    void showRace(qint64 nowMs, GameOutput &out);
    void endRace(const QByteArray &lastSync, qint64 nowMs, GameOutput &out);
    void placeBet(const PlayerId &from, QByteArrayView data, qint64 nowMs, GameOutput &out);

    HorseRaceOptions m_options;
    Chance m_chance;
    Stable m_stable;
    Bookmaker m_bookmaker;
    Stage m_stage = Stage::Waiting;
    qint64 m_nextTickMs = -1;
    int m_roundId = 0;
    QList<Runner> m_runners;
    qint64 m_betsEndMs = 0;
    int m_secondsLeft = 0; // as last said
    QList<int> m_ranking;
    Racecourse m_course;
    qint64 m_startsAtMs = 0;
    int m_elapsedMs = 0; // as last said
};

} // namespace glasshouse
