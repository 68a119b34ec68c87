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

/// May others take out of it what is not theirs?
bool isOthersToWrite(const QString &folder)
{
    struct stat place = {};
    if (::stat(QFile::encodeName(folder).constData(), &place) != 0 || (place.st_mode & S_ISVTX) != 0)
        return false;
    const bool isPrivateGroup = place.st_gid == place.st_uid;
    return (place.st_mode & S_IWOTH) != 0 || ((place.st_mode & S_IWGRP) != 0 && !isPrivateGroup);
}

/// The folder of the file, or that of a link to it, if others may write there; else empty.
QString folderOfOthers(const QString &path)
{
    for (const QString &file : {path, QFileInfo(path).canonicalFilePath()}) {
        QString folder = QFileInfo(file).absolutePath();
        if (isOthersToWrite(folder))
            return folder;
    }
    return {};
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
