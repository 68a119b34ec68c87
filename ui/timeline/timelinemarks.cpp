// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinemarks.h"

#include <algorithm>

namespace glasshouse {

namespace {

bool holdsSeat(EventKind kind) { return kind == EventKind::SeatTaken || kind == EventKind::SeatResumed; }

/// In the order of time.
std::vector<TimelineCell> filledCells(const ConnectionTimeline &timeline, TimelineLane lane)
{
    std::vector<TimelineCell> filled;
    std::ranges::copy_if(timeline.cells(lane), std::back_inserter(filled),
                         [](const TimelineCell &cell) { return cell.count > 0; });
    return filled;
}

/// Both ways together, bucket by bucket.
std::vector<TimelineCell> frameCells(const ConnectionTimeline &timeline)
{
    const std::vector<TimelineCell> &in = timeline.cells(TimelineLane::In), &out = timeline.cells(TimelineLane::Out);
    std::vector<TimelineCell> both;
    for (size_t i = 0; i < std::max(in.size(), out.size()); ++i) {
        TimelineCell cell = i < in.size() ? in[i] : TimelineCell();
        const TimelineCell other = i < out.size() ? out[i] : TimelineCell();
        const qint64 lastUs = std::max(cell.lastUs, other.lastUs);
        if (cell.count == 0 || (other.count > 0 && other.firstRow < cell.firstRow))
            cell = other;
        cell.lastUs = lastUs;
        if (cell.count > 0)
            both.push_back(cell);
    }
    return both;
}

std::vector<TimelineMark> quietMarks(const ConnectionTimeline &timeline)
{
    std::vector<TimelineMark> marks;
    if (timeline.isPart())
        return marks;
    const qint64 quietUs = timeline.quietUs();
    qint64 beforeUs = timeline.fromUs();
    const auto add = [&](qint64 untilUs, quint64 row) {
        if (untilUs - beforeUs < quietUs)
            return;
        TimelineCell cell;
        cell.count = 1;
        cell.firstRow = row;
        cell.firstUs = beforeUs;
        cell.lastUs = untilUs;
        marks.push_back({TimelineLane::Quiet, beforeUs, untilUs, cell});
    };
    for (const TimelineCell &cell : frameCells(timeline)) {
        add(cell.firstUs, cell.firstRow);
        beforeUs = cell.lastUs;
    }
    const std::vector<TimelineCell> life = filledCells(timeline, TimelineLane::Life);
    const bool hasEnded = timeline.endedRow() && !life.empty();
    add(hasEnded ? life.back().lastUs : timeline.toUs(), timeline.endedRow().value_or(timeline.quietSinceRow()));
    return marks;
}

std::vector<TimelineMark> seatMarks(const ConnectionTimeline &timeline)
{
    std::vector<TimelineMark> marks;
    for (const TimelineCell &cell : filledCells(timeline, TimelineLane::Seat)) {
        if (!marks.empty() && holdsSeat(marks.back().cell.lastKind))
            marks.back().toUs = cell.firstUs;
        marks.push_back({TimelineLane::Seat, cell.firstUs, cell.lastUs, cell});
    }
    if (!marks.empty() && holdsSeat(marks.back().cell.lastKind))
        marks.back().toUs = timeline.toUs();
    return marks;
}

std::vector<TimelineMark> cellMarks(const ConnectionTimeline &timeline, TimelineLane lane, qint64 stepUs)
{
    std::vector<TimelineMark> marks;
    for (const TimelineCell &cell : timeline.cells(lane)) {
        if (cell.count == 0)
            continue;
        if (marks.empty() || marks.back().fromUs / stepUs != cell.firstUs / stepUs) {
            marks.push_back({lane, cell.firstUs, cell.lastUs, cell});
            continue;
        }
        marks.back().cell.add(cell);
        marks.back().toUs = cell.lastUs;
    }
    return marks;
}

} // namespace

std::vector<TimelineMark> timelineMarks(const ConnectionTimeline &timeline, TimelineLane lane, qint64 fromUs,
                                        qint64 toUs, qint64 stepUs)
{
    if (timeline.isEmpty())
        return {};
    std::vector<TimelineMark> marks = lane == TimelineLane::Quiet ? quietMarks(timeline)
        : lane == TimelineLane::Seat                              ? seatMarks(timeline)
                                     : cellMarks(timeline, lane, std::max<qint64>(stepUs, 1));
    std::erase_if(marks, [=](const TimelineMark &mark) { return mark.toUs < fromUs || mark.fromUs > toUs; });
    return marks;
}

} // namespace glasshouse
