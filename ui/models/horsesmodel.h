// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gameview.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

/// The horses of a round in the order of their numbers.
class HorsesModel final : public KeyedTable<HorseStanding>
{
    Q_OBJECT
public:
    enum Column { Number, Name, Odds, Position, Place, ColumnCount };
    enum { SortRole = Qt::UserRole };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void apply(const QList<HorseStanding> &horses) { merge(horses); }

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override;

private:
    [[nodiscard]] static QString display(const HorseStanding &horse, Column column);
    [[nodiscard]] static QVariant sortKey(const HorseStanding &horse, Column column);
};

} // namespace glasshouse
