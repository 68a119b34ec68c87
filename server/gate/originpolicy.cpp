// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/originpolicy.h"

#include <algorithm>

namespace glasshouse {

namespace {

bool equal(QByteArrayView a, QByteArrayView b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

// "host" and "host:80" are the same place for http, "host:443" for https.
QByteArray withPort(QByteArrayView authority, int defaultPort)
{
    const qsizetype colon = authority.lastIndexOf(':');
    const bool hasPort = colon >= 0 && authority.indexOf(']', colon) < 0;
    return hasPort ? authority.toByteArray() : authority.toByteArray() + ':' + QByteArray::number(defaultPort);
}

bool isSameHost(QByteArrayView origin, QByteArrayView host)
{
    for (const auto &[scheme, port] : {std::pair<QByteArrayView, int>{"http://", 80}, {"https://", 443}}) {
        if (origin.size() > scheme.size() && equal(origin.first(scheme.size()), scheme))
            return equal(withPort(origin.sliced(scheme.size()), port), withPort(host, port));
    }
    return false;
}

QByteArrayView withoutPort(QByteArrayView host)
{
    const qsizetype colon = host.lastIndexOf(':');
    return colon >= 0 && host.indexOf(']', colon) < 0 ? host.first(colon) : host;
}

} // namespace

bool isOriginAllowed(const HttpHead &request, const QList<QByteArray> &allowed)
{
    const QByteArrayView origin = request.value("Origin");
    const QByteArrayView host = request.value("Host");
    if (origin.isNull() || (!host.isEmpty() && isSameHost(origin, host)))
        return true;
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const QByteArray &entry) { return entry == "*" || equal(entry, origin); });
}

bool isHostAllowed(const HttpHead &request, const QList<QByteArray> &allowed)
{
    const QByteArrayView host = request.value("Host");
    if (host.isNull()) // over HTTP/1.0: a health check, no browser
        return true;
    return allowed.isEmpty() || std::any_of(allowed.begin(), allowed.end(), [&](const QByteArray &entry) {
               return equal(entry, host) || equal(entry, withoutPort(host));
           });
}

} // namespace glasshouse
