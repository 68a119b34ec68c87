// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/webnames.h"

#include "protocol/basepath.h"

#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

bool isNameLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_' || c == u'.';
}

/// The IPv4 address at the end of an IPv6 one as browsers write it: ::ffff:1.2.3.4 is ::ffff:102:304.
QString inHexadecimal(const QString &address)
{
    static const QRegularExpression dotted(u"([0-9]+)\\.([0-9]+)\\.([0-9]+)\\.([0-9]+)"_s);
    const QRegularExpressionMatch match = dotted.match(address);
    if (!match.hasMatch())
        return address;
    const auto pair = [&match](int first) {
        return QString::number(match.captured(first).toInt() * 256 + match.captured(first + 1).toInt(), 16);
    };
    return QString(address).replace(match.capturedStart(), match.capturedLength(), pair(1) + u':' + pair(3));
}

/// Of a scheme that is no browser's, as Electron has them: "app://-".
bool isAppOrigin(const QString &lower)
{
    static const QRegularExpression form(u"^([a-z][a-z0-9+.-]*)://[a-z0-9._-]+$"_s);
    static const QStringList webSchemes{u"http"_s, u"https"_s, u"ws"_s, u"wss"_s, u"file"_s};
    const QRegularExpressionMatch match = form.match(lower);
    return match.hasMatch() && !webSchemes.contains(match.captured(1));
}

/// Empty: there is none, or one that no browser would send.
QString hostOf(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    if (host.contains(u':')) {
        const QString plain = inHexadecimal(host);
        return plain.contains(u'%') ? QString() : plain.startsWith(u'[') ? plain : u'[' + plain + u']';
    }
    return std::all_of(host.begin(), host.end(), isNameLetter) ? host : QString();
}

int usualPort(const QString &scheme) { return scheme == "https"_L1 ? 443 : scheme == "http"_L1 ? 80 : -1; }

QString portOf(const QUrl &url, int usual)
{
    const int port = url.port(usual);
    return port == usual ? QString() : u':' + QString::number(port);
}

/// "scheme://host:port" of an address that has nothing else in front of its path.
std::optional<QString> placeOf(const QUrl &url, const QString &text)
{
    const QString host = hostOf(url);
    if (!url.isValid() || url.scheme().isEmpty() || host.isEmpty() || url.port(1) == 0 || text.contains(u'@')
        || url.hasQuery() || url.hasFragment())
        return std::nullopt;
    return url.scheme() + u"://"_s + host + portOf(url, usualPort(url.scheme()));
}

bool isRoot(const QUrl &url) { return url.path().isEmpty() || url.path() == "/"_L1; }

QString withoutSlashes(QString path)
{
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

/// Where the port's colon stands; −1: there is none.
qsizetype colonOf(QByteArrayView host)
{
    const qsizetype colon = host.lastIndexOf(':');
    return colon >= 0 && host.indexOf(']', colon) < 0 ? colon : -1;
}

} // namespace

std::optional<QString> normalPublicUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const QString path = withoutSlashes(url.path(QUrl::FullyEncoded));
    const auto place = placeOf(url, text);
    if (!place || usualPort(url.scheme()) < 0 || !isValidBasePath(path.toUtf8()))
        return std::nullopt;
    return *place + path;
}

std::optional<QString> normalOrigin(const QString &text)
{
    const QString lower = text.toLower();
    if (lower == "*"_L1 || lower == "null"_L1)
        return lower;
    if (lower == "file:"_L1 || lower == "file://"_L1 || lower == "file:///"_L1)
        return u"file://"_s;
    if (isAppOrigin(withoutSlashes(lower)))
        return withoutSlashes(lower);
    const QUrl url(text, QUrl::StrictMode);
    if (!isRoot(url) || url.scheme() == "ws"_L1 || url.scheme() == "wss"_L1)
        return std::nullopt;
    return placeOf(url, text);
}

QString whyNoOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == "ws"_L1 || url.scheme() == "wss"_L1)
        return u"\"%1\" is an address of a WebSocket; an origin is that of the page, such as https://example.org"_s.arg(
            text);
    if (text.contains(u'*'))
        return u"\"%1\" is no origin: each is named in full, or * for all"_s.arg(text);
    if (normalHost(text))
        return u"\"%1\" has no scheme; an origin is such as https://%1"_s.arg(text);
    if (!isRoot(url) && placeOf(url, text))
        return u"\"%1\" has a path, and no origin has one: %2"_s.arg(text, *placeOf(url, text));
    return {};
}

std::optional<QString> normalHost(const QString &text)
{
    if (text == "*"_L1)
        return text;
    const bool isBare = text.count(u':') > 1 && !text.contains(u'[');
    const QUrl url(u"http://"_s + (isBare ? u'[' + text + u']' : text), QUrl::StrictMode);
    const auto place = placeOf(url, text);
    if (!place || !isRoot(url))
        return std::nullopt;
    QString host = hostOf(url);
    while (host.endsWith(u'.'))
        host.chop(1);
    return host.isEmpty() ? std::nullopt : std::optional(host + portOf(url, -1));
}

QString originOfPage(const QString &url)
{
    const QUrl page(url, QUrl::StrictMode);
    return placeOf(page.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment), url).value_or(url);
}

QByteArrayView nameInHost(QByteArrayView host)
{
    const qsizetype colon = colonOf(host);
    QByteArrayView name = colon < 0 ? host : host.first(colon);
    if (name.endsWith('.'))
        name.chop(1);
    return name;
}

QByteArrayView portInHost(QByteArrayView host)
{
    const qsizetype colon = colonOf(host);
    return colon < 0 ? QByteArrayView() : host.sliced(colon + 1);
}

} // namespace glasshouse
