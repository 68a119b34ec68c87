// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpresponder.h"

#include "protocol/basepath.h"
#include "protocol/json.h"
#include "server/config/serverconfig.h"
#include "server/gate/originpolicy.h"
#include "server/http/cors.h"
#include "server/http/metrics.h"
#include "server/http/reflection.h"
#include "server/http/routes.h"
#include "server/http/webroot.h"
#include "server/results/history.h"
#include "server/rooms/lobby.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n'; }

HttpAnswer jsonAnswer(const QJsonObject &object, int status = 200)
{
    return {status, "application/json", compact(object), {{"Cache-Control", "no-store"}}};
}

QString text(QByteArrayView view) { return QString::fromUtf8(view); }

HttpAnswer notAllowed(const char *methods)
{
    return errorAnswer(405, "this method is not allowed here", {{"Allow", methods}});
}

bool isRead(const HttpHead &request) { return request.method == "GET" || request.method == "HEAD"; }

int statusFor(LobbyError error)
{
    switch (error) {
    case LobbyError::NoSuchRoom:
        return 404;
    case LobbyError::RoomFull:
    case LobbyError::TooManyRooms:
        return 429;
    case LobbyError::UnknownGame:
    case LobbyError::BadOptions:
    case LobbyError::BadId:
        return 400;
    case LobbyError::Exists:
        return 409;
    }
    return 500;
}

QJsonObject limitsJson(const Limits &limits)
{
    return {{u"messageBytes"_s, limits.messageBytes},
            {u"messageRate"_s, limits.messageRate},
            {u"messageBurst"_s, limits.messageBurst},
            {u"byteRate"_s, limits.byteRate},
            {u"queueBytes"_s, limits.queueBytes},
            {u"players"_s, limits.players},
            {u"rooms"_s, limits.rooms},
            {u"jsonDepth"_s, limits.jsonDepth},
            {u"heartbeatSeconds"_s, limits.heartbeatSeconds},
            {u"pongSeconds"_s, limits.pongSeconds},
            {u"resumeSeconds"_s, limits.resumeSeconds}};
}

} // namespace

QByteArray toBytes(const HttpAnswer &answer, bool withoutBody)
{
    const bool hasBody = answer.status != 204 && answer.status != 304; // RFC 9110, 8.6
    const qint64 size = answer.unreadBytes >= 0 ? answer.unreadBytes : answer.body.size();
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + httpReason(answer.status).toByteArray()
        + "\r\n" + "Server: Glasshouse\r\nDate: "
        + QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1()
        + (hasBody ? "\r\nContent-Type: " + answer.contentType + "\r\nContent-Length: " + QByteArray::number(size)
                   : QByteArray())
        + "\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
    for (const HttpHeader &header : answer.headers)
        bytes += header.name + ": " + header.value + "\r\n";
    bytes += "\r\n";
    return withoutBody || !hasBody ? bytes : bytes + answer.body;
}

HttpAnswer errorAnswer(int status, QByteArrayView message, HttpHeaders headers)
{
    const QJsonObject body{{u"error"_s, text(httpReason(status))}, {u"message"_s, text(message)}};
    return {status, "application/json", compact(body), std::move(headers)};
}

HttpResponder::HttpResponder(const ServerConfig &config, const Routes &routes, Lobby &lobby,
                             std::function<ServerFacts()> facts)
    : m_config(config),
      m_routes(routes),
      m_lobby(lobby),
      m_facts(std::move(facts)),
      m_reflections(std::make_unique<ReflectionDesk>())
{ }

HttpResponder::~HttpResponder() = default;

HttpAnswer HttpResponder::answer(const HttpHead &request, const QByteArray &body, const RequestContext &context) const
{
    const QByteArray &base = m_config.basePath;
    if (!base.isEmpty() && request.path() == QByteArrayView(base)) // relative links need the slash
        return {308, {}, {}, {{"Location", base + '/' + request.target.sliced(base.size())}}};
    HttpHead behind = request;
    behind.target = withoutBasePath(request.target, base);
    const HttpAnswer answer = answerInner(behind, body, context);
    const bool isOther = answer.status == 404 && behind.target != request.target;
    return isOther ? answerInner(request, body, context) : answer;
}

