// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"
#include "server/results/historyschema.h"

#include <QSet>
#include <QSqlQuery>

namespace glasshouse {

/// Inserts games; lives within one transaction.
class GameWriter
{
public:
    explicit GameWriter(const QSqlDatabase &database);

    [[nodiscard]] HistoryStep add(const GameResult &result);
    /// Forgets all but the newest games; the rankings keep what they say.
    [[nodiscard]] HistoryStep keepNewest(qint64 count);
    /// Forgets names in the rankings of the games that were added, where there are more than `names` and a tenth: all but the
    /// `best`, and of the others those that played last.
    [[nodiscard]] HistoryStep boundRankings(int names, int best);

private:
    QSqlQuery m_game;
    QSqlQuery m_player;
    QSqlQuery m_ranking;
    QSqlQuery m_oldPlayers;
    QSqlQuery m_oldGames;
    QSqlQuery m_count;
    QSqlQuery m_prune;
    qint64 m_newest = 0;
    QSet<QString> m_kinds; ///< of the games that were added

    [[nodiscard]] HistoryStep addPlayer(const GameResult &result, int line, const PlayerResult &player);
};

} // namespace glasshouse
