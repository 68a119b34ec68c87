// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/racecourse.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr int shortest = 120; // tenths of a second
constexpr int longest = 160;
constexpr int leastPace = 70; // any unit: only their proportion counts
constexpr int mostPace = 130;
constexpr int leastGap = 20; // between two at the finish: seen, and not lost in four decimals
constexpr int mostGap = 180;

int between(int least, int end, Chance &chance) { return least + int(chance.below(quint64(end - least))); }

} // namespace

Racecourse::Racecourse(const QList<int> &ranking, Chance &chance)
    : m_durationMs(between(shortest, longest + 1, chance) * 100),
      m_courses(size_t(ranking.size()))
{
    int end = whole;
    for (const int number : ranking) {
        Course &course = m_courses[size_t(number - 1)];
        course.end = end;
        for (int border = 1; border <= sections; ++border) // they start from standing: 0 stays 0
            course.pace[size_t(border)] = between(leastPace, mostPace + 1, chance);
        end -= between(leastGap, mostGap + 1, chance);
    }
}

// The area under the pace, times twice the duration; a section is m_durationMs long when time runs `sections` times as fast.
// At most 8 · 260 · 16,000², and 10,000 times that in positions(): far from the end of 64 bits.
qint64 Racecourse::ground(const Course &course, int elapsedMs) const
{
    const qint64 duration = m_durationMs;
    const qint64 time = qint64(elapsedMs) * sections;
    const auto full = size_t(time / duration);
    qint64 area = 0;
    for (size_t section = 0; section < full; ++section)
        area += (course.pace[section] + course.pace[section + 1]) * duration * duration;
    if (full == sections)
        return area;
    const qint64 rest = time % duration;
    return area + 2 * duration * course.pace[full] * rest + (course.pace[full + 1] - course.pace[full]) * rest * rest;
}

QList<int> Racecourse::positions(int elapsedMs) const
{
    const int elapsed = std::clamp(elapsedMs, 0, m_durationMs);
    QList<int> positions;
    positions.reserve(qsizetype(m_courses.size()));
    for (const Course &course : m_courses)
        positions += int(course.end * ground(course, elapsed) / ground(course, m_durationMs));
    return positions;
}

} // namespace glasshouse
