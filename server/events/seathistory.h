// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

namespace glasshouse {

/// Who sat behind which connection at which row, for who asks of any row: what SeatedPlayers knows of the row that it is at. Learns
/// from the rows of seats, from the oldest on, and goes on where it ended. Of more than `mostSeats` the oldest are forgotten that
/// are over, because the connection has ended or has a newer one; their rows are nobody's then. Calls from any thread.
class SeatHistory
{
public:
    static constexpr size_t mostSeats = 100'000;

    /// Up to row `end`, until `stop`, for `mostMs` at most; one at a time, others wait. `rows` are the same each time.
    void learn(const SearchableRows &rows, quint64 end, const std::atomic<bool> &stop, int mostMs);
    /// What stands before this row is known.
    [[nodiscard]] quint64 learntTo() const;
    /// UTF-8; empty: nobody, or nobody knows.
    [[nodiscard]] QByteArray playerOf(ConnectionId connection, quint64 number) const;

private:
    struct Seat
    {
        quint64 from = 0; ///< row
        QByteArray player;
    };

    struct Seats
    {
        std::vector<Seat> all; ///< rising
        size_t forgotten = 0;  ///< of these, the first
        bool hasEnded = false; ///< the last one is over as well
    };

    std::mutex m_learning;                 ///< by one at a time
    mutable std::mutex m_mutex;            ///< guards what follows
    std::map<ConnectionId, Seats> m_seats; ///< those of a connection: one at least is known
    std::deque<ConnectionId> m_over;       ///< whose the seats are that are over, by when that was
    size_t m_known = 0;                    ///< seats
    quint64 m_next = 0;

    void learnStretch(RowStretch &stretch);
    void add(ConnectionId connection, Seat seat);
    void end(ConnectionId connection);
    void forgetOne();
};

} // namespace glasshouse
