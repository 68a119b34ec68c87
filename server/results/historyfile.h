// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"
#include "server/results/historyschema.h"

#include <QSqlDatabase>
#include <functional>

namespace glasshouse {

/// The SQLite file and its connection; lives on one thread. Opens itself when it is needed, so that whatever failed is tried
/// anew with the next call. Uses SQLite's rollback journal and not a write-ahead log: there is one slow writer, a backup is
/// one file, and it works on a network's disk.
class HistoryFile
{
public:
    /// An empty path: in memory.
    explicit HistoryFile(QString path);
    ~HistoryFile();
    Q_DISABLE_COPY_MOVE(HistoryFile)

    /// All of the games or, if it failed, none.
    [[nodiscard]] HistoryStep write(const QList<GameResult> &games);
    /// Fills in games, rankings and totalGames. `view` is what it was after the last call: only new games are read.
    [[nodiscard]] HistoryStep read(HistoryView &view);
    /// Every game, the oldest first, until `visit` returns false.
    [[nodiscard]] HistoryStep visitAll(const std::function<bool(const PlayedGame &game)> &visit);
    /// Where a broken file went, for people; empty: there was none.
    [[nodiscard]] const QString &notice() const { return m_notice; }
    /// Its name alone.
    [[nodiscard]] const QString &setAside() const { return m_setAside; }

private:
    using Action = std::function<HistoryStep()>;

    QString m_path;
    QSqlDatabase m_database;
    QString m_notice;
    QString m_setAside;
    qint64 m_readTo = 0; ///< the newest game in the view

    [[nodiscard]] HistoryStep attempt(const Action &action);
    [[nodiscard]] HistoryStep openAnd(const Action &action);
    [[nodiscard]] HistoryStep open();
    [[nodiscard]] HistoryStep prepare() const;
    [[nodiscard]] HistoryStep check() const;
    [[nodiscard]] HistoryStep moveAside();

    [[nodiscard]] HistoryStep writeAll(const QList<GameResult> &games) const;
    [[nodiscard]] HistoryStep readGames(HistoryView &view);
    [[nodiscard]] HistoryStep readRankings(HistoryView &view) const;
    [[nodiscard]] HistoryStep visitBehind(qint64 number,
                                          const std::function<bool(const PlayedGame &game)> &visit) const;
};

} // namespace glasshouse
