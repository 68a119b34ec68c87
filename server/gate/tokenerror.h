// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>

namespace glasshouse {

/// Why a player's token does not let its player in. What stands above BadSignature may be said of anybody's token, what stands
/// below only of one that was signed with the right key.
enum class TokenError : quint8 {
    Missing,
    TooLong,         ///< over maxTokenBytes
    BadCharacter,    ///< no part of any base64: white space, quotation marks, bytes outside of ASCII
    NotThreeParts,   ///< not header.claims.signature
    Encrypted,       ///< JWE: five parts, or "enc" in the header
    BadEncoding,     ///< a part is not base64url without padding, in its one canonical form
    BadHeader,       ///< not one JSON object in UTF-8
    DuplicateMember, ///< a name stands twice, in the header or in the claims
    NoAlgorithm,     ///< "alg" is missing or no string
    Unsigned,        ///< "none" in any spelling, or an empty signature
    WrongAlgorithm,  ///< not the configured one
    WrongType,       ///< "typ" says that it is something else
    Nested,          ///< "cty": a token in a token
    CriticalHeader,  ///< asks for an extension that must not be ignored
    BadSignature,
    ForeignKey, ///< a bad signature, and a key of its own in the header, which is never looked at
    BadClaims,  ///< not one JSON object in UTF-8
    NoExpiry,
    BadTime, ///< "exp", "nbf" or "iat" is no plain number of seconds since 1970
    Expired,
    NotYetValid,
    WrongIssuer,
    WrongAudience,
    NoSubject,
    BadSubject, ///< no string, empty, over 255 bytes, or with control characters
    BadClaim,   ///< "name", "room" or "game" is no string
    WrongRoom,
    WrongGame,
};
/// A sentence without full stop, short enough for the reason of a close frame (123 bytes).
[[nodiscard]] QByteArrayView describe(TokenError error);
/// The error with its sentence.
[[nodiscard]] Error<TokenError> tokenError(TokenError code);
/// The error with a sentence that says more.
[[nodiscard]] Error<TokenError> tokenError(TokenError code, QByteArrayView text);

} // namespace glasshouse
