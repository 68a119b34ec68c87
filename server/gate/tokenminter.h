// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/tokenerror.h"
#include "server/gate/tokenkey.h"

namespace glasshouse {

/// What a new token shall say. Times in seconds since 1970; empty texts are left out.
struct TokenGrant
{
    QByteArray subject;
    QByteArray name;
    QByteArray room;
    QByteArray game;
    QByteArray issuer;
    QByteArray audience;
    qint64 issuedAt = 0;
    qint64 expiresAt = 0;
};

enum class MintError : quint8 {
    KeyCanNotSign, ///< a public key
    NoSubject,
    BadText,  ///< not UTF-8, or a control character
    BadTimes, ///< expires before it is issued
    TooLong,  ///< no server would take it
};

/// A token that TokenVerifier takes, given the same key (its public half) and rules.
[[nodiscard]] Result<QByteArray, MintError> mintToken(const TokenKey &key, const TokenGrant &grant);

/// Header and claims as lines of text in UTF-8, as they were written and in their order, with times that people can read. The
/// signature is neither checked nor shown. Safe for a terminal: control and format characters stand there as \uXXXX.
[[nodiscard]] Result<QByteArray, TokenError> describeToken(QByteArrayView token, qint64 now);

} // namespace glasshouse
