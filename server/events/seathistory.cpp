// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/seathistory.h"

#include "server/events/eventrows.h"
#include "server/events/seatedplayers.h"

#include <QDeadlineTimer>
#include <algorithm>
#include <utility>

namespace glasshouse {

void SeatHistory::learn(const SearchableRows &rows, quint64 end, const std::atomic<bool> &stop, int mostMs)
{
    const std::scoped_lock learning(m_learning);
    const QDeadlineTimer deadline(mostMs);
    bool isAtEnd = true;
    rows.scan(learntTo(), end, SearchableRows::Read::Rows, [&](RowStretch &stretch) {
        learnStretch(stretch);
        isAtEnd = !stop && !deadline.hasExpired();
        return isAtEnd;
    });
    const std::scoped_lock lock(m_mutex);
    if (isAtEnd)
        m_next = std::max(m_next, end); // rows at the end may be gone
}

void SeatHistory::learnStretch(RowStretch &stretch)
{
    QByteArray scratch;
    for (quint64 number = stretch.firstRow(); number < stretch.endRow(); ++number) {
        const FrameRecord &record = stretch.record(number);
        const auto kind = static_cast<EventKind>(record.firstByte);
        if (isEvent(record) && kind == EventKind::ConnectionEnded)
            end(ConnectionId{record.connection});
        if (!isEvent(record) || !SeatedPlayers::namesPlayer(kind))
            continue;
        const CaptureBlock *block = stretch.whole();
        const QByteArrayView payload = block != nullptr ? block->payloadOf(record, scratch) : QByteArrayView();
        if (!payload.isEmpty())
            add(ConnectionId{record.connection}, {number, seatFromJson(payload).name.toUtf8()});
    }
    const std::scoped_lock lock(m_mutex);
    m_next = stretch.endRow();
}

void SeatHistory::add(ConnectionId connection, Seat seat)
{
    const std::scoped_lock lock(m_mutex);
    Seats &seats = m_seats[connection];
    if (!seats.all.empty() && !std::exchange(seats.hasEnded, false))
        m_over.push_back(connection);
    seats.all.push_back(std::move(seat));
    if (++m_known > mostSeats)
        forgetOne();
}

void SeatHistory::end(ConnectionId connection)
{
    const std::scoped_lock lock(m_mutex);
    const auto seats = m_seats.find(connection);
    if (seats != m_seats.end() && !std::exchange(seats->second.hasEnded, true))
        m_over.push_back(connection);
}

/// Where all of them sit yet, that of the oldest connection, which has no other.
void SeatHistory::forgetOne()
{
    const auto found = m_over.empty() ? m_seats.begin() : m_seats.find(m_over.front());
    if (!m_over.empty())
        m_over.pop_front();
    --m_known;
    Seats &seats = found->second;
    seats.all[seats.forgotten++].player.clear();
    if (seats.forgotten == seats.all.size()) {
        m_seats.erase(found);
    } else if (seats.forgotten > seats.all.size() / 2) { // now and then, or each would move all behind it
        seats.all.erase(seats.all.begin(), seats.all.begin() + std::ptrdiff_t(seats.forgotten));
        seats.forgotten = 0;
    }
}

quint64 SeatHistory::learntTo() const
{
    const std::scoped_lock lock(m_mutex);
    return m_next;
}

QByteArray SeatHistory::playerOf(ConnectionId connection, quint64 number) const
{
    const std::scoped_lock lock(m_mutex);
    const auto seats = m_seats.find(connection);
    if (seats == m_seats.end())
        return {};
    const auto behind = std::ranges::upper_bound(seats->second.all, number, {}, &Seat::from);
    return behind == seats->second.all.begin() ? QByteArray() : std::prev(behind)->player;
}

} // namespace glasshouse
