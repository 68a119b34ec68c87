// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtNumeric>
#include <limits>

namespace glasshouse {

/// From one time to another, in microseconds; negative: it goes back. Times that were read from a file may be any, so what is too
/// long for the type is the longest there is, which has a negative as well.
[[nodiscard]] inline qint64 elapsedUs(qint64 from, qint64 to)
{
    constexpr qint64 longest = std::numeric_limits<qint64>::max();
    qint64 us = 0;
    if (qSubOverflow(to, from, &us) || us < -longest)
        return to < from ? -longest : longest;
    return us;
}

} // namespace glasshouse
