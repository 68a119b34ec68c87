// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Microseconds since 1970, UTC, that never run backwards within the process.
[[nodiscard]] qint64 steadyWallUs();

/// The time of frames and rows: looked at once for everything that is done in one go. Not thread-safe; one a thread.
class TurnClock
{
public:
    TurnClock() = default;
    Q_DISABLE_COPY_MOVE(TurnClock)

    [[nodiscard]] qint64 nowUs() const { return m_turnUs != 0 ? m_turnUs : steadyWallUs(); }

    /// While one lives the clock stands at its beginning: for everything that came with one read, and is done about it.
    /// Those inside of another one change nothing.
    class Turn
    {
    public:
        explicit Turn(TurnClock &clock) : m_clock(clock), m_outerUs(clock.m_turnUs)
        {
            if (m_outerUs == 0)
                m_clock.m_turnUs = steadyWallUs();
        }
        /// For tests: the clock stands at this time.
        Turn(TurnClock &clock, qint64 us) : m_clock(clock), m_outerUs(clock.m_turnUs) { m_clock.m_turnUs = us; }
        ~Turn() { m_clock.m_turnUs = m_outerUs; }
        Q_DISABLE_COPY_MOVE(Turn)

    private:
        TurnClock &m_clock;
        qint64 m_outerUs;
    };

private:
    qint64 m_turnUs = 0; ///< 0: there is no Turn
};

} // namespace glasshouse
