// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/seathistory.h"

#include "server/events/eventrows.h"
#include "server/events/seatedplayers.h"

#include <QDeadlineTimer>
#include <algorithm>

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
        if (!isEvent(record) || !SeatedPlayers::namesPlayer(static_cast<EventKind>(record.firstByte)))
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
    m_seats[connection].push_back(std::move(seat));
    m_order.push_back(connection);
    if (m_order.size() <= mostSeats)
        return;
    const auto oldest = m_seats.find(m_order.front());
    oldest->second.pop_front();
    if (oldest->second.empty())
        m_seats.erase(oldest);
    m_order.pop_front();
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
    const auto behind = std::ranges::upper_bound(seats->second, number, {}, &Seat::from);
    return behind == seats->second.begin() ? QByteArray() : std::prev(behind)->player;
}

} // namespace glasshouse
