// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"
#include "server/results/historyschema.h"

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

private:
    QSqlQuery m_game;
    QSqlQuery m_player;
    QSqlQuery m_ranking;
    QSqlQuery m_oldPlayers;
    QSqlQuery m_oldGames;
    qint64 m_newest = 0;

    [[nodiscard]] HistoryStep addPlayer(const GameResult &result, int line, const PlayerResult &player);
};

} // namespace glasshouse
