// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

namespace glasshouse {

class FileLock;

/// A new folder for a session in `directory`, held by a lock for as long as the caller keeps it. Names sort by time.
struct SessionFolder
{
    QString path;
    std::shared_ptr<FileLock> lock; ///< null: there could be none
};
[[nodiscard]] SessionFolder makeSessionFolder(const QString &directory);

/// Removes the oldest sessions in `directory` until the others have at most `budgetBytes`. Sessions of programs that run,
/// and folders that hold no capture, stay. 0: nothing is removed.
void pruneSessions(const QString &directory, qint64 budgetBytes);

} // namespace glasshouse
