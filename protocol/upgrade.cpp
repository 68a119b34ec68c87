// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/upgrade.h"
#include "protocol/httpchars.h"

#include <QCryptographicHash>
#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

constexpr const char *extensionsHeader = "Sec-WebSocket-Extensions";

/// 16 bytes in base64, with its padding. What is answered is made from the text, so the bits that mean nothing may be any.
bool isKey(QByteArrayView key)
{
    const QByteArray text = key.toByteArray();
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == 16 && text.size() == 24 && text.endsWith("==");
}

bool areGoodSubprotocols(const HttpHead &request)
{
    QList<QByteArray> offered = request.list("Sec-WebSocket-Protocol");
    if (offered.isEmpty())
        return request.value("Sec-WebSocket-Protocol").isNull();
    std::sort(offered.begin(), offered.end()); // a hostile head may hold thousands
    return std::adjacent_find(offered.cbegin(), offered.cend()) == offered.cend()
        && std::all_of(offered.cbegin(), offered.cend(),
                       [](const QByteArray &name) { return httpchars::isToken(name); });
}

UpgradeError checkKey(const HttpHead &request)
{
    const QByteArrayView key = request.value("Sec-WebSocket-Key");
    if (key.isNull())
        return UpgradeError::MissingKey;
    return isKey(key) ? UpgradeError::None : UpgradeError::BadKey;
}

/// Upgrade and Connection belong to one hop, so a proxy that does not know WebSocket passes everything on but these.
bool isRestOfAHandshake(const HttpHead &request)
{
    return request.method == "GET" && !request.value("Sec-WebSocket-Key").isNull()
        && !request.value("Sec-WebSocket-Version").isNull() && request.value("Upgrade").isNull();
}

bool isClean(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isClean(const UpgradeRequest &request)
{
    const auto cleanHeader = [](const HttpHeader &header) {
        return httpchars::isToken(header.name) && isClean(header.value);
    };
    return isClean(request.host) && isClean(request.extensions) && isClean(request.target)
        && request.target.startsWith('/') && !request.target.contains(' ') && isClean(request.key)
        && isClean(request.origin)
        && std::all_of(request.subprotocols.cbegin(), request.subprotocols.cend(),
                       [](const QByteArray &name) { return isClean(name); })
        && std::all_of(request.extra.cbegin(), request.extra.cend(), cleanHeader);
}

HttpHeaders ownHeaders(const UpgradeRequest &request)
{
    HttpHeaders headers{{"Host", request.host},
                        {"Upgrade", "websocket"},
                        {"Connection", "Upgrade"},
                        {"Sec-WebSocket-Key", request.key},
                        {"Sec-WebSocket-Version", "13"}};
    if (!request.origin.isEmpty())
        headers.append({"Origin", request.origin});
    if (!request.subprotocols.isEmpty())
        headers.append({"Sec-WebSocket-Protocol", request.subprotocols.join(", ")});
    if (!request.extensions.isEmpty())
        headers.append({extensionsHeader, request.extensions});
    return headers;
}

/// What is really sent: ours, but for those that the caller replaces.
HttpHeaders sentHeaders(const UpgradeRequest &request)
{
    HttpHeaders headers = ownHeaders(request);
    headers.removeIf([&request](const HttpHeader &own) {
        return std::any_of(request.extra.cbegin(), request.extra.cend(),
                           [&own](const HttpHeader &extra) { return httpchars::isSame(extra.name, own.name); });
    });
    return headers + request.extra;
}

QByteArrayView extensionName(const QByteArray &element)
{
    const qsizetype end = element.indexOf(';');
    return QByteArrayView(element).first(end < 0 ? element.size() : end).trimmed();
}

bool isExtensionOffered(const HttpHead &sent, const QByteArray &chosen)
{
    const QList<QByteArray> offered = sent.list(extensionsHeader);
    return std::any_of(offered.cbegin(), offered.cend(),
                       [&](const QByteArray &one) { return extensionName(one) == extensionName(chosen); });
}

UpgradeError checkChosen(const HttpHead &response, const HttpHead &sent)
{
    const QList<QByteArray> protocols = response.list("Sec-WebSocket-Protocol");
    if (protocols.size() > 1
        || (!protocols.isEmpty() && !sent.list("Sec-WebSocket-Protocol").contains(protocols.first())))
        return UpgradeError::UnofferedSubprotocol;
    const QList<QByteArray> extensions = response.list(extensionsHeader);
    const bool offered = std::all_of(extensions.cbegin(), extensions.cend(),
                                     [&sent](const QByteArray &chosen) { return isExtensionOffered(sent, chosen); });
    if (!offered)
        return UpgradeError::UnofferedExtension;
    return readDeflateAnswer(extensions, sent.list(extensionsHeader)) ? UpgradeError::None : UpgradeError::BadExtension;
}

HttpHead sentHead(const UpgradeRequest &request)
{
    HttpHead sent;
    sent.headers = sentHeaders(request);
    return sent;
}

} // namespace

