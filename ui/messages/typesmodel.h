// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/typetally.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

/// Types of messages; a proxy sorts them.
class TypesModel final : public KeyedTable<TypeCount>
{
    Q_OBJECT
public:
    enum Column { Type, Messages, Bytes, Mean, Rate, MeanAnswer, LongestAnswer, Last, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;

    using KeyedTable::KeyedTable;

    void apply(const QList<TypeCount> &counts) { merge(counts); }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column != Type && column != Last; }

private:
    [[nodiscard]] static QString display(const TypeCount &row, Column column);
    [[nodiscard]] static QVariant sortKey(const TypeCount &row, Column column);
};

} // namespace glasshouse
