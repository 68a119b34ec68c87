// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gameresultmodel.h"
#include "ui/models/playedgamesmodel.h"
#include "ui/models/rankingsmodel.h"

#include <QWidget>
#include <memory>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QSplitter;
class QTabWidget;

namespace glasshouse {

class TableView;

/// Rankings, every game that was played, and what each of them brought; export as CSV and JSON.
class ResultsWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit ResultsWindow(QWidget *parent = nullptr);
    ~ResultsWindow() override;

    /// Null: nothing is known yet.
    void apply(const std::shared_ptr<const HistoryView> &view);
    /// What became of an export; `error` is empty if it worked.
    void showExported(const QString &file, const QString &error);
    [[nodiscard]] QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

signals:
    void exportWanted(const QString &file, glasshouse::HistoryFormat format);

private:
    RankingsModel m_rankingsModel;
    PlayedGamesModel m_gamesModel;
    GameResultModel m_resultModel;
    QSortFilterProxyModel *m_rankingsFilter;
    QSortFilterProxyModel *m_gamesFilter;
    QWidget *m_body;
    QLabel *m_trouble;
    QWidget *m_troubleLine;
    QComboBox *m_kinds;
    QTabWidget *m_tabs;
    TableView *m_rankings;
    TableView *m_games;
    QLabel *m_title;
    TableView *m_result;
    QSplitter *m_splitter;
    QLabel *m_footer;
    QLabel *m_exported;

    QLayout *buildTop();
    QWidget *buildTrouble();
    QWidget *buildGames();
    QLayout *buildFooter();
    void buildTables();
    void addActions();
    void fillKinds(const HistoryView &view);
    void filter();
    void showSelected();
    void showFooter(const HistoryView &view);
    void askAndExport(HistoryFormat format);
};

} // namespace glasshouse
