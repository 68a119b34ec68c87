// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinewords.h"

#include "server/events/eventrows.h"
#include "ui/base/endingwords.h"
#include "ui/base/formats.h"
#include "ui/models/messagecells.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

/// Of a lane.
struct LaneWords
{
    QString name;
    QString tip;
};

LaneWords wordsOf(TimelineLane lane)
{
    switch (lane) {
    case TimelineLane::In:
        return {Words::tr("In"), Words::tr("Frames from the client; the higher, the more at that time")};
    case TimelineLane::Out:
        return {Words::tr("Out"), Words::tr("Frames to the client; the higher, the more at that time")};
    case TimelineLane::Pings:
        return {Words::tr("Pings"), Words::tr("Pings of both sides; the higher, the longer the client took to answer")};
    case TimelineLane::Quiet:
        return {Words::tr("Quiet"),
                Words::tr("No frame either way for 5 s or longer, and for twice the time between the server's pings")};
    case TimelineLane::Faults:
        return {Words::tr("Faults"), Words::tr("Limits that were hit, and frames that broke the protocol")};
    case TimelineLane::Seat:
        return {Words::tr("Seat"),
                Words::tr("As long as the player has a seat in a room; and when it was left or dropped")};
    case TimelineLane::Life:
        return {Words::tr("Life"), Words::tr("Opened and ended, and what an operator did")};
    }
    return {};
}

QString milliseconds(qint64 us) { return formatDuration((us + 500) / 1000); }

/// What the log shows of it.
QString rowWords(const std::optional<CapturedRow> &row)
{
    if (!row)
        return Words::tr("its row is not in the capture any more");
    const MessageCells cells = cellsOf(*row);
    return cells.preview.isEmpty() ? cells.kind : Words::tr("%1: %2").arg(cells.kind, oneLine(cells.preview, 100));
}

QString frameWords(const TimelineMark &mark, const std::optional<CapturedRow> &row)
{
    const QString way = mark.lane == TimelineLane::In ? Words::tr("in") : Words::tr("out");
    const QString bytes = formatBytes(qint64(mark.cell.bytes));
    if (mark.cell.count > 1)
        return Words::tr("%1 frames %2, %3").arg(formatCount(mark.cell.count), way, bytes);
    return Words::tr("A frame %1, %2 – %3").arg(way, bytes, rowWords(row));
}

QString pingWords(const TimelineMark &mark, const std::optional<CapturedRow> &row)
{
    const TimelineCell &cell = mark.cell;
    const QString answered = cell.roundTripUs < 0 ? QString() : milliseconds(cell.roundTripUs);
    if (cell.count > 1) {
        QStringList parts{Words::tr("%1 pings").arg(formatCount(cell.count))};
        if (!answered.isEmpty())
            parts << Words::tr("answered within %1").arg(answered);
        if (cell.unanswered > 0)
            parts << Words::tr("without an answer: %1").arg(formatCount(cell.unanswered));
        return parts.join(u", "_s);
    }
    if (!answered.isEmpty())
        return Words::tr("A ping, answered after %1").arg(answered);
    return row && row->direction() == Direction::In ? Words::tr("A ping of the client")
                                                    : Words::tr("A ping without an answer");
}

QString eventWords(const TimelineMark &mark, const std::optional<CapturedRow> &row)
{
    if (mark.cell.count == 1)
        return rowWords(row);
    return Words::tr("%1 at this time, the first – %2").arg(formatCount(mark.cell.count), rowWords(row));
}

QString stateWords(const ConnectionTimeline &timeline, const std::optional<CapturedRow> &end)
{
    const QString lived = milliseconds(timeline.toUs() - timeline.fromUs());
    if (!timeline.endedRow())
        return timeline.hasOpening() ? Words::tr("Open for %1").arg(lived) : Words::tr("Known for %1").arg(lived);
    const bool isRefused = end && end->eventKind() == EventKind::RequestRefused;
    return isRefused ? Words::tr("Refused") : Words::tr("Was open for %1").arg(lived);
}