int httpStatusFor(UpgradeError error)
{
    switch (error) {
    case UpgradeError::None:
        return 101;
    case UpgradeError::NotRequested:
    case UpgradeError::OverHttp10:
    case UpgradeError::Dropped:
    case UpgradeError::BadVersion:
        return 426;
    case UpgradeError::NotGet:
        return 405;
    case UpgradeError::NoConnectionUpgrade:
    case UpgradeError::MissingKey:
    case UpgradeError::BadKey:
    case UpgradeError::HasBody:
    case UpgradeError::BadSubprotocol:
        return 400;
    case UpgradeError::BadResponse:
    case UpgradeError::BadAccept:
    case UpgradeError::UnofferedSubprotocol:
    case UpgradeError::UnofferedExtension:
    case UpgradeError::BadExtension:
        break;
    }
    return 502; // what a proxy would say of such a server
}

QByteArrayView describe(UpgradeError error)
{
    switch (error) {
    case UpgradeError::None:
        return "No error";
    case UpgradeError::NotRequested:
        return "The request does not ask for an upgrade to WebSocket";
    case UpgradeError::OverHttp10:
        return "A WebSocket handshake needs HTTP/1.1, and this one came over HTTP/1.0: a proxy on the way speaks it. "
               "In nginx: "
               "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "
               "\"upgrade\";";
    case UpgradeError::Dropped:
        return "This is a WebSocket handshake without its Upgrade header: a proxy on the way dropped it. In nginx: "
               "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";";
    case UpgradeError::NotGet:
        return "An upgrade to WebSocket must be a GET request";
    case UpgradeError::NoConnectionUpgrade:
        return "The Connection header lacks \"Upgrade\" (a proxy may have dropped it)";
    case UpgradeError::BadVersion:
        return "Sec-WebSocket-Version is not 13";
    case UpgradeError::MissingKey:
        return "Sec-WebSocket-Key is missing";
    case UpgradeError::BadKey:
        return "Sec-WebSocket-Key is not 16 bytes in base64";
    case UpgradeError::HasBody:
        return "An upgrade to WebSocket may have no body";
    case UpgradeError::BadSubprotocol:
        return "A subprotocol is not a token or offered twice";
    case UpgradeError::BadResponse:
        return "The response does not switch to WebSocket";
    case UpgradeError::BadAccept:
        return "Sec-WebSocket-Accept does not answer the key";
    case UpgradeError::UnofferedSubprotocol:
        return "The server chose a subprotocol that was not offered";
    case UpgradeError::UnofferedExtension:
        return "The server chose an extension that was not offered";
    case UpgradeError::BadExtension:
        return "The server agreed to compression in a way that was not offered";
    }
    return {};
}

UpgradeError checkUpgrade(const HttpHead &request)
{
    const bool asks = request.listHas("Upgrade", "websocket");
    if (!asks && !isRestOfAHandshake(request))
        return UpgradeError::NotRequested;
    if (request.http10)
        return UpgradeError::OverHttp10;
    if (!asks)
        return UpgradeError::Dropped;
    if (request.method != "GET")
        return UpgradeError::NotGet;
    if (!request.listHas("Connection", "upgrade"))
        return UpgradeError::NoConnectionUpgrade;
    if (request.value("Sec-WebSocket-Version") != "13")
        return UpgradeError::BadVersion;
    const UpgradeError keyError = checkKey(request);
    if (keyError != UpgradeError::None)
        return keyError;
    if (request.contentLength > 0 || request.chunked)
        return UpgradeError::HasBody;
    return areGoodSubprotocols(request) ? UpgradeError::None : UpgradeError::BadSubprotocol;
}

QByteArray acceptFor(QByteArrayView key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(key);
    hash.addData(QByteArrayView("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")); // RFC 6455 section 1.3
    return hash.result().toBase64();
}

std::optional<QByteArray> buildUpgradeRequest(const UpgradeRequest &request)
{
    if (!isClean(request))
        return std::nullopt;
    QByteArray out = "GET " + request.target + " HTTP/1.1\r\n";
    for (const HttpHeader &header : sentHeaders(request))
        out += header.name + ": " + header.value + "\r\n";
    return out + "\r\n";
}

UpgradeError checkUpgradeResponse(const HttpHead &response, const UpgradeRequest &request)
{
    if (response.status != 101 || !response.listHas("Upgrade", "websocket"))
        return UpgradeError::BadResponse;
    if (!response.listHas("Connection", "upgrade"))
        return UpgradeError::NoConnectionUpgrade;
    const HttpHead sent = sentHead(request);
    if (response.value("Sec-WebSocket-Accept") != acceptFor(sent.value("Sec-WebSocket-Key")))
        return UpgradeError::BadAccept;
    return checkChosen(response, sent);
}

std::optional<DeflateParameters> agreedDeflate(const HttpHead &response, const UpgradeRequest &request)
{
    const auto agreed = readDeflateAnswer(response.list(extensionsHeader), sentHead(request).list(extensionsHeader));
    return agreed ? agreed.value() : std::nullopt;
}

bool isTokenSubprotocol(QByteArrayView offered, QByteArrayView before)
{
    static constexpr std::array<QByteArrayView, 11> announcing{"bearer",     "token",   "access_token", "auth_token",
                                                               "id_token",   "jwt",     "auth",         "authorization",
                                                               "credential", "api_key", "apikey"};
    const auto isOne = [](QByteArrayView word) {
        return std::ranges::any_of(announcing, [word](QByteArrayView one) { return httpchars::isSame(one, word); });
    };
    const qsizetype dot = offered.indexOf('.');
    return offered.toByteArray().toLower().contains("bearer") || isOne(before)
        || (dot > 0 && isOne(offered.first(dot)));
}

} // namespace glasshouse
