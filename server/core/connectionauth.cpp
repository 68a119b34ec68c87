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
    begin();
    takeEarly();
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

void Connection::authTimedOut()
{
    const bool asked = m_auth.stage() == AuthWait::Stage::Answer;
    end(m_auth.cause(), EndingSide::Server,
        asked ? "nobody said in time whether it may come in" : "no token came in time");
}

// Who has shown his token may go on at once, however long somebody looks at it.
void Connection::hold(MessageKind kind, QByteArrayView payload)
{
    m_auth.hold(kind, payload);
    if (m_auth.isFull())
        m_wire.transport().setReading(false);
}

std::vector<AuthWait::Message> Connection::endAuth()
{
    if (m_auth.isFull())
        m_wire.transport().setReading(true);
    return m_auth.end();
}

void Connection::takeHeld()
{
    for (const AuthWait::Message &message : endAuth()) {
        if (m_state == ConnectionState::Open)
            m_seating.message(message.kind, message.payload);
    }
}

} // namespace glasshouse
