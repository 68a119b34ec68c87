// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addresses.h"

#include <QHostAddress>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

bool isAny(const QString &address)
{
    const QHostAddress host(address);
    return address.isEmpty() || host == QHostAddress::Any || host == QHostAddress::AnyIPv4
        || host == QHostAddress::AnyIPv6;
}

} // namespace

QStringList reachableHosts(const ListenInfo &info)
{
    if (!isAny(info.bindAddress))
        return {info.bindAddress};
    return info.lanAddresses.isEmpty() ? QStringList{u"127.0.0.1"_s} : info.lanAddresses;
}

QUrl roomUrl(const QString &host, quint16 port, const QString &room)
{
    QUrl url;
    url.setScheme(u"ws"_s);
    url.setHost(host);
    url.setPort(port);
    url.setPath(u"/ws/"_s + room);
    return url;
}

QUrl pageUrl(const QString &host, quint16 port)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(host);
    url.setPort(port);
    url.setPath(u"/"_s);
    return url;
}

bool isLoopback(const QString &host) { return QHostAddress(host).isLoopback(); }

QUrl joinUrl(const QString &host, quint16 port, const QString &code)
{
    QUrl url = pageUrl(host, port);
    if (!code.isEmpty())
        url.setQuery(QUrlQuery{{u"room"_s, code}});
    return url;
}

QUrl localUrl(const ListenInfo &info, const QString &pathAndQuery)
{
    QUrl url = roomUrl(isAny(info.bindAddress) ? u"127.0.0.1"_s : info.bindAddress, info.port, {});
    const QUrl target(pathAndQuery, QUrl::TolerantMode);
    url.setPath(target.path());
    url.setQuery(target.query());
    return url;
}

} // namespace glasshouse