HttpAnswer HttpResponder::answerInner(const HttpHead &request, const QByteArray &body,
                                      const RequestContext &context) const
{
    if (!isSharedPath(request.path()))
        return dispatch(request, body, context);
    if (isPreflight(request))
        return preflightAnswer(request, m_config.allowedOrigins);
    HttpAnswer answer = dispatch(request, body, context);
    answer.headers += corsHeaders(request, m_config.allowedOrigins);
    return answer;
}

HttpAnswer HttpResponder::dispatch(const HttpHead &request, const QByteArray &body, const RequestContext &context) const
{
    const QByteArrayView path = request.path();
    if (path == QByteArrayView("/api/v1/rooms") && request.method == "POST")
        return createRoom(request, body, context);
    if (path == QByteArrayView("/api/v1/rooms"))
        return isRead(request) ? rooms() : notAllowed("GET, HEAD, POST");
    if (path == QByteArrayView("/api/v1/results"))
        return isRead(request) ? results(request) : notAllowed("GET, HEAD");
    if (path == QByteArrayView("/metrics") && m_metrics && context.fromOperator) {
        return isRead(request) ? HttpAnswer{200, metricsContentType, m_metrics(), {{"Cache-Control", "no-store"}}}
                               : notAllowed("GET, HEAD");
    }
    if (path == QByteArrayView("/health"))
        return isRead(request) ? health() : notAllowed("GET, HEAD");
    if (path == QByteArrayView("/api/v1/config"))
        return isRead(request) ? configuration(request, context) : notAllowed("GET, HEAD");
    if (path == QByteArrayView("/api/v1/reflect"))
        return reflect(request, context);
    return page(request);
}

HttpAnswer HttpResponder::health() const
{
    const ServerFacts facts = m_facts();
    return jsonAnswer({{u"status"_s, facts.draining ? u"draining"_s : u"ok"_s},
                       {u"version"_s, QStringLiteral(GLASSHOUSE_VERSION)},
                       {u"uptimeSeconds"_s, facts.uptimeSeconds},
                       {u"connections"_s, facts.connections},
                       {u"rooms"_s, m_lobby.size()}},
                      facts.draining ? 503 : 200);
}

QString HttpResponder::webSocketUrl(const HttpHead &request, const RequestContext &context) const
{
    if (!m_config.publicUrl.isEmpty())
        return text(publicSocketUrl(m_config.publicUrl, m_config.basePath));
    return (context.secure ? u"wss://"_s : u"ws://"_s) + text(request.value("Host")) + text(m_config.basePath);
}

HttpAnswer HttpResponder::configuration(const HttpHead &request, const RequestContext &context) const
{
    QJsonArray games;
    for (const QByteArray &kind : m_lobby.games().kinds())
        games.append(text(kind));
    return jsonAnswer({{u"webSocketUrl"_s, webSocketUrl(request, context)},
                       {u"routes"_s, QJsonArray::fromStringList(m_routes.templates())},
                       {u"games"_s, games},
                       {u"auth"_s, m_config.auth == AuthMode::Token ? u"token"_s : u"open"_s},
                       {u"limits"_s, limitsJson(m_config.limits)}});
}

HttpAnswer HttpResponder::rooms() const
{
    QJsonArray list;
    for (Room *room : m_lobby.rooms()) {
        list.append(QJsonObject{{u"room"_s, text(room->id())},
                                {u"code"_s, text(room->code())},
                                {u"game"_s, text(room->game().kind())},
                                {u"state"_s, text(room->stateName())},
                                {u"paused"_s, room->isPaused()},
                                {u"players"_s, room->players()},
                                {u"maxPlayers"_s, room->maxPlayers()}});
    }
    return jsonAnswer({{u"rooms"_s, list}});
}

