// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/rooms/seat.h"

#include <deque>

namespace glasshouse {

/// Whose seats were given up, by the tokens that took them: who comes back too late gets no seat, and is the same one to the game.
/// Remembers the last 128 of a room.
class FormerSeats
{
public:
    static constexpr size_t most = 128;

    void remember(const Seat &seat);
    /// Player::account of the seat that this token, or the one before it, took; empty: none. Once.
    [[nodiscard]] QByteArray take(const QByteArray &token);

private:
    struct Former
    {
        QByteArray token;
        QByteArray tokenBefore;
        QByteArray account;
    };
    std::deque<Former> m_former; ///< the oldest first
};

} // namespace glasshouse
