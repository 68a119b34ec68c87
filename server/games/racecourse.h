// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/chance.h"

#include <QList>
#include <array>
#include <vector>

namespace glasshouse {

/// How a race is shown whose ranking is drawn already: every horse changes its pace on the way, the lead changes with it, and
/// when the winner is at the line the others stand behind it in the drawn order. In whole numbers, as Stable.
class Racecourse
{
public:
    static constexpr int whole = 10'000; ///< the way from start to finish

    Racecourse() = default;
    /// `ranking`: the numbers 1 … n, winner first.
    Racecourse(const QList<int> &ranking, Chance &chance);
    /// 12–16 s, a multiple of 100.
    [[nodiscard]] int durationMs() const { return m_durationMs; }
    /// 0 … `whole` for each horse, in order of number. Never falls with time; only the winner gets to `whole`, at the end.
    [[nodiscard]] QList<int> positions(int elapsedMs) const;

private:
    static constexpr int sections = 8;
    struct Course
    {
        int end = 0;                          ///< position when the race is over
        std::array<int, sections + 1> pace{}; ///< at the borders of the sections, in between it goes over evenly
    };
    [[nodiscard]] qint64 ground(const Course &course, int elapsedMs) const;

    int m_durationMs = 0;
    std::vector<Course> m_courses; // in order of number
};

} // namespace glasshouse
