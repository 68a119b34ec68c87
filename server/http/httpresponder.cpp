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
HttpAnswer withHeaders(HttpAnswer answer, const HttpHeaders &headers)
{
    if (headers.isEmpty())
        return answer;
    answer.headers += headers;
    if (answer.fromDisk) {
        answer.fromDisk = [make = std::move(answer.fromDisk), headers] {
            HttpAnswer made = make();
            made.headers += headers;
            return made;
        };
    }
    return answer;
}

} // namespace

HttpResponder::HttpResponder(const ServerConfig &config, const Routes &routes, Lobby &lobby,
                             std::function<ServerFacts()> facts)
    : m_services{
        config, routes, lobby, std::move(facts), {}, std::make_unique<ReflectionDesk>(), std::make_shared<OwnPages>()}
{ }

HttpResponder::~HttpResponder() = default;

HttpAnswer HttpResponder::answer(const HttpRequest &request) const
{
    const QList<QByteArray> &origins = m_services.config.allowedOrigins;
    if (!request.isShared())
        return answerOfHandler(request);
    if (isPreflight(request.head))
        return preflightAnswer(request.head, origins);
    return withHeaders(answerOfHandler(request), corsHeaders(request.head, origins));
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
