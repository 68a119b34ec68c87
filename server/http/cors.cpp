// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/cors.h"

#include "server/gate/originpolicy.h"

namespace glasshouse {

namespace {

constexpr const char *maxAgeSeconds = "600";

bool mayRead(const HttpHead &request, const QList<QByteArray> &allowedOrigins)
{
    const QByteArrayView origin = request.value("Origin");
    if (origin.isNull())
        return false;
    if (origin == QByteArrayView("null"))
        return allowedOrigins.contains("null");
    return isOriginAllowed(request, allowedOrigins);
}

} // namespace

HttpHeaders corsHeaders(const HttpHead &request, const QList<QByteArray> &allowedOrigins)
{
    if (!mayRead(request, allowedOrigins))
        return {{"Vary", "Origin"}}; // or a cache hands it to a page that may read it
    return {{"Access-Control-Allow-Origin", request.value("Origin").toByteArray()},
            {"Access-Control-Expose-Headers", "Retry-After"},
            {"Vary", "Origin"}};
}

bool isPreflight(const HttpHead &request)
{
    return request.method == "OPTIONS" && !request.value("Origin").isNull()
        && !request.value("Access-Control-Request-Method").isNull();
}

HttpAnswer preflightAnswer(const HttpHead &request, const QList<QByteArray> &allowedOrigins)
{
    if (!mayRead(request, allowedOrigins))
        return errorAnswer(403, "this origin may not use the API");
    return {204,
            {},
            {},
            {{"Access-Control-Allow-Origin", request.value("Origin").toByteArray()},
             {"Access-Control-Allow-Methods", "GET, HEAD, POST"},
             {"Access-Control-Allow-Headers", "Content-Type, Authorization"},
             {"Access-Control-Max-Age", maxAgeSeconds},
             {"Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}}};
}

} // namespace glasshouse
