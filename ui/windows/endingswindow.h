// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/endingsmodel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QSplitter;

namespace glasshouse {

class EndingChart;
class TableView;

/// Why connections end, counted by cause and over time; what the selected cause means and what to do about it.
class EndingsWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit EndingsWindow(QWidget *parent = nullptr);
    ~EndingsWindow() override;

    void apply(const EndingStatistics &statistics);
    [[nodiscard]] QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

signals:
    /// An advice names this option, and somebody follows it.
    void optionWanted(const QByteArray &option);

protected:
    void changeEvent(QEvent *event) override;

private:
    EndingsModel m_model;
    QSortFilterProxyModel *m_sorted;
    QWidget *m_body;
    TableView *m_table;
    QLabel *m_sentence;
    QLabel *m_advice;
    QLabel *m_facts;
    QComboBox *m_span;
    EndingChart *m_chart;
    QSplitter *m_splitter;
    qint64 m_timeMs = 0;

    void buildTable();
    QWidget *buildDetails();
    void showSelected();
    void showChart(const EndingStatistic *selected);
    [[nodiscard]] QList<quint32> sumOfAll(bool day) const;
};

} // namespace glasshouse
