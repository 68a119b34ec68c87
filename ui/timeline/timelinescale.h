// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <vector>

namespace glasshouse {

/// Which stretch of time stands on which pixels. Times in microseconds since 1970. A value.
struct TimelineScale
{
    static constexpr qint64 leastUs = 1'000; ///< a millisecond: the wire has no finer truth

    qint64 fromUs = 0;
    qint64 toUs = leastUs;
    int left = 0;
    int width = 1;

    [[nodiscard]] qint64 spanUs() const { return std::max(toUs - fromUs, leastUs); }
    [[nodiscard]] double x(qint64 timeUs) const { return left + double(timeUs - fromUs) / double(spanUs()) * width; }
    [[nodiscard]] qint64 timeAt(double x) const
    {
        return fromUs + qint64((x - left) / std::max(width, 1) * double(spanUs()));
    }
    /// How long a pixel is, at least 1.
    [[nodiscard]] qint64 pixelUs() const { return std::max<qint64>(spanUs() / std::max(width, 1), 1); }
    /// So many times as long, with the same time at the same place, within the bounds.
    void stretch(double factor, qint64 aroundUs, qint64 firstUs, qint64 lastUs);
    /// Later by so much, within the bounds.
    void move(qint64 byUs, qint64 firstUs, qint64 lastUs);
    /// Whole seconds, minutes … at least so many pixels apart; `stepUs` is what lies between them.
    [[nodiscard]] std::vector<qint64> ticks(int leastPixels, qint64 *stepUs) const;
};

} // namespace glasshouse
