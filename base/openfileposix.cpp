// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/openfile.h"

#include <QFile>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace glasshouse {

bool isStillAt(int descriptor, const QString &path)
{
    struct stat ours = {};
    struct stat there = {};
    return ::fstat(descriptor, &ours) == 0 && ::stat(QFile::encodeName(path).constData(), &there) == 0
        && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

QString syncToDisk(int descriptor)
{
    const bool isDone =
        ::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP; // what can not be synced is done
    return isDone ? QString() : qt_error_string(errno);
}

} // namespace glasshouse
