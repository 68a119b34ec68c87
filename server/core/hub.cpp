// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/hub.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr size_t fewTouched = 64; // not worth a look

} // namespace

Connection &Hub::add(std::unique_ptr<Connection> connection)
{
    m_places.insert(connection->id(), qsizetype(m_connections.size()));
    m_connections.push_back(std::move(connection));
    return *m_connections.back();
}

Connection *Hub::find(ConnectionId id) const
{
    const auto place = m_places.constFind(id);
    return place == m_places.cend() ? nullptr : m_connections[size_t(*place)].get();
}

bool Hub::remove(ConnectionId id)
{
    const auto found = m_places.constFind(id);
    if (found == m_places.cend())
        return false;
    const qsizetype place = *found;
    m_places.erase(found);
    m_waiting.remove(id);
    std::unique_ptr<Connection> gone = std::move(m_connections[size_t(place)]);
    if (size_t(place) + 1 < m_connections.size()) {
        m_connections[size_t(place)] = std::move(m_connections.back());
        m_places[m_connections[size_t(place)]->id()] = place;
    }
    m_connections.pop_back();
    return true;
}

std::optional<Waiting> Hub::takeWaiting(ConnectionId id)
{
    const auto found = m_waiting.constFind(id);
    if (found == m_waiting.cend())
        return {};
    std::optional<Waiting> waiting = *found;
    m_waiting.erase(found);
    return waiting;
}

void Hub::touch(Connection &connection)
{
    if (std::exchange(connection.listedAsChanged, true))
        return;
    if (m_touched.size() > 2 * m_connections.size() + fewTouched) // nobody takes them, and most are gone
        std::erase_if(m_touched, [this](ConnectionId id) { return find(id) == nullptr; });
    m_touched.push_back(connection.id());
}

QList<ConnectionCounters> Hub::takeChanged()
{
    QList<ConnectionCounters> changed;
    changed.reserve(qsizetype(m_touched.size()));
    for (const ConnectionId id : std::exchange(m_touched, {})) {
        if (Connection *connection = find(id)) {
            connection->listedAsChanged = false;
            changed.append(connection->counters());
        }
    }
    return changed;
}

} // namespace glasshouse
