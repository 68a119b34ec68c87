// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpresponder.h"

#include "server/config/serverconfig.h"
#include "server/gate/originpolicy.h"
#include "server/http/contents/pages.h"
#include "server/http/cors.h"
#include "server/http/reflection.h"

namespace glasshouse {

namespace {

/// What holds for every answer holds for one that the disk still has to make, too.
template <typename Change>
HttpAnswer changed(HttpAnswer answer, Change change)
{
    if (!answer.fromDisk)
        return change(std::move(answer));
    answer.fromDisk = [make = std::move(answer.fromDisk), change] { return change(make()); };
    return answer;
}

HttpAnswer withHeaders(HttpAnswer answer, const HttpHeaders &headers)
{
    return headers.isEmpty() ? std::move(answer) : changed(std::move(answer), [headers](HttpAnswer made) {
        made.headers += headers;
        return made;
    });
}

/// What may be asked for there: balancers look with OPTIONS whether a server is well, and take a refusal for an illness.
HttpAnswer optionsInPlaceOf(HttpAnswer refusal)
{
    if (refusal.status != 405)
        return refusal;
    for (HttpHeader &header : refusal.headers) {
        if (header.name == "Allow" && !header.value.contains("OPTIONS"))
            header.value += ", OPTIONS";
    }
    return {204, {}, {}, refusal.headers};
}

} // namespace

HttpResponder::HttpResponder(const ServerConfig &config, const Routes &routes, Lobby &lobby,
                             std::function<ServerFacts()> facts)
    : m_services{config,
                 routes,
                 lobby,
                 std::move(facts),
                 {},
                 {},
                 std::make_unique<ReflectionDesk>(),
                 std::make_shared<OwnPages>()}
{ }

HttpResponder::~HttpResponder() = default;

HttpAnswer HttpResponder::answer(const HttpRequest &request) const
{
    const QList<QByteArray> &origins = m_services.config.allowedOrigins;
    if (request.isShared() && isPreflight(request.head))
        return preflightAnswer(request.head, origins);
    HttpAnswer answer = answerOfHandler(request);
    if (request.head.method == "OPTIONS")
        answer = changed(std::move(answer), optionsInPlaceOf);
    return request.isShared() ? withHeaders(std::move(answer), corsHeaders(request.head, origins)) : answer;
}

HttpAnswer HttpResponder::answerOfHandler(const HttpRequest &request) const
{
    const Endpoint &endpoint = *request.to.endpoint.endpoint;
    if (!request.to.endpoint.takesMethod)
        return methodNotAllowed(methodsAt(request.head.path()));
    if (endpoint.origin.refusal != nullptr && !isOriginAllowed(request.head, m_services.config.allowedOrigins))
        return errorAnswer(403, endpoint.origin.refusal);
    return endpoint.handler(m_services, request);
}

} // namespace glasshouse
