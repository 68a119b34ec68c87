// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <optional>
#include <vector>

namespace glasshouse {

/// What stands on a line of a timeline of its own.
enum class TimelineLane : quint8 {
    In,     ///< frames from the client, control frames among them
    Out,    ///< frames to it
    Pings,  ///< of both sides; round trips are those of the server's
    Quiet,  ///< no frame either way
    Faults, ///< limits that were hit, frames that broke the protocol
    Seat,   ///< taken, resumed, dropped, left
    Life,   ///< opened and ended, and what an operator did
};
constexpr int timelineLaneCount = int(TimelineLane::Life) + 1;

/// What came on a lane within one bucket of time. Times in microseconds since 1970, UTC.
struct TimelineCell
{
    quint64 count = 0; ///< 0: nothing, and nothing else says anything
    quint64 bytes = 0; ///< of payload on the wire
    quint64 firstRow = 0;
    qint64 firstUs = 0;
    qint64 lastUs = 0;
    qint64 roundTripUs = -1; ///< the longest of its pings; −1: none is known
    quint64 unanswered = 0;  ///< pings of the server
    EventKind lastKind = EventKind::Note;

    void add(const TimelineCell &later);
};

/// Sums over all of a timeline.
struct TimelineTotals
{
    quint64 framesIn = 0;
    quint64 framesOut = 0;
    quint64 pings = 0;
    quint64 limitHits = 0;
    quint64 broken = 0;
};

/// The life of a connection as the rows of a capture tell it, in at most 2,048 buckets of time, which become twice as long when it
/// outgrows them: a million frames are held, copied and drawn as ten are. A value, for one thread after the other.
class ConnectionTimeline
{
public:
    static constexpr qsizetype mostBuckets = 2'048;

    ConnectionTimeline() = default;
    /// All of it. `sinceUs`: when it was opened, so that no row long before it is looked at; 0: not known.
    explicit ConnectionTimeline(ConnectionId connection, qint64 sinceUs = 0);
    /// The same from one time to another, in finer buckets. Its rows have to be read again.
    [[nodiscard]] ConnectionTimeline part(qint64 fromUs, qint64 toUs) const;

    /// Goes on where it ended, until `stop` or the newest row, for `mostMs` at most.
    void add(const SearchableRows &rows, const std::atomic<bool> &stop, int mostMs);
    /// Did the last add() come to the newest row?
    [[nodiscard]] bool isUpToDate() const { return m_isUpToDate; }
    /// Every row before it was looked at.
    [[nodiscard]] quint64 nextRow() const { return m_next; }
    /// Nothing more can come.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }

    [[nodiscard]] bool isPart() const { return m_partToUs > 0; }
    /// Is it of a connection?
    [[nodiscard]] bool isAny() const { return m_connection != 0; }
    /// No row of it was found.
    [[nodiscard]] bool isEmpty() const { return !m_hasBegun; }
    /// The rows of its beginning are there.
    [[nodiscard]] bool hasOpening() const { return m_hasOpening; }
    /// Of its end; none: it is open, or its rows are not there.
    [[nodiscard]] std::optional<quint64> endedRow() const { return m_endedRow; }
    [[nodiscard]] qint64 fromUs() const { return m_fromUs; }
    /// Its last row, or the newest row of the capture while it is open.
    [[nodiscard]] qint64 toUs() const;
    [[nodiscard]] const TimelineTotals &totals() const { return m_totals; }
    /// Of the newest thousand pings of the server that were answered; −1: none was.
    [[nodiscard]] qint64 medianRoundTripUs() const { return m_roundTripsUs.median(); }
    /// Without a frame for so long: five seconds, or twice what lies between the server's pings, which is nothing special.
    [[nodiscard]] qint64 quietUs() const { return std::max(leastQuietUs, 2 * m_pingGapsUs.median()); }

    [[nodiscard]] qint64 bucketUs() const { return m_bucketUs; }
    /// Those of a lane, up to the last one that has something; none of Quiet, which is what lies between frames.
    [[nodiscard]] const std::vector<TimelineCell> &cells(TimelineLane lane) const { return m_cells[size_t(lane)]; }
    /// Of the last frame; while none came, its first row.
    [[nodiscard]] quint64 quietSinceRow() const { return m_quietSinceRow; }

private:
    struct Ping
    {
        qint64 timeUs;
        quint32 length;
        QByteArray payload;
    };
    /// The newest thousand.
    class Durations
    {
    public:
        void add(qint64 us);
        [[nodiscard]] qint64 median() const; ///< −1: there are none

    private:
        std::deque<qint64> m_us;
    };
    static constexpr qint64 leastQuietUs = 5'000'000;
    std::array<std::vector<TimelineCell>, timelineLaneCount> m_cells;
    TimelineTotals m_totals;
    quint32 m_connection = 0;
    qint64 m_sinceUs = 0; ///< not to be searched before
    qint64 m_bucketUs = 1;
    qint64 m_fromUs = 0;
    qint64 m_partToUs = 0; ///< 0: it is no part
    qint64 m_lastUs = 0;   ///< of its own rows
    qint64 m_newestUs = 0; ///< of anybody's
    quint64 m_quietSinceRow = 0;
    quint64 m_next = 0;
    std::optional<quint64> m_endedRow;
    bool m_isLocated = true; ///< m_next is where its rows begin
    bool m_isUpToDate = false;
    bool m_isComplete = false;
    bool m_hasBegun = false;
    bool m_hasOpening = false;
    std::deque<Ping> m_pings; ///< of the server, that wait for their pong
    Durations m_roundTripsUs;
    Durations m_pingGapsUs; ///< between pings of the server
    std::optional<qint64> m_lastPingUs;

    [[nodiscard]] bool isLongAfterAll(qint64 timeUs) const;
    void addStretch(RowStretch &stretch);
    void addRow(RowStretch &stretch, quint64 number, const FrameRecord &record);
    void addFrame(RowStretch &stretch, quint64 number, const FrameRecord &record);
    void addEvent(quint64 number, const FrameRecord &record);
    void addPing(RowStretch &stretch, const FrameRecord &record);
    void addPong(RowStretch &stretch, const FrameRecord &record);
    [[nodiscard]] TimelineCell &cellAt(TimelineLane lane, qint64 timeUs);
    TimelineCell &count(TimelineLane lane, quint64 number, const FrameRecord &record);
    void halve();
};

/// A row in front of all that are so late, and near them: the times of a capture never run backwards. Reads the disk.
[[nodiscard]] quint64 rowBefore(const SearchableRows &rows, qint64 timeUs);

} // namespace glasshouse
