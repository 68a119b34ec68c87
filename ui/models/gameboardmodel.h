// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameview.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

/// What is played, where it is a table: columns and rows as the game's face makes them.
class GameBoardModel final : public KeyedTable<BoardRow>
{
    Q_OBJECT
public:
    enum { SortRole = Qt::UserRole };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// Of another game: the rows of the one before are gone.
    void setColumns(const QList<GameColumn> &columns);
    void apply(const QList<BoardRow> &rows) { merge(rows); }

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override;

private:
    QList<GameColumn> m_columns;
};

} // namespace glasshouse
