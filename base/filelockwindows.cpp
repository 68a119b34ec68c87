// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/filelock.h"

#include <QLockFile>

namespace glasshouse {

namespace {

class WindowsLock final : public FileLock
{
public:
    explicit WindowsLock(const QString &path) : m_file(path) { m_file.setStaleLockTime(0); }
    QLockFile m_file;
};

} // namespace

Result<std::shared_ptr<FileLock>, FileLockError> FileLock::take(const QString &path)
{
    auto lock = std::make_shared<WindowsLock>(path);
    if (lock->m_file.tryLock(0))
        return std::shared_ptr<FileLock>(std::move(lock));
    if (lock->m_file.error() != QLockFile::LockFailedError)
        return Error<FileLockError>{FileLockError::Failed, "the file can not be made"};
    qint64 process = 0;
    QString machine;
    QString program;
    if (!lock->m_file.getLockInfo(&process, &machine, &program))
        return Error<FileLockError>{FileLockError::Taken, {}};
    return Error<FileLockError>{FileLockError::Taken, program.toUtf8() + " (PID " + QByteArray::number(process) + ')'};
}

} // namespace glasshouse
