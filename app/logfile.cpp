// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logfile.h"

#include "base/openfile.h"
#include "base/privatefiles.h"

#include <QFileInfo>

namespace glasshouse {

namespace {

constexpr auto toADevice = QIODevice::WriteOnly | QIODevice::ExistingOnly | QIODevice::Unbuffered;
constexpr auto appending = QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered;

QString aside(const QString &path, int number) { return path + u'.' + QString::number(number); }

} // namespace

LogFile::LogFile(std::FILE *stream) { (void)m_file.open(stream, QIODevice::WriteOnly | QIODevice::Unbuffered); }

LogFile::LogFile(const QString &path, Bounds bounds, Readers readers)
    : m_path(path),
      m_file(path),
      m_bounds(bounds),
      m_readers(readers)
{ }

bool LogFile::openAs(QIODevice::OpenMode mode)
{
    const bool isOurs = m_readers == Readers::Nobody && mode == appending;
    return isOurs ? openPrivately(m_file, mode) : m_file.open(mode, privateFile | QFileDevice::ReadGroup);
}

bool LogFile::open()
{
    m_file.close();
    const QFileInfo there(m_path);
    const bool isDevice = there.exists() && !there.isFile() && !there.isDir(); // which has no end to append to
    const bool isOpen = openAs(isDevice ? toADevice : appending);
    m_error = isOpen ? QString() : m_file.errorString();
    m_isRegular = isOpen && QFileInfo(m_path).isFile();  // and no device or pipe
    m_rotateAt = there.isSymLink() ? 0 : m_bounds.bytes; // as /dev/stdout: it is not the file
    return isOpen;
}

bool LogFile::write(const QByteArray &lines, qint64 count)
{
    if (isFull(lines.size()))
        rotate();
    const bool isOpen = m_file.isOpen() || (!m_path.isEmpty() && open());
    const qint64 size = isOpen && m_isRegular ? m_file.size() : 0;
    if (isOpen && writeAll(lines)) {
        m_error.clear();
        return true;
    }
    if (isOpen)
        m_error = m_file.errorString();
    if (isOpen && m_isRegular)
        m_file.resize(size); // half a line would spoil the next one
    m_lost += count;
    return false;
}

/// One line more than the bound is no reason to begin a file for each.
bool LogFile::isFull(qint64 more) const
{
    const qint64 size = m_isRegular && m_rotateAt > 0 ? m_file.size() : 0;
    return size > 0 && size + more > m_rotateAt;
}

bool LogFile::writeAll(QByteArrayView bytes)
{
    m_file.unsetError();
    while (!bytes.isEmpty()) {
        const qint64 written = m_file.write(bytes.data(), bytes.size());
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return m_file.flush();
}

void LogFile::rotate()
{
    if (!isStillAt(m_file.handle(), m_path)) {
        (void)open(); // somebody has put it aside already; those that we kept are no business of the file that is there
        return;
    }
    const qint64 size = m_file.size();
    m_file.close();
    QFile::remove(aside(m_path, m_bounds.kept));
    for (int i = m_bounds.kept - 1; i > 0; --i)
        QFile::rename(aside(m_path, i), aside(m_path, i + 1));
    const bool isAside = m_bounds.kept > 0 ? QFile::rename(m_path, aside(m_path, 1)) : QFile::remove(m_path);
    if (open() && !isAside)
        m_rotateAt = size + m_bounds.bytes; // the folder does not let us: later, perhaps
}

} // namespace glasshouse
