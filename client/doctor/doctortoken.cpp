// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctortoken.h"

#include "client/doctor/doctor.h"
#include "protocol/json.h"
#include "protocol/upgrade.h"

#include <QUrlQuery>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype longestToken = 64 * 1024;
constexpr qint64 latestTime = 253'402'300'799; // the last second of the year 9999

/// The object in one of a token's parts; empty if there is none.
QByteArray objectIn(const QByteArray &part)
{
    const auto decodedPart = QByteArray::fromBase64Encoding(
        part, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    if (!decodedPart)
        return {};
    const auto json = checkJson(*decodedPart);
    return json && json.value().startsWith('{') ? json.value().toByteArray() : QByteArray();
}

std::optional<qint64> timeIn(const QByteArray &claims, QByteArrayView name)
{
    bool isNumber = false;
    const double seconds = jsonMember(claims, name).toByteArray().toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0) || seconds > double(latestTime))
        return {};
    return qint64(seconds);
}

QByteArray textIn(const QByteArray &object, QByteArrayView name)
{
    const QByteArrayView value = jsonMember(object, name);
    return value.isEmpty() ? QByteArray() : jsonString(value).value_or(QByteArray());
}

void addReadable(QList<SeenToken> &tokens, QByteArrayView token, TokenPlace place)
{
    const SeenToken seen = decoded(token, place);
    if (seen.isReadable)
        tokens.append(seen);
}

bool namesACredential(const QByteArray &name)
{
    static constexpr QByteArrayView words[] = {"auth",   "token", "jwt",    "ticket",
                                               "secret", "pass",  "apikey", "credential"};
    const QByteArray plain = name.toLower().replace("-", "").replace("_", "");
    return std::ranges::any_of(words, [&](QByteArrayView word) { return plain.contains(word); });
}

/// As a member of an object, whatever is around it.
bool holdsACredential(const QByteArray &message)
{
    const auto json = checkJson(message);
    bool holds = false;
    if (json)
        forEachMember(json.value(), [&holds](QByteArrayView key, QByteArrayView) {
            holds = holds || namesACredential(key.toByteArray());
            return !holds;
        });
    return holds;
}

} // namespace

SeenToken decoded(QByteArrayView token, TokenPlace place)
{
    SeenToken seen;
    seen.place = place;
    const QByteArrayList parts = token.first(qMin(token.size(), longestToken)).toByteArray().split('.');
    if (parts.size() != 3)
        return seen;
    const QByteArray header = objectIn(parts[0]);
    const QByteArray claims = objectIn(parts[1]);
    seen.isReadable = !header.isEmpty() && !claims.isEmpty();
    if (!seen.isReadable)
        return seen;
    seen.expires = timeIn(claims, "exp");
    seen.notBefore = timeIn(claims, "nbf");
    seen.issued = timeIn(claims, "iat");
    seen.algorithm = textIn(header, "alg");
    seen.issuer = textIn(claims, "iss");
    seen.audience = jsonMember(claims, "aud").toByteArray();
    return seen;
}

QList<SeenToken> tokensIn(const DoctorOrder &order)
{
    QList<SeenToken> tokens;
    if (!order.token.isEmpty())
        tokens.append(decoded(order.token, TokenPlace::Order));
    for (const HttpHeader &header : order.client.headers) {
        if (header.name.compare("Authorization", Qt::CaseInsensitive) == 0)
            addReadable(tokens, QByteArrayView(header.value).sliced(header.value.lastIndexOf(' ') + 1),
                        TokenPlace::Authorization);
    }
    const auto parameters = QUrlQuery(order.client.url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : parameters)
        addReadable(tokens, value.toUtf8(), TokenPlace::Query);
    for (const QByteArray &name : order.client.subprotocols) {
        const qsizetype header = name.indexOf("eyJ");
        if (header >= 0)
            addReadable(tokens, QByteArrayView(name).sliced(header), TokenPlace::Subprotocol);
    }
    return tokens;
}

bool sendsACredential(const DoctorOrder &order)
{
    const TestClientOptions &client = order.client;
    if (!order.token.isEmpty() || !client.url.userInfo().isEmpty() || !tokensIn(order).isEmpty())
        return true;
    const auto isNamed = [](const HttpHeader &header) { return namesACredential(header.name); };
    const auto parameters = QUrlQuery(client.url).queryItems();
    const auto isParameter = [](const auto &item) { return namesACredential(item.first.toUtf8()); };
    QByteArray before;
    const auto isSubprotocol = [&before](const QByteArray &name) {
        return isTokenSubprotocol(name, std::exchange(before, name));
    };
    const auto isMessage = [](const TestClientMessage &message) { return holdsACredential(message.bytes); };
    return std::ranges::any_of(client.headers, isNamed) || std::ranges::any_of(parameters, isParameter)
        || std::ranges::any_of(client.subprotocols, isSubprotocol) || std::ranges::any_of(client.first, isMessage);
}

QByteArray wordsFor(TokenPlace place)
{
    switch (place) {
    case TokenPlace::Order:
        return "the order";
    case TokenPlace::Authorization:
        return "the Authorization header";
    case TokenPlace::Query:
        return "the query";
    case TokenPlace::Subprotocol:
        return "a subprotocol";
    }
    return {};
}

QByteArray timeText(qint64 secondsSince1970)
{
    return QDateTime::fromSecsSinceEpoch(secondsSince1970, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s).toLatin1();
}

std::optional<DoctorFinding> judgeTimes(const SeenToken &token, qint64 now, qint64 serverAhead)
{
    const auto isGoodAt = [&token](qint64 time) {
        return (!token.expires || time < *token.expires) && (!token.notBefore || time >= *token.notBefore);
    };
    const qint64 there = now + serverAhead;
    if (isGoodAt(now) && isGoodAt(there)) {
        constexpr qint64 leeway = 5; // of servers that look at iat, which few do
        if (!token.issued || *token.issued <= there + leeway)
            return {};
        return DoctorFinding{DoctorCause::TokenWrongClock,
                             {"iat " + timeText(*token.issued), QByteArray::number(qAbs(*token.issued - there))}};
    }
    const bool isExpired = token.expires && there >= *token.expires;
    const QByteArray limit =
        isExpired ? "exp " + timeText(*token.expires) : "nbf " + timeText(token.notBefore.value_or(0));
    if (isGoodAt(now))
        return DoctorFinding{DoctorCause::TokenWrongClock, {limit, QByteArray::number(qAbs(serverAhead))}};
    if (isGoodAt(there))
        return {};
    return DoctorFinding{isExpired ? DoctorCause::TokenExpired : DoctorCause::TokenNotYetValid, {limit.sliced(4)}};
}

} // namespace glasshouse
