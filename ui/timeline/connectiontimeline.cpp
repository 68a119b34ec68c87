// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/connectiontimeline.h"

#include <QDeadlineTimer>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr quint64 nearEnough = 4'096;       // rows: sooner read than halved again
constexpr qint64 slackUs = 1'000'000;       // between the clocks of a row and of what says when it was opened
constexpr qint64 mostWaitedUs = 10'000'000; // for the pong to a ping at the end of a part, and for what follows an end
constexpr size_t mostPings = 16;            // that wait for their pongs
constexpr size_t mostDurations = 1'000;

bool isOut(const FrameRecord &record) { return (record.flags & RecordOut) != 0; }
bool isBroken(const FrameRecord &record) { return (record.flags & RecordBroken) != 0; }
Opcode opcodeOf(const FrameRecord &record) { return static_cast<Opcode>(record.firstByte & 0xF); }

/// A pong of the client.
bool isAnswer(const FrameRecord &record)
{
    return !isEvent(record) && opcodeOf(record) == Opcode::Pong && !isOut(record) && !isBroken(record);
}

/// Of the first row that is still there in [number, end); none: nothing is.
std::optional<qint64> timeAt(const SearchableRows &rows, quint64 number, quint64 end)
{
    std::optional<qint64> time;
    rows.scan(number, end, SearchableRows::Read::Rows, [&time](RowStretch &stretch) {
        time = stretch.record(stretch.firstRow()).timeUs;
        return false;
    });
    return time;
}

/// Null: it was not kept, or can not be read any more.
QByteArray payloadOf(RowStretch &stretch, const FrameRecord &record)
{
    const CaptureBlock *block = stretch.whole();
    QByteArray scratch;
    return block != nullptr ? block->payloadOf(record, scratch).toByteArray() : QByteArray();
}

TimelineLane laneOf(EventKind kind)
{
    switch (kind) {
    case EventKind::LimitHit:
        return TimelineLane::Faults;
    case EventKind::SeatTaken:
    case EventKind::SeatResumed:
    case EventKind::SeatDropped:
    case EventKind::SeatLeft:
        return TimelineLane::Seat;
    default:
        return TimelineLane::Life;
    }
}

} // namespace

quint64 rowBefore(const SearchableRows &rows, qint64 timeUs)
{
    quint64 first = 0, end = rows.endRow();
    while (end - first > nearEnough) {
        const quint64 middle = first + (end - first) / 2;
        const auto time = timeAt(rows, middle, end);
        if (time && *time < timeUs)
            first = middle;
        else
            end = middle;
    }
    return first;
}

void TimelineCell::add(const TimelineCell &later)
{
    if (later.count == 0)
        return;
    if (count == 0) {
        *this = later;
        return;
    }
    count += later.count;
    bytes += later.bytes;
    lastUs = later.lastUs;
    roundTripUs = std::max(roundTripUs, later.roundTripUs);
    unanswered += later.unanswered;
    lastKind = later.lastKind;
}

ConnectionTimeline::ConnectionTimeline(ConnectionId connection, qint64 sinceUs)
    : m_connection(quint32(connection)),
      m_sinceUs(sinceUs - slackUs),
      m_isLocated(sinceUs == 0)
{ }

ConnectionTimeline ConnectionTimeline::part(qint64 fromUs, qint64 toUs) const
{
    ConnectionTimeline part{ConnectionId{m_connection}, fromUs};
    part.m_fromUs = fromUs;
    part.m_partToUs = std::max(toUs, fromUs + 1);
    part.m_hasBegun = true;
    while ((part.m_partToUs - fromUs) / part.m_bucketUs >= mostBuckets)
        part.m_bucketUs *= 2;
    return part;
}

void ConnectionTimeline::add(const SearchableRows &rows, const std::atomic<bool> &stop, int mostMs)
{
    const QDeadlineTimer deadline(mostMs);
    if (!m_isLocated)
        m_next = rowBefore(rows, m_sinceUs);
    m_isLocated = true;
    const quint64 end = rows.endRow();
    m_isUpToDate = true;
    rows.scan(m_next, end, SearchableRows::Read::Rows, [&](RowStretch &stretch) {
        addStretch(stretch);
        m_next = stretch.endRow();
        m_isUpToDate = m_isComplete || (!stop && !deadline.hasExpired());
        return m_isUpToDate && !m_isComplete;
    });
    if (m_isUpToDate)
        m_next = end; // rows at the end may be gone already
}

void ConnectionTimeline::addStretch(RowStretch &stretch)
{
    for (quint64 number = stretch.firstRow(); number < stretch.endRow() && !m_isComplete; ++number) {
        const FrameRecord &record = stretch.record(number);
        m_newestUs = std::max(m_newestUs, record.timeUs);
        m_isComplete = isLongAfterAll(record.timeUs);
        if (record.connection == m_connection)
            addRow(stretch, number, record);
    }
}

/// Nothing of it comes any more: a seat that waits for its player is no connection's.
bool ConnectionTimeline::isLongAfterAll(qint64 timeUs) const
{
    return (isPart() || m_endedRow) && timeUs > toUs() + mostWaitedUs;
}

