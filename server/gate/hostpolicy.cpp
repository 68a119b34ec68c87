// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/hostpolicy.h"

#include "server/gate/addresstext.h"
#include "server/gate/webnames.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype longestName = 253; // RFC 1035

/// As browsers judge it: whose last part is a number is an address, in whatever form. No name of the DNS is one.
bool isIpv4(QByteArrayView name)
{
    const QByteArrayView last = name.sliced(name.lastIndexOf('.') + 1);
    return !last.isEmpty() && std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
}

bool isIpv6(QByteArrayView name)
{
    if (!name.startsWith('[') || !name.endsWith(']'))
        return false;
    const QByteArrayView address = name.sliced(1, name.size() - 2);
    const qsizetype zone = address.indexOf('%');
    return address.contains(':') && !strictAddress(zone < 0 ? address : address.first(zone)).isNull();
}

bool isLocalhost(QByteArrayView name) { return name == "localhost" || name.endsWith(".localhost"); }

/// "*.example.org" is every name with one part more.
bool isCoveredBy(QByteArrayView name, QByteArrayView own)
{
    if (!own.startsWith("*."))
        return name == own;
    const qsizetype dot = name.indexOf('.');
    return dot > 0 && name.sliced(dot) == own.sliced(1);
}

/// 80 and 443 are what a browser leaves out.
bool isAllowedBy(QByteArrayView name, QByteArrayView port, QByteArrayView entry)
{
    const QByteArrayView wanted = portInHost(entry);
    const bool isUsual = wanted == "80" || wanted == "443";
    return name == nameInHost(entry) && (wanted.isEmpty() || port == wanted || (port.isEmpty() && isUsual));
}

} // namespace

HostPolicy::HostPolicy(const QStringList &own, const QList<QByteArray> &allowed)
{
    for (const QString &name : own)
        m_own += name.toLower().toUtf8();
    for (const QByteArray &entry : allowed)
        m_allowed += normalHost(QString::fromUtf8(entry)).value_or(QString::fromUtf8(entry)).toUtf8();
}

bool HostPolicy::allows(QByteArrayView host) const
{
    const QByteArray name = nameInHost(host).toByteArray().toLower();
    const QByteArrayView port = portInHost(host);
    const auto covers = [&](const QByteArray &own) { return isCoveredBy(name, own); };
    const auto allowed = [&](const QByteArray &entry) { return entry == "*" || isAllowedBy(name, port, entry); };
    return name.isEmpty() || isIpv4(name) || isIpv6(name) || isLocalhost(name) || std::ranges::any_of(m_own, covers)
        || std::ranges::any_of(m_allowed, allowed);
}

QByteArray nameToAllow(QByteArrayView host)
{
    const QByteArray name = nameInHost(host).toByteArray().toLower();
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    const bool isGood = name.size() <= longestName && !name.startsWith('-') && !name.startsWith('.')
        && std::ranges::all_of(name, isPlain);
    return isGood ? name : QByteArray();
}

} // namespace glasshouse
