// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"
#include "ui/games/gameface.h"

#include <QAbstractTableModel>

namespace glasshouse {

/// The players of one game by place, with whatever its results say of them: a column a member.
class GameResultModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Place, Name, Score, FirstMember };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Null: no game.
    void show(const PlayedGame *game);

private:
    QString m_scoreName;
    QList<ResultColumn> m_columns; ///< from FirstMember on
    QList<QStringList> m_rows;
};

} // namespace glasshouse
