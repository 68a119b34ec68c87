// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/routetemplate.h"

#include <QStringList>

namespace glasshouse {

/// Where a request's target leads.
struct RouteMatch
{
    enum class Kind : quint8 { None, Echo, Check, Room, BadRoom };
    Kind kind = Kind::None;
    QByteArray room; ///< valid room id, for Room
};

/// The player routes: URL templates that yield a room id.
class Routes
{
public:
    /// Where messages come back; leads to no room.
    static constexpr QByteArrayView echo = "/echo";
    /// The same for the page /check, for whoever gets here: it asks for no token, and for a few minutes at most.
    static constexpr QByteArrayView check = "/check/echo";
    static constexpr qint64 checkMs = 180'000; ///< then it ends by itself; the page is done after half of that
    static constexpr qint64 checkIdleMs =
        checkMs - 30'000; ///< as long as the silence of a connection there can be watched

    /// The default routes and, behind them, templates such as "/play/{room}" or "/play?match={room}".
    explicit Routes(const QStringList &extraTemplates = {});

    /// Of a target without the base path, see destinationOf().
    [[nodiscard]] RouteMatch match(const HttpHead &request) const;
    [[nodiscard]] QStringList templates() const;
    /// Path and query that lead to the room, by the first route.
    [[nodiscard]] static QByteArray targetFor(QByteArrayView room) { return "/ws/" + room.toByteArray(); }

private:
    QList<RouteTemplate> m_routes;
    QStringList m_templates;

    void add(const QString &text, const QByteArray &fallback = {});
};

} // namespace glasshouse
