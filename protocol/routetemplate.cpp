// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/routetemplate.h"

namespace glasshouse {

namespace {

constexpr QByteArrayView placeholder = "{room}";

QByteArrayView withoutSlash(QByteArrayView path) { return path.endsWith('/') ? path.chopped(1) : path; }

} // namespace

std::optional<RouteTemplate> RouteTemplate::parse(const QString &text, const QByteArray &fallback)
{
    const QByteArray bytes = text.toUtf8();
    const qsizetype at = bytes.indexOf(placeholder);
    if (at < 1 || !bytes.startsWith('/') || bytes.count(placeholder) != 1)
        return std::nullopt;
    RouteTemplate route;
    const qsizetype mark = bytes.indexOf('?');
    if (mark < 0) {
        route.m_before = bytes.first(at);
        route.m_after = withoutSlash(bytes.sliced(at + placeholder.size())).toByteArray();
        return route;
    }
    route.m_before = withoutSlash(bytes.first(mark)).toByteArray();
    const bool wholeQuery = at > mark + 1 && bytes[at - 1] == '=' && at + placeholder.size() == bytes.size();
    if (!wholeQuery)
        return std::nullopt;
    route.m_parameter = bytes.sliced(mark + 1, at - mark - 2);
    route.m_fallback = fallback;
    const bool isOne = !route.m_parameter.contains('&') && !route.m_parameter.contains('=');
    return route.m_parameter.isEmpty() || !isOne ? std::nullopt : std::optional(route);
}

// A slash at the end changes nothing, but behind the prefix it means that there is no room.
std::optional<QByteArray> RouteTemplate::roomOf(const HttpHead &request) const
{
    const QByteArrayView path = request.path();
    if (!m_parameter.isEmpty()) {
        if (withoutSlash(path) != QByteArrayView(m_before))
            return std::nullopt;
        return request.queryValue(m_parameter).value_or(m_fallback);
    }
    const auto room = roomIn(path);
    return room ? room : roomIn(withoutSlash(path));
}

std::optional<QByteArray> RouteTemplate::roomIn(QByteArrayView path) const
{
    const qsizetype length = path.size() - m_before.size() - m_after.size();
    if (length < 0 || !path.startsWith(m_before) || !path.endsWith(m_after))
        return std::nullopt;
    const auto room = percentDecoded(path.sliced(m_before.size(), length));
    return room && room->contains('/') ? std::nullopt : std::optional(room.value_or(QByteArray()));
}

} // namespace glasshouse
