// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <cstdio>

namespace glasshouse {

/// Where the lines of a log go. A file has a bound: a full one is put aside as FILE.1, the one before as FILE.2, and so on; not
/// where the name is a link, or another file's by then. What can not be written is lost and counted, leaves no half a line behind, and
/// is tried anew with what comes next.
class LogFile
{
public:
    /// Of what it takes on disk: `bytes` of each, and so many that are full. 0 bytes: there is no bound.
    struct Bounds
    {
        qint64 bytes = 64LL * 1024 * 1024;
        int kept = 4;
    };
    enum class Readers : quint8 { Group, Nobody }; ///< besides its user, as far as his umask lets them

    /// `stream` stays its owner's.
    explicit LogFile(std::FILE *stream);
    LogFile(const QString &path, Bounds bounds, Readers readers);

    /// Also where it was moved away, or its name is another file by now. False: errorString() says why.
    [[nodiscard]] bool open();
    /// Whole lines, so many. False: they are lost.
    bool write(const QByteArray &lines, qint64 count);

    /// The system's words about the last time; empty: all is well.
    [[nodiscard]] const QString &errorString() const { return m_error; }
    /// Lines, so far.
    [[nodiscard]] qint64 lost() const { return m_lost; }
    /// Empty: it is a stream.
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    QFile m_file;
    Bounds m_bounds;
    Readers m_readers;
    QString m_error;
    qint64 m_lost = 0;
    qint64 m_rotateAt = 0; ///< bytes; 0: never
    bool m_isRegular = false;

    [[nodiscard]] bool openAs(QIODevice::OpenMode mode);
    [[nodiscard]] bool isFull(qint64 more) const;
    void rotate();
    [[nodiscard]] bool writeAll(QByteArrayView bytes);
};

} // namespace glasshouse
