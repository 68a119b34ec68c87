// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QAbstractTableModel>
#include <QHash>
#include <optional>
#include <vector>

namespace glasshouse {

/// All that is known of a connection. A value.
struct ConnectionEntry
{
    ConnectionInfo info;
    ConnectionCounters counters;
    std::optional<Ending> ending;
    int run = 0;     ///< of the server: each counts its connections anew
    double rate = 0; ///< messages a second, in and out
    quint64 messagesAtSample = 0;

    [[nodiscard]] bool isOver() const { return counters.state >= ConnectionState::Ended; }
};

/// Connections, those that are open and the newest 1,000 that ended or were refused, also those of earlier runs of the server:
/// only those of this run are known by their numbers. Fed with snapshots; a snapshot is one insertion at the end and a few
/// changed ranges.
class ConnectionsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { State, Number, Player, Room, Address, Rtt, In, Out, Rate, Queue, Since, Because, ColumnCount };
    static constexpr int SortRole = Qt::UserRole; ///< something with an order
    static constexpr int endedKept = 1'000;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void apply(const Snapshot &snapshot);
    /// What comes now is of another run; what is there stays, as ended.
    void beginRun();
    [[nodiscard]] int run() const { return m_run; }

    [[nodiscard]] const ConnectionEntry &at(int row) const { return m_entries[size_t(row)]; }
    /// −1: not there (any more).
    [[nodiscard]] int rowOf(ConnectionId id) const { return m_rows.value(id, -1); }
    [[nodiscard]] int rowOf(ConnectionId id, int run) const;
    [[nodiscard]] const ConnectionEntry *find(ConnectionId id) const;
    [[nodiscard]] QList<ConnectionId> inRoom(const QString &room) const;
    [[nodiscard]] int openCount() const { return m_open; }
    [[nodiscard]] int refusedCount() const { return m_refused; }
    /// Round-trip times of those that are open, at this share of them (0.5: the median); −1: none is known.
    [[nodiscard]] int rttPercentile(double share) const;

signals:
    /// How many there are, or are open, may be different now.
    void counted();
    /// Rates were worked out anew, about every 2 s: time to sort again.
    void sampled();

private:
    std::vector<ConnectionEntry> m_entries; ///< by run, then by rising id
    QHash<ConnectionId, int> m_rows;        ///< of this run
    int m_run = 0;
    std::vector<int> m_touched; ///< rows that changed in this snapshot
    qint64 m_sampledAt = 0;
    int m_open = 0;
    int m_refused = 0;

    void insert(const QList<ConnectionInfo> &opened);
    void update(const ConnectionCounters &counters);
    void end(const ConnectionEnded &ended);
    void emitTouched();
    void forgetRun();
    void discardEnded();
    void removeRange(int first, int last);
    void reindex(int from);
    void sample(qint64 nowMs);
    [[nodiscard]] QVariant display(const ConnectionEntry &entry, int column) const;
    [[nodiscard]] QVariant sortKey(const ConnectionEntry &entry, int column) const;
    [[nodiscard]] QVariant toolTip(const ConnectionEntry &entry, int column) const;
    [[nodiscard]] QVariant foreground(const ConnectionEntry &entry, int column) const;
};

/// "open", "closing", "ended", "refused".
[[nodiscard]] QString connectionStateText(ConnectionState state);

} // namespace glasshouse
