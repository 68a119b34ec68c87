// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/clientrates.h"

namespace glasshouse {

namespace {

// True: so much has passed since, which is now then.
bool startsAnew(qint64 &sinceMs, qint64 nowMs, qint64 ms)
{
    if (nowMs - sinceMs < ms)
        return false;
    sinceMs = nowMs;
    return true;
}

} // namespace

void MessageRate::setLimits(const Limits &limits, qint64 nowMs)
{
    m_rate = limits.messageBurst == 0 ? 0.0 : double(limits.messageRate);
    m_passing.setRate(m_rate, double(limits.messageBurst), nowMs);
}

Pace MessageRate::take(qint64 nowMs)
{
    if (m_passing.take(nowMs))
        return Pace::Fine;
    ++m_dropped;
    if (nowMs - m_lastDropMs >= pauseMs)
        m_overSinceMs = nowMs;
    m_lastDropMs = nowMs;
    if (startsAnew(m_secondMs, nowMs, 1'050)) // a little more, so that exactly so much is too much
        m_droppedInSecond = 0;
    ++m_droppedInSecond;
    if (nowMs - m_overSinceMs >= longestMs || m_droppedInSecond >= (mostTimes - 1) * m_rate)
        return Pace::TooMuch;
    return startsAnew(m_toldMs, nowMs, 1'000) ? Pace::DroppedAloud : Pace::Dropped;
}

void ClientRates::setLimits(const Limits &limits, qint64 nowMs)
{
    messages.setLimits(limits, nowMs);
    // One message of the largest size has to pass at once.
    bytes.setRate(double(limits.byteRate), qMax(1.5 * double(limits.byteRate), double(limits.messageBytes) + 14),
                  nowMs);
    controlFrames.setRate(double(limits.controlRate), double(limits.controlRate), nowMs);
}

} // namespace glasshouse
