// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/bindaddress.h"

#include <QRegularExpression>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

bool isLinkLocalWithoutZone(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv6Protocol && address.isLinkLocal() && address.scopeId().isEmpty();
}

/// As it stands in a URL, or by itself: there a zone begins with %25.
QString withoutBrackets(const QString &text)
{
    const bool isBracketed = text.startsWith(u'[') && text.endsWith(u']') && text.contains(u':');
    QString plain = isBracketed ? text.mid(1, text.size() - 2) : text;
    const qsizetype zone = plain.indexOf("%25"_L1);
    if (zone > 0 && zone + 3 < plain.size())
        plain.remove(zone + 1, 2);
    return plain;
}

/// What Qt takes for an address, and nobody else in the same way: "127.1", "010.0.0.1", "1".
bool isOddIpv4(const QString &text)
{
    static const QRegularExpression usual(u"^(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}$"_s);
    return !text.contains(u':') && !usual.match(text).hasMatch();
}

} // namespace

std::optional<QString> normalBindAddress(const QString &text)
{
    if (text.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return u"127.0.0.1"_s;
    if (text == "*"_L1)
        return u"::"_s;
    const QString plain = withoutBrackets(text);
    const QHostAddress address(plain);
    if (address.isNull() || isOddIpv4(plain) || isLinkLocalWithoutZone(address) || plain.endsWith(u'%'))
        return std::nullopt;
    constexpr QLatin1StringView mapped("::ffff:");
    const QString shown = address.toString();
    return shown.startsWith(mapped) && shown.contains(u'.') ? shown.mid(mapped.size()) : shown;
}

QString whyNoBindAddress(const QString &text)
{
    return isLinkLocalWithoutZone(QHostAddress(withoutBrackets(text)))
        ? u"\"%1\" is one on each link: say which, as in %1%eth0"_s.arg(withoutBrackets(text))
        : QString();
}

QHostAddress listenAddress(const QString &bind)
{
    const QString address = normalBindAddress(bind).value_or(bind);
    // Qt takes "::" for IPv6 alone.
    return address.isEmpty() || address == "::"_L1 ? QHostAddress(QHostAddress::Any) : QHostAddress(address);
}

bool isEverywhere(const QString &bind)
{
    const QHostAddress address = listenAddress(bind);
    return address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

QString hostFromHere(const QString &bind)
{
    return isEverywhere(bind) ? u"127.0.0.1"_s : normalBindAddress(bind).value_or(bind);
}

QString hostInUrl(const QString &host)
{
    return host.contains(u':') ? u'[' + QString(host).replace(u'%', u"%25"_s) + u']' : host;
}

} // namespace glasshouse
