// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What others are shown.
#include "base/currentthread.h"
#include "net/transport/descriptors.h"
#include "server/core/worker.h"

namespace glasshouse {

void Worker::measureLoad()
{
    const qint64 now = m_clock.monotonicMs();
    if (now - m_loadSinceMs < 1000)
        return;
    const qint64 cpu = threadCpuUs();
    m_totals.networkBusy =
        m_loadSinceMs == 0 || cpu < 0 ? 0 : qMin(1.0, double(cpu - m_cpuUs) / 1000 / double(now - m_loadSinceMs));
    m_totals.descriptors = openDescriptors();
    m_totals.descriptorLimit = descriptorLimit();
    m_cpuUs = cpu;
    m_loadSinceMs = now;
}

void Worker::sendSnapshotIfTaken()
{
    if (m_wanted && !m_snapshotUnderWay.exchange(true))
        sendSnapshot();
}

void Worker::sendSnapshot()
{
    if (!m_wanted)
        return;
    Snapshot ready = std::exchange(m_next, {});
    for (const ConnectionId id : m_changed) {
        if (Connection *connection = find(id)) {
            connection->listedAsChanged = false;
            ready.changed.append(connection->counters());
        }
    }
    m_changed.clear();
    ready.timeMs = m_clock.wallMs();
    ready.totals = currentTotals();
    addRooms(ready);
    ready.levels = watchedLevels();
    ready.endings = m_endings.changedStatistics();
    if (m_capture)
        ready.capture = m_capture->stats();
    emit snapshot(ready);
}

Totals Worker::currentTotals()
{
    measureLoad();
    Totals totals = m_totals;
    for (const auto &connection : m_owned) {
        if (connection->isFinished())
            continue;
        const WireCounters &wire = connection->wireCounters();
        totals.messagesIn += wire.messagesIn;
        totals.messagesOut += wire.messagesOut;
        totals.bytesIn += wire.bytesIn;
        totals.bytesOut += wire.bytesOut;
        totals.badMessages += connection->badMessages();
        totals.queuedBytes += connection->queuedBytes();
        ++totals.open;
    }
    for (const Room *room : m_lobby->rooms())
        totals.players += room->players();
    totals.accepted = m_lastId;
    totals.heads = m_door->heads();
    totals.rooms = m_lobby->size();
    totals.acceptingPaused = m_door->isPaused();
    if (m_draining && !m_stopping)
        totals.drainSecondsLeft = int((qMax<qint64>(0, m_drainEndMs - m_clock.monotonicMs()) + 999) / 1000);
    return totals;
}

std::optional<ConnectionLevels> Worker::watchedLevels() const
{
    const Connection *watched = m_connections.value(m_watchedConnection);
    if (watched == nullptr || watched->isFinished())
        return {};
    ConnectionLevels levels = watched->levels();
    levels.ofAddress = m_door->addresses().connectionsOf(watched->address());
    levels.headsOfAddress = m_door->addresses().headsOf(watched->address());
    levels.connections = int(m_owned.size());
    levels.rooms = m_lobby->size();
    return levels;
}

void Worker::addRooms(Snapshot &snapshot)
{
    for (Room *room : m_lobby->rooms()) {
        snapshot.rooms.append({.id = roomText(*room),
                               .code = QString::fromLatin1(room->code()),
                               .game = QString::fromUtf8(room->game().kind()),
                               .state = QString::fromUtf8(room->stateName()),
                               .players = room->players(),
                               .dropped = room->dropped(),
                               .maxPlayers = room->maxPlayers(),
                               .createdMs = room->createdMs(),
                               .messages = room->messages(),
                               .paused = room->isPaused()});
    }
    if (Room *room = m_watched.isEmpty() ? nullptr : m_lobby->find(m_watched))
        snapshot.watched = detailsOf(*room);
}

RoomDetails Worker::detailsOf(Room &room)
{
    RoomDetails details{.id = roomText(room), .players = {}, .gameState = room.gameState()};
    for (const auto &seat : room.seats()) {
        details.players.append({.id = seat->player.id,
                                .name = seat->player.name,
                                .connection = ConnectionId{seat->connection},
                                .ready = seat->ready,
                                .secondsLeft = room.secondsLeft(*seat)});
    }
    return details;
}

} // namespace glasshouse
