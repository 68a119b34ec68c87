// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/core/connection.h"
#include "server/http/routes.h"

#include <QHash>

namespace glasshouse {

/// A player whose token comes in its first message, and what it asked for.
struct Waiting
{
    HttpHead request;
    RouteMatch route;
};

/// The connections of a worker: owns them from the upgrade on and finds them by id. On its worker's thread.
class Hub
{
public:
    /// For every request that comes to the door; rises.
    [[nodiscard]] ConnectionId nextId() { return ConnectionId{++m_lastId}; }

    Connection &add(std::unique_ptr<Connection> connection);
    /// Null: it is gone.
    [[nodiscard]] Connection *find(ConnectionId id) const;
    /// Destroys it; never from within one of its calls. False: it was gone already.
    bool remove(ConnectionId id);
    /// In no order.
    [[nodiscard]] const std::vector<std::unique_ptr<Connection>> &all() const { return m_connections; }
    [[nodiscard]] int size() const { return int(m_connections.size()); }

    void awaitToken(ConnectionId id, const Waiting &waiting) { m_waiting.insert(id, waiting); }
    /// Nothing: nobody waits for the token of this connection (any more).
    [[nodiscard]] std::optional<Waiting> takeWaiting(ConnectionId id);

    /// Something has changed that takeChanged() is to tell.
    void touch(Connection &connection);
    /// Those that were touched since the last time.
    [[nodiscard]] QList<ConnectionCounters> takeChanged();

private:
    std::vector<std::unique_ptr<Connection>> m_connections; ///< swapped with the last on removal
    QHash<ConnectionId, qsizetype> m_places;
    QHash<ConnectionId, Waiting> m_waiting;
    std::vector<ConnectionId> m_touched;
    quint32 m_lastId = 0;
};

} // namespace glasshouse
