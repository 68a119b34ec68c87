// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gameboardmodel.h"

#include "ui/models/gamecelldata.h"

namespace glasshouse {

int GameBoardModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

bool GameBoardModel::isNumber(int column) const { return m_columns[column].kind == GameColumn::Kind::Number; }

QVariant GameBoardModel::headText(int column, bool tip) const
{
    return tip ? m_columns[column].tip : m_columns[column].title;
}

QVariant GameBoardModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return gameCellData(m_columns[index.column()], at(index.row()).cells.value(index.column()), role, SortRole);
}

void GameBoardModel::setColumns(const QList<GameColumn> &columns)
{
    merge({});
    beginResetModel();
    m_columns = columns;
    endResetModel();
}

} // namespace glasshouse