void ConnectionTimeline::addRow(RowStretch &stretch, quint64 number, const FrameRecord &record)
{
    if (m_partToUs > 0 && (record.timeUs < m_fromUs || record.timeUs > m_partToUs)) {
        if (isAnswer(record) && record.timeUs >= m_fromUs)
            addPong(stretch, record); // of a ping within it
        return;
    }
    if (!m_hasBegun) {
        m_fromUs = record.timeUs;
        m_quietSinceRow = number;
        m_hasBegun = true;
    }
    m_lastUs = std::max(m_lastUs, record.timeUs);
    isEvent(record) ? addEvent(number, record) : addFrame(stretch, number, record);
}

void ConnectionTimeline::addEvent(quint64 number, const FrameRecord &record)
{
    const auto kind = static_cast<EventKind>(record.firstByte);
    count(laneOf(kind), number, record).lastKind = kind;
    if (kind == EventKind::ConnectionOpened) {
        m_hasOpening = true;
    } else if (kind == EventKind::ConnectionEnded || kind == EventKind::RequestRefused) {
        m_endedRow = number;
    } else if (kind == EventKind::LimitHit) {
        ++m_totals.limitHits;
    }
}

void ConnectionTimeline::addFrame(RowStretch &stretch, quint64 number, const FrameRecord &record)
{
    count(isOut(record) ? TimelineLane::Out : TimelineLane::In, number, record);
    ++(isOut(record) ? m_totals.framesOut : m_totals.framesIn);
    m_quietSinceRow = number;
    if (isBroken(record)) {
        count(TimelineLane::Faults, number, record);
        ++m_totals.broken;
    } else if (opcodeOf(record) == Opcode::Ping) {
        count(TimelineLane::Pings, number, record);
        ++m_totals.pings;
        if (isOut(record))
            addPing(stretch, record);
    } else if (isAnswer(record)) {
        addPong(stretch, record);
    }
}

void ConnectionTimeline::addPing(RowStretch &stretch, const FrameRecord &record)
{
    if (m_lastPingUs)
        m_pingGapsUs.add(record.timeUs - *m_lastPingUs);
    m_lastPingUs = record.timeUs;
    m_pings.push_back({record.timeUs, record.wireLength, payloadOf(stretch, record)});
    if (m_pings.size() > mostPings)
        m_pings.pop_front();
    ++cellAt(TimelineLane::Pings, record.timeUs).unanswered;
}

/// It answers the newest ping that it repeats; those before stay without an answer (RFC 6455, 5.5.3).
void ConnectionTimeline::addPong(RowStretch &stretch, const FrameRecord &record)
{
    if (m_pings.empty())
        return;
    const QByteArray payload = payloadOf(stretch, record);
    const auto ping = std::find_if(m_pings.rbegin(), m_pings.rend(), [&](const Ping &one) {
        return one.length == record.wireLength && one.payload == payload;
    });
    if (ping == m_pings.rend())
        return;
    const qint64 roundTripUs = record.timeUs - ping->timeUs;
    TimelineCell &cell = cellAt(TimelineLane::Pings, ping->timeUs);
    --cell.unanswered;
    cell.roundTripUs = std::max(cell.roundTripUs, roundTripUs);
    m_roundTripsUs.add(roundTripUs);
    m_pings.erase(m_pings.begin(), ping.base());
}

void ConnectionTimeline::Durations::add(qint64 us)
{
    m_us.push_back(us);
    if (m_us.size() > mostDurations)
        m_us.pop_front();
}

qint64 ConnectionTimeline::Durations::median() const
{
    if (m_us.empty())
        return -1;
    std::vector<qint64> sorted(m_us.begin(), m_us.end());
    const auto middle = sorted.begin() + std::ptrdiff_t(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return *middle;
}

TimelineCell &ConnectionTimeline::cellAt(TimelineLane lane, qint64 timeUs)
{
    const qint64 passed = std::max<qint64>(timeUs - m_fromUs, 0);
    while (passed / m_bucketUs >= mostBuckets)
        halve();
    std::vector<TimelineCell> &cells = m_cells[size_t(lane)];
    const auto bucket = size_t(passed / m_bucketUs);
    if (bucket >= cells.size())
        cells.resize(bucket + 1);
    return cells[bucket];
}

TimelineCell &ConnectionTimeline::count(TimelineLane lane, quint64 number, const FrameRecord &record)
{
    TimelineCell &cell = cellAt(lane, record.timeUs);
    TimelineCell one;
    one.count = 1;
    one.bytes = record.wireLength;
    one.firstRow = number;
    one.firstUs = one.lastUs = record.timeUs;
    cell.add(one);
    return cell;
}

/// Half as many buckets, each twice as long.
void ConnectionTimeline::halve()
{
    m_bucketUs *= 2;
    for (std::vector<TimelineCell> &cells : m_cells) {
        for (size_t i = 0; i < cells.size(); ++i) {
            const TimelineCell cell = std::exchange(cells[i], {});
            cells[i / 2].add(cell);
        }
        cells.resize((cells.size() + 1) / 2);
    }
}

qint64 ConnectionTimeline::toUs() const
{
    if (m_partToUs > 0)
        return m_partToUs;
    return m_endedRow ? m_lastUs : std::max(m_lastUs, m_newestUs);
}

} // namespace glasshouse
