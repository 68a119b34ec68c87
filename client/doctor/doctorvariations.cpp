// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorvariations.h"

#include "client/testclienttarget.h"

#include <QUrlQuery>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr auto knownSubprotocols = "graphql-transport-ws, graphql-ws, mqtt, ocpp1.6, v12.stomp, wamp.2.json";
constexpr auto inQuery = "in the query";
constexpr auto inHeader = "in the Authorization header";

/// A failed attempt, as the rows below ask for it.
struct Failure
{
    const ProbeResult &first;
    const ProbeContext &context;

    [[nodiscard]] const TestClientOptions &options() const { return context.options; }
    [[nodiscard]] bool isSecure() const { return options().url.scheme() == "wss"_L1; }
    [[nodiscard]] int status() const { return first.answer.head.status; }
    [[nodiscard]] bool isOneOf(std::initializer_list<int> statuses) const
    {
        return std::ranges::find(statuses, status()) != statuses.end();
    }
    [[nodiscard]] bool isRefused() const { return status() >= 400 && status() < 500 && !isOneOf({404, 407, 429}); }
    /// It was asked, and the stream ended.
    [[nodiscard]] bool isCut() const { return status() == 0 && first.end.has_value() && !first.requestHead.isEmpty(); }
    [[nodiscard]] bool isNoPlaceForIt() const
    {
        return (status() >= 200 && status() < 300) || isOneOf({400, 404, 405, 410, 426, 501}) || isCut();
    }
};

bool isAuthorization(const HttpHeader &header)
{
    return header.name.compare("Authorization", Qt::CaseInsensitive) == 0;
}

bool sendsAToken(const TestClientOptions &options, const QByteArray &token)
{
    return std::ranges::any_of(options.headers, isAuthorization)
        || (!token.isEmpty()
            && (options.url.toEncoded().contains(token) || options.subprotocols.join(' ').contains(token)));
}

QByteArray hostOf(const QUrl &url)
{
    const QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    return host.contains(':') ? '[' + host + ']' : host;
}

QByteArray ownPathOf(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    return path.isEmpty() ? QByteArray("/") : path;
}

// What a row tries, where there is a point in it.

QByteArrayList schemes(const Failure &failure)
{
    return failure.status() == 0 || failure.status() == 400 ? QByteArrayList{failure.isSecure() ? "ws" : "wss"}
                                                            : QByteArrayList();
}

QByteArrayList keys(const Failure &failure)
{
    return failure.status() == 101 && failure.first.upgrade == UpgradeError::BadAccept ? QByteArrayList{""}
                                                                                       : QByteArrayList();
}

QByteArrayList alpns(const Failure &failure)
{
    const bool mayMatter = failure.status() == 0 || failure.isOneOf({403, 421, 426, 505});
    return failure.first.session && mayMatter ? QByteArrayList{""} : QByteArrayList();
}

QByteArrayList origins(const Failure &failure)
{
    if (!failure.isRefused() && !failure.isCut())
        return {};
    const QByteArray own = ownOriginOf(failure.options().url);
    const QByteArray given = failure.options().origin;
    if (given.isEmpty())
        return {own};
    return given == own ? QByteArrayList{""} : QByteArrayList{"", own};
}

QByteArrayList withoutToken(const Failure &failure)
{
    const bool mayMatter = failure.isRefused() || failure.isCut() || failure.status() >= 500;
    return mayMatter && sendsAToken(failure.options(), failure.context.token) ? QByteArrayList{""} : QByteArrayList();
}

QByteArrayList tokenPlaces(const Failure &failure)
{
    const QByteArray &token = failure.context.token;
    if (token.isEmpty() || !failure.isOneOf({400, 401, 403}))
        return {};
    QByteArrayList places;
    if (!failure.options().url.toEncoded().contains(token))
        places += inQuery;
    if (std::ranges::none_of(failure.options().headers, isAuthorization))
        places += inHeader;
    return places;
}

QByteArrayList hosts(const Failure &failure)
{
    if (!failure.isOneOf({400, 403, 404, 421}))
        return {};
    const QByteArray host = hostOf(failure.options().url);
    const int port = failure.options().url.port();
    QByteArrayList others;
    if (port > 0)
        others += host;
    if (host != "localhost")
        others += port > 0 ? "localhost:" + QByteArray::number(port) : QByteArray("localhost");
    return others;
}

QByteArrayList subprotocols(const Failure &failure)
{
    if (!failure.isRefused() && !failure.isCut() && failure.status() < 500)
        return {};
    if (!failure.options().subprotocols.isEmpty())
        return {""};
    return failure.isOneOf({400, 403, 406, 426}) || failure.isCut() ? QByteArrayList{knownSubprotocols}
                                                                    : QByteArrayList();
}

