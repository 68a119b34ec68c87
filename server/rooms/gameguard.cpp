// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/gameguard.h"

#include <exception>

namespace glasshouse {

namespace {

constexpr qint64 leastTickMs = 1; // between two ticks, whatever a game asks for

/// Unwinds the code of a game that does not stop sending.
struct RunawayGame final : std::exception
{
    [[nodiscard]] const char *what() const noexcept override { return "it does not stop sending"; }
};

QByteArray kindOf(const Game &game)
{
    try {
        return game.kind().toByteArray();
    } catch (...) {
        return {};
    }
}

} // namespace

GameGuard::GameGuard(std::unique_ptr<Game> game, GameLimits limits, const Clock &clock, GameWatcher &watcher)
    : m_game(std::move(game)),
      m_kind(kindOf(*m_game)),
      m_clock(clock),
      m_watcher(watcher),
      m_limits(limits),
      m_epochMs(clock.wallMs() - clock.monotonicMs())
{ }

void GameGuard::guard(Invoke invoke, void *rules)
{
    if (m_stopped)
        return;
    if (m_inCall)
        return run(invoke, rules);
    m_inCall = true;
    m_charged = 0;
    const qint64 began = m_clock.monotonicMs();
    run(invoke, rules);
    if (m_limits.ms > 0 && m_clock.monotonicMs() - began > m_limits.ms)
        fail("it takes too much time");
    m_inCall = false;
    m_watcher.reschedule();
}

void GameGuard::run(Invoke invoke, void *rules)
{
    try {
        invoke(rules, *m_game, now());
    } catch (const std::exception &error) {
        fail(error.what());
    } catch (...) {
        fail("something was thrown");
    }
}

template <typename Answer>
Answer GameGuard::ask(Answer (Game::*question)() const, Answer otherwise)
{
    auto answer = otherwise;
    auto rules = [&](const Game &game) { answer = (game.*question)(); };
    if (!m_stopped)
        run([](void *what, Game &game, qint64) { (*static_cast<decltype(rules) *>(what))(game); }, &rules);
    return answer;
}

void GameGuard::fail(const char *what)
{
    if (stop())
        m_watcher.gameFailed(what);
}

void GameGuard::throwOut() { throw RunawayGame(); }

void GameGuard::report(QByteArrayView results)
{
    charge();
    m_watcher.gamePlayed(results);
}

GamePhase GameGuard::phase() { return ask(&Game::phase, GamePhase::Finished); }

bool GameGuard::isInterruptible() { return ask(&Game::isInterruptible, true); }

QByteArray GameGuard::state()
{
    QByteArray state = "{}";
    call([&](const Game &game, qint64 now) { state = game.state(now); });
    return state;
}

qint64 GameGuard::resume()
{
    const qint64 since = std::exchange(m_pausedMs, -1);
    const qint64 stood = now() - since;
    call([=](Game &game, qint64) { game.stoodStill(stood); });
    return stood;
}

qint64 GameGuard::nextTickMs()
{
    const qint64 next = isPaused() ? -1 : ask(&Game::nextTickMs, qint64(-1));
    return next < 0 ? -1 : std::max(next - m_epochMs, m_lastTickMs + leastTickMs);
}

void GameGuard::tick(GameOutput &out)
{
    if (m_stopped || isPaused())
        return;
    m_lastTickMs = m_clock.monotonicMs();
    const qint64 due = ask(&Game::nextTickMs, qint64(-1));
    if (due >= 0 && due <= now())
        call([&](Game &game, qint64 now) { game.tick(now, out); });
}

} // namespace glasshouse
