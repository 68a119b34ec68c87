// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/filemode.h"

#include <QFile>
#include <QFileInfo>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace glasshouse {

namespace {

bool isOfAContainer(const QString &path)
{
    struct statvfs place = {};
    const bool isReadOnly =
        ::statvfs(QFile::encodeName(path).constData(), &place) == 0 && (place.f_flag & ST_RDONLY) != 0;
    return isReadOnly || QFileInfo(path).canonicalFilePath().startsWith(QLatin1StringView("/run/secrets/"));
}

/// The one that holds the file, if everybody may take out of it what is not his.
QString folderOfOthers(const QString &path)
{
    const QString folder = QFileInfo(QFileInfo(path).canonicalFilePath()).path();
    struct stat place = {};
    const bool isThere = ::stat(QFile::encodeName(folder).constData(), &place) == 0;
    return isThere && (place.st_mode & S_IWOTH) != 0 && (place.st_mode & S_ISVTX) == 0 ? folder : QString();
}

} // namespace

FileOpenness opennessOf(const QString &path)
{
    struct stat file = {};
    if (path.isEmpty() || ::stat(QFile::encodeName(path).constData(), &file) != 0 || isOfAContainer(path))
        return {};
    const bool isPrivateGroup = file.st_gid == file.st_uid;
    const bool isOurWayIn = file.st_uid != ::geteuid();
    FileOpenness open{(file.st_mode & S_IROTH) != 0, (file.st_mode & S_IWOTH) != 0,
                      QString::number(file.st_mode & 0777, 8)};
    open.othersWrite |= (file.st_mode & S_IWGRP) != 0 && !isPrivateGroup;
    open.folder = folderOfOthers(path);
    open.othersRead |= (file.st_mode & S_IRGRP) != 0 && !isPrivateGroup && !isOurWayIn;
    return open;
}

} // namespace glasshouse
