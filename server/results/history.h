// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/gameresult.h"

#include <QList>
#include <QObject>
#include <memory>

namespace glasshouse {

/// One player's line of a game, out of the results.
struct PlayerResult
{
    QByteArray playerId;
    QString name;
    int place = 0;    ///< from 1; 0: did not finish
    double score = 0; ///< between −10¹⁵ and 10¹⁵
};

struct PlayedGame
{
    qint64 number = 0; ///< rises by one with every game
    GameResult result;
    QList<PlayerResult> players; ///< by place; those who did not finish behind
};

/// A name's record in one kind of game. Names are not accounts: two Adas share a line. Whoever only watched has none, and of the
/// names behind the first 1,000 of a game the 9,000 that played last are kept.
struct Ranking
{
    QString game;
    QString name;
    int games = 0;
    int wins = 0;
    double best = 0; ///< score
    double mean = 0; ///< score
    qint64 lastMs = 0;
};

/// What is known of the games played. Never changes; any thread may hold one.
struct HistoryView
{
    QList<PlayedGame> games; ///< newest first, at most 1,000
    QList<Ranking> rankings; ///< by game, then wins, then best; at most 1,000 of each game
    qint64 totalGames = 0;   ///< on disk
    quint64 lost = 0;        ///< could not be written, or did not fit the queue; since the start
    /// What is wrong now, for people: why the last games were lost, or where a broken file went (until the end of the session).
    /// Empty: all is well. Names no folder.
    QString errorText;
    bool failed = false; ///< games are lost, or will be: errorText says why
    QString setAside;    ///< the name of the broken file by now; empty: there was none
};

enum class HistoryFormat : quint8 { Csv, Json };

/// Results of every game in an SQLite file (Qt SQL), on a thread of its own. Nothing here can fail a game: what can not be
/// written is counted and said, and the next game is tried anew. Results that are no JSON array are kept as "[]".
class History final : public QObject
{
    Q_OBJECT
public:
    /// Opens the file and migrates it, or makes it with the first game; changed() follows, also where that failed. A file that is broken is moved aside
    /// (name + ".broken-<yyyyMMddHHmmss>") and said; one of a newer version is said and left alone, nothing is written.
    /// An empty path: kept in memory only, the newest 10,000.
    explicit History(const QString &file, QObject *parent = nullptr);
    /// Writes the games that wait. An export that is not done fails.
    ~History() override;

    /// From any thread; returns at once. The queue holds 1,000; what does not fit is lost and counted.
    void add(GameResult result);
    /// From any thread.
    [[nodiscard]] std::shared_ptr<const HistoryView> view() const;
    /// From any thread. Writes every game ever played to `fileName`, on the history's thread; exported() follows.
    /// Csv: a line a player and game; Json: an array of the games of resultsJson(). UTF-8; times are ISO 8601, UTC.
    void exportTo(const QString &fileName, HistoryFormat format);

signals:
    // Both from the history's thread.
    void changed(); ///< view() is new
    /// `error` is empty if it worked.
    void exported(const QString &fileName, const QString &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Answer of GET /api/v1/results: {"games": [{"number", "started", "ended", "room", "game", "results"}],
/// "rankings": [{"game", "name", "games", "wins", "best", "mean", "last"}], "total", "error"?}; times are ISO 8601, UTC.
/// `game`: only this kind, empty: all. At most `limit` games, and `limit` rankings of each kind; "total" counts all games.
[[nodiscard]] QByteArray resultsJson(const HistoryView &view, QByteArrayView game, int limit);

} // namespace glasshouse
