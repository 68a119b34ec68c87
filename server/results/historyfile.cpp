// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyfile.h"

#include "base/privatefiles.h"
#include "server/results/gamewriter.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <algorithm>
#include <atomic>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype gamesInView = 1000;
constexpr int rankingsOfAGame = 1000;
constexpr int namesOfAGame = 10'000;      // of which the best are ranked; anybody can take a new name for each game
constexpr qint64 gamesOnDisk = 1'000'000; // about 700 MB; strangers can play, too
constexpr qint64 gamesInMemory = 10'000;  // where there is no file
constexpr qint64 checkedBytes = qint64{64} << 20; // reading a larger file through at every start takes too long
const auto connectOptions = "QSQLITE_BUSY_TIMEOUT=1000"_L1; // ms; somebody else has the file open

QString nextConnection()
{
    static std::atomic<int> count = 0;
    return u"glasshouse-history-%1"_s.arg(++count);
}

PlayedGame gameAt(const QSqlQuery &row)
{
    PlayedGame game;
    game.number = row.value(0).toLongLong();
    game.result = {.startedMs = row.value(1).toLongLong(),
                   .endedMs = row.value(2).toLongLong(),
                   .room = row.value(3).toString(),
                   .game = row.value(4).toString(),
                   .results = row.value(5).toString().toUtf8()};
    return game;
}

PlayerResult playerAt(const QSqlQuery &row)
{
    return {.playerId = row.value(1).toString().toUtf8(),
            .name = row.value(2).toString(),
            .place = row.value(3).toInt(),
            .score = row.value(4).toDouble()};
}

Ranking rankingAt(const QSqlQuery &row)
{
    return {.game = row.value(0).toString(),
            .name = row.value(1).toString(),
            .games = row.value(2).toInt(),
            .wins = row.value(3).toInt(),
            .best = row.value(4).toDouble(),
            .mean = row.value(5).toDouble(),
            .lastMs = row.value(6).toLongLong()};
}

/// Moves the players of `game` over; `row` stands on the first of them, or on one of a later game.
void takePlayers(PlayedGame &game, QSqlQuery &row)
{
    for (; row.isValid() && row.value(0).toLongLong() <= game.number; row.next()) {
        if (row.value(0).toLongLong() == game.number)
            game.players.append(playerAt(row));
    }
}

Error<HistoryError> failedBy(const QString &words) { return {HistoryError::Failed, words.toUtf8()}; }

/// SQLite's words for it are "unable to open database file", whatever the reason.
QString whyNotOpened(const QString &path, const QString &words)
{
    QFile file(path);
    if (QFileInfo(path).isDir())
        return u"it is a folder"_s;
    return file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly) ? words : file.errorString();
}

/// SQLite gives its side files the rights that the file has.
HistoryStep makePrivate(const QString &path)
{
    if (const QString why = makePrivateFolder(QFileInfo(path).absolutePath()); !why.isEmpty())
        return failedBy(why);
    QFile file(path);
    if (QFileInfo(path).isFile())
        file.setPermissions(privateFile); // where an earlier version left it to others
    else if (!QFileInfo::exists(path) && !openPrivately(file, QIODevice::WriteOnly | QIODevice::NewOnly))
        return failedBy(file.errorString());
    return true;
}

/// A name beside `path` that is free.
QString nameAside(const QString &path)
{
    const QString name = path + ".broken-"_L1 + QDateTime::currentDateTime().toString(u"yyyyMMddHHmmss"_s);
    QString free = name;
    for (int i = 2; QFileInfo::exists(free); ++i)
        free = name + u'-' + QString::number(i);
    return free;
}

} // namespace

HistoryFile::HistoryFile(QString path)
    : m_path(std::move(path)),
      m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, nextConnection()))
{
    m_database.setDatabaseName(m_path.isEmpty() ? u":memory:"_s : m_path);
    m_database.setConnectOptions(connectOptions);
}

HistoryFile::~HistoryFile()
{
    const QString connection = m_database.connectionName();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(connection);
}

HistoryStep HistoryFile::write(const QList<GameResult> &games)
{
    return attempt([&] { return writeAll(games); });
}

HistoryStep HistoryFile::read(HistoryView &view)
{
    if (!m_path.isEmpty() && !m_database.isOpen() && !QFileInfo::exists(m_path)) {
        const QString why = whyNotWritable(QFileInfo(m_path).absolutePath());
        return why.isEmpty() ? HistoryStep(true) : failedBy(why); // the first game makes it
    }
    return attempt([&] {
        HistoryStep step = readGames(view);
        return step ? readRankings(view) : step;
    });
}

HistoryStep HistoryFile::visitAll(const std::function<bool(const PlayedGame &game)> &visit)
{
    HistoryStep opened = attempt([] { return true; });
    return opened ? visitBehind(0, visit) : opened;
}

/// Runs the action with the file open. What fails on a file that was open already is tried once more on a fresh one: the old
/// may have been moved or removed under our hands. A broken file is moved aside first.
HistoryStep HistoryFile::attempt(const Action &action)
{
    const bool wasOpen = m_database.isOpen();
    HistoryStep first = openAnd(action);
    if (first || m_path.isEmpty())
        return first;
    m_database.close();
    if (first.error().code == HistoryError::Broken) {
        if (HistoryStep moved = moveAside(); !moved)
            return moved;
    } else if (!wasOpen) {
        return first;
    }
    HistoryStep second = openAnd(action);
    if (!second)
        m_database.close();
    return second;
}

HistoryStep HistoryFile::openAnd(const Action &action)
{
    HistoryStep opened = open();
    return opened ? action() : opened;
}

