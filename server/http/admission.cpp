// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/admission.h"

namespace glasshouse {

bool Admission::isWrongGuess() const
{
    // What is judged behind a good signature was not guessed.
    return refusal == EndingCause::TokenMalformed || refusal == EndingCause::TokenWrongAlgorithm
        || refusal == EndingCause::TokenBadSignature || refusal == EndingCause::NoSuchRoom;
}

EndingCause causeFor(TokenError error)
{
    switch (error) {
    case TokenError::Missing:
        return EndingCause::TokenMissing;
    case TokenError::Unsigned:
    case TokenError::NoAlgorithm:
    case TokenError::WrongAlgorithm:
        return EndingCause::TokenWrongAlgorithm;
    case TokenError::BadSignature:
    case TokenError::ForeignKey:
        return EndingCause::TokenBadSignature;
    case TokenError::BadClaims:
    case TokenError::NoExpiry:
    case TokenError::BadTime:
    case TokenError::NoSubject:
    case TokenError::BadSubject:
    case TokenError::BadClaim:
        return EndingCause::TokenIncomplete;
    case TokenError::Expired:
        return EndingCause::TokenExpired;
    case TokenError::NotYetValid:
        return EndingCause::TokenNotYetValid;
    case TokenError::WrongIssuer:
    case TokenError::WrongAudience:
        return EndingCause::TokenWrongIssuer;
    case TokenError::WrongRoom:
    case TokenError::WrongGame:
        return EndingCause::TokenWrongRoom;
    case TokenError::TooLong:
    case TokenError::BadCharacter:
    case TokenError::NotThreeParts:
    case TokenError::Encrypted:
    case TokenError::BadEncoding:
    case TokenError::BadHeader:
    case TokenError::DuplicateMember:
    case TokenError::WrongType:
    case TokenError::Nested:
    case TokenError::CriticalHeader:
        break;
    }
    return EndingCause::TokenMalformed;
}

int httpStatusFor(EndingCause refusal)
{
    const int status = QByteArray(endingText(refusal).httpStatus).toInt();
    return status == 0 ? 429 : status;
}

} // namespace glasshouse
