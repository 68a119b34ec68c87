// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/endinghistory.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

struct EndingRow
{
    EndingStatistic statistic;
    [[nodiscard]] int key() const { return int(statistic.cause); }
    bool operator==(const EndingRow &) const = default;
};

/// How often each cause ended a connection.
class EndingsModel final : public KeyedTable<EndingRow>
{
    Q_OBJECT
public:
    enum Column { Cause, Count, LastHour, LastSeen, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void apply(const QList<EndingStatistic> &causes);

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column == Count || column == LastHour; }

private:
    [[nodiscard]] static QString display(const EndingStatistic &row, Column column);
    [[nodiscard]] static QVariant sortKey(const EndingStatistic &row, Column column);
};

} // namespace glasshouse
