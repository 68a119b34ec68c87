// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"
#include "server/http/httpanswer.h"

#include <memory>

namespace glasshouse {

class Lobby;
class OwnPages;
class ReflectionDesk;
class Routes;
struct CheckReport;
struct HistoryView;
struct HttpRequest;
struct ServerConfig;

/// What the API tells about the server. Read at the moment of a request.
struct ServerFacts
{
    bool draining = false;
    qint64 uptimeSeconds = 0;
    int connections = 0;
    quint16 port = 0;
    std::shared_ptr<const HistoryView> history;
    QStringList faults{}; ///< names of what is wrong, see HealthFault
};

/// What handlers have at hand. Lives as long as the HttpResponder.
struct HttpServices
{
    const ServerConfig &config;
    const Routes &routes;
    Lobby &lobby;
    std::function<ServerFacts()> facts;
    std::function<QByteArray()> metrics;      ///< none: there is no such page
    std::function<void(CheckReport)> checked; ///< hears what a device tells of its way here
    std::unique_ptr<ReflectionDesk> reflections;
    std::shared_ptr<const OwnPages> pages; ///< used by the disk's threads, too
};

/// Answers a request that its row lets through. On the worker's thread; never blocks.
using Handler = HttpAnswer (*)(const HttpServices &services, const HttpRequest &request);

enum class PathMatch : quint8 { Exact, Prefix };
enum class Methods : quint8 { Read, Post, All }; ///< GET and HEAD, POST, or what the handler says itself
enum class Who : quint8 {
    Anyone,      ///< even from an address that has guessed wrong too often, and by any name of this server
    Everyone,    ///< whose address has guesses left; so it is for all below
    Player,      ///< where players need tokens, who has one; and the operator
    Operator,    ///< all others are told so
    HandlerAsks, ///< for what is hidden from those who may not see it
};
enum class Cost : quint8 { Request, Connection }; ///< counts for the address; Connection: as a new one does, besides
enum class Sharing : quint8 { None, AllowedOrigins }; ///< which pages may read the answers (CORS)

/// From which pages a request may come.
struct OriginRule
{
    const char *refusal; ///< null: from any

    [[nodiscard]] static constexpr OriginRule any() { return {nullptr}; }
    /// From pages of allowed origins, and from no page; all others are told this, with 403.
    [[nodiscard]] static constexpr OriginRule allowed(const char *refusal) { return {refusal}; }
};

/// A row of the table of endpoints. Every guard has to be named: there is no default.
struct Endpoint
{
    QByteArrayView path;
    PathMatch match;
    Methods methods;
    Who who;
    Cost cost;
    OriginRule origin;
    Sharing sharing;
    Handler handler;

    constexpr Endpoint(QByteArrayView at, PathMatch matching, Methods taken, Who mayAsk, Cost counts, OriginRule from,
                       Sharing readers, Handler answers)
        : path(at),
          match(matching),
          methods(taken),
          who(mayAsk),
          cost(counts),
          origin(from),
          sharing(readers),
          handler(answers)
    { }
};

/// The row for path (without the base path) and method. There is always one: the pages are the last.
struct EndpointMatch
{
    const Endpoint *endpoint = nullptr;
    bool takesMethod = false; ///< false: the path is known, with other methods
    bool isNamed = false;     ///< false: only the pages may know this path
};
[[nodiscard]] EndpointMatch findEndpoint(QByteArrayView path, QByteArrayView method);
/// For Allow: "GET, HEAD, POST".
[[nodiscard]] QByteArray methodsAt(QByteArrayView path);

} // namespace glasshouse
