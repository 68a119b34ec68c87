// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclienttarget.h"

#include "protocol/utf8check.h"

#include <QRandomGenerator>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

using Fault = Error<TestClientFault>;

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(const QByteArray &text) { return !text.isEmpty() && std::ranges::all_of(text, isTokenCharacter); }

bool isHeaderValue(const QByteArray &value)
{
    return std::ranges::all_of(value, [](char c) { return c == '\t' || (quint8(c) >= 0x20 && c != 0x7F); });
}

std::optional<Fault> faultIn(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (scheme == "http"_L1 || scheme == "https"_L1)
        return Fault{TestClientFault::HttpUrl, withWebSocketScheme(url).toEncoded(QUrl::RemoveUserInfo)};
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return Fault{TestClientFault::InvalidUrl, url.errorString().toUtf8()};
    if (scheme != "ws"_L1 && scheme != "wss"_L1)
        return Fault{TestClientFault::UnknownScheme, scheme.toUtf8()};
    if (url.hasFragment())
        return Fault{TestClientFault::UrlFragment, '#' + url.fragment(QUrl::FullyEncoded).toLatin1()};
    return {};
}

std::optional<Fault> faultIn(const HttpHeaders &headers)
{
    for (const HttpHeader &header : headers) {
        if (!isToken(header.name))
            return Fault{TestClientFault::InvalidHeader, header.name.isEmpty() ? "(no name)" : header.name};
        if (!isHeaderValue(header.value))
            return Fault{TestClientFault::InvalidHeader, header.name};
    }
    return {};
}

std::optional<Fault> faultIn(const QList<QByteArray> &subprotocols)
{
    for (const QByteArray &name : subprotocols) {
        if (!isToken(name) || subprotocols.count(name) > 1)
            return Fault{TestClientFault::InvalidSubprotocol, name};
    }
    return {};
}

std::optional<Fault> faultIn(const TestClientProxy &proxy)
{
    const bool isNamed = proxy.kind == TestClientProxy::Kind::Http || proxy.kind == TestClientProxy::Kind::Socks5;
    if (isNamed && (proxy.host.isEmpty() || proxy.port == 0))
        return Fault{TestClientFault::InvalidProxy, {}};
    return {};
}

std::optional<Fault> faultInMessages(const TestClientOptions &options)
{
    const auto isBad = [](const TestClientMessage &m) { return !m.binary && !Utf8Check::isValid(m.bytes); };
    if (std::ranges::any_of(options.first, isBad) || (options.heartbeat && isBad(*options.heartbeat)))
        return Fault{TestClientFault::InvalidMessage, {}};
    return {};
}

std::optional<Fault> faultIn(const TestClientOptions &options)
{
    if (auto fault = faultIn(options.url))
        return fault;
    if (auto fault = faultIn(options.headers))
        return fault;
    if (!isHeaderValue(options.origin))
        return Fault{TestClientFault::InvalidHeader, "Origin"};
    if (auto fault = faultIn(options.subprotocols))
        return fault;
    if (auto fault = faultIn(options.proxy))
        return fault;
    return faultInMessages(options);
}

QByteArray freshKey()
{
    std::array<quint32, 4> words;
    QRandomGenerator::system()->generate(words.begin(), words.end());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toBase64();
}

QByteArray hostHeader(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    return url.port() < 0 ? host : host + ':' + QByteArray::number(url.port());
}

QByteArray targetOf(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray start = path.isEmpty() ? QByteArray("/") : path;
    return url.hasQuery() ? start + '?' + url.query(QUrl::FullyEncoded).toLatin1() : start;
}

/// A name and password in the URL become the header that they stand for, unless one was given.
HttpHeaders headersOf(const TestClientOptions &options)
{
    HttpHeaders headers = options.headers;
    const auto isAuthorization = [](const HttpHeader &h) {
        return h.name.compare("Authorization", Qt::CaseInsensitive) == 0;
    };
    if (!options.url.userInfo().isEmpty() && std::ranges::none_of(headers, isAuthorization)) {
        const QString pair = options.url.userName(QUrl::FullyDecoded) + u':' + options.url.password(QUrl::FullyDecoded);
        headers.append({"Authorization", "Basic " + pair.toUtf8().toBase64()});
    }
    return headers;
}

} // namespace

Result<TestClientTarget, TestClientFault> makeTarget(const TestClientOptions &options)
{
    if (const auto fault = faultIn(options))
        return *fault;
    const QUrl &url = options.url;
    TestClientTarget target;
    target.secure = url.scheme() == "wss"_L1;
    target.host = url.host(QUrl::FullyEncoded);
    target.port = quint16(url.port(target.secure ? 443 : 80));
    target.request = {.host = hostHeader(url),
                      .target = targetOf(url),
                      .key = freshKey(),
                      .origin = options.origin,
                      .subprotocols = options.subprotocols,
                      .extra = headersOf(options),
                      .extensions = options.deflate.offered ? deflateOffer(options.deflate) : QByteArray()};
    const auto head = buildUpgradeRequest(target.request);
    if (!head)
        return Fault{TestClientFault::InvalidHeader, {}};
    target.head = *head;
    return target;
}

QUrl urlFromInput(const QString &text)
{
    const QString trimmed = text.trimmed();
    // "localhost:8080/x" would be a URL with the scheme "localhost"
    return QUrl(trimmed.contains("://"_L1) || trimmed.isEmpty() ? trimmed : "ws://"_L1 + trimmed, QUrl::TolerantMode);
}

QUrl withWebSocketScheme(QUrl url)
{
    if (url.scheme() == "http"_L1)
        url.setScheme(u"ws"_s);
    else if (url.scheme() == "https"_L1)
        url.setScheme(u"wss"_s);
    return url;
}

QUrl withOtherSecurity(QUrl url)
{
    url.setScheme(url.scheme() == "wss"_L1 ? u"ws"_s : u"wss"_s);
    return url;
}

} // namespace glasshouse
