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
    const int seconds = m_context.config.limits.authSeconds;
    m_awaitsAuth = true;
    m_authEndMs = seconds > 0 ? m_context.clock.monotonicMs() + seconds * 1000LL : -1;
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
    m_awaitsAuth = false;
    m_authEndMs = -1;
    m_recorder.setExpectsSecret(false);
    m_context.owner.authArrived(*this, *token);
}

} // namespace glasshouse
