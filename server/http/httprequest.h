// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/endpoints.h"
#include "server/http/refusals.h"
#include "server/http/requestcontext.h"
#include "server/http/routes.h"

namespace glasshouse {

/// What a request's target means here.
struct Destination
{
    QByteArray target;      ///< without the base path
    RouteMatch route;       ///< a player route, or none
    EndpointMatch endpoint; ///< what answers plain HTTP there
};

/// The one place where the base path is taken away. Proxies may pass it on or take it away themselves, so a target is read in
/// two ways: behind the base path, and as it came. The first that leads to a player route counts, else the first that leads to
/// an endpoint with a name.
[[nodiscard]] Destination destinationOf(const HttpHead &request, QByteArrayView basePath, const Routes &routes);

/// A request whose bytes are here, and who sent it. RequestJudge::identify() makes it.
struct HttpRequest
{
    HttpHead head;             ///< its target is without the base path, as in `to`
    QByteArray receivedTarget; ///< as it came
    QByteArray body;
    RequestContext context;
    Destination to;
    std::optional<Refused> fault; ///< its bytes were not in order; what is above may be empty then
    bool overTls = false;         ///< to us, not to a proxy
    bool mayCome = true;          ///< its client may hold another connection

    [[nodiscard]] bool isShared() const
    {
        return to.endpoint.endpoint != nullptr && to.endpoint.endpoint->sharing == Sharing::AllowedOrigins;
    }
};

} // namespace glasshouse