QByteArrayList extensions(const Failure &failure)
{
    const bool offers = failure.options().deflate.offered;
    return offers && !failure.isOneOf({401, 404, 429}) ? QByteArrayList{""} : QByteArrayList();
}

QByteArrayList paths(const Failure &failure)
{
    return failure.isNoPlaceForIt() ? likelyPaths(ownPathOf(failure.options().url)) : QByteArrayList();
}

QByteArrayList socketIoPaths(const Failure &failure)
{
    const bool asksForIt = failure.options().url.path().contains("/socket.io"_L1);
    const bool mayBe = failure.isNoPlaceForIt() || (failure.first.timedOut && !failure.first.requestHead.isEmpty());
    return mayBe && !asksForIt ? QByteArrayList{"/socket.io/?EIO=4&transport=polling"} : QByteArrayList();
}

QByteArrayList sockJsPaths(const Failure &failure)
{
    if (!failure.isNoPlaceForIt())
        return {};
    QByteArray path = ownPathOf(failure.options().url);
    while (path.endsWith('/'))
        path.chop(1);
    return {path + "/info"};
}

// How a row changes an order.

/// Nothing of what was to go encrypted goes in the clear: whether somebody speaks HTTP there shows without it.
void setScheme(ProbeOrder &order, const ProbeVariation &, const QByteArray &)
{
    TestClientOptions &options = order.options;
    if (options.url.scheme() == "wss"_L1) {
        options.url.setUserInfo({});
        options.url.setQuery(QString());
        options.headers.clear();
        options.subprotocols.clear();
        options.first.clear();
    }
    options.url.setPort(order.port);
    options.url = withOtherSecurity(options.url);
    options.ignoreTlsErrors = true;
}

void setNothing(ProbeOrder &, const ProbeVariation &, const QByteArray &) { }

void setNoAlpn(ProbeOrder &order, const ProbeVariation &, const QByteArray &) { order.namesHttp = false; }

void removeHeader(HttpHeaders &headers, QByteArrayView name)
{
    headers.removeIf([name](const HttpHeader &header) {
        return QByteArrayView(header.name).compare(name, Qt::CaseInsensitive) == 0;
    });
}

void setOrigin(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &)
{
    removeHeader(order.options.headers, "Origin");
    order.options.origin = variation.value;
}

void setNoToken(ProbeOrder &order, const ProbeVariation &, const QByteArray &token)
{
    removeHeader(order.options.headers, "Authorization");
    if (token.isEmpty())
        return;
    QUrlQuery query(order.options.url);
    auto items = query.queryItems(QUrl::FullyDecoded);
    items.removeIf([&token](const auto &item) { return item.second.toUtf8() == token; });
    query.setQueryItems(items);
    order.options.url.setQuery(query.isEmpty() ? QString() : query.query(QUrl::FullyEncoded), QUrl::StrictMode);
    order.options.subprotocols.removeIf([&token](const QByteArray &name) { return name.contains(token); });
}

void setTokenPlace(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &token)
{
    setNoToken(order, variation, token);
    if (variation.value == inHeader)
        return order.options.headers.append({"Authorization", "Bearer " + token});
    QUrlQuery query(order.options.url);
    query.addQueryItem(u"token"_s, QString::fromUtf8(token.toPercentEncoding()));
    order.options.url.setQuery(query);
}

void setHost(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &)
{
    removeHeader(order.options.headers, "Host");
    order.options.headers.append({"Host", variation.value});
}

void setSubprotocols(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &)
{
    order.options.subprotocols.clear();
    for (const QByteArray &name : variation.value.split(',')) {
        if (!name.trimmed().isEmpty())
            order.options.subprotocols.append(name.trimmed());
    }
}

void setNoExtensions(ProbeOrder &order, const ProbeVariation &, const QByteArray &)
{
    order.options.deflate.offered = false;
    removeHeader(order.options.headers, "Sec-WebSocket-Extensions");
}

void setPath(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &)
{
    order.options.url.setPath(QString::fromLatin1(variation.value), QUrl::StrictMode);
}

void setGet(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &)
{
    order.aim = ProbeOrder::Aim::Get;
    const QUrl wanted = QUrl::fromEncoded(variation.value);
    order.options.url.setPath(wanted.path());
    order.options.url.setQuery(wanted.hasQuery() ? wanted.query() : QString());
}

