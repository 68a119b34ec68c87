// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenparts.h"

#include "protocol/json.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr auto unpadded = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

// '+', '/' and '=' are told apart from the rest: they are somebody's base64, only of the wrong kind.
bool mayStandInAToken(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || QByteArrayView("-_.+/=").contains(c);
}

/// There is one way to write the bytes; all others are refused, so that a token can not be written in two ways.
std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text.toByteArray(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || toBase64Url(decoded.decoded) != text)
        return std::nullopt;
    return decoded.decoded;
}

std::optional<TokenError> judgeText(QByteArrayView token)
{
    if (token.isEmpty())
        return TokenError::Missing;
    if (token.size() > maxTokenBytes)
        return TokenError::TooLong;
    if (!std::all_of(token.begin(), token.end(), mayStandInAToken))
        return TokenError::BadCharacter;
    const qsizetype dots = token.count('.');
    if (dots == 4)
        return TokenError::Encrypted;
    return dots == 2 ? std::nullopt : std::optional(TokenError::NotThreeParts);
}

} // namespace

QByteArray toBase64Url(const QByteArray &bytes) { return bytes.toBase64(unpadded); }

Result<TokenParts, TokenError> splitToken(QByteArrayView token)
{
    if (const auto error = judgeText(token))
        return tokenError(*error);
    const qsizetype first = token.indexOf('.');
    const qsizetype last = token.lastIndexOf('.');
    const auto header = fromBase64Url(token.first(first));
    const auto claims = fromBase64Url(token.sliced(first + 1, last - first - 1));
    const auto signature = fromBase64Url(token.sliced(last + 1));
    if (!header || !claims || !signature)
        return tokenError(TokenError::BadEncoding);
    return TokenParts{token.first(last).toByteArray(), *header, *claims, *signature};
}

Result<JsonMembers, TokenError> readMembers(const QByteArray &json, TokenError notAnObject)
{
    const auto checked = checkJson(json);
    if (!checked || !checked.value().startsWith('{'))
        return tokenError(notAnObject);
    JsonMembers members;
    std::optional<TokenError> error;
    forEachMember(checked.value(), [&](QByteArrayView written, QByteArrayView value) {
        const auto name = jsonString({written.data() - 1, written.size() + 2}); // its quotes are around it
        if (!name)
            error = notAnObject;
        else if (members.contains(*name))
            error = TokenError::DuplicateMember;
        else
            members.insert(*name, value);
        return !error;
    });
    if (error)
        return tokenError(*error);
    return members;
}

} // namespace glasshouse
