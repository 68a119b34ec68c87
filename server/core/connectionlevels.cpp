// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Connection shows of itself: what it has done, and how near it is to its limits.
#include "server/core/connection.h"

namespace glasshouse {

ConnectionCounters Connection::counters() const
{
    const WireCounters &wire = m_wire.counters();
    ConnectionCounters counters;
    counters.id = m_id;
    counters.state = m_state;
    counters.player = m_seating.player().name;
    counters.playerId = m_seating.player().id;
    counters.room = m_seating.room();
    counters.messagesIn = wire.messagesIn;
    counters.messagesOut = wire.messagesOut;
    counters.bytesIn = wire.bytesIn;
    counters.bytesOut = wire.bytesOut;
    counters.queuedBytes = isFinished() ? m_ending.queuedBytes : queuedBytes();
    counters.rttMs = m_heartbeat.rttMs();
    counters.lastHeardMs = m_context.clock.wallMs() - (m_context.clock.monotonicMs() - m_heardMs);
    counters.rateLimitHits = m_limitHits;
    counters.badMessages = quint32(badMessages());
    counters.droppedMessages = droppedMessages();
    return counters;
}

ConnectionLevels Connection::levels() const
{
    const qint64 now = m_context.clock.monotonicMs();
    ConnectionLevels levels;
    levels.id = m_id;
    levels.limits = m_context.config.limits;
    levels.messages = m_rates.messages.used(now);
    levels.bytes = m_rates.bytes.used(now);
    levels.byteBurst = m_rates.bytes.burst();
    levels.controlFrames = m_rates.controlFrames.used(now);
    levels.queuedBytes = queuedBytes();
    levels.biggestMessage = m_wire.biggestMessage();
    levels.badInARow = m_seating.badInARow();
    levels.midwayMs = m_midwaySince < 0 ? -1 : now - m_midwaySince;
    levels.pongMs = m_heartbeat.msWithoutPong(now);
    levels.nextPingMs = m_state == ConnectionState::Open ? m_heartbeat.msUntilPing(now) : -1;
    levels.players = m_seating.playersInRoom();
    return levels;
}

} // namespace glasshouse