struct FactorRow
{
    QByteArrayList (*values)(const Failure &failure);
    void (*change)(ProbeOrder &order, const ProbeVariation &variation, const QByteArray &token);
    DoctorFact with;
    DoctorFact without; ///< where the value is empty
};

// In the order of ProbeFactor, which is that of the attempts.
constexpr std::array<FactorRow, 12> factors{{
    {schemes, setScheme, DoctorFact::WithScheme, DoctorFact::WithScheme},
    {keys, setNothing, DoctorFact::WithNewKey, DoctorFact::WithNewKey},
    {alpns, setNoAlpn, DoctorFact::WithoutAlpn, DoctorFact::WithoutAlpn},
    {origins, setOrigin, DoctorFact::WithOrigin, DoctorFact::WithoutOrigin},
    {withoutToken, setNoToken, DoctorFact::WithoutToken, DoctorFact::WithoutToken},
    {tokenPlaces, setTokenPlace, DoctorFact::WithTokenIn, DoctorFact::WithTokenIn},
    {hosts, setHost, DoctorFact::WithHost, DoctorFact::WithHost},
    {subprotocols, setSubprotocols, DoctorFact::WithSubprotocols, DoctorFact::WithoutSubprotocols},
    {extensions, setNoExtensions, DoctorFact::WithoutExtensions, DoctorFact::WithoutExtensions},
    {paths, setPath, DoctorFact::WithPath, DoctorFact::WithPath},
    {socketIoPaths, setGet, DoctorFact::WithGet, DoctorFact::WithGet},
    {sockJsPaths, setGet, DoctorFact::WithGet, DoctorFact::WithGet},
}};

const FactorRow &rowOf(ProbeFactor factor) { return factors[std::size_t(factor)]; }

} // namespace

QList<ProbeVariation> variationsFor(const ProbeResult &first, const ProbeContext &context)
{
    constexpr qsizetype most = 20;
    QList<ProbeVariation> variations;
    const Failure failure{first, context};
    for (std::size_t i = 0; i < factors.size(); ++i) {
        for (const QByteArray &value : factors[i].values(failure))
            variations.append({ProbeFactor(i), value});
    }
    return variations.first(qMin(most, variations.size()));
}

QList<ProbeVariation> variationsForRefused(const ProbeContext &context)
{
    QList<ProbeVariation> variations;
    const QByteArray own = ownOriginOf(context.options.url);
    if (context.options.origin != own)
        variations.append({ProbeFactor::Origin, own});
    if (!context.options.origin.isEmpty())
        variations.append({ProbeFactor::Origin, {}});
    if (!context.token.isEmpty())
        variations.append({ProbeFactor::Token, {}});
    return variations;
}

ProbeOrder varied(ProbeOrder order, const ProbeVariation &variation, const QByteArray &token)
{
    rowOf(variation.factor).change(order, variation, token);
    return order;
}

DoctorEvidence evidenceOf(const VariedProbe &varied)
{
    DoctorEvidence evidence = evidenceOf(varied.variation, varied.result.outcome());
    evidence.us = varied.result.answerUs;
    return evidence;
}

DoctorEvidence evidenceOf(const ProbeVariation &variation, const QByteArray &outcome)
{
    const FactorRow &row = rowOf(variation.factor);
    const bool isNamed = !variation.value.isEmpty();
    DoctorEvidence evidence;
    evidence.fact = isNamed ? row.with : row.without;
    evidence.arguments = isNamed ? QByteArrayList{variation.value, outcome} : QByteArrayList{outcome};
    return evidence;
}

QByteArray ownOriginOf(const QUrl &url)
{
    const bool isSecure = url.scheme() == "wss"_L1;
    const int port = url.port(isSecure ? 443 : 80);
    const bool isDefault = port == (isSecure ? 443 : 80);
    return (isSecure ? "https://" : "http://") + hostOf(url)
        + (isDefault ? QByteArray() : ':' + QByteArray::number(port));
}

QByteArrayList likelyPaths(const QByteArray &path)
{
    constexpr qsizetype most = 6;
    QByteArrayList candidates;
    for (qsizetype at = path.indexOf('/', 1); at > 0 && candidates.size() < 3; at = path.indexOf('/', at + 1))
        candidates += path.sliced(at); // without what a proxy may have to take away
    candidates += {"/ws", "/", "/socket", "/websocket"};
    candidates += path.endsWith('/') ? path.chopped(1) : path + '/';
    QByteArrayList paths;
    for (const QByteArray &candidate : std::as_const(candidates)) {
        if (!candidate.isEmpty() && candidate != path && !paths.contains(candidate))
            paths += candidate;
    }
    return paths.first(qMin(most, paths.size()));
}

} // namespace glasshouse
