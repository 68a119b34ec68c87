// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"
#include "server/snapshot.h"

#include <QFile>

namespace glasshouse {

/// Writes what happens: lines for people on standard error, or JSON, one object a line, appended to a file.
class EventLog
{
public:
    explicit EventLog(LogLevel level) : m_level(level) { }

    /// False: the file can not be written; errorString() says why.
    [[nodiscard]] bool open(const QString &file);
    [[nodiscard]] QString errorString() const { return m_file.errorString(); }
    void add(const Snapshot &snapshot);
    void message(LogLevel level, const QString &text);

private:
    QFile m_file;
    LogLevel m_level;

    [[nodiscard]] bool wants(LogLevel level) const { return level <= m_level; }
    void writeJson(qint64 timeMs, QJsonObject object);
    void writeLine(qint64 timeMs, LogLevel level, const QString &text);
    void addEnded(qint64 timeMs, const ConnectionEnded &ended);
};

} // namespace glasshouse