HistoryStep HistoryFile::open()
{
    if (m_database.isOpen())
        return true;
    if (HistoryStep made = m_path.isEmpty() ? HistoryStep(true) : makePrivate(m_path); !made)
        return made;
    if (!m_database.open())
        return failedBy(whyNotOpened(m_path, m_database.lastError().databaseText()));
    m_readTo = 0;
    HistoryStep prepared = prepare();
    if (!prepared)
        m_database.close();
    return prepared;
}

/// A newer file is not even checked: it is none of our business what is wrong with it.
HistoryStep HistoryFile::prepare() const
{
    if (const auto version = schemaVersion(m_database, historyMigrations()); !version)
        return version.error();
    if (HistoryStep checked = check(); !checked)
        return checked;
    return migrate(m_database, historyMigrations());
}

HistoryStep HistoryFile::check() const
{
    if (QFileInfo(m_path).size() > checkedBytes)
        return true;
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA quick_check(1)"_s) || !query.next())
        return sqlFailure(query);
    const QString answer = query.value(0).toString();
    if (answer != "ok"_L1)
        return Error<HistoryError>{HistoryError::Broken, answer.toUtf8()};
    return true;
}

HistoryStep HistoryFile::moveAside()
{
    const QString aside = nameAside(m_path);
    if (!QFile::rename(m_path, aside))
        return Error<HistoryError>{HistoryError::Broken, "it is broken and can not be renamed"};
    // SQLite's side files belong to the file, and would be taken for the new one's.
    for (const QLatin1StringView suffix : {"-journal"_L1, "-wal"_L1, "-shm"_L1})
        QFile::rename(m_path + suffix, aside + suffix);
    m_setAside = QFileInfo(aside).fileName();
    m_notice = u"%1 was broken and is now %2; a new one has begun"_s.arg(QFileInfo(m_path).fileName(), m_setAside);
    return true;
}

HistoryStep HistoryFile::writeAll(const QList<GameResult> &games) const
{
    HistoryStep step = runSql(m_database, u"BEGIN IMMEDIATE"_s);
    if (!step)
        return step;
    {
        GameWriter writer(m_database);
        for (auto game = games.begin(); step && game != games.end(); ++game)
            step = writer.add(*game);
        if (step)
            step = writer.keepNewest(m_path.isEmpty() ? gamesInMemory : gamesOnDisk);
        if (step)
            step = writer.boundRankings(namesOfAGame, rankingsOfAGame);
    }
    if (step)
        step = runSql(m_database, u"COMMIT"_s);
    if (!step)
        (void)runSql(m_database, u"ROLLBACK"_s);
    return step;
}

HistoryStep HistoryFile::readGames(HistoryView &view)
{
    QSqlQuery ends(m_database);
    // As two selects each is one look at an end of the table; as one it reads all of it.
    if (!ends.exec(u"SELECT (SELECT min(id) FROM games), (SELECT max(id) FROM games)"_s) || !ends.next())
        return sqlFailure(ends);
    const qint64 newest = ends.value(1).toLongLong();
    const qint64 total = ends.isNull(1) ? 0 : newest - ends.value(0).toLongLong() + 1;
    QList<PlayedGame> games;
    HistoryStep step = visitBehind(std::max(m_readTo, newest - gamesInView), [&games](const PlayedGame &game) {
        games.append(game);
        return true;
    });
    if (!step)
        return step;
    std::ranges::reverse(games);
    if (m_readTo > 0)
        games += view.games.first(std::min(view.games.size(), gamesInView - games.size()));
    view.games = games;
    view.totalGames = total;
    m_readTo = newest;
    return true;
}

HistoryStep HistoryFile::readRankings(HistoryView &view) const
{
    QSqlQuery kinds(m_database);
    // DISTINCT would read every name; this jumps from one kind of game to the next.
    if (!kinds.exec(u"WITH RECURSIVE kinds (game) AS (SELECT min(game) FROM rankings UNION ALL"
                    " SELECT (SELECT min(game) FROM rankings WHERE game > kinds.game) FROM kinds"
                    " WHERE kinds.game IS NOT NULL) SELECT game FROM kinds WHERE game IS NOT NULL"_s))
        return sqlFailure(kinds);
    QSqlQuery best(m_database);
    best.prepare(u"SELECT game, name, games, wins, best, total / games, last_ms FROM rankings WHERE game = ?"
                 " ORDER BY wins DESC, best DESC, name LIMIT ?"_s);
    QList<Ranking> rankings;
    while (kinds.next()) {
        if (HistoryStep step = runSql(best, {kinds.value(0), rankingsOfAGame}); !step)
            return step;
        while (best.next())
            rankings.append(rankingAt(best));
    }
    view.rankings = rankings;
    return true;
}

HistoryStep HistoryFile::visitBehind(qint64 number, const std::function<bool(const PlayedGame &game)> &visit) const
{
    QSqlQuery games(m_database);
    QSqlQuery players(m_database);
    games.setForwardOnly(true); // no row is kept
    players.setForwardOnly(true);
    games.prepare(u"SELECT id, started_ms, ended_ms, room, game, results FROM games WHERE id > ? ORDER BY id"_s);
    players.prepare(u"SELECT game_id, player_id, name, place, score FROM players WHERE game_id > ?"
                    " ORDER BY game_id, line"_s);
    for (QSqlQuery *query : {&games, &players}) {
        if (HistoryStep step = runSql(*query, {number}); !step)
            return step;
    }
    players.next();
    while (games.next()) {
        PlayedGame game = gameAt(games);
        takePlayers(game, players);
        if (!visit(game))
            return true;
    }
    for (const QSqlQuery *query : {&games, &players}) {
        if (query->lastError().isValid())
            return sqlFailure(*query);
    }
    return true;
}

} // namespace glasshouse
