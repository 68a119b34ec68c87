// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

#include <QStringList>

namespace glasshouse {

/// To which names in a Host header a server answers. A page anywhere can point a name of its own at this machine and is then of
/// one origin with us (DNS rebinding); with an address, or a name that is ours, it can not. So these pass: IP addresses,
/// localhost, the names that are ours, and what is allowed besides. A value.
class HostPolicy
{
public:
    HostPolicy() = default;
    /// `own`: names of this machine, of its certificate ("*.example.org" too), of its public address. `allowed`: "name" for every
    /// port, "name:port", or "*" for all; see normalHost().
    HostPolicy(const QStringList &own, const QList<QByteArray> &allowed);

    /// `host`: the header's value, from outside. None, or an empty one, names nobody.
    [[nodiscard]] bool allows(QByteArrayView host) const;

private:
    QList<QByteArray> m_own;
    QList<QByteArray> m_allowed;
};

/// The name of a Host header where it is one that could be allowed, in the form of --allow-host; else empty: whatever came from
/// outside is nothing to paste into a shell.
[[nodiscard]] QByteArray nameToAllow(QByteArrayView host);

} // namespace glasshouse
