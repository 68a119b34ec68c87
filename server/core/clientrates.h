// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/gate/ratelimiter.h"

namespace glasshouse {

/// What becomes of a message by its client's rate.
enum class Pace : quint8 {
    Fine,
    Dropped,
    DroppedAloud, ///< and the client is to be told, which happens once a second at the most
    TooMuch       ///< the client does not slow down, or sends far too much
};

/// Messages of one client a second. Who is over the limit loses messages and hears of it; it ends only who goes on for ten
/// seconds without a pause, or sends thirty times as much as it may. Pure; time is handed in.
class MessageRate
{
public:
    static constexpr qint64 pauseMs = 1'000;    ///< without a message that is dropped
    static constexpr qint64 longestMs = 10'000; ///< over the limit without such a pause
    /// The rate. A network that stands still hands over at once what was sent evenly: half a minute of that is no flood.
    static constexpr int mostTimes = 30;

    [[nodiscard]] Pace take(qint64 nowMs);
    void setLimits(const Limits &limits, qint64 nowMs);
    [[nodiscard]] double used(qint64 nowMs) const { return m_passing.used(nowMs); }
    [[nodiscard]] quint64 dropped() const { return m_dropped; }

private:
    RateLimiter m_passing{0, 0};
    double m_rate = 0;
    quint64 m_dropped = 0;
    qint64 m_overSinceMs = 0;
    qint64 m_lastDropMs = -pauseMs;
    qint64 m_secondMs = -pauseMs; ///< in which m_droppedInSecond counts
    int m_droppedInSecond = 0;
    qint64 m_toldMs = -pauseMs;
};

/// How much one client may send.
struct ClientRates
{
    MessageRate messages;
    RateLimiter bytes{0, 0};
    RateLimiter controlFrames{0, 0};

    /// What was used stays used.
    void setLimits(const Limits &limits, qint64 nowMs);
};

} // namespace glasshouse
