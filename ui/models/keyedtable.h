// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/cellroles.h"

#include <QAbstractTableModel>
#include <QSet>

namespace glasshouse {

/// A table of rows that know who they are. Takes the whole next list and tells the views only what is different, so that
/// what is selected and in sight stays so. A Row has `operator==` and a `key()` that is unique in its list.
template <typename Row>
class KeyedTable : public QAbstractTableModel
{
public:
    using Key = std::decay_t<decltype(std::declval<Row>().key())>;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] const Row &at(int row) const { return m_rows[row]; }
    /// −1: there is none; searches from `first` on.
    [[nodiscard]] int rowOf(const Key &key, int first = 0) const
    {
        for (int row = first; row < rowCount(); ++row) {
            if (at(row).key() == key)
                return row;
        }
        return -1;
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        if (role == Qt::TextAlignmentRole)
            return cellAlignment(isNumber(section));
        if (role == Qt::InitialSortOrderRole) // who sorts by a figure looks for the largest
            return QVariant(isNumber(section) ? Qt::DescendingOrder : Qt::AscendingOrder);
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return headText(section, role == Qt::ToolTipRole);
        return {};
    }

protected:
    /// What stands above a column, or the tip that explains it.
    [[nodiscard]] virtual QVariant headText(int column, bool tip) const = 0;
    [[nodiscard]] virtual bool isNumber(int column) const = 0;

    void merge(const QList<Row> &next)
    {
        removeAllBut(next);
        for (int row = 0; row < int(next.size()); ++row)
            put(row, next[row]);
    }

private:
    QList<Row> m_rows;

    void removeAllBut(const QList<Row> &next)
    {
        QSet<Key> kept;
        for (const Row &row : next)
            kept.insert(row.key());
        for (int row = rowCount() - 1; row >= 0; --row) {
            if (kept.contains(at(row).key()))
                continue;
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
    }

    void put(int row, const Row &next)
    {
        const int from = rowOf(next.key(), row);
        if (from < 0) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, next);
            endInsertRows();
            return;
        }
        if (from > row) {
            beginMoveRows({}, from, from, {}, row);
            m_rows.move(from, row);
            endMoveRows();
        }
        if (m_rows[row] == next)
            return;
        m_rows[row] = next;
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
};

} // namespace glasshouse
