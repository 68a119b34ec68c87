// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/filelock.h"

#include "base/openfile.h"

#include <QCoreApplication>
#include <QFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int attempts = 10; // each holder that goes takes its file with it

using Taking = Result<std::shared_ptr<FileLock>, FileLockError>;

class PosixLock final : public FileLock
{
public:
    PosixLock(int descriptor, QByteArray path) : m_descriptor(descriptor), m_path(std::move(path)) { }
    ~PosixLock() override
    {
        if (!m_path.isEmpty())
            ::unlink(m_path.constData());
        ::close(m_descriptor);
    }
    /// The file is somebody else's.
    void abandon() { m_path.clear(); }

private:
    int m_descriptor;
    QByteArray m_path;
};

Taking failed(int error) { return Error<FileLockError>{FileLockError::Failed, qt_error_string(error).toUtf8()}; }

/// Two lines: the process, and its name (as QLockFile writes them).
QByteArray holderIn(int descriptor)
{
    char text[256];
    const auto size = ::pread(descriptor, text, sizeof text, 0);
    const QList<QByteArray> lines = QByteArray(text, qMax<qsizetype>(0, size)).split('\n');
    const QByteArray name = lines.value(1).trimmed();
    const QByteArray process = lines.value(0).trimmed();
    return process.isEmpty() || name.isEmpty() ? QByteArray() : name + " (PID " + process + ')';
}

void sayWho(int descriptor)
{
    const QByteArray text = QByteArray::number(QCoreApplication::applicationPid()) + '\n'
        + QCoreApplication::applicationName().toUtf8() + '\n';
    if (::ftruncate(descriptor, 0) == 0) // on a full disk nobody is named
        [[maybe_unused]]
        const auto written = ::pwrite(descriptor, text.constData(), size_t(text.size()), 0);
}

} // namespace

Taking FileLock::take(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    for (int i = 0; i < attempts; ++i) {
        const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0)
            return failed(errno);
        auto lock = std::make_shared<PosixLock>(descriptor, name);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            const QByteArray holder = holderIn(descriptor);
            lock->abandon();
            return Error<FileLockError>{FileLockError::Taken, holder};
        }                                  // a file system without locks: nobody is kept out
        if (isStillAt(descriptor, path)) { // whoever held it before may have taken the file away
            ::fchmod(descriptor, 0600);    // one that an earlier version left
            sayWho(descriptor);
            return std::shared_ptr<FileLock>(std::move(lock));
        }
        lock->abandon();
    }
    return failed(EBUSY);
}

} // namespace glasshouse
