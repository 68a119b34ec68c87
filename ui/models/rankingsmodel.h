// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

struct RankingRow
{
    Ranking ranking;
    int rank = 0; ///< in its game, from 1
    [[nodiscard]] QString key() const { return ranking.game + u'\n' + ranking.name; }
    bool operator==(const RankingRow &other) const;
};

/// Who won most, of each game.
class RankingsModel final : public KeyedTable<RankingRow>
{
    Q_OBJECT
public:
    enum Column { Rank, Name, Game, Games, Wins, Best, Mean, Last, ColumnCount };
    enum { SortRole = Qt::UserRole, KindRole };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void apply(const QList<Ranking> &rankings);

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override;

private:
    [[nodiscard]] static QString display(const RankingRow &row, Column column);
    [[nodiscard]] static QVariant sortKey(const RankingRow &row, Column column);
};

} // namespace glasshouse
