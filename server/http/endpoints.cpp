// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table of endpoints, and what the API answers. A new endpoint is a row and its handler.
#include "server/http/endpoints.h"

#include "protocol/basepath.h"
#include "protocol/json.h"
#include "server/config/serverconfig.h"
#include "server/events/checkreport.h"
#include "server/gate/addressbook.h"
#include "server/gate/addresstext.h"
#include "server/gate/originpolicy.h"
#include "server/http/contents/pages.h"
#include "server/http/httprequest.h"
#include "server/http/invitation.h"
#include "server/http/metrics.h"
#include "server/http/reflection.h"
#include "server/results/history.h"
#include "server/rooms/lobby.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

HttpAnswer jsonAnswer(const QJsonObject &object, int status = 200)
{
    return {status,
            "application/json",
            QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n',
            {{"Cache-Control", "no-store"}}};
}

QString text(QByteArrayView view) { return QString::fromUtf8(view); }

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

HttpAnswer lobbyRefusal(const Error<LobbyError> &error)
{
    HttpAnswer answer = errorAnswer(statusFor(error.code), error.text);
    if (error.code == LobbyError::TooManyRooms) {
        answer.cause = EndingCause::TooManyRooms;
        answer.headers += HttpHeader{"Retry-After", "15"};
    }
    return answer;
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

QString webSocketUrl(const ServerConfig &config, const HttpRequest &request)
{
    if (!config.publicUrl.isEmpty())
        return text(publicSocketUrl(config.publicUrl, config.basePath));
    const QByteArrayView host = request.head.value("Host");
    if (host.isEmpty()) // over HTTP/1.0: an address that is relative to where it was asked for
        return text(config.basePath);
    return (request.context.secure ? u"wss://"_s : u"ws://"_s) + text(host) + text(config.basePath);
}

HttpAnswer health(const HttpServices &services, const HttpRequest & /*request*/)
{
    const ServerFacts facts = services.facts();
    return jsonAnswer({{u"status"_s, facts.draining ? u"draining"_s : u"ok"_s},
                       {u"version"_s, QStringLiteral(GLASSHOUSE_VERSION)},
                       {u"uptimeSeconds"_s, facts.uptimeSeconds},
                       {u"connections"_s, facts.connections},
                       {u"rooms"_s, services.lobby.size()},
                       {u"faults"_s, QJsonArray::fromStringList(facts.faults)}},
                      facts.draining ? 503 : 200);
}

HttpAnswer configuration(const HttpServices &services, const HttpRequest &request)
{
    QJsonArray games;
    for (const QByteArray &kind : services.lobby.games().kinds())
        games.append(text(kind));
    return jsonAnswer({{u"webSocketUrl"_s, webSocketUrl(services.config, request)},
                       {u"routes"_s, QJsonArray::fromStringList(services.routes.templates())},
                       {u"echo"_s, text(Routes::echo)},
                       {u"games"_s, games},
                       {u"auth"_s, services.config.auth == AuthMode::Token ? u"token"_s : u"open"_s},
                       {u"limits"_s, limitsJson(services.config.limits)}});
}

HttpAnswer rooms(const HttpServices &services, const HttpRequest & /*request*/)
{
    QJsonArray list;
    for (Room *room : services.lobby.rooms()) {
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

HttpAnswer createRoom(const HttpServices &services, const HttpRequest &request)
{
    const QByteArrayView body = withoutByteOrderMark(request.body);
    const auto checked = checkJson(body.isEmpty() ? QByteArrayView("{}") : body);
    if (!checked)
        return errorAnswer(400, "the body is not a JSON object: " + checked.error().text);
    if (!checked.value().startsWith('{'))
        return errorAnswer(400, "the body is not a JSON object");
    const QJsonObject wanted = QJsonDocument::fromJson(checked.value().toByteArray()).object();
    const QJsonValue game = wanted.value("game"_L1);
    const QJsonValue id = wanted.value("room"_L1);
    if ((!game.isUndefined() && !game.isString()) || (!id.isUndefined() && !id.isString()))
        return errorAnswer(400, "game and room are strings");
    const QByteArrayView options = jsonMember(checked.value(), "options");
    if (!options.isNull() && !options.startsWith('{'))
        return errorAnswer(400, "options is an object");
    if (services.facts().draining)
        return errorAnswer(503, "the server is about to close: come back in a moment", {{"Retry-After", "5"}});
    const auto made = services.lobby.create(id.toString().toUtf8(), game.toString().toUtf8(), options,
                                            AddressBook::key(request.context.client.address));
    if (!made)
        return lobbyRefusal(made.error());
    const Room &room = *made.value();
    const QString url = webSocketUrl(services.config, request) + text(Routes::targetFor(room.id()));
    return jsonAnswer({{u"room"_s, text(room.id())},
                       {u"url"_s, url},
                       {u"code"_s, text(room.code())},
                       {u"game"_s, text(room.game().kind())}},
                      201);
}

HttpAnswer results(const HttpServices &services, const HttpRequest &request)
{
    bool ok = true;
    const auto wanted = request.head.queryValue("limit");
    const int limit = wanted ? wanted->toInt(&ok) : 100;
    if (!ok || limit < 1 || limit > 100)
        return errorAnswer(400, "limit is a number from 1 to 100");
    HttpAnswer answer;
    answer.body = resultsJson(*services.facts().history, request.head.queryValue("game").value_or(QByteArray()), limit);
    answer.headers = {{"Cache-Control", "no-store"}};
    return answer;
}

HttpAnswer metrics(const HttpServices &services, const HttpRequest & /*request*/)
{
    if (!services.metrics)
        return nothingHere();
    return {200, metricsContentType, services.metrics(), {{"Cache-Control", "no-store"}}};
}

// An operator asks for a nonce here, and sends it through the proxy.
HttpAnswer issueNonce(const HttpServices &services, const HttpRequest &request)
{
    if (!request.context.fromOperator || !isOriginAllowed(request.head, services.config.allowedOrigins))
        return errorAnswer(403, "only the operator may do this");
    return jsonAnswer({{u"nonce"_s, text(services.reflections->issue(services.facts().uptimeSeconds))}}, 201);
}

// Whoever has no nonce learns not even that this is there.
HttpAnswer reflect(const HttpServices &services, const HttpRequest &request)
{
    const QByteArray nonce = request.head.queryValue("nonce").value_or(QByteArray());
    if (!services.reflections->knows(nonce, services.facts().uptimeSeconds) && !request.context.fromOperator)
        return nothingHere();
    if (request.head.method != "GET" && request.head.method != "HEAD")
        return methodNotAllowed("GET, HEAD, POST");
    return jsonAnswer(toJson(reflectionOf(request.head, request.context, Redactor(services.config.redactedFields))));
}

// What a device tells of its way here; anybody who gets here may. It is told the address that it is seen under.
HttpAnswer takeCheck(const HttpServices &services, const HttpRequest &request)
{
    constexpr qsizetype mostBytes = 2'048;
    if (!services.checked)
        return nothingHere();
    if (request.body.size() > mostBytes)
        return errorAnswer(413, "a report has at most 2048 bytes");
    auto report = parseCheckReport(request.body);
    if (!report)
        return errorAnswer(400, "the body is no report of the page /check");
    report->address = withoutMapping(request.context.client.address).toString();
    report->device = deviceName(request.head.value("User-Agent").toByteArray());
    services.checked(*report);
    return jsonAnswer({{u"address"_s, report->address}});
}

// So that a room or a result that is not there is told to those alone who may know.
HttpAnswer nothingBelow(const HttpServices & /*services*/, const HttpRequest & /*request*/)
{
    return errorAnswer(404, "there is nothing below this: ask for the list itself");
}

HttpAnswer wholeServer(const HttpServices & /*services*/, const HttpRequest & /*request*/)
{
    return methodNotAllowed("GET, HEAD, POST, OPTIONS");
}

constexpr OriginRule anyPage = OriginRule::any();
constexpr OriginRule checkers = OriginRule::allowed("this origin may not report a check");
constexpr OriginRule roomMakers = OriginRule::allowed("this origin may not create rooms");

// Of the rows that fit, the first path counts; its first row says what holds for methods that it does not take.
constexpr Endpoint table[] = {
    {"/health", PathMatch::Exact, Methods::Read, Who::Anyone, Cost::Request, anyPage, Sharing::AllowedOrigins, health},
    {"/metrics", PathMatch::Exact, Methods::Read, Who::Operator, Cost::Request, anyPage, Sharing::None, metrics},
    {"/api/v1/config", PathMatch::Exact, Methods::Read, Who::Everyone, Cost::Request, anyPage, Sharing::AllowedOrigins,
     configuration},
    // Addresses of the LAN are for our own pages alone.
    {"/api/v1/invitation", PathMatch::Exact, Methods::Read, Who::Everyone, Cost::Request, anyPage, Sharing::None,
     invitation},
    {"/api/v1/rooms", PathMatch::Exact, Methods::Read, Who::Player, Cost::Request, anyPage, Sharing::AllowedOrigins,
     rooms},
    {"/api/v1/rooms", PathMatch::Exact, Methods::Post, Who::Player, Cost::Connection, roomMakers,
     Sharing::AllowedOrigins, createRoom},
    {"/api/v1/results", PathMatch::Exact, Methods::Read, Who::Player, Cost::Connection, anyPage,
     Sharing::AllowedOrigins, results},
    {"/api/v1/reflect", PathMatch::Exact, Methods::Post, Who::HandlerAsks, Cost::Connection, anyPage,
     Sharing::AllowedOrigins, issueNonce},
    {"/api/v1/reflect", PathMatch::Exact, Methods::All, Who::HandlerAsks, Cost::Request, anyPage,
     Sharing::AllowedOrigins, reflect},
    {"/api/v1/check", PathMatch::Exact, Methods::Post, Who::Everyone, Cost::Connection, checkers, Sharing::None,
     takeCheck},
    {"/api/v1/rooms/", PathMatch::Prefix, Methods::All, Who::Player, Cost::Connection, anyPage, Sharing::AllowedOrigins,
     nothingBelow},
    {"/api/v1/results/", PathMatch::Prefix, Methods::All, Who::Player, Cost::Connection, anyPage,
     Sharing::AllowedOrigins, nothingBelow},
    {"/api/v1/", PathMatch::Prefix, Methods::All, Who::Everyone, Cost::Request, anyPage, Sharing::AllowedOrigins,
     answerPage},
    // The client's library and its types, for pages that are delivered elsewhere: an import of another origin asks for CORS.
    {"/glasshouse.js", PathMatch::Exact, Methods::Read, Who::Everyone, Cost::Request, anyPage, Sharing::AllowedOrigins,
     answerPage},
    {"/glasshouse.d.ts", PathMatch::Exact, Methods::Read, Who::Everyone, Cost::Request, anyPage,
     Sharing::AllowedOrigins, answerPage},
    {"*", PathMatch::Exact, Methods::All, Who::Anyone, Cost::Request, anyPage, Sharing::None, wholeServer},
    {"/", PathMatch::Prefix, Methods::All, Who::Everyone, Cost::Request, anyPage, Sharing::None, answerPage},
};

bool isAt(const Endpoint &endpoint, QByteArrayView path)
{
    return endpoint.match == PathMatch::Exact ? path == endpoint.path : path.startsWith(endpoint.path);
}

bool takes(Methods methods, QByteArrayView method)
{
    switch (methods) {
    case Methods::Read:
        return method == QByteArrayView("GET") || method == QByteArrayView("HEAD");
    case Methods::Post:
        return method == QByteArrayView("POST");
    case Methods::All:
        return true;
    }
    return false;
}

} // namespace

EndpointMatch findEndpoint(QByteArrayView path, QByteArrayView method)
{
    const Endpoint &pages = *std::rbegin(table);
    const Endpoint *first = nullptr;
    for (const Endpoint &endpoint : table) {
        if (!isAt(endpoint, path) || (first != nullptr && endpoint.path != first->path))
            continue;
        if (takes(endpoint.methods, method))
            return {&endpoint, true, &endpoint != &pages};
        first = first == nullptr ? &endpoint : first;
    }
    return first == nullptr ? EndpointMatch{&pages, true, false} : EndpointMatch{first, false, true};
}

QByteArray methodsAt(QByteArrayView path)
{
    QByteArrayList methods;
    for (const Endpoint &endpoint : table) {
        if (endpoint.methods != Methods::All && isAt(endpoint, path))
            methods += endpoint.methods == Methods::Read ? "GET, HEAD" : "POST";
    }
    return methods.join(", ");
}

} // namespace glasshouse
