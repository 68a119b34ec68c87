// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenerror.h"

namespace glasshouse {

QByteArrayView describe(TokenError error)
{
    switch (error) {
    case TokenError::Missing:
        return "A token is needed and none was sent";
    case TokenError::TooLong:
        return "The token is longer than 8 KiB";
    case TokenError::BadCharacter:
        return "The token holds a character that no token has, such as white space or a quotation mark";
    case TokenError::NotThreeParts:
        return "The token is not header.claims.signature";
    case TokenError::Encrypted:
        return "The token is encrypted; only signed ones are taken";
    case TokenError::BadEncoding:
        return "A part of the token is not base64url without padding";
    case TokenError::BadHeader:
        return "The token's header is not a JSON object";
    case TokenError::DuplicateMember:
        return "A name stands twice in the token's header or claims";
    case TokenError::NoAlgorithm:
        return "The token's header names no algorithm";
    case TokenError::Unsigned:
        return "The token is not signed";
    case TokenError::WrongAlgorithm:
        return "The token is signed with another algorithm than this server takes";
    case TokenError::WrongType:
        return "The token is of another type than JWT";
    case TokenError::Nested:
        return "The token holds another token instead of claims";
    case TokenError::CriticalHeader:
        return "The token's header asks for an extension that this server does not know";
    case TokenError::BadSignature:
        return "The token's signature is not by this server's key";
    case TokenError::ForeignKey:
        return "The token's signature is not by this server's key; a key that a token brings along does not count";
    case TokenError::BadClaims:
        return "The token's claims are not a JSON object";
    case TokenError::NoExpiry:
        return "The token has no expiry (exp)";
    case TokenError::BadTime:
        return "A time in the token is not a plain number of seconds since 1970";
    case TokenError::Expired:
        return "The token has expired";
    case TokenError::NotYetValid:
        return "The token is not valid yet (nbf)";
    case TokenError::WrongIssuer:
        return "The token was made by another issuer (iss)";
    case TokenError::WrongAudience:
        return "The token was made for another audience (aud)";
    case TokenError::NoSubject:
        return "The token names no player (sub)";
    case TokenError::BadSubject:
        return "The token's player (sub) is not a text of 1 to 255 bytes without control characters";
    case TokenError::BadClaim:
        return "A claim of the token that must be a text is something else";
    case TokenError::WrongRoom:
        return "The token is for another room";
    case TokenError::WrongGame:
        return "The token is for another game";
    }
    return {};
}

Error<TokenError> tokenError(TokenError code) { return tokenError(code, describe(code)); }

Error<TokenError> tokenError(TokenError code, QByteArrayView text) { return {code, text.toByteArray()}; }

} // namespace glasshouse
