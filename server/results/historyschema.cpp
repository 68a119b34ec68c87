// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyschema.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcHistory, "glasshouse.history")

namespace {

// SQLite's result codes; the upper bits hold details.
constexpr int codeMask = 0xff;
constexpr int codeCorrupt = 11;
constexpr int codeNotADatabase = 26;

HistoryStep runAll(const QSqlDatabase &database, const Migration &statements)
{
    for (const QString &statement : statements) {
        if (HistoryStep step = runSql(database, statement); !step)
            return step;
    }
    return true;
}

HistoryStep takeMissing(const QSqlDatabase &database, const QList<Migration> &migrations)
{
    // Again, behind the lock: another program may have been faster.
    const auto version = schemaVersion(database, migrations);
    if (!version)
        return version.error();
    for (qsizetype i = version.value(); i < migrations.size(); ++i) {
        if (HistoryStep step = runAll(database, migrations[i]); !step)
            return step;
    }
    return runSql(database, u"PRAGMA user_version = %1"_s.arg(migrations.size()));
}

} // namespace

Error<HistoryError> sqlFailure(const QSqlQuery &query)
{
    const QSqlError error = query.lastError();
    const int code = error.nativeErrorCode().toInt() & codeMask;
    const bool broken = code == codeCorrupt || code == codeNotADatabase;
    const QString text = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    return {broken ? HistoryError::Broken : HistoryError::Failed, text.toUtf8()};
}

HistoryStep runSql(const QSqlDatabase &database, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement))
        return sqlFailure(query);
    return true;
}

HistoryStep runSql(QSqlQuery &query, const QVariantList &values)
{
    if (query.lastError().isValid())
        return sqlFailure(query);
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values[i]);
    if (!query.exec())
        return sqlFailure(query);
    return true;
}

// Rankings are kept, not computed: a game costs the same when there are a million before it.
const QList<Migration> &historyMigrations()
{
    static const QList<Migration> migrations{
        {u"CREATE TABLE games (id INTEGER PRIMARY KEY, started_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL,"
         " room TEXT NOT NULL, game TEXT NOT NULL, results TEXT NOT NULL)"_s,
         u"CREATE TABLE players (game_id INTEGER NOT NULL REFERENCES games (id), line INTEGER NOT NULL,"
         " player_id TEXT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL, score REAL NOT NULL,"
         " PRIMARY KEY (game_id, line)) WITHOUT ROWID"_s,
         u"CREATE TABLE rankings (game TEXT NOT NULL, name TEXT NOT NULL, games INTEGER NOT NULL, wins INTEGER NOT "
         u"NULL,"
         " best REAL NOT NULL, total REAL NOT NULL, last_ms INTEGER NOT NULL, PRIMARY KEY (game, name)) WITHOUT ROWID"_s,
         u"CREATE INDEX rankings_in_order ON rankings (game, wins DESC, best DESC, name)"_s},
    };
    return migrations;
}

Result<int, HistoryError> schemaVersion(const QSqlDatabase &database, const QList<Migration> &migrations)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return sqlFailure(query);
    const int version = query.value(0).toInt();
    if (version > migrations.size())
        return Error<HistoryError>{HistoryError::Newer, "it comes from a newer Glasshouse"};
    return std::max(version, 0);
}

HistoryStep migrate(const QSqlDatabase &database, const QList<Migration> &migrations)
{
    const auto version = schemaVersion(database, migrations);
    if (!version)
        return version.error();
    if (version.value() == migrations.size())
        return true;
    if (HistoryStep begun = runSql(database, u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    HistoryStep done = takeMissing(database, migrations);
    if (done)
        done = runSql(database, u"COMMIT"_s);
    if (!done)
        (void)runSql(database, u"ROLLBACK"_s);
    return done;
}

} // namespace glasshouse