QString endWords(const CapturedRow &row)
{
    const bool isRefusal = row.eventKind() == EventKind::RequestRefused;
    const Ending ending = isRefusal ? refusedFromJson(row.payload).ending : endedFromJson(row.payload).ending;
    const QString sentence = endingSentence(ending);
    return isRefusal ? sentence : Words::tr("ended: %1").arg(sentence);
}

QString pingTotals(const ConnectionTimeline &timeline)
{
    const qint64 median = timeline.medianRoundTripUs();
    const quint64 count = timeline.totals().pings;
    const QString pings = count == 1 ? Words::tr("1 ping") : Words::tr("%1 pings").arg(formatCount(count));
    return median < 0 ? pings : Words::tr("%1, median %2").arg(pings, milliseconds(median));
}

/// Empty: it never was.
QString quietTotals(const ConnectionTimeline &timeline)
{
    const auto marks = timelineMarks(timeline, TimelineLane::Quiet, timeline.fromUs(), timeline.toUs(), 1);
    qint64 longestUs = 0;
    for (const TimelineMark &mark : marks)
        longestUs = std::max(longestUs, mark.toUs - mark.fromUs);
    const QString longest = milliseconds(longestUs);
    return marks.empty()    ? QString()
        : marks.size() == 1 ? Words::tr("quiet once, for %1").arg(longest)
                            : Words::tr("quiet %1 times, for %2 at most").arg(formatCount(marks.size()), longest);
}

QString frameTotals(const TimelineTotals &totals)
{
    const QString in =
        totals.framesIn == 1 ? Words::tr("1 frame in") : Words::tr("%1 frames in").arg(formatCount(totals.framesIn));
    return Words::tr("%1, %2 out").arg(in, formatCount(totals.framesOut));
}

} // namespace

QString laneName(TimelineLane lane) { return wordsOf(lane).name; }
QString laneTip(TimelineLane lane) { return wordsOf(lane).tip; }

QString timelineWords(const ConnectionTimeline &timeline, const std::optional<CapturedRow> &end)
{
    const TimelineTotals &totals = timeline.totals();
    QStringList parts{stateWords(timeline, end)};
    if (totals.framesIn + totals.framesOut > 0)
        parts << frameTotals(totals);
    if (totals.pings > 0)
        parts << pingTotals(timeline);
    if (const QString quiet = quietTotals(timeline); !quiet.isEmpty())
        parts << quiet;
    if (totals.limitHits > 0)
        parts << Words::tr("limits hit: %1").arg(formatCount(totals.limitHits));
    if (totals.broken > 0)
        parts << Words::tr("broken frames: %1").arg(formatCount(totals.broken));
    if (end)
        parts << endWords(*end);
    if (!timeline.hasOpening() && !(end && end->eventKind() == EventKind::RequestRefused))
        parts << Words::tr("its beginning is not in the capture any more");
    return parts.join(u" · "_s);
}

QString markWords(const TimelineMark &mark, const std::optional<CapturedRow> &row)
{
    switch (mark.lane) {
    case TimelineLane::In:
    case TimelineLane::Out:
        return frameWords(mark, row);
    case TimelineLane::Pings:
        return pingWords(mark, row);
    case TimelineLane::Quiet:
        return Words::tr("No frame for %1").arg(milliseconds(mark.toUs - mark.fromUs));
    case TimelineLane::Faults:
    case TimelineLane::Seat:
    case TimelineLane::Life:
        return eventWords(mark, row);
    }
    return {};
}

QString markTime(const TimelineMark &mark)
{
    return mark.toUs == mark.fromUs ? formatClock(mark.fromUs)
                                    : Words::tr("%1 to %2").arg(formatClock(mark.fromUs), formatClock(mark.toUs));
}

QString markExactTime(const TimelineMark &mark)
{
    return mark.toUs == mark.fromUs
        ? formatExactTime(mark.fromUs)
        : Words::tr("from %1\nto %2").arg(formatExactTime(mark.fromUs), formatExactTime(mark.toUs));
}

} // namespace glasshouse
