// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/endinghistory.h"

#include <numeric>

namespace glasshouse {

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 handOutMs = 1'000;
constexpr int hourSlots = 60;
constexpr int quarterMinutes = 15;
constexpr int quarterSlots = EndingHistory::minutesKept / quarterMinutes;

} // namespace

// A clock before 1970 has no minutes that a ring could be counted by.
EndingHistory::EndingHistory(const Clock &clock)
    : m_clock(clock),
      m_epochMs(std::max<qint64>(0, clock.wallMs()) - clock.monotonicMs())
{ }

quint32 &EndingHistory::at(qint64 minute, int cause)
{
    return m_ring[size_t(minute % minutesKept) * endingCauseCount + size_t(cause)];
}

quint32 EndingHistory::countAt(qint64 minute, int cause) const
{
    if (minute > m_minute || minute <= m_minute - minutesKept || minute < 0)
        return 0;
    return m_ring[size_t(minute % minutesKept) * endingCauseCount + size_t(cause)];
}

// Minutes in which nothing ended are emptied on the way; the whole ring at most.
void EndingHistory::moveTo(qint64 minute)
{
    for (qint64 next = std::max(m_minute + 1, minute - minutesKept + 1); next <= minute; ++next)
        std::fill_n(&at(next, 0), endingCauseCount, 0U);
    m_minute = minute;
}

void EndingHistory::add(EndingCause cause)
{
    if (m_ring.empty()) {
        m_ring.resize(size_t(minutesKept) * endingCauseCount);
        m_sums.resize(endingCauseCount);
    }
    moveTo(nowMs() / minuteMs);
    ++at(m_minute, int(cause));
    Sum &sum = m_sums[size_t(cause)];
    ++sum.count;
    sum.lastMs = m_clock.wallMs();
    m_changed = true;
}

QList<quint32> EndingHistory::sumsOf(int cause, qint64 minute, int count, int width) const
{
    QList<quint32> sums(count);
    for (int i = 0; i < count * width; ++i)
        sums[count - 1 - i / width] += countAt(minute - i, cause);
    return sums;
}

EndingStatistics EndingHistory::statistics() const
{
    EndingStatistics all{m_clock.wallMs(), {}};
    const qint64 minute = nowMs() / minuteMs;
    for (int cause = 0; cause < int(m_sums.size()); ++cause) {
        const Sum &sum = m_sums[size_t(cause)];
        if (sum.count == 0)
            continue;
        const QList<quint32> hour = sumsOf(cause, minute, hourSlots, 1);
        all.causes.append({EndingCause(cause), sum.count, std::accumulate(hour.begin(), hour.end(), quint64(0)),
                           sum.lastMs, hour, sumsOf(cause, minute, quarterSlots, quarterMinutes)});
    }
    return all;
}

std::optional<EndingStatistics> EndingHistory::changedStatistics()
{
    const qint64 now = nowMs();
    const qint64 last = m_handedOutMs.value_or(0);
    const bool older = !m_sums.empty() && now / minuteMs != last / minuteMs; // numbers leave the last hour
    if ((!m_changed && !older) || (m_handedOutMs && now - last < handOutMs))
        return {};
    m_changed = false;
    m_handedOutMs = now;
    return statistics();
}

} // namespace glasshouse
