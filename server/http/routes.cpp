// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/routes.h"

#include "server/rooms/lobby.h"

namespace glasshouse {

Routes::Routes(const QStringList &extraTemplates)
{
    add(QStringLiteral("/ws/{room}"));
    add(QStringLiteral("/api/game?matchId={room}"));
    add(QStringLiteral("/api/match/game?matchId={room}"));
    add(QStringLiteral("/connection/websocket?room={room}"), "main");
    for (const QString &text : extraTemplates)
        add(text);
}

void Routes::add(const QString &text, const QByteArray &fallback)
{
    m_templates += text;
    if (auto route = RouteTemplate::parse(text, fallback))
        m_routes.append(*route);
}

RouteMatch Routes::match(const HttpHead &request) const
{
    if (request.path() == echo || request.path() == QByteArrayView("/echo/"))
        return {RouteMatch::Kind::Echo, {}};
    if (request.path() == check || request.path() == QByteArrayView("/check/echo/"))
        return {RouteMatch::Kind::Check, {}};
    for (const RouteTemplate &route : m_routes) {
        if (const auto room = route.roomOf(request))
            return Lobby::isValidId(*room) ? RouteMatch{RouteMatch::Kind::Room, *room}
                                           : RouteMatch{RouteMatch::Kind::BadRoom, {}};
    }
    return {};
}

QStringList Routes::templates() const { return m_templates; }

} // namespace glasshouse
