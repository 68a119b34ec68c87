// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/models/gameview.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

struct PlayerRow
{
    PlayerInfo info;
    PlayerStanding standing;
    bool waiting = false; ///< the game has not begun: who is ready counts
    [[nodiscard]] const QByteArray &key() const { return info.id; }
    bool operator==(const PlayerRow &other) const;
};

/// The players of one room in the order of joining, with how they stand. A game fills some of the columns.
class PlayersModel final : public KeyedTable<PlayerRow>
{
    Q_OBJECT
public:
    enum Column { Name, Status, Place, Progress, Speed, Accuracy, Chips, Staked, Loans, Connection, ColumnCount };
    enum { SortRole = Qt::UserRole };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void apply(const QList<PlayerInfo> &players, const GameView &view, bool waiting);
    void clear() { merge({}); }
    /// The columns that are worth their place with a game of this kind.
    [[nodiscard]] static QList<Column> columnsOf(const QString &kind);

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override;

private:
    [[nodiscard]] static QString display(const PlayerRow &row, Column column);
    [[nodiscard]] static QVariant sortKey(const PlayerRow &row, Column column);
    [[nodiscard]] static QVariant toolTip(const PlayerRow &row, Column column);
    [[nodiscard]] static QVariant colour(const PlayerRow &row, Column column);
};

/// "ready", "typing", "dropped, 23 s": what a player is at.
[[nodiscard]] QString playerStatusText(const PlayerRow &row);

} // namespace glasshouse
