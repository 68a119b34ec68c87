// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/privatefiles.h"

#include <QDir>
#include <QFileInfo>
#include <cerrno>
#include <unistd.h>

namespace glasshouse {

QString whyNotWritable(const QString &folder)
{
    QString there = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    while (!QFileInfo::exists(there) && QFileInfo(there).path() != there)
        there = QFileInfo(there).path();
    if (!QFileInfo(there).isDir())
        return qt_error_string(ENOTDIR);
    return ::access(QFile::encodeName(there).constData(), W_OK | X_OK) == 0 ? QString() : qt_error_string(errno);
}

} // namespace glasshouse
