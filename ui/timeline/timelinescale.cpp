// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinescale.h"

#include <QDateTime>

namespace glasshouse {

namespace {

constexpr qint64 ms = 1'000, second = 1'000 * ms, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
constexpr qint64 steps[]{ms,          2 * ms,   5 * ms,     10 * ms,    20 * ms,     50 * ms,     100 * ms,
                         200 * ms,    500 * ms, second,     2 * second, 5 * second,  10 * second, 15 * second,
                         30 * second, minute,   2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
                         hour,        2 * hour, 3 * hour,   6 * hour,   12 * hour,   day,         2 * day,
                         7 * day,     30 * day, 365 * day};

} // namespace

void TimelineScale::stretch(double factor, qint64 aroundUs, qint64 firstUs, qint64 lastUs)
{
    const double before = double(spanUs());
    const double after = std::clamp(before * factor, double(leastUs), double(std::max(lastUs - firstUs, leastUs)));
    const double share = std::clamp(double(aroundUs - fromUs) / before, 0.0, 1.0);
    fromUs += qint64(share * (before - after));
    toUs = fromUs + qint64(after);
    move(0, firstUs, lastUs);
}

void TimelineScale::move(qint64 byUs, qint64 firstUs, qint64 lastUs)
{
    const qint64 span = spanUs();
    fromUs = std::clamp(fromUs + byUs, firstUs, std::max(firstUs, lastUs - span));
    toUs = fromUs + span;
}

std::vector<qint64> TimelineScale::ticks(int leastPixels, qint64 *stepUs) const
{
    const double least = double(spanUs()) / std::max(width, 1) * leastPixels;
    const auto *const step = std::ranges::find_if(steps, [least](qint64 one) { return double(one) >= least; });
    *stepUs = step == std::end(steps) ? qint64(least) + 1 : *step;
    // Of the local day, where a step is a part of it.
    const qint64 shift = qint64(QDateTime::fromMSecsSinceEpoch(fromUs / ms).offsetFromUtc()) * second;
    const qint64 rest = (fromUs + shift) % *stepUs;
    std::vector<qint64> all;
    for (qint64 at = fromUs - rest + (rest > 0 ? *stepUs : 0); at <= toUs; at += *stepUs)
        all.push_back(at);
    return all;
}

} // namespace glasshouse
