// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientredirect.h"

#include "protocol/httpchars.h"
#include "protocol/upgrade.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

// What people add may be a token under any name, so it is these that go along, not others that do not.
constexpr QByteArrayView harmlessHeaders[] = {"User-Agent", "Accept",        "Accept-Language",
                                              "Pragma",     "Cache-Control", "Sec-WebSocket-Extensions"};

int portOf(const QUrl &url) { return url.port(url.scheme() == "wss"_L1 ? 443 : 80); }

bool isHarmless(const HttpHeader &header)
{
    return std::ranges::any_of(harmlessHeaders,
                               [&header](QByteArrayView name) { return httpchars::isSame(name, header.name); });
}

QList<QByteArray> withoutTokens(const QList<QByteArray> &subprotocols)
{
    QList<QByteArray> kept;
    QByteArray before;
    for (const QByteArray &name : subprotocols) {
        if (!isTokenSubprotocol(name, before))
            kept.append(name);
        before = name;
    }
    return kept;
}

void takeSecretsAway(TestClientOptions &options)
{
    options.headers.removeIf([](const HttpHeader &header) { return !isHarmless(header); });
    options.subprotocols = withoutTokens(options.subprotocols);
    options.trust.certFile.clear();
    options.trust.keyFile.clear();
    options.first.clear();
    options.heartbeat.reset();
}

} // namespace

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

bool isRedirect(const TestClientEnding &answer)
{
    static constexpr int statuses[] = {301, 302, 303, 307, 308};
    return answer.fault == TestClientFault::HttpRedirect && !answer.suggestion.isEmpty()
        && std::ranges::find(statuses, answer.httpStatus) != std::end(statuses);
}

std::optional<TestClientFault> faultOfRedirect(const TestClientOptions &options, const TestClientEnding &answer,
                                               int followed)
{
    if (options.url.scheme() == "wss"_L1 && answer.suggestion.scheme() != "wss"_L1)
        return TestClientFault::InsecureRedirect;
    if (followed >= options.maxRedirects)
        return TestClientFault::TooManyRedirects;
    return std::nullopt;
}

TestClientOptions redirected(TestClientOptions options, const TestClientEnding &answer)
{
    QUrl url = answer.suggestion;
    url.setFragment({});
    const bool stays = isSameOrigin(options.url, url);
    url.setUserInfo(stays ? options.url.userInfo(QUrl::FullyEncoded) : QString());
    options.url = url;
    if (!stays)
        takeSecretsAway(options);
    return options;
}

} // namespace glasshouse
