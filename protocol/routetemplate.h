// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// "/play/{room}" or "/play?match={room}": where a request names its room, in the path or in one parameter of the query.
class RouteTemplate
{
public:
    /// `fallback`: the room where the parameter is absent. Nullopt: this is no template.
    [[nodiscard]] static std::optional<RouteTemplate> parse(const QString &text, const QByteArray &fallback = {});

    /// Nullopt: the request goes elsewhere. Whether it is the name of a room is not asked here.
    [[nodiscard]] std::optional<QByteArray> roomOf(const HttpHead &request) const;

private:
    QByteArray m_before;    ///< path before {room}, or the whole path
    QByteArray m_after;     ///< path behind it
    QByteArray m_parameter; ///< of the query; empty: the room stands in the path
    QByteArray m_fallback;

    [[nodiscard]] std::optional<QByteArray> roomIn(QByteArrayView path) const;
};

} // namespace glasshouse
