// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QAbstractTableModel>

namespace glasshouse {

/// The rooms that are there. Takes the whole list and finds out what is different.
class RoomsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Players, State, Rate, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void apply(QList<RoomInfo> rooms, qint64 timeMs);
    [[nodiscard]] const RoomInfo &at(int row) const { return m_rooms[row].info; }
    [[nodiscard]] int rowOf(const QString &id) const;

private:
    struct Row
    {
        RoomInfo info;
        double rate = 0;
        quint64 messagesAtSample = 0;
    };
    QList<Row> m_rooms; ///< by id, as people count
    qint64 m_sampledAt = 0;

    void merge(int row, const RoomInfo &info);
    void sample(qint64 timeMs);
    [[nodiscard]] QVariant display(const Row &row, int column) const;
    [[nodiscard]] QString toolTip(const RoomInfo &room) const;
};

/// "3", or "0 + 18 away": seats that are held for players who dropped are no players who are here.
[[nodiscard]] QString playersText(const RoomInfo &room);
/// "waiting", "playing", "finished" in the user's language.
[[nodiscard]] QString roomStateText(const QString &state);

} // namespace glasshouse
