// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

#include <QByteArrayView>
#include <array>

class QRandomGenerator;

namespace glasshouse {

/// When to ping a peer, whether it has answered, and how long that took. Sends nothing itself: pure, but for the clock and the
/// chance that are handed in. Times are monotonic milliseconds; −1: none.
class Heartbeat
{
public:
    using Payload = std::array<char, 8>;
    enum class Due : quint8 { Nothing, Ping, NoPong };

    Heartbeat(const Limits &limits, QRandomGenerator &random);

    /// The first ping is due at a random tenth of a second of the period, so that a thousand who came at once are not pinged at
    /// once, and ten thousand do not wake the loop one by one.
    void begin(qint64 nowMs);
    /// Takes another period. A ping that waits for its answer goes on waiting.
    void setLimits(const Limits &limits, qint64 nowMs);

    /// A ping goes out now, due or not; this is in it.
    [[nodiscard]] Payload ping(qint64 nowMs);
    /// True: it answers the last ping, and rttMs() is new. An unasked pong is no fault (RFC 6455 section 5.5.3).
    [[nodiscard]] bool pong(QByteArrayView payload, qint64 nowMs);

    [[nodiscard]] Due due(qint64 nowMs) const;
    /// When due() is to be asked.
    [[nodiscard]] qint64 nextMs() const;
    [[nodiscard]] int rttMs() const { return m_rttMs; }
    [[nodiscard]] qint64 msUntilPing(qint64 nowMs) const;
    /// So long an answer is waited for.
    [[nodiscard]] qint64 msWithoutPong(qint64 nowMs) const;

private:
    QRandomGenerator &m_random;
    quint64 m_nonce = 0;
    qint64 m_nextPingMs = -1;
    qint64 m_pingSentMs = -1;  ///< the last one, until its answer comes
    qint64 m_owedSinceMs = -1; ///< so long an answer is due; a ping that needed none owes none after a change either
    qint64 m_periodMs;         ///< 0: no pings but those by hand
    qint64 m_pongMs;           ///< 0: no answer is needed
    int m_rttMs = -1;

    /// Where the heartbeat is off, a ping by hand or behind a resume needs no answer.
    [[nodiscard]] bool awaitsPong() const { return m_owedSinceMs >= 0 && m_periodMs > 0 && m_pongMs > 0; }
};

} // namespace glasshouse
