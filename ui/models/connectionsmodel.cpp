// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/connectionsmodel.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qint64 sampleMs = 2000;

bool isRefused(const ConnectionEntry &entry) { return entry.counters.state == ConnectionState::Refused; }

quint64 messagesOf(const ConnectionCounters &counters) { return counters.messagesIn + counters.messagesOut; }

/// Sorted rows as runs of neighbours.
template <typename Function>
void forEachRun(const std::vector<int> &rows, Function function)
{
    for (size_t first = 0; first < rows.size();) {
        size_t last = first;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        function(rows[first], rows[last]);
        first = last + 1;
    }
}

} // namespace

int ConnectionsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_entries.size()); }
int ConnectionsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

void ConnectionsModel::apply(const Snapshot &snapshot)
{
    if (snapshot.whole)
        forgetRun();
    insert(snapshot.opened);
    for (const ConnectionCounters &counters : snapshot.changed)
        update(counters);
    for (const ConnectionEnded &ended : snapshot.ended) {
        if (ended.ending.cause != EndingCause::HttpServed) // pages and API calls are no connections of players
            end(ended);
    }
    emitTouched();
    discardEnded();
    emit counted();
    if (snapshot.timeMs - m_sampledAt >= sampleMs)
        sample(snapshot.timeMs);
}

void ConnectionsModel::insert(const QList<ConnectionInfo> &opened)
{
    if (opened.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(opened.size()) - 1);
    for (const ConnectionInfo &info : opened) {
        m_rows.insert(info.id, int(m_entries.size()));
        ConnectionEntry entry{.info = info, .counters = {}, .ending = {}, .run = m_run};
        entry.counters.id = info.id;
        m_entries.push_back(std::move(entry));
        ++m_open;
    }
    endInsertRows();
}

void ConnectionsModel::update(const ConnectionCounters &counters)
{
    const int row = m_rows.value(counters.id, -1);
    if (row < 0)
        return;
    ConnectionEntry &entry = m_entries[size_t(row)];
    m_open += int(counters.state < ConnectionState::Ended) - int(!entry.isOver());
    m_refused += int(counters.state == ConnectionState::Refused) - int(isRefused(entry));
    entry.counters = counters;
    m_touched.push_back(row);
}

void ConnectionsModel::end(const ConnectionEnded &ended)
{
    ConnectionCounters counters = ended.counters;
    if (counters.state < ConnectionState::Ended)
        counters.state = ConnectionState::Ended;
    if (isRefusal(ended.ending.cause)) // after an upgrade that only told it why
        counters.state = ConnectionState::Refused;
    counters.queuedBytes = 0;
    const int row = m_rows.value(counters.id, -1);
    if (row < 0)
        return;
    if (counters.player.isEmpty()) // it has left its room by now; people want to know who it was
        counters.player = at(row).counters.player;
    if (counters.room.isEmpty())
        counters.room = at(row).counters.room;
    update(counters);
    m_entries[size_t(row)].ending = ended.ending;
    m_entries[size_t(row)].rate = 0;
}

void ConnectionsModel::emitTouched()
{
    std::sort(m_touched.begin(), m_touched.end());
    m_touched.erase(std::unique(m_touched.begin(), m_touched.end()), m_touched.end());
    forEachRun(m_touched,
               [this](int first, int last) { emit dataChanged(index(first, 0), index(last, ColumnCount - 1)); });
    m_touched.clear();
}

void ConnectionsModel::discardEnded()
{
    int surplus = int(m_entries.size()) - m_open - endedKept;
    if (surplus <= 0)
        return;
    std::vector<int> rows;
    for (int row = 0; surplus > 0; ++row) {
        if (at(row).isOver()) {
            rows.push_back(row);
            --surplus;
        }
    }
    std::vector<std::pair<int, int>> runs;
    forEachRun(rows, [&runs](int first, int last) { runs.emplace_back(first, last); });
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) // from below, so that the rows above keep their numbers
        removeRange(run->first, run->second);
    reindex(rows.front());
}

void ConnectionsModel::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        if (at(row).run == m_run)
            m_rows.remove(at(row).info.id);
    m_refused -= int(std::count_if(m_entries.begin() + first, m_entries.begin() + last + 1, isRefused));
    m_entries.erase(m_entries.begin() + first, m_entries.begin() + last + 1);
    endRemoveRows();
}

void ConnectionsModel::reindex(int from)
{
    for (int row = from; row < rowCount(); ++row) {
        if (at(row).run == m_run)
            m_rows[at(row).info.id] = row;
    }
}

void ConnectionsModel::sample(qint64 nowMs)
{
    const double seconds = double(nowMs - m_sampledAt) / 1000;
    const bool first = m_sampledAt == 0;
    m_sampledAt = nowMs;
    for (int row = 0; row < rowCount(); ++row) {
        ConnectionEntry &entry = m_entries[size_t(row)];
        const quint64 messages = messagesOf(entry.counters);
        const double rate =
            first || entry.isOver() ? 0 : double(messages - std::min(messages, entry.messagesAtSample)) / seconds;
        if (rate != std::exchange(entry.rate, rate))
            m_touched.push_back(row);
        entry.messagesAtSample = messages;
    }
    forEachRun(m_touched, [this](int from, int to) { emit dataChanged(index(from, Rate), index(to, Rate)); });
    m_touched.clear();
    emit sampled();
}

void ConnectionsModel::beginRun()
{
    for (ConnectionEntry &entry : m_entries) { // nobody will say of these how they ended
        if (!entry.isOver())
            entry.counters.state = ConnectionState::Ended;
        entry.rate = 0;
        entry.counters.queuedBytes = 0;
    }
    m_rows.clear();
    m_open = 0;
    m_sampledAt = 0;
    ++m_run;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    discardEnded();
    emit counted();
}

/// Of this run; the ones before are no matter of its snapshots.
void ConnectionsModel::forgetRun()
{
    m_open = 0;
    m_sampledAt = 0;
    m_rows.clear();
    const auto first = std::find_if(m_entries.begin(), m_entries.end(),
                                    [this](const ConnectionEntry &entry) { return entry.run == m_run; });
    if (first != m_entries.end())
        removeRange(int(first - m_entries.begin()), rowCount() - 1);
}

int ConnectionsModel::rowOf(ConnectionId id, int run) const
{
    if (run == m_run)
        return rowOf(id);
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [id, run](const ConnectionEntry &entry) {
        return entry.run == run && entry.info.id == id;
    });
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

const ConnectionEntry *ConnectionsModel::find(ConnectionId id) const
{
    const auto row = m_rows.constFind(id);
    return row == m_rows.cend() ? nullptr : &m_entries[size_t(*row)];
}

QList<ConnectionId> ConnectionsModel::inRoom(const QString &room) const
{
    QList<ConnectionId> ids;
    for (const ConnectionEntry &entry : m_entries) {
        if (entry.run == m_run && entry.counters.room == room)
            ids.append(entry.info.id);
    }
    return ids;
}

int ConnectionsModel::rttPercentile(double share) const
{
    std::vector<int> times;
    for (const ConnectionEntry &entry : m_entries) {
        if (!entry.isOver() && entry.counters.rttMs >= 0)
            times.push_back(entry.counters.rttMs);
    }
    if (times.empty())
        return -1;
    const auto at = times.begin() + qsizetype(share * double(times.size() - 1));
    std::nth_element(times.begin(), at, times.end());
    return *at;
}

} // namespace glasshouse
