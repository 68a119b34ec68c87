// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctororders.h"

#include "protocol/httphead.h"
#include "server/capture/redaction.h"
#include "server/http/routes.h"
#include "ui/base/addresses.h"

#include <QUrlQuery>
#include <limits>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

bool isHidden(QByteArrayView text) { return text.indexOf(redactedMark) >= 0; }

/// What was hidden of it is left out: its place holder would be taken for a token.
QUrl withoutHidden(QUrl url)
{
    const QUrlQuery all(url);
    QUrlQuery kept;
    for (const auto &[name, value] : all.queryItems(QUrl::FullyEncoded)) {
        if (!isHidden(QUrl::fromPercentEncoding(value.toUtf8()).toUtf8()))
            kept.addQueryItem(name, value);
    }
    url.setQuery(kept.isEmpty() ? QString() : kept.query(QUrl::FullyEncoded));
    return url;
}

QList<QByteArray> namesIn(const QByteArray &list)
{
    QList<QByteArray> names;
    const auto parts = list.split(',');
    for (const QByteArray &part : parts) {
        if (const QByteArray name = part.trimmed(); !name.isEmpty() && !isHidden(name))
            names << name;
    }
    return names;
}

} // namespace

std::optional<DoctorOrder> orderLike(const ConnectionInfo &connection, const ListenInfo &server)
{
    HttpHeadParser parser;
    qsizetype consumed = 0;
    const QByteArray whole = connection.requestHead.trimmed() + "\r\n\r\n";
    if (parser.feed(whole, consumed) != HttpHeadParser::Status::Done)
        return std::nullopt;
    const HttpHead &head = parser.head();
    if (!head.target.startsWith('/'))
        return std::nullopt;
    DoctorOrder order;
    order.client.url = withoutHidden(localUrl(server, QString::fromUtf8(head.target)));
    order.client.trustedFingerprint = server.fingerprint;
    order.client.origin = head.value("Origin").toByteArray();
    order.client.subprotocols = namesIn(head.value("Sec-WebSocket-Protocol").toByteArray());
    if (const QByteArrayView host = head.value("Host"); !host.isEmpty())
        order.client.headers.append(HttpHeader{"Host", host.toByteArray()});
    return order;
}

DoctorOrder ownOrder(const ListenInfo &server, bool asksForToken)
{
    QUrl url = pageUrl(server, reachableHosts(server).first());
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    const QByteArrayView target = asksForToken ? Routes::check : Routes::echo;
    url.setPath(url.path() + QString::fromLatin1(target.sliced(1))); // a page's ends with a slash
    DoctorOrder order;
    order.client.url = url;
    if (isOwnAddress(server, url))
        order.client.trustedFingerprint = server.fingerprint;
    return order;
}

qint64 longestIdleMs(const DoctorOrder &order)
{
    const bool isCheck = order.client.url.path().endsWith(QLatin1StringView(Routes::check));
    return isCheck ? Routes::checkIdleMs : std::numeric_limits<qint64>::max();
}

} // namespace glasshouse
