// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/addresses.h"

#include "net/transport/bindaddress.h"
#include "net/transport/lanaddresses.h"
#include "net/transport/reach.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrlQuery>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Addresses)
};

bool isOfNoNetwork(const ListenInfo &info, const QString &host)
{
    return host == info.bindAddress && !info.lanAddresses.contains(host) && !isOnInterface(host);
}

} // namespace

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
    std::stable_partition(hosts.begin(), hosts.end(),
                          [](const QString &host) { return reachOf(host) == Reach::Others; });
    return hosts;
}

QString whyOnlyHere(const ListenInfo &info, const QString &host)
{
    const Reach reach = reachOf(host);
    if (reach == Reach::Link)
        return Words::tr("Phones do not find %1: this computer gave that address to itself, because no network gave it "
                         "one. Connect it to a network, stop the server and start it again.")
            .arg(host);
    if (reach == Reach::Others)
        return isOfNoNetwork(info, host)
            ? Words::tr("Only this computer can join: the server listens on %1, and no network has that address now. "
                        "Stop it, choose “All addresses” and start it again.")
                  .arg(host)
            : QString();
    if (host == QUrl(info.publicUrl).host())
        return Words::tr("Only this computer can join under %1. Write the public address that players use into the "
                         "settings, or none.")
            .arg(host);
    if (isEverywhere(info.bindAddress))
        return Words::tr(
            "Only this computer can join: it is in no network. Connect it to one, stop the server and start "
            "it again.");
    return Words::tr("Only this computer can join: the server listens on %1. For phones, stop it, choose “All "
                     "addresses” and start it again.")
        .arg(host);
}

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
        return is(info.bindAddress) || (isLocalhost && QHostAddress(info.bindAddress).isLoopback());
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
