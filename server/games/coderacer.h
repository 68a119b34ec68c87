// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/coderaceroptions.h"
#include "server/games/typingrace.h"

namespace glasshouse {

/// A typing race over a code snippet, docs/protocol.md "Games". Who is there at the start races, who comes later watches.
class CodeRacer final : public Game
{
public:
    explicit CodeRacer(quint64 seed, CodeRacerOptions options = {});

    [[nodiscard]] QByteArrayView kind() const override { return "code-racer"; }
    [[nodiscard]] GamePhase phase() const override { return m_phase; }
    [[nodiscard]] QByteArray state(qint64 nowMs) const override;
    void joined(const Player &player, qint64 nowMs, GameOutput &out) override;
    void left(const PlayerId &player, qint64 nowMs, GameOutput &out) override;
    [[nodiscard]] bool start(qint64 nowMs, QByteArray &data, GameOutput &out) override;
    void message(const PlayerId &from, const Envelope &envelope, qint64 nowMs, GameOutput &out) override;
    void binary(const PlayerId &from, QByteArrayView payload, qint64 nowMs, GameOutput &out) override;
    [[nodiscard]] qint64 nextTickMs() const override;
    void tick(qint64 nowMs, GameOutput &out) override;
    void end(qint64 nowMs, GameOutput &out) override;
    void stoodStill(qint64 ms) override;

private:
    CodeRacerOptions m_options;
    Chance m_chance;
    GamePhase m_phase = GamePhase::Waiting;
    QList<Player> m_players;          ///< in the room, in the order of joining
    std::optional<TypingRace> m_race; ///< the last one, where the game is finished
    QByteArray m_results;             ///< of the last race, raw JSON; empty: there was none

    void progress(const PlayerId &from, QByteArrayView data, qint64 nowMs, GameOutput &out);
    void refuse(const PlayerId &from, const Error<ErrorCode> &error, GameOutput &out);
    void submit(const PlayerId &from, QByteArrayView data, qint64 nowMs, GameOutput &out);
    void share(qint64 nowMs, GameOutput &out);
    void finish(qint64 nowMs, GameOutput &out);
    [[nodiscard]] QByteArrayView phaseName(qint64 nowMs) const;
    [[nodiscard]] QByteArray watchersJson() const;
};

} // namespace glasshouse
