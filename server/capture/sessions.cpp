// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/sessions.h"

#include "base/filelock.h"
#include "base/privatefiles.h"

#include <QDateTime>
#include <QDir>
#include <QUuid>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// Beside the session: its own folder has to be empty when the capture begins.
QString lockOf(const QString &session) { return session + u".lock"_s; }

qint64 sizeOf(const QDir &session)
{
    qint64 bytes = 0;
    for (const QFileInfo &file : session.entryInfoList(QDir::Files))
        bytes += file.size();
    return bytes;
}

void removeUnlessInUse(QDir session)
{
    if (const auto lock = FileLock::take(lockOf(session.path())))
        session.removeRecursively();
}

} // namespace

SessionFolder makeSessionFolder(const QString &directory)
{
    // Two servers that start in the same second do not meet.
    const QString name = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s) + u'-'
        + QUuid::createUuid().toString(QUuid::Id128).left(4);
    const QString path = QDir(directory).filePath(name);
    (void)makePrivateFolder(directory); // where it can not be made, the capture says so
    auto lock = FileLock::take(lockOf(path));
    // Without it the session is only less safe from another program's tidying.
    return {path, lock ? std::move(lock.value()) : nullptr};
}

void pruneSessions(const QString &directory, qint64 budgetBytes)
{
    if (budgetBytes == 0)
        return;
    qint64 kept = 0;
    const QStringList newestFirst =
        QDir(directory).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString &name : newestFirst) {
        const QDir session(QDir(directory).filePath(name));
        if (!session.exists(u"session.json"_s))
            continue;
        kept += sizeOf(session);
        if (kept > budgetBytes)
            removeUnlessInUse(session);
    }
}

} // namespace glasshouse
