// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

#include <stdexcept>

namespace glasshouse {

/// Throws in the call or question that it is told to, and writes down all calls.
class FragileGame final : public Game
{
public:
    explicit FragileGame(QByteArray breaksAt = {}) : where(std::move(breaksAt)) { }
    [[nodiscard]] QByteArrayView kind() const override { return asked("kind", "fragile"); }
    [[nodiscard]] GamePhase phase() const override { return asked("phase", GamePhase::Playing); }
    [[nodiscard]] bool isInterruptible() const override { return asked("isInterruptible", false); }
    [[nodiscard]] qint64 nextTickMs() const override { return asked("nextTickMs", next); }
    [[nodiscard]] QByteArray state(qint64) const override { return asked("state", QByteArray(R"({"board":1})")); }
    void joined(const Player &, qint64, GameOutput &) override { called("joined"); }
    void left(const PlayerId &, qint64, GameOutput &) override { called("left"); }
    bool start(qint64, QByteArray &, GameOutput &) override { return asked("start", true); }
    void message(const PlayerId &, const Envelope &, qint64, GameOutput &) override { called("message"); }
    void binary(const PlayerId &, QByteArrayView, qint64, GameOutput &) override { called("binary"); }
    void tick(qint64 now, GameOutput &) override { called("tick " + QByteArray::number(now)); }
    void end(qint64, GameOutput &) override { called("end"); }
    void stoodStill(qint64 ms) override { called("stood " + QByteArray::number(ms)); }

    QByteArray where;
    bool odd = false; ///< throws something that is no exception
    qint64 next = -1;
    QByteArrayList calls;

private:
    template <typename Answer>
    Answer asked(const QByteArray &question, Answer answer) const
    {
        if (question == where && odd)
            throw 7;
        if (question == where)
            throw std::runtime_error("a fault on purpose");
        return answer;
    }
    void called(const QByteArray &call) { calls += asked(call.split(' ').first(), call); }
};

} // namespace glasshouse