HttpAnswer HttpResponder::results(const HttpHead &request) const
{
    bool ok = true;
    const auto wanted = request.queryValue("limit");
    const int limit = wanted ? wanted->toInt(&ok) : 100;
    if (!ok || limit < 1 || limit > 100)
        return errorAnswer(400, "limit is a number from 1 to 100");
    HttpAnswer answer;
    answer.body = resultsJson(*m_facts().history, request.queryValue("game").value_or(QByteArray()), limit);
    answer.headers = {{"Cache-Control", "no-store"}};
    return answer;
}

// An operator asks for a nonce here, and sends it through the proxy. Whoever has none learns not even that this is there.
HttpAnswer HttpResponder::reflect(const HttpHead &request, const RequestContext &context) const
{
    const qint64 now = m_facts().uptimeSeconds;
    if (request.method == "POST") {
        if (!context.fromOperator || !isOriginAllowed(request, m_config.allowedOrigins))
            return errorAnswer(403, "only the operator may do this");
        return jsonAnswer({{u"nonce"_s, text(m_reflections->issue(now))}}, 201);
    }
    const bool isKnown = m_reflections->knows(request.queryValue("nonce").value_or(QByteArray()), now);
    if (!isKnown && !context.fromOperator)
        return errorAnswer(404, "there is nothing here");
    return isRead(request) ? jsonAnswer(toJson(reflectionOf(request, context, Redactor(m_config.redactedFields))))
                           : notAllowed("GET, HEAD, POST");
}

HttpAnswer HttpResponder::createRoom(const HttpHead &request, const QByteArray &body,
                                     const RequestContext &context) const
{
    if (!isOriginAllowed(request, m_config.allowedOrigins))
        return errorAnswer(403, "this origin may not create rooms");
    const auto checked = checkJson(body);
    if (!checked || !checked.value().startsWith('{'))
        return errorAnswer(400, "the body is not a JSON object");
    const QJsonObject wanted = QJsonDocument::fromJson(body).object();
    const QJsonValue game = wanted.value("game"_L1);
    const QJsonValue id = wanted.value("room"_L1);
    if ((!game.isUndefined() && !game.isString()) || (!id.isUndefined() && !id.isString()))
        return errorAnswer(400, "game and room are strings");
    const QByteArrayView options = jsonMember(checked.value(), "options");
    if (!options.isNull() && !options.startsWith('{'))
        return errorAnswer(400, "options is an object");
    if (m_facts().draining)
        return errorAnswer(503, "the server is about to close: come back in a moment", {{"Retry-After", "5"}});
    const auto made = m_lobby.create(id.toString().toUtf8(), game.toString().toUtf8(), options);
    if (!made)
        return errorAnswer(statusFor(made.error().code), made.error().text);
    const Room &room = *made.value();
    return jsonAnswer({{u"room"_s, text(room.id())},
                       {u"url"_s, QString(webSocketUrl(request, context) + text(Routes::targetFor(room.id())))},
                       {u"code"_s, text(room.code())},
                       {u"game"_s, text(room.game().kind())}},
                      201);
}

HttpAnswer HttpResponder::page(const HttpHead &request) const
{
    if (auto own = webRootAnswer(m_config.webRoot, request))
        return *own;
    QByteArray path = request.path().toByteArray();
    if (path == "/")
        path = "/index.html";
    QFile file(u":/web"_s + text(path));
    if (path.contains("..") || QDir::cleanPath(text(path)) != text(path) || !file.open(QIODevice::ReadOnly))
        return errorAnswer(404, "there is nothing here");
    if (!isRead(request))
        return notAllowed("GET, HEAD");
    return {200,
            contentTypeOf(path),
            file.readAll(),
            {{"Content-Security-Policy",
              "default-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'"},
             {"Cache-Control", "no-cache"}}};
}

} // namespace glasshouse
