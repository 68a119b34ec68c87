// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QAbstractTableModel>
#include <QHash>
#include <array>
#include <vector>

namespace glasshouse {

/// The server's events, the newest last. What has the same fold key is one line with a count, which moves to the end when it
/// happens again; but only in one run of the server, because the next one begins to count its connections anew. At most 1,000
/// lines.
class EventsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Count, Text, ColumnCount };
    static constexpr int mostLines = 1'000;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void append(const QList<ServerEvent> &events);
    /// What comes now is of another run; what is there stays.
    void beginRun();
    void clear();
    [[nodiscard]] int runAt(int row) const { return m_lines[size_t(row)].run; }
    [[nodiscard]] const ServerEvent &at(int row) const { return m_lines[size_t(row)].last; }
    [[nodiscard]] int countAt(int row) const { return m_lines[size_t(row)].count; }
    /// How many events of this run were so severe, those that are not in the list any more as well.
    [[nodiscard]] quint64 total(EventSeverity severity) const { return m_totals[size_t(severity)]; }
    [[nodiscard]] bool isOfThisRunAt(int row) const { return runAt(row) == m_run; }
    /// One of those that Totals::faults counts, in this run?
    [[nodiscard]] bool isFaultAt(int row) const;

private:
    struct Line
    {
        ServerEvent last;
        QByteArray key; ///< to fold by
        qint64 firstMs = 0;
        int count = 1;
        bool differs = false; ///< the others were of other rooms or connections
        int run = 0;
        quint64 order = 0; ///< rises with the rows

        void absorb(const Line &later);
    };
    std::vector<Line> m_lines;
    QHash<QByteArray, quint64> m_orders; ///< by key, of this run
    quint64 m_nextOrder = 0;
    int m_run = 0;
    std::array<quint64, 3> m_totals{}; ///< by severity

    [[nodiscard]] int foldedRow(const QByteArray &key) const;
    void add(std::vector<Line> lines);
    /// In this order.
    void moveToEnd(const std::vector<int> &rows);
    void rearrange(const std::vector<int> &last);
    void discardOld();
    [[nodiscard]] QVariant display(const Line &line, int column) const;
    [[nodiscard]] QVariant toolTip(const Line &line, int column) const;
};

} // namespace glasshouse
