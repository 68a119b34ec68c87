// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/addresses.h"

#include "net/transport/bindaddress.h"

#include <QHostAddress>
#include <QUrlQuery>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

QStringList reachableHosts(const ListenInfo &info)
{
    QStringList hosts;
    if (const QString known = QUrl(info.publicUrl).host(); !known.isEmpty())
        hosts += known;
    if (!isEverywhere(info.bindAddress))
        hosts += info.bindAddress;
    else
        hosts += info.lanAddresses.isEmpty() ? QStringList{u"127.0.0.1"_s} : info.lanAddresses;
    hosts.removeDuplicates();
    return hosts;
}

bool isLoopback(const QString &host) { return QHostAddress(host).isLoopback(); }

QUrl pageUrl(const ListenInfo &info, const QString &host)
{
    const QUrl known(info.publicUrl);
    QUrl url;
    url.setScheme(info.secure ? u"https"_s : u"http"_s);
    url.setHost(host);
    url.setPort(info.port);
    url.setPath(info.basePath + u'/');
    if (known.host().isEmpty() || known.host() != host)
        return url;
    url = known;
    const bool hasPath = known.path().size() > 1;
    url.setPath((hasPath ? known.path() : info.basePath) + u'/');
    return url;
}

QUrl roomUrl(const ListenInfo &info, const QString &host, const QString &room)
{
    QUrl url = pageUrl(info, host);
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    url.setPath(url.path() + u"ws/"_s + room);
    return url;
}

QUrl joinUrl(const ListenInfo &info, const QString &host, const QString &code)
{
    QUrl url = pageUrl(info, host);
    if (!code.isEmpty())
        url.setQuery(QUrlQuery{{u"room"_s, code}});
    return url;
}

bool isOwnAddress(const ListenInfo &info, const QUrl &url)
{
    const bool secure = url.scheme() == "wss"_L1 || url.scheme() == "https"_L1;
    if (!info.secure || !secure || url.port(443) != info.port)
        return false;
    const bool isLocalhost = url.host().compare("localhost"_L1, Qt::CaseInsensitive) == 0;
    const QHostAddress host = isLocalhost ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(url.host());
    const auto is = [&host](const QString &address) { return !host.isNull() && host == QHostAddress(address); };
    if (!isEverywhere(info.bindAddress))
        return is(info.bindAddress) || (isLocalhost && isLoopback(info.bindAddress));
    return host.isLoopback() || std::any_of(info.lanAddresses.begin(), info.lanAddresses.end(), is);
}

QUrl localUrl(const ListenInfo &info, const QString &pathAndQuery)
{
    const QUrl target(pathAndQuery, QUrl::TolerantMode);
    QUrl url;
    url.setScheme(info.secure ? u"wss"_s : u"ws"_s);
    url.setHost(hostFromHere(info.bindAddress));
    url.setPort(info.port);
    url.setPath(target.path());
    url.setQuery(target.query());
    return url;
}

} // namespace glasshouse
