// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/reach.h"

#include <QHostAddress>

namespace glasshouse {

using namespace Qt::StringLiterals;

Reach reachOf(const QString &host)
{
    QString name = host.toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name.isEmpty() || name == "localhost"_L1 || name.endsWith(".localhost"_L1))
        return Reach::ThisMachine;
    bool isV4 = false;
    const QHostAddress written(name);
    const quint32 v4 = written.toIPv4Address(&isV4);
    const QHostAddress address = isV4 ? QHostAddress(v4) : written; // "::ffff:127.0.0.1" as well
    if (address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6))
        return Reach::ThisMachine;
    return address.isLinkLocal() ? Reach::Link : Reach::Others;
}

} // namespace glasshouse
