// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/lanaddresses.h"

#include <QHostInfo>
#include <QNetworkInterface>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// Bridges of containers and virtual machines are up like the others, but no phone is behind them.
bool isVirtual(const QString &name)
{
    for (const auto prefix : {"docker"_L1, "br-"_L1, "veth"_L1, "virbr"_L1, "vmnet"_L1, "vboxnet"_L1, "tun"_L1,
                              "tap"_L1, "utun"_L1, "vEthernet"_L1}) {
        if (name.startsWith(prefix))
            return true;
    }
    return false;
}

int rank(const QNetworkInterface &interface, const QHostAddress &address)
{
    int rank = isVirtual(interface.humanReadableName()) || isVirtual(interface.name()) ? 100 : 0;
    if (address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16))
        return rank;
    if (address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8))
        return rank + 1;
    if (address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12))
        return rank + 2;
    return rank + (address.isLinkLocal() ? 50 : 10);
}

} // namespace

QStringList lanAddresses()
{
    QList<std::pair<int, QString>> found;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsRunning) || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            if (entry.ip().protocol() == QAbstractSocket::IPv4Protocol)
                found.append({rank(interface, entry.ip()), entry.ip().toString()});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList addresses;
    for (const auto &[order, address] : std::as_const(found))
        addresses.append(address);
    return addresses;
}

bool isOnInterface(const QString &address)
{
    const QHostAddress wanted(address);
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    return std::any_of(interfaces.begin(), interfaces.end(), [&wanted](const QNetworkInterface &interface) {
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        return interface.flags().testFlag(QNetworkInterface::IsRunning)
            && std::any_of(entries.begin(), entries.end(), [&](const auto &entry) { return entry.ip() == wanted; });
    });
}

QStringList machineNames()
{
    const QString full = QHostInfo::localHostName().toLower();
    const QString name = full.section(u'.', 0, 0);
    const QString domain = QHostInfo::localDomainName().toLower();
    if (name.isEmpty() || name == "localhost"_L1)
        return {};
    QStringList names{full, name, name + u".local"_s};
    if (!domain.isEmpty())
        names += name + u'.' + domain;
    names.removeDuplicates();
    return names;
}

} // namespace glasshouse
