// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

namespace glasshouse {

/// Passes every message on to the other players, or to the one that "to" names. Any game whose clients know the rules works
/// over it.
class Relay final : public Game
{
public:
    [[nodiscard]] QByteArrayView kind() const override { return "relay"; }
    [[nodiscard]] GamePhase phase() const override { return m_phase; }
    /// Only its clients know whether they are in the middle of something.
    [[nodiscard]] bool isInterruptible() const override { return m_phase == GamePhase::Finished; }
    [[nodiscard]] QByteArray state(qint64 nowMs) const override;
    void joined(const Player &player, qint64 nowMs, GameOutput &out) override;
    void left(const PlayerId &player, qint64 nowMs, GameOutput &out) override;
    [[nodiscard]] bool start(qint64 nowMs, QByteArray &data, GameOutput &out) override;
    void message(const PlayerId &from, const Envelope &envelope, qint64 nowMs, GameOutput &out) override;
    void binary(const PlayerId &from, QByteArrayView payload, qint64 nowMs, GameOutput &out) override;
    void tick(qint64 nowMs, GameOutput &out) override;
    void end(qint64 nowMs, GameOutput &out) override;
    void stoodStill(qint64 ms) override;

private:
    GamePhase m_phase = GamePhase::Waiting;
};

} // namespace glasshouse
