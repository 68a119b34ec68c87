// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What changes while the server runs: its configuration, and in the end its willingness to go on.
#include "server/core/worker.h"
#include "server/events/eventrows.h"

#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int drainLookMs = 200;

} // namespace

void Worker::reconfigure(const ServerConfig &config, const Credentials &credentials)
{
    if (!m_door || m_stopping)
        return;
    m_config = config;
    m_credentials = credentials;
    m_recorder.setRedactor(Redactor(m_config.redactedFields));
    *m_routes = Routes(m_config.extraRoutes, m_config.basePath);
    m_lobby->setSettings(lobbySettings());
    m_admitter->setRules({m_draining, m_config.limits.connectionsPerToken});
    m_door->applyLimits();
    for (const auto &connection : m_owned)
        connection->applyLimits();
    event(EventSeverity::Info, "reconfigured", "reconfigured", u"The configuration was changed"_s);
    m_recorder.event({}, EventKind::Operator, actionToJson("reconfigure"));
    armLobby();
    emit reconfigured();
}

void Worker::drain(int seconds)
{
    if (m_stopping || m_draining || !m_door)
        return;
    m_draining = true;
    m_admitter->setRules({true, m_config.limits.connectionsPerToken});
    m_drainEndMs = m_clock.monotonicMs() + seconds * 1000LL;
    event(EventSeverity::Info, "server_draining", "server",
          u"The server lets games end, for at most %1 s"_s.arg(seconds));
    m_recorder.event({}, EventKind::Operator, actionToJson("drain"));
    for (Room *room : m_lobby->rooms())
        room->announceClosing("the server is about to close", seconds);
    m_drainTimer = std::make_unique<QTimer>();
    m_drainTimer->callOnTimeout(this, [this] { drainFurther(); });
    m_drainTimer->start(drainLookMs);
    drainFurther();
}

void Worker::drainFurther()
{
    const QList<Room *> rooms = m_lobby->rooms();
    const bool isDone =
        std::all_of(rooms.begin(), rooms.end(), [](Room *room) { return room->isInterruptible(); });
    if (isDone || m_clock.monotonicMs() >= m_drainEndMs)
        stop();
}

} // namespace glasshouse
