// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/reach.h"

#include "net/transport/transport.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

Reach reachOf(const QString &host)
{
    QString name = host.toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name.isEmpty() || name == "localhost"_L1 || name.endsWith(".localhost"_L1))
        return Reach::ThisMachine;
    const QHostAddress address = unmapped(QHostAddress(name));
    if (address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6))
        return Reach::ThisMachine;
    return address.isLinkLocal() ? Reach::Link : Reach::Others;
}

} // namespace glasshouse
