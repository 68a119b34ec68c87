// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/games/gameview.h"
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

/// The players of one room in the order of joining, with how they stand. A game fills the columns in the middle.
class PlayersModel final : public KeyedTable<PlayerRow>
{
    Q_OBJECT
public:
    enum Column { Name, Status, FirstOfGame };
    enum { SortRole = Qt::UserRole };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void apply(const QList<PlayerInfo> &players, const GameView &view, bool waiting);
    void clear() { merge({}); }
    /// Of another game: the players of the one before are gone.
    void setColumns(const QList<GameColumn> &columns);
    /// The last one: the number of the player's connection.
    [[nodiscard]] int connectionColumn() const { return FirstOfGame + int(m_columns.size()); }

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override;

private:
    QList<GameColumn> m_columns; ///< from FirstOfGame on

    [[nodiscard]] bool isOfGame(int column) const { return column >= FirstOfGame && column < connectionColumn(); }
    [[nodiscard]] static QVariant ownData(const PlayerRow &row, int column, int role);
};

/// "ready", "typing", "dropped, 23 s": what a player is at.
[[nodiscard]] QString playerStatusText(const PlayerRow &row);

} // namespace glasshouse
