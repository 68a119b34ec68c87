// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"
#include "server/http/requestcontext.h"

#include <QJsonObject>
#include <functional>
#include <memory>

namespace glasshouse {

class Lobby;
class ReflectionDesk;
class Routes;
struct HistoryView;
struct ServerConfig;
struct Totals;

struct HttpAnswer
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    HttpHeaders headers;
    qint64 unreadBytes = -1; ///< what the body would have, where HEAD saves reading it; −1: the body is here
};

/// A whole response, framed by Content-Length (204 and 304 have no body and say no length), that ends the connection.
[[nodiscard]] QByteArray toBytes(const HttpAnswer &answer, bool withoutBody = false);
/// {"error":"…","message":"…"} on one line.
[[nodiscard]] HttpAnswer errorAnswer(int status, QByteArrayView message, HttpHeaders headers = {});

/// What the API tells about the server. Read at the moment of a request.
struct ServerFacts
{
    bool draining = false;
    qint64 uptimeSeconds = 0;
    int connections = 0;
    quint16 port = 0;
    std::shared_ptr<const HistoryView> history;
};

/// Answers plain HTTP: health, API, pages. On the worker's thread; never blocks.
class HttpResponder
{
public:
    HttpResponder(const ServerConfig &config, const Routes &routes, Lobby &lobby, std::function<ServerFacts()> facts);
    ~HttpResponder();

    /// What GET /metrics answers; without it there is no such page.
    void setMetrics(std::function<QByteArray()> metrics) { m_metrics = std::move(metrics); }

    /// The base path may stand in front of the target or not: "/prefix/health" and "/health" are the same.
    [[nodiscard]] HttpAnswer answer(const HttpHead &request, const QByteArray &body,
                                    const RequestContext &context = {}) const;

private:
    const ServerConfig &m_config;
    const Routes &m_routes;
    Lobby &m_lobby;
    std::function<ServerFacts()> m_facts;
    std::function<QByteArray()> m_metrics;
    std::unique_ptr<ReflectionDesk> m_reflections;

    [[nodiscard]] HttpAnswer answerInner(const HttpHead &request, const QByteArray &body,
                                         const RequestContext &context) const;
    [[nodiscard]] HttpAnswer dispatch(const HttpHead &request, const QByteArray &body,
                                      const RequestContext &context) const;
    [[nodiscard]] HttpAnswer health() const;
    [[nodiscard]] HttpAnswer configuration(const HttpHead &request, const RequestContext &context) const;
    [[nodiscard]] HttpAnswer rooms() const;
    [[nodiscard]] HttpAnswer results(const HttpHead &request) const;
    [[nodiscard]] HttpAnswer createRoom(const HttpHead &request, const QByteArray &body,
                                        const RequestContext &context) const;
    [[nodiscard]] HttpAnswer reflect(const HttpHead &request, const RequestContext &context) const;
    [[nodiscard]] HttpAnswer page(const HttpHead &request) const;
    [[nodiscard]] QString webSocketUrl(const HttpHead &request, const RequestContext &context) const;
};

} // namespace glasshouse
