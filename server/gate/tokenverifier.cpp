// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenverifier.h"

#include "protocol/httpchars.h"
#include "protocol/json.h"
#include "server/gate/tokenparts.h"

#include <QCryptographicHash>
#include <algorithm>

namespace glasshouse {

namespace {

using Failure = std::optional<Error<TokenError>>;

constexpr qsizetype maxSubject = 255;
constexpr qint64 latestTime = 253'402'300'799; // the last second of the year 9999

/// The text of a member; null: there is none; nullopt: it is something else.
std::optional<QByteArray> textOf(const JsonMembers &members, const QByteArray &name)
{
    const auto found = members.constFind(name);
    if (found == members.cend())
        return QByteArray();
    const auto text = jsonString(*found);
    return text && text->isEmpty() ? QByteArray("") : text; // empty is not null
}

bool isType(QByteArrayView type)
{
    if (type.size() > 12 && httpchars::isSame(type.first(12), "application/"))
        type = type.sliced(12);
    return httpchars::isSame(type, "JWT") || httpchars::isSame(type, "at+jwt"); // RFC 7519 section 5.1, RFC 9068
}

Failure judgeAlgorithm(const JsonMembers &header, TokenAlgorithm wanted)
{
    const auto algorithm = textOf(header, "alg");
    if (!algorithm || algorithm->isNull())
        return tokenError(TokenError::NoAlgorithm);
    if (httpchars::isSame(*algorithm, "none"))
        return tokenError(TokenError::Unsigned);
    if (*algorithm != nameOf(wanted))
        return tokenError(TokenError::WrongAlgorithm);
    return std::nullopt;
}

Failure judgeHeader(const JsonMembers &header, TokenAlgorithm wanted)
{
    if (header.contains("enc"))
        return tokenError(TokenError::Encrypted);
    if (auto failure = judgeAlgorithm(header, wanted))
        return failure;
    if (header.contains("crit") || header.contains("b64") || header.contains("zip"))
        return tokenError(TokenError::CriticalHeader);
    if (header.contains("cty"))
        return tokenError(TokenError::Nested);
    const auto type = textOf(header, "typ");
    if (!type || (!type->isNull() && !isType(*type)))
        return tokenError(TokenError::WrongType);
    return std::nullopt;
}

TokenError signatureError(const JsonMembers &header)
{
    const QByteArray own[] = {"jwk", "jku", "x5u", "x5c"};
    const bool bringsAKey =
        std::any_of(std::begin(own), std::end(own), [&](const QByteArray &name) { return header.contains(name); });
    return bringsAKey ? TokenError::ForeignKey : TokenError::BadSignature;
}

Error<TokenError> badTime(const QByteArray &name, QByteArrayView what)
{
    return tokenError(TokenError::BadTime, "The token's \"" + name + "\" " + what.toByteArray());
}

/// Digits with or without a fraction, which is cut off; the value of a checked JSON number. −1: something else.
qint64 plainSeconds(QByteArrayView number)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const char *end = std::find_if_not(number.begin(), number.end(), isDigit);
    const QByteArrayView whole(number.begin(), end);
    const bool plain = end == number.end() || (*end == '.' && std::all_of(end + 1, number.end(), isDigit));
    if (whole.isEmpty() || !plain)
        return -1;
    return whole.size() > 12 ? latestTime + 1 : whole.toLongLong();
}

/// Nullopt inside of the result: there is no such claim.
Result<std::optional<qint64>, TokenError> timeOf(const JsonMembers &claims, const QByteArray &name)
{
    const auto found = claims.constFind(name);
    if (found == claims.cend())
        return std::optional<qint64>();
    const QByteArrayView number = *found;
    if (number.startsWith('-'))
        return badTime(name, "is negative");
    const qint64 seconds = plainSeconds(number);
    if (seconds < 0)
        return badTime(name, "is not a plain number of seconds since 1970");
    if (seconds > latestTime)
        return badTime(name, "lies behind the year 9999; is it in milliseconds?");
    return std::optional(seconds);
}

Error<TokenError> expired(qint64 seconds)
{
    return tokenError(TokenError::Expired, "The token has expired " + QByteArray::number(seconds) + " s ago (exp)");
}

Result<qint64, TokenError> judgeTimes(const JsonMembers &claims, int leeway, qint64 now)
{
    const auto expiry = timeOf(claims, "exp");
    const auto begin = timeOf(claims, "nbf");
    const auto issued = timeOf(claims, "iat");
    for (const auto *time : {&expiry, &begin, &issued}) {
        if (!*time)
            return time->error();
    }
    if (!expiry.value())
        return tokenError(TokenError::NoExpiry);
    if (now >= *expiry.value() + leeway)
        return expired(now - *expiry.value());
    if (begin.value() && now + leeway < *begin.value())
        return tokenError(TokenError::NotYetValid,
                          "The token is not valid for another " + QByteArray::number(*begin.value() - now)
                              + " s (nbf)");
    return *expiry.value();
}

bool holdsText(QByteArrayView array, const QByteArray &wanted)
{
    bool found = false;
    forEachElement(array, [&](QByteArrayView element) {
        found = jsonString(element) == wanted;
        return !found;
    });
    return found;
}

Failure judgeOrigin(const JsonMembers &claims, const TokenRules &rules)
{
    if (!rules.issuer.isEmpty() && !claims.contains("iss"))
        return tokenError(TokenError::WrongIssuer, "The token names no issuer (iss)");
    if (!rules.issuer.isEmpty() && textOf(claims, "iss") != rules.issuer)
        return tokenError(TokenError::WrongIssuer);
    if (rules.audience.isEmpty())
        return std::nullopt;
    if (!claims.contains("aud"))
        return tokenError(TokenError::WrongAudience, "The token names no audience (aud)");
    const QByteArrayView audience = claims.value("aud");
    const bool fits =
        audience.startsWith('[') ? holdsText(audience, rules.audience) : jsonString(audience) == rules.audience;
    return fits ? std::nullopt : Failure(tokenError(TokenError::WrongAudience));
}

bool isControl(char c) { return quint8(c) < 0x20 || c == 0x7F; }

Failure judgeSubject(const std::optional<QByteArray> &subject)
{
    if (subject && subject->isNull())
        return tokenError(TokenError::NoSubject);
    if (!subject || subject->isEmpty() || subject->size() > maxSubject
        || std::any_of(subject->cbegin(), subject->cend(), isControl))
        return tokenError(TokenError::BadSubject);
    return std::nullopt;
}

/// An empty binding is one, too, and nothing fits it.
Failure judgeUse(const std::optional<QByteArray> &bound, const QByteArray &wanted, TokenError wrong)
{
    if (!bound)
        return tokenError(TokenError::BadClaim);
    if (!bound->isNull() && (bound->isEmpty() || *bound != wanted))
        return tokenError(wrong);
    return std::nullopt;
}

Result<TokenClaims, TokenError> judgeBearer(const JsonMembers &claims, const TokenUse &use)
{
    const auto subject = textOf(claims, "sub");
    const auto name = textOf(claims, "name");
    const auto room = textOf(claims, "room");
    const auto game = textOf(claims, "game");
    if (auto failure = judgeSubject(subject))
        return *failure;
    if (!name)
        return tokenError(TokenError::BadClaim);
    if (auto failure = judgeUse(room, use.room, TokenError::WrongRoom))
        return *failure;
    if (auto failure = judgeUse(game, use.game, TokenError::WrongGame))
        return *failure;
    TokenClaims result;
    result.subject = *subject;
    result.name = *name;
    result.room = *room;
    result.game = *game;
    return result;
}

/// Header and signature: from here on the token is known to come from who has the key.
Failure judgeSignature(const TokenParts &parts, const TokenKey &key)
{
    const auto header = readMembers(parts.header, TokenError::BadHeader);
    if (!header)
        return header.error();
    if (auto failure = judgeHeader(header.value(), key.algorithm()))
        return failure;
    if (parts.signature.isEmpty())
        return tokenError(TokenError::Unsigned);
    if (!key.verifies(parts.signedText, parts.signature))
        return tokenError(signatureError(header.value()));
    return std::nullopt;
}

} // namespace

Result<TokenClaims, TokenError> TokenVerifier::verify(QByteArrayView token, const TokenUse &use, qint64 now) const
{
    const auto parts = splitToken(token);
    if (!parts)
        return parts.error();
    if (auto failure = judgeSignature(parts.value(), m_key))
        return *failure;
    const auto claims = readMembers(parts.value().claims, TokenError::BadClaims);
    if (!claims)
        return claims.error();
    const auto expiry = judgeTimes(claims.value(), m_rules.leewaySeconds, now);
    if (!expiry)
        return expiry.error();
    if (auto failure = judgeOrigin(claims.value(), m_rules))
        return *failure;
    auto result = judgeBearer(claims.value(), use);
    if (!result)
        return result;
    result.value().expiresAt = expiry.value();
    result.value().notAfter = expiry.value() + m_rules.leewaySeconds;
    result.value().fingerprint = QCryptographicHash::hash(parts.value().signedText, QCryptographicHash::Sha256);
    return result;
}

} // namespace glasshouse
