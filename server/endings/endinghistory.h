// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "server/endings/ending.h"

#include <optional>
#include <vector>

namespace glasshouse {

/// One cause over time. A value.
struct EndingStatistic
{
    EndingCause cause = EndingCause::Unknown;
    quint64 count = 0;       ///< since the start
    quint64 lastHour = 0;    ///< within the last 60 minutes
    qint64 lastMs = 0;       ///< since 1970: the last one, by the clock as it was then
    QList<quint32> minutes;  ///< the last hour, the newest last: 60
    QList<quint32> quarters; ///< the last 24 hours in quarters of an hour, the newest last: 96
    bool operator==(const EndingStatistic &) const = default;
};

/// All causes that there were, in the order of EndingCause.
struct EndingStatistics
{
    qint64 timeMs = 0; ///< since 1970: when they were counted
    QList<EndingStatistic> causes;
};

/// How often each cause ended a connection, minute by minute, over the last 24 hours. Its size is fixed (400 KiB, once
/// something has ended). Minutes pass by the monotonic clock, which begins where the wall clock stood: when that is set, nothing
/// is forgotten and nothing counted anew; the ends of the minutes only lie between its own. Time asleep does not pass on Linux.
class EndingHistory
{
public:
    static constexpr int minutesKept = 24 * 60;

    explicit EndingHistory(const Clock &clock);

    void add(EndingCause cause);
    [[nodiscard]] EndingStatistics statistics() const;
    /// The same, if it would be another one than the last that was handed out here, and that is a second ago.
    [[nodiscard]] std::optional<EndingStatistics> changedStatistics();

private:
    struct Sum
    {
        quint64 count = 0;
        qint64 lastMs = 0;
    };
    const Clock &m_clock;
    qint64 m_epochMs;            ///< our time minus the monotonic one
    std::vector<quint32> m_ring; ///< minute by minute, in each a number for every cause
    std::vector<Sum> m_sums;
    qint64 m_minute = 0; ///< of our time: the newest in the ring
    std::optional<qint64> m_handedOutMs;
    bool m_changed = false;

    [[nodiscard]] qint64 nowMs() const { return m_clock.monotonicMs() + m_epochMs; }
    void moveTo(qint64 minute);
    [[nodiscard]] quint32 &at(qint64 minute, int cause);
    [[nodiscard]] quint32 countAt(qint64 minute, int cause) const;
    [[nodiscard]] QList<quint32> sumsOf(int cause, qint64 minute, int count, int width) const;
};

} // namespace glasshouse
