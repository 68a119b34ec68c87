// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/gamewriter.h"

#include "server/results/playerresults.h"

#include <QSqlDatabase>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// A null string would be an SQL NULL.
QString text(const QString &string) { return string.isNull() ? u""_s : string; }

} // namespace

GameWriter::GameWriter(const QSqlDatabase &database)
    : m_game(database),
      m_player(database),
      m_ranking(database),
      m_oldPlayers(database),
      m_oldGames(database),
      m_count(database),
      m_prune(database)
{
    m_game.prepare(u"INSERT INTO games (started_ms, ended_ms, room, game, results) VALUES (?, ?, ?, ?, ?)"_s);
    m_player.prepare(u"INSERT INTO players (game_id, line, player_id, name, place, score) VALUES (?, ?, ?, ?, ?, ?)"_s);
    m_ranking.prepare(
        u"INSERT INTO rankings (game, name, games, wins, best, total, last_ms) VALUES (?, ?, 1, ?, ?, ?, ?)"
        " ON CONFLICT (game, name) DO UPDATE SET games = games + 1, wins = wins + excluded.wins,"
        " best = max(best, excluded.best), total = total + excluded.total,"
        " last_ms = max(last_ms, excluded.last_ms)"_s);
    m_oldPlayers.prepare(u"DELETE FROM players WHERE game_id <= ?"_s);
    m_oldGames.prepare(u"DELETE FROM games WHERE id <= ?"_s);
    m_count.prepare(u"SELECT count(*) FROM rankings WHERE game = ?"_s);
    m_prune.prepare(
        u"DELETE FROM rankings WHERE game = ? AND name IN (SELECT name FROM (SELECT name, last_ms FROM rankings"
        " WHERE game = ? ORDER BY wins DESC, best DESC, name LIMIT -1 OFFSET ?)"
        " ORDER BY last_ms DESC LIMIT -1 OFFSET ?)"_s);
}

HistoryStep GameWriter::add(const GameResult &result)
{
    const QByteArrayView results = checkedResults(result.results);
    if (results == "[]" && result.results.trimmed() != "[]")
        qCWarning(lcHistory) << "the results of a game are no JSON array:" << result.game;
    HistoryStep step = runSql(
        m_game, {result.startedMs, result.endedMs, text(result.room), text(result.game), QString::fromUtf8(results)});
    if (!step)
        return step;
    m_newest = m_game.lastInsertId().toLongLong();
    m_kinds.insert(text(result.game));
    const QList<PlayerResult> players = playerResults(results);
    for (int line = 0; line < players.size(); ++line) {
        if (HistoryStep added = addPlayer(result, line, players[line]); !added)
            return added;
    }
    return true;
}

HistoryStep GameWriter::addPlayer(const GameResult &result, int line, const PlayerResult &player)
{
    HistoryStep added = runSql(
        m_player, {m_newest, line, text(QString::fromUtf8(player.playerId)), player.name, player.place, player.score});
    if (!added)
        return added;
    if (player.place == 0 && player.score == 0)
        return true; // was there, and did nothing: no name for the rankings
    const int win = player.place == 1 && player.score > 0 ? 1 : 0; // who has lost least has not won
    return runSql(m_ranking, {text(result.game), player.name, win, player.score, player.score, result.endedMs});
}

HistoryStep GameWriter::keepNewest(qint64 count)
{
    HistoryStep removed = runSql(m_oldPlayers, {m_newest - count});
    return removed ? runSql(m_oldGames, {m_newest - count}) : removed;
}

// The best are what people look at, and the others are no names that somebody made up to push them out.
HistoryStep GameWriter::boundRankings(int names, int best)
{
    for (const QString &kind : std::as_const(m_kinds)) {
        HistoryStep step = runSql(m_count, {kind});
        if (!step)
            return step;
        const bool isTooMany = m_count.next() && m_count.value(0).toInt() > names + names / 10;
        m_count.finish();
        if (isTooMany)
            step = runSql(m_prune, {kind, kind, best, names - best});
        if (!step)
            return step;
    }
    return true;
}

} // namespace glasshouse
