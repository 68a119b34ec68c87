// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/ending.h"
#include "ui/models/messagesource.h"

#include <QAbstractTableModel>
#include <optional>

namespace glasshouse {

/// The last frames of a connection that has ended, with their contents where the capture has them, without secrets: they can be copied.
class LastFramesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Before, Way, Kind, Size, Content, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `rows`: the newest rows of the connection, as far as the capture has them, the newest last.
    void show(const QList<LastFrame> &frames, const QList<CapturedRow> &rows);
    /// Of the capture; none: it has none of this frame.
    [[nodiscard]] std::optional<quint64> numberAt(int row) const { return m_lines[row].number; }
    void clear() { show({}, {}); }

private:
    struct Line
    {
        LastFrame frame;
        QString content;
        std::optional<quint64> number; ///< of its row
    };
    QList<Line> m_lines;

    [[nodiscard]] static QString display(const Line &line, Column column);
};

/// "text", "ping", … for the opcode of a frame.
[[nodiscard]] QString opcodeText(quint8 opcode);

} // namespace glasshouse
