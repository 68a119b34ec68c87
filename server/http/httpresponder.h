// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httprequest.h"

namespace glasshouse {

/// Answers plain HTTP: finds the handler in the table of endpoints and does what all of them have in common. Who may ask was
/// judged before. On the worker's thread; never blocks.
class HttpResponder
{
public:
    HttpResponder(const ServerConfig &config, const Routes &routes, Lobby &lobby, std::function<ServerFacts()> facts);
    ~HttpResponder();

    /// What GET /metrics answers; without it there is no such page.
    void setMetrics(std::function<QByteArray()> metrics) { m_services.metrics = std::move(metrics); }

    /// Who hears what POST /api/v1/check tells; without it there is no such thing.
    void setChecked(std::function<void(CheckReport)> checked) { m_services.checked = std::move(checked); }

    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) const;

private:
    HttpServices m_services;

    [[nodiscard]] HttpAnswer answerOfHandler(const HttpRequest &request) const;
};

} // namespace glasshouse
