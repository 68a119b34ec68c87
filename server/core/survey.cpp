// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/survey.h"

#include "base/currentthread.h"
#include "net/transport/descriptors.h"

namespace glasshouse {

void LoadMeter::measure(qint64 nowMs, Totals &totals)
{
    if (m_sinceMs == 0 || nowMs - m_sinceMs >= 1000) {
        const qint64 cpu = threadCpuUs();
        m_busy = m_sinceMs == 0 || cpu < 0 ? 0 : qMin(1.0, double(cpu - m_cpuUs) / 1000 / double(nowMs - m_sinceMs));
        m_descriptors = openDescriptors();
        m_limit = descriptorLimit();
        m_cpuUs = cpu;
        m_sinceMs = nowMs;
    }
    totals.networkBusy = m_busy;
    totals.descriptors = m_descriptors;
    totals.descriptorLimit = m_limit;
}

Totals Survey::totals()
{
    Totals totals = m_from.chronicle.totals();
    m_load.measure(m_from.clock.monotonicMs(), totals);
    for (const auto &connection : m_from.hub.all()) {
        if (connection->isFinished())
            continue;
        const WireCounters &wire = connection->wireCounters();
        totals.messagesIn += wire.messagesIn;
        totals.messagesOut += wire.messagesOut;
        totals.bytesIn += wire.bytesIn;
        totals.bytesOut += wire.bytesOut;
        totals.badMessages += connection->badMessages();
        totals.droppedMessages += connection->droppedMessages();
        totals.queuedBytes += connection->queuedBytes();
        ++totals.open;
    }
    for (const Room *room : m_from.lobby.rooms())
        totals.players += room->players();
    totals.accepted = m_from.door.acceptedConnections();
    totals.heads = m_from.door.heads();
    totals.rooms = m_from.lobby.size();
    totals.acceptingPaused = m_from.door.isPaused();
    totals.drainSecondsLeft = m_from.drainSecondsLeft();
    return totals;
}

void Survey::fill(Snapshot &snapshot)
{
    snapshot.totals = totals();
    snapshot.changed = m_from.hub.takeChanged();
    if (snapshot.whole)
        addOpen(snapshot);
    snapshot.rooms = rooms();
    snapshot.watched = detailsOf(m_watched.room);
    snapshot.levels = levelsOf(m_watched.connection);
    snapshot.endings =
        snapshot.whole ? m_from.chronicle.endings().statistics() : m_from.chronicle.endings().changedStatistics();
    if (m_from.capture != nullptr)
        snapshot.capture = m_from.capture->stats();
}

// In the order in which they came, as the lists of a reader who was there from the start.
void Survey::addOpen(Snapshot &snapshot) const
{
    std::map<ConnectionId, ConnectionInfo> opened;
    for (ConnectionInfo &info : snapshot.opened)
        opened.emplace(info.id, std::move(info));
    snapshot.changed.clear();
    for (const auto &connection : m_from.hub.all()) {
        if (connection->isFinished())
            continue;
        opened.emplace(connection->id(), connection->info());
        snapshot.changed.append(connection->counters());
    }
    snapshot.opened.clear();
    for (auto &[id, info] : opened)
        snapshot.opened.append(std::move(info));
}

RoomInfo namesOf(const Room &room)
{
    RoomInfo info;
    info.id = QString::fromLatin1(room.id());
    info.code = QString::fromLatin1(room.code());
    info.game = QString::fromUtf8(room.game().kind());
    info.createdMs = room.createdMs();
    return info;
}

QList<RoomInfo> Survey::rooms() const
{
    QList<RoomInfo> rooms;
    for (Room *room : m_from.lobby.rooms()) {
        RoomInfo info = namesOf(*room);
        info.state = QString::fromUtf8(room->stateName());
        info.players = room->players();
        info.dropped = room->dropped();
        info.maxPlayers = room->maxPlayers();
        info.messages = room->messages();
        info.paused = room->isPaused();
        rooms.append(info);
    }
    return rooms;
}

std::optional<RoomDetails> Survey::detailsOf(const QByteArray &id) const
{
    Room *room = id.isEmpty() ? nullptr : m_from.lobby.find(id);
    if (room == nullptr)
        return {};
    RoomDetails details{.id = QString::fromLatin1(room->id()), .players = {}, .gameState = room->gameState()};
    for (const auto &seat : room->seats()) {
        details.players.append({.id = seat->player.id,
                                .name = seat->player.name,
                                .connection = ConnectionId{seat->connection},
                                .ready = seat->ready,
                                .secondsLeft = room->secondsLeft(*seat)});
    }
    return details;
}

std::optional<ConnectionLevels> Survey::levelsOf(ConnectionId id) const
{
    const Connection *watched = m_from.hub.find(id);
    if (watched == nullptr || watched->isFinished())
        return {};
    ConnectionLevels levels = watched->levels();
    levels.ofAddress = m_from.door.addresses().count(watched->address(), Held::Socket);
    levels.headsOfAddress = m_from.door.addresses().count(watched->address(), Held::Head);
    levels.connections = m_from.hub.size();
    levels.rooms = m_from.lobby.size();
    return levels;
}

} // namespace glasshouse
