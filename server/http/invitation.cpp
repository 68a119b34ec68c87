// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The address and the QR code by which a page invites others. Codes are drawn for addresses of this server only, so nobody can have
// it draw one of his own.
#include "server/http/invitation.h"

#include "net/transport/bindaddress.h"
#include "net/transport/lanaddresses.h"
#include "net/transport/reach.h"
#include "net/transport/transport.h"
#include "server/config/serverconfig.h"
#include "server/gate/proxytraces.h"
#include "server/gate/webnames.h"
#include "server/http/httprequest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <qrcodegen.hpp>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

/// What QHostAddress::isPrivateUse() says from Qt 6.6 on.
bool isPrivate(const QHostAddress &address)
{
    return address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8) || address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12)
        || address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16) || address.isUniqueLocalUnicast();
}

/// Private and link-local addresses, and this machine's own.
bool isNearby(const QHostAddress &address)
{
    const QHostAddress plain = unmapped(address);
    return plain.isLoopback() || plain.isLinkLocal() || isPrivate(plain);
}

/// Of "host:port" or "[::1]:port".
bool leadsHereOnly(QByteArrayView authority)
{
    QByteArrayView host = nameInHost(authority);
    if (host.startsWith('[') && host.endsWith(']'))
        host = host.sliced(1, host.size() - 2);
    return reachOf(QString::fromLatin1(host)) == Reach::ThisMachine;
}

/// Who came through a proxy that we do not know may be anybody; and what speaks HTTP/1.0 is one, as nginx is by default.
bool maySeeTheLan(const HttpRequest &request)
{
    const ClientAddress &client = request.context.client;
    return isNearby(client.address)
        && (client.source != AddressSource::Peer || (!request.head.http10 && !cameThroughAProxy(request.head)));
}

QByteArray withSlash(const QByteArray &url) { return url.endsWith('/') ? url : url + '/'; }

/// Where the path begins, or less than 0.
qsizetype pathIn(const QByteArray &url) { return url.indexOf('/', url.indexOf("://") + 3); }

/// A public URL of this machine is good for trying out, and for nobody else.
bool hasPublicPage(const InvitationFacts &facts)
{
    const qsizetype host = facts.publicUrl.indexOf("://") + 3;
    const qsizetype path = pathIn(facts.publicUrl);
    return !facts.publicUrl.isEmpty()
        && !leadsHereOnly(
            QByteArrayView(facts.publicUrl).sliced(host, (path < 0 ? facts.publicUrl.size() : path) - host));
}

QByteArray publicPage(const InvitationFacts &facts)
{
    const qsizetype path = pathIn(facts.publicUrl);
    const bool hasPath = path >= 0 && path + 1 < facts.publicUrl.size();
    return withSlash(hasPath || facts.basePath.isEmpty()
                         ? facts.publicUrl
                         : facts.publicUrl.first(path < 0 ? facts.publicUrl.size() : path) + facts.basePath);
}

bool isRoomName(const QByteArray &room)
{
    constexpr qsizetype longest = 64;
    const auto isFine = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !room.isEmpty() && room.size() <= longest && std::all_of(room.begin(), room.end(), isFine);
}

/// As the path of a picture: a square for each dark module.
QJsonObject qrOf(const QByteArray &url)
{
    const auto code = qrcodegen::QrCode::encodeText(url.constData(), qrcodegen::QrCode::Ecc::MEDIUM);
    QString path;
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            if (code.getModule(x, y))
                path += u"M%1 %2h1v1h-1z"_s.arg(x).arg(y);
        }
    }
    return {{u"size"_s, code.getSize()}, {u"path"_s, path}};
}

} // namespace

QByteArray addressForOthers(const InvitationFacts &facts, const HttpRequest &request)
{
    if (hasPublicPage(facts))
        return publicPage(facts);
    const QByteArrayView authority = request.head.value("Host");
    if (!leadsHereOnly(authority))
        return (request.context.secure ? "https://" : "http://") + authority.toByteArray() + withSlash(facts.basePath);
    const auto inTheLan = std::find_if(facts.lanAddresses.begin(), facts.lanAddresses.end(),
                                       [](const QString &host) { return reachOf(host) == Reach::Others; });
    if (!isEverywhere(facts.bindAddress) || inTheLan == facts.lanAddresses.end() || !maySeeTheLan(request))
        return {};
    // What stands in front with TLS of its own does not stand there.
    return (request.overTls ? "https://" : "http://") + inTheLan->toLatin1() + ':' + QByteArray::number(facts.port)
        + withSlash(facts.basePath);
}

HttpAnswer invitation(const HttpServices &services, const HttpRequest &request)
{
    const QByteArray room = request.head.queryValue("room").value_or(QByteArray());
    if (!isRoomName(room))
        return errorAnswer(400, "room is 1-64 of A-Z a-z 0-9 _ -");
    const ServerConfig &config = services.config;
    const QByteArray page = addressForOthers(
        {config.publicUrl, config.basePath, config.bindAddress, services.facts().port, lanAddresses()}, request);
    QJsonObject answer{{u"url"_s, QJsonValue::Null},
                       {u"reason"_s, isEverywhere(config.bindAddress) ? u"unknown"_s : u"bound"_s}};
    constexpr qsizetype longest = 1024; // far below what a code holds
    if (!page.isEmpty() && page.size() < longest) {
        const QByteArray url = page + "?room=" + room;
        answer = {{u"url"_s, QString::fromUtf8(url)}, {u"qr"_s, qrOf(url)}};
    }
    return {200,
            "application/json",
            QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n',
            {{"Cache-Control", "no-store"}}};
}

} // namespace glasshouse
