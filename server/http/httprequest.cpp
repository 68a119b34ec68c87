// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httprequest.h"

#include "protocol/basepath.h"

namespace glasshouse {

Destination destinationOf(const HttpHead &request, QByteArrayView basePath, const Routes &routes)
{
    HttpHead behind = request;
    behind.target = withoutBasePath(request.target, basePath);
    for (const HttpHead &read : {behind, request}) {
        if (const RouteMatch route = routes.match(read); route.kind != RouteMatch::Kind::None)
            return {read.target, route, findEndpoint(read.path(), read.method)};
    }
    for (const HttpHead &read : {behind, request}) {
        if (const EndpointMatch match = findEndpoint(read.path(), read.method); match.isNamed)
            return {read.target, {}, match};
    }
    return {behind.target, {}, findEndpoint(behind.path(), behind.method)};
}

} // namespace glasshouse
