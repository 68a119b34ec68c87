// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QLoggingCategory>
#include <QStringList>
#include <QVariant>

class QSqlDatabase;
class QSqlQuery;

namespace glasshouse {

Q_DECLARE_LOGGING_CATEGORY(lcHistory)

enum class HistoryError : quint8 {
    Failed, ///< disk full, no rights, locked by somebody else …
    Broken, ///< not an SQLite file, or damaged
    Newer,  ///< of a version that came after this program
};

/// What was done, or why not.
using HistoryStep = Result<bool, HistoryError>;

/// Why `query` failed.
[[nodiscard]] Error<HistoryError> sqlFailure(const QSqlQuery &query);
/// Runs one statement that has no rows.
[[nodiscard]] HistoryStep runSql(const QSqlDatabase &database, const QString &statement);
/// Runs a prepared statement; where preparing failed, says why.
[[nodiscard]] HistoryStep runSql(QSqlQuery &query, const QVariantList &values);

/// The statements that lead from one version of the file to the next. What was released is never changed: the next version
/// is one more entry.
using Migration = QStringList;
[[nodiscard]] const QList<Migration> &historyMigrations();

/// PRAGMA user_version: how many migrations the file has behind it. Newer if there are more than we know.
[[nodiscard]] Result<int, HistoryError> schemaVersion(const QSqlDatabase &database, const QList<Migration> &migrations);
/// Takes the missing ones, all or none of them. A file that lacks none is not written to.
[[nodiscard]] HistoryStep migrate(const QSqlDatabase &database, const QList<Migration> &migrations);

} // namespace glasshouse
