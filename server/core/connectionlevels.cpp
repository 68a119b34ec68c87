// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How near a Connection is to its limits.
#include "server/core/connection.h"

namespace glasshouse {

ConnectionLevels Connection::levels() const
{
    const qint64 now = m_context.clock.monotonicMs();
    ConnectionLevels levels;
    levels.id = m_id;
    levels.limits = m_context.config.limits;
    levels.messages = m_messageRate.used(now);
    levels.bytes = m_byteRate.used(now);
    levels.byteBurst = m_byteRate.burst();
    levels.controlFrames = m_controlRate.used(now);
    levels.queuedBytes = queuedBytes();
    levels.biggestMessage = m_wire->biggestMessage();
    levels.badInARow = m_seat != nullptr ? m_seat->badInARow : 0;
    levels.midwayMs = m_midwaySince < 0 ? -1 : now - m_midwaySince;
    levels.pongMs = m_pingSentMs < 0 || !expectsPongs() ? -1 : now - m_pingSentMs;
    levels.nextPingMs = m_nextPingMs < 0 || m_closing ? -1 : qMax<qint64>(0, m_nextPingMs - now);
    levels.players = m_room != nullptr ? m_room->players() : -1;
    return levels;
}

} // namespace glasshouse
