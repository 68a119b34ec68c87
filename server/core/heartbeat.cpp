// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/heartbeat.h"

#include <QRandomGenerator>
#include <QtEndian>

namespace glasshouse {

namespace {

/// Pings go out at whole tenths of a second: those of many connections share a turn of the loop, and their answers as well.
/// Waking up for each of ten thousand would cost more than everything that is then done.
constexpr qint64 slotMs = 100;

qint64 beginOfSlot(qint64 timeMs) { return timeMs - timeMs % slotMs; }

} // namespace

Heartbeat::Heartbeat(const Limits &limits, QRandomGenerator &random)
    : m_random(random),
      m_periodMs(limits.heartbeatSeconds * 1000LL),
      m_pongMs(limits.pongSeconds * 1000LL)
{ }

void Heartbeat::begin(qint64 nowMs)
{
    if (m_periodMs > 0)
        m_nextPingMs = beginOfSlot(nowMs + slotMs - 1 + m_random.bounded(m_periodMs - slotMs + 1));
}

void Heartbeat::setLimits(const Limits &limits, qint64 nowMs)
{
    if (!awaitsPong()) // what needed no answer needs none now; it is one if it comes
        m_owedSinceMs = -1;
    m_periodMs = limits.heartbeatSeconds * 1000LL;
    m_pongMs = limits.pongSeconds * 1000LL;
    if (m_periodMs == 0)
        m_nextPingMs = -1;
    else if (m_owedSinceMs < 0)
        begin(nowMs);
}

Heartbeat::Payload Heartbeat::ping(qint64 nowMs)
{
    m_nonce = m_random.generate64();
    m_pingSentMs = m_owedSinceMs = nowMs;
    if (m_periodMs > 0)
        m_nextPingMs = beginOfSlot(nowMs + m_periodMs);
    Payload payload;
    qToBigEndian(m_nonce, payload.data());
    return payload;
}

bool Heartbeat::pong(QByteArrayView payload, qint64 nowMs)
{
    if (m_pingSentMs < 0 || payload.size() != sizeof(Payload) || qFromBigEndian<quint64>(payload.data()) != m_nonce)
        return false;
    m_rttMs = int(nowMs - m_pingSentMs);
    m_pingSentMs = m_owedSinceMs = -1;
    return true;
}

Heartbeat::Due Heartbeat::due(qint64 nowMs) const
{
    if (awaitsPong())
        return m_owedSinceMs + m_pongMs <= nowMs ? Due::NoPong : Due::Nothing;
    return m_nextPingMs >= 0 && m_nextPingMs <= nowMs ? Due::Ping : Due::Nothing;
}

qint64 Heartbeat::nextMs() const { return awaitsPong() ? m_owedSinceMs + m_pongMs : m_nextPingMs; }

qint64 Heartbeat::msUntilPing(qint64 nowMs) const
{
    return m_nextPingMs < 0 ? -1 : qMax<qint64>(0, m_nextPingMs - nowMs);
}

qint64 Heartbeat::msWithoutPong(qint64 nowMs) const { return awaitsPong() ? nowMs - m_owedSinceMs : -1; }

} // namespace glasshouse
