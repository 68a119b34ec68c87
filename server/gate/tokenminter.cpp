// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenminter.h"

#include "base/visibletext.h"
#include "protocol/displayname.h"
#include "protocol/json.h"
#include "protocol/utf8check.h"
#include "server/gate/tokenparts.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>

namespace glasshouse {

namespace {

using Claim = std::pair<QByteArrayView, QByteArray>;

Error<MintError> refused(MintError code, QByteArrayView text) { return {code, text.toByteArray()}; }

bool isCleanText(const QByteArray &text)
{
    const auto isControl = [](char c) { return quint8(c) < 0x20 || c == 0x7F; };
    return Utf8Check::isValid(text) && std::none_of(text.cbegin(), text.cend(), isControl);
}

QList<Claim> textsOf(const TokenGrant &grant)
{
    return {{"sub", grant.subject}, {"name", grant.name},  {"room", grant.room},
            {"game", grant.game},   {"iss", grant.issuer}, {"aud", grant.audience}};
}

std::optional<Error<MintError>> judge(const TokenGrant &grant)
{
    if (grant.subject.isEmpty())
        return refused(MintError::NoSubject, "a token needs a player (sub)");
    if (grant.subject.size() > 255)
        return refused(MintError::BadText, "the player (sub) is longer than 255 bytes");
    for (const auto &[name, text] : textsOf(grant)) {
        if (!isCleanText(text))
            return refused(MintError::BadText, '"' + name.toByteArray() + "\" is not clean text in UTF-8");
    }
    if (!grant.name.isEmpty() && DisplayName::fromUtf8(grant.name).isEmpty())
        return refused(MintError::BadText, "nothing in the name can be seen");
    if (grant.issuedAt < 0 || grant.expiresAt <= grant.issuedAt)
        return refused(MintError::BadTimes, "a token must expire after it is issued");
    return std::nullopt;
}

QByteArray claimsOf(const TokenGrant &grant)
{
    QByteArray json("{");
    for (const auto &[name, text] : textsOf(grant)) {
        if (!text.isEmpty())
            json += '"' + name.toByteArray() + "\":" + jsonQuoted(text) + ',';
    }
    return json + "\"iat\":" + QByteArray::number(grant.issuedAt) + ",\"exp\":" + QByteArray::number(grant.expiresAt)
        + '}';
}

QByteArray readableTime(QByteArrayView name, QByteArrayView value, qint64 now)
{
    bool isWhole = false;
    const qint64 seconds = value.toByteArray().toLongLong(&isWhole);
    const bool isTime = name == "exp" || name == "nbf" || name == "iat";
    if (!isTime || !isWhole || seconds < 0 || seconds > 253'402'300'799)
        return {};
    const QByteArray time = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc())
                                .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss'Z'"))
                                .toLatin1();
    return "  (" + time + (name == "exp" && seconds <= now ? ", expired)" : ")");
}

QByteArray linesOf(QByteArrayView object, qint64 now)
{
    QByteArray lines;
    forEachMember(object, [&](QByteArrayView name, QByteArrayView value) {
        lines += "  " + visibleJson(name.toByteArray()) + ": " + visibleJson(value.toByteArray())
            + readableTime(name, value, now) + '\n';
        return true;
    });
    return lines;
}

} // namespace

Result<QByteArray, MintError> mintToken(const TokenKey &key, const TokenGrant &grant)
{
    if (auto error = judge(grant))
        return *error;
    const QByteArray header = R"({"alg":")" + nameOf(key.algorithm()).toByteArray() + R"(","typ":"JWT"})";
    const QByteArray text = toBase64Url(header) + '.' + toBase64Url(claimsOf(grant));
    const auto signature = key.signatureOf(text);
    if (!signature)
        return refused(MintError::KeyCanNotSign, "this key can not sign");
    const QByteArray token = text + '.' + toBase64Url(*signature);
    if (token.size() > maxTokenBytes)
        return refused(MintError::TooLong, "the token would be longer than 8 KiB");
    return token;
}

Result<QByteArray, TokenError> describeToken(QByteArrayView token, qint64 now)
{
    const auto parts = splitToken(token);
    if (!parts)
        return parts.error();
    const auto header = checkJson(parts.value().header);
    if (!header || !header.value().startsWith('{'))
        return tokenError(TokenError::BadHeader);
    const auto claims = checkJson(parts.value().claims);
    if (!claims || !claims.value().startsWith('{'))
        return tokenError(TokenError::BadClaims);
    return "header\n" + linesOf(header.value(), now) + "claims\n" + linesOf(claims.value(), now) + "signature\n  "
        + QByteArray::number(parts.value().signature.size()) + " bytes, not checked\n";
}

} // namespace glasshouse
