// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/connectiontimeline.h"

namespace glasshouse {

/// Something that stands on a lane, and can be pointed at. Times in microseconds since 1970.
struct TimelineMark
{
    TimelineLane lane = TimelineLane::Life;
    qint64 fromUs = 0;
    qint64 toUs = 0;   ///< the same for what takes no time; of a seat: until it is dropped or left
    TimelineCell cell; ///< of Quiet: its row is that of the frame that ended it, or quietSinceRow()

    /// What was quiet is known by its beginning: the frame that ends it may not be there yet.
    [[nodiscard]] bool isSameAs(const TimelineMark &other) const
    {
        return lane == other.lane
            && (lane == TimelineLane::Quiet ? fromUs == other.fromUs : cell.firstRow == other.cell.firstRow);
    }
};

/// Those that lie between two times, at least in part, rising; of Quiet none of a part, which does not know what is beside it. Cells in one step of time are one mark, so there are no more of
/// them than steps, however many rows they stand for. `stepUs`: at least 1.
[[nodiscard]] std::vector<TimelineMark> timelineMarks(const ConnectionTimeline &timeline, TimelineLane lane,
                                                      qint64 fromUs, qint64 toUs, qint64 stepUs);

} // namespace glasshouse
