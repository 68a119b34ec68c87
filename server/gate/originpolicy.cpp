// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/originpolicy.h"

#include "server/gate/webnames.h"

#include <algorithm>

namespace glasshouse {

namespace {

bool equal(QByteArrayView a, QByteArrayView b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

bool beginsWith(QByteArrayView text, QByteArrayView begin)
{
    return text.size() >= begin.size() && equal(text.first(begin.size()), begin);
}

constexpr std::pair<QByteArrayView, QByteArrayView> usualPorts[] = {{"http://", "80"}, {"https://", "443"}};

/// What differs in spelling only is the same: "https://A:443" is "https://a".
QByteArray spelled(QByteArrayView origin)
{
    if (beginsWith(origin, "file:"))
        return "file://";
    for (const auto &[scheme, port] : usualPorts) {
        if (beginsWith(origin, scheme) && portInHost(origin.sliced(scheme.size())) == port)
            origin.chop(port.size() + 1);
    }
    return origin.toByteArray().toLower();
}

// "host" and "host:80" are the same place for http, "host:443" for https.
bool isSamePlace(QByteArrayView a, QByteArrayView b, QByteArrayView usualPort)
{
    const auto portOf = [usualPort](QByteArrayView host) {
        const QByteArrayView port = portInHost(host);
        return port.isEmpty() ? usualPort : port;
    };
    return equal(nameInHost(a), nameInHost(b)) && portOf(a) == portOf(b);
}

bool isSameHost(QByteArrayView origin, QByteArrayView host)
{
    return std::ranges::any_of(usualPorts, [&](const auto &usual) {
        return beginsWith(origin, usual.first) && origin.size() > usual.first.size()
            && isSamePlace(origin.sliced(usual.first.size()), host, usual.second);
    });
}

} // namespace

bool isOriginNamed(QByteArrayView origin, const QList<QByteArray> &allowed)
{
    if (allowed.isEmpty())
        return false;
    const QByteArray wanted = spelled(origin);
    return std::ranges::any_of(allowed, [&](const QByteArray &entry) { return spelled(entry) == wanted; });
}

bool isOriginAllowed(const HttpHead &request, const QList<QByteArray> &allowed)
{
    const QByteArrayView origin = request.value("Origin");
    const QByteArrayView host = request.value("Host"); // over HTTP/1.0 there may be none
    return origin.isNull() || (!host.isEmpty() && isSameHost(origin, host)) || allowed.contains("*")
        || isOriginNamed(origin, allowed);
}

} // namespace glasshouse
