// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The token that a player came in with, or has to bring.
#include "protocol/envelope.h"
#include "protocol/json.h"
#include "server/core/connection.h"

#include <limits>

namespace glasshouse {

void Connection::awaitAuth()
{
    m_auth.begin(m_context.config.limits.authSeconds, m_context.clock.monotonicMs());
    m_recorder.setExpectsSecret(true);
    m_wire.takeEarly(begin());
}

void Connection::bindToken(const TokenClaims &claims)
{
    constexpr qint64 longest = 365LL * 24 * 3600 * 1000; // whatever stands in the token
    const qint64 left =
        qMin(claims.notAfter, std::numeric_limits<qint64>::max() / 2000) * 1000 - m_context.clock.wallMs();
    m_tokenFingerprint = claims.fingerprint;
    m_tokenEndMs = m_context.clock.monotonicMs() + qBound<qint64>(0, left, longest);
    arm();
}

void Connection::limitLife(qint64 ms)
{
    m_lifeEndMs = m_context.clock.monotonicMs() + ms;
    arm();
}

// docs/protocol.md "Letting players in": whoever sends anything else first has no token.
void Connection::authMessage(MessageKind kind, QByteArrayView payload)
{
    const auto envelope = parseEnvelope(kind == MessageKind::Text ? payload : QByteArrayView());
    const bool isAuth = envelope && envelope.value().type == QByteArrayView("auth");
    const auto token = isAuth ? jsonString(jsonMember(envelope.value().data, "token")) : std::nullopt;
    if (!token)
        return end(EndingCause::TokenMissing, EndingSide::Server, "the first message has to be auth with a token");
    m_auth.tokenCame(m_context.clock.monotonicMs());
    m_recorder.setExpectsSecret(false);
    arm();
    m_context.owner.authArrived(*this, *token);
}

// Also where the connection ends: its answer to our close frame has to be read.
void Connection::takeHeld()
{
    if (m_auth.isFull())
        m_wire.transport().setReading(true);
    for (const AuthWait::Message &message : m_auth.end()) {
        if (m_state == ConnectionState::Open)
            m_seating.message(message.kind, message.payload);
    }
}

} // namespace glasshouse
