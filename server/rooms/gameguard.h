// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "server/games/game.h"

namespace glasshouse {

/// What the code of a game may do in one call; beyond it, it has run away. 0 = none.
struct GameLimits
{
    int messages = 0; ///< that it asks for and that are sent for it
    int ms = 0;
};

/// Who is told what becomes of a guarded game: its room.
class GameWatcher
{
public:
    virtual ~GameWatcher() = default;
    /// Once, and no call comes after it. `what` lives for the call.
    virtual void gameFailed(const char *what) = 0;
    /// A call is over: nextTickMs() may be another.
    virtual void reschedule() = 0;
    /// A game or round was played to its end; the array as in GameOutput::finished().
    virtual void gamePlayed(QByteArrayView results) = 0;
};

/// Stands around the one part of a room that others write, and keeps its time. Whatever a game throws, in a question as in
/// a call, whatever does not stop sending or takes seconds, is the last that is asked of it, and nothing else notices.
/// Owned by its room, on its thread.
class GameGuard
{
public:
    GameGuard(std::unique_ptr<Game> game, GameLimits limits, const Clock &clock, GameWatcher &watcher);
    Q_DISABLE_COPY_MOVE(GameGuard)

    void setLimits(GameLimits limits) { m_limits = limits; }
    /// Nothing more is asked of the game. False: it had been stopped, or had failed.
    bool stop() { return !std::exchange(m_stopped, true); }
    [[nodiscard]] bool isStopped() const { return m_stopped; }

    /// The room's time, as the game knows it: ms since 1970; stands still in a pause.
    [[nodiscard]] qint64 now() const { return isPaused() ? m_pausedMs : serverTime(); }
    /// The same without pauses. Players are told no other, so a wall clock that is set harms no game.
    [[nodiscard]] qint64 serverTime() const { return m_clock.monotonicMs() + m_epochMs; }
    [[nodiscard]] bool isPaused() const { return m_pausedMs >= 0; }
    void pause() { m_pausedMs = now(); }
    /// Tells the game how long it stood, and returns that: ms.
    qint64 resume();

    [[nodiscard]] QByteArrayView kind() const { return m_kind; } ///< empty where the game throws instead
    [[nodiscard]] GamePhase phase();
    [[nodiscard]] bool isInterruptible();
    [[nodiscard]] QByteArray state();
    /// When tick() is wanted next: monotonic ms, −1: never.
    [[nodiscard]] qint64 nextTickMs();
    /// Lets the game's clock tick if it is due.
    void tick(GameOutput &out);

    /// Calls `rules(Game &, qint64 nowMs)` unless the game is stopped.
    template <typename Rules>
    void call(Rules rules)
    {
        guard([](void *what, Game &game, qint64 nowMs) { (*static_cast<Rules *>(what))(game, nowMs); }, &rules);
    }
    /// The call at hand asks for a message, or one is sent for it. Throws through the game's code where it was one too many.
    void charge()
    {
        if (m_inCall && ++m_charged > m_limits.messages && m_limits.messages > 0)
            throwOut();
    }
    /// The call at hand has brought results.
    void report(QByteArrayView results);

private:
    using Invoke = void (*)(void *rules, Game &game, qint64 nowMs);

    std::unique_ptr<Game> m_game;
    QByteArray m_kind;
    const Clock &m_clock;
    GameWatcher &m_watcher;
    GameLimits m_limits;
    qint64 m_epochMs;         ///< the server's time minus the monotonic one
    qint64 m_pausedMs = -1;   ///< the room's time stands at; −1: it runs
    qint64 m_lastTickMs = -1; ///< monotonic
    int m_charged = 0;        ///< to the call at hand
    bool m_inCall = false;
    bool m_stopped = false;

    void guard(Invoke invoke, void *rules);
    void run(Invoke invoke, void *rules);
    /// A question: costs nothing and changes nothing.
    template <typename Answer>
    [[nodiscard]] Answer ask(Answer (Game::*question)() const, Answer otherwise);
    void fail(const char *what);
    [[noreturn]] static void throwOut();
};

} // namespace glasshouse
