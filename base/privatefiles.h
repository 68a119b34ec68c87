// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QStringList>

namespace glasshouse {

// Files and folders of this user alone, from their first byte on: whoever made them with other rights and took those away
// afterwards would leave a moment in which somebody opens them.

constexpr QFileDevice::Permissions privateFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions privateFolder = privateFile | QFileDevice::ExeOwner;

/// Opens the file, and makes it if it is missing. One that was made with other rights, by an earlier version, loses them.
[[nodiscard]] bool openPrivately(QFile &file, QIODevice::OpenMode mode);

/// Makes the folder, and those above it that are missing; what is there stays as it is. `made`: those that it made, the uppermost
/// first. Returns the system's words; empty: it is there.
[[nodiscard]] QString makePrivateFolder(const QString &path, QStringList *made = nullptr);

/// Why nobody can write into this folder, or make it, in the system's words; empty: it can be done. Changes nothing.
[[nodiscard]] QString whyNotWritable(const QString &folder);

/// Puts a file with these contents in the place of what has its name: all of it, or nothing. `rights` are given to it once it is
/// whole; until then it is its user's alone.
class FileInWaiting
{
public:
    explicit FileInWaiting(QString path);
    ~FileInWaiting();
    Q_DISABLE_COPY_MOVE(FileInWaiting)

    [[nodiscard]] bool write(const QByteArray &contents);
    [[nodiscard]] bool commit(QFileDevice::Permissions rights = privateFile);
    [[nodiscard]] const QString &path() const { return m_path; }
    /// The system's words.
    [[nodiscard]] const QString &errorString() const { return m_error; }

private:
    QString m_path;
    QFile m_file;
    QString m_error;

    [[nodiscard]] bool checked(bool done);
};

} // namespace glasshouse
