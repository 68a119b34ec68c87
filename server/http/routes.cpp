// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/routes.h"

#include "protocol/basepath.h"
#include "server/rooms/lobby.h"

namespace glasshouse {

namespace {

constexpr QByteArrayView placeholder = "{room}";

} // namespace

Routes::Routes(const QStringList &extraTemplates, QByteArray basePath) : m_basePath(std::move(basePath))
{
    m_templates = QStringList{QStringLiteral("/ws/{room}"), QStringLiteral("/api/game?matchId={room}"),
                              QStringLiteral("/api/match/game?matchId={room}"),
                              QStringLiteral("/connection/websocket?room={room}")}
        + extraTemplates;
    for (const QString &text : std::as_const(m_templates)) {
        if (auto route = parse(text))
            m_routes.append(*route);
    }
    m_routes[3].fallback = "main";
}

std::optional<Routes::Route> Routes::parse(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const qsizetype at = bytes.indexOf(placeholder);
    if (at < 1 || !bytes.startsWith('/') || bytes.count(placeholder) != 1)
        return std::nullopt;
    const qsizetype mark = bytes.indexOf('?');
    if (mark < 0)
        return Route{bytes.first(at), bytes.sliced(at + placeholder.size()), {}, {}};
    const bool wholeQuery = at > mark + 1 && bytes[at - 1] == '=' && at + placeholder.size() == bytes.size();
    if (!wholeQuery)
        return std::nullopt;
    const QByteArray parameter = bytes.sliced(mark + 1, at - mark - 2);
    if (parameter.isEmpty() || parameter.contains('&') || parameter.contains('='))
        return std::nullopt;
    return Route{bytes.first(mark), {}, parameter, {}};
}

bool Routes::isValidTemplate(const QString &text) { return parse(text).has_value(); }

std::optional<QByteArray> Routes::roomOf(const Route &route, const HttpHead &request)
{
    const QByteArrayView path = request.path();
    if (!route.parameter.isEmpty()) {
        if (path != QByteArrayView(route.before))
            return std::nullopt;
        return request.queryValue(route.parameter).value_or(route.fallback);
    }
    const qsizetype length = path.size() - route.before.size() - route.after.size();
    if (length < 0 || !path.startsWith(route.before) || !path.endsWith(route.after))
        return std::nullopt;
    const auto room = percentDecoded(path.sliced(route.before.size(), length));
    return room && room->contains('/') ? std::nullopt : std::optional(room.value_or(QByteArray()));
}

RouteMatch Routes::match(const HttpHead &request) const
{
    const QByteArray inner = withoutBasePath(request.target, m_basePath);
    if (inner != request.target) {
        HttpHead behind = request;
        behind.target = inner;
        RouteMatch found = matchWhole(behind);
        if (found.kind != RouteMatch::Kind::None)
            return found;
    }
    return matchWhole(request);
}

RouteMatch Routes::matchWhole(const HttpHead &request) const
{
    if (request.path() == QByteArrayView("/echo"))
        return {RouteMatch::Kind::Echo, {}};
    for (const Route &route : m_routes) {
        if (const auto room = roomOf(route, request))
            return Lobby::isValidId(*room) ? RouteMatch{RouteMatch::Kind::Room, *room}
                                           : RouteMatch{RouteMatch::Kind::BadRoom, {}};
    }
    return {};
}

QStringList Routes::templates() const { return m_templates; }

} // namespace glasshouse
