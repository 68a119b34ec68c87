// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/tokenerror.h"
#include "server/gate/tokenkey.h"

namespace glasshouse {

/// What a token must say besides being signed with the key.
struct TokenRules
{
    QByteArray issuer;   ///< `iss` has to be this; empty: anything
    QByteArray audience; ///< `aud` has to be or to hold this; empty: anything
    int leewaySeconds = 30;
};

/// What its bearer wants. A token that is bound to a room or game fits nothing else, so an empty one fits no bound token.
struct TokenUse
{
    QByteArray room;
    QByteArray game;
};

/// What a verified token says.
struct TokenClaims
{
    QByteArray subject;
    QByteArray name;        ///< as sent: for people only after cleaning; empty: none
    QByteArray room;        ///< empty: any
    QByteArray game;        ///< empty: any
    qint64 expiresAt = 0;   ///< `exp`, in seconds since 1970
    qint64 notAfter = 0;    ///< `exp` and the leeway: from this second on it is no longer good
    QByteArray fingerprint; ///< the same for all copies of a token; a token can not be made from it
};

/// Verifies players' tokens: JWT (RFC 7519) that are signed (RFC 7515). The algorithm is that of the key; the token's header
/// only has to agree. `kid`, `jku`, `jwk`, `x5u` and `x5c` are never looked at. Nothing of the claims is read before the
/// signature was found right. Pure; may be used by all threads.
class TokenVerifier
{
public:
    TokenVerifier(TokenKey key, TokenRules rules) : m_key(std::move(key)), m_rules(std::move(rules)) { }

    /// `now` in seconds since 1970.
    [[nodiscard]] Result<TokenClaims, TokenError> verify(QByteArrayView token, const TokenUse &use, qint64 now) const;

private:
    TokenKey m_key;
    TokenRules m_rules;
};

} // namespace glasshouse
