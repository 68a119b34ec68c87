// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/privatefiles.h"

#include "base/openfile.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>
#include <filesystem>
#include <system_error>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr auto othersRights = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
    | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

/// QDir has no words for it.
QString whyNot(const QString &folder)
{
    std::error_code error;
    if (QFileInfo::exists(folder))
        error = std::make_error_code(std::errc::not_a_directory);
    else
        std::filesystem::create_directory(folder.toStdU16String(), error);
    return QString::fromStdString(error.message());
}

} // namespace

bool openPrivately(QFile &file, QIODevice::OpenMode mode)
{
    if (!file.open(mode, privateFile))
        return false;
    if ((file.permissions() & othersRights) != 0)
        file.setPermissions(privateFile); // somebody else's file: its owner's business
    return true;
}

QString makePrivateFolder(const QString &path, QStringList *made)
{
    const QString folder = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (QFileInfo(folder).isDir())
        return {};
    const QString above = QFileInfo(folder).path();
    if (above != folder) {
        if (QString error = makePrivateFolder(above, made); !error.isEmpty())
            return error;
    }
    if (QDir(above).mkdir(QFileInfo(folder).fileName(), privateFolder)) {
        if (made != nullptr)
            made->append(folder);
        return {};
    }
    if (QFileInfo(folder).isDir())
        return {}; // somebody was faster
    return whyNot(folder);
}

FileInWaiting::FileInWaiting(QString path)
    : m_path(std::move(path)),
      m_file(m_path + u'.' + QUuid::createUuid().toString(QUuid::Id128).left(8))
{ }

FileInWaiting::~FileInWaiting()
{
    if (m_file.isOpen())
        m_file.remove();
}

bool FileInWaiting::checked(bool done)
{
    if (!done)
        m_error = m_file.errorString();
    return done;
}

bool FileInWaiting::write(const QByteArray &contents)
{
    return checked(m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly, privateFile)
                   && m_file.write(contents) == contents.size() && m_file.flush());
}

bool FileInWaiting::commit(QFileDevice::Permissions rights)
{
    if (rights != privateFile && !checked(m_file.setPermissions(rights)))
        return false;
    m_error = syncToDisk(m_file.handle()); // or a name without contents could be all that a failing power supply leaves
    if (!m_error.isEmpty())
        return false;
    m_file.close();
    std::error_code error;
    std::filesystem::rename(m_file.fileName().toStdU16String(), m_path.toStdU16String(), error);
    if (!error)
        return true;
    m_error = QString::fromStdString(error.message());
    m_file.remove();
    return false;
}

} // namespace glasshouse
