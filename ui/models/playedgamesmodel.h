// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

struct PlayedGameRow
{
    PlayedGame game;
    [[nodiscard]] qint64 key() const { return game.number; }
    bool operator==(const PlayedGameRow &other) const
    {
        return key() == other.key();
    } ///< what was played does not change
};

/// The games that were played, newest first.
class PlayedGamesModel final : public KeyedTable<PlayedGameRow>
{
    Q_OBJECT
public:
    enum Column { Number, Ended, Game, Room, Players, Winner, Duration, ColumnCount };
    enum { SortRole = Qt::UserRole, KindRole };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void apply(const QList<PlayedGame> &games);

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override;

private:
    [[nodiscard]] static QString display(const PlayedGame &game, Column column);
    [[nodiscard]] static QVariant sortKey(const PlayedGame &game, Column column);
};

} // namespace glasshouse
