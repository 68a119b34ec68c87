// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"
#include "server/snapshot.h"

#include <QFile>
#include <QJsonObject>
#include <cstdio>

namespace glasshouse {

/// Writes what happens: lines for people on standard error, or JSON, one object a line, appended to a file. Each object has
/// `time`, `level`, `event` and `text`; what else is in it depends on the event.
class EventLog
{
public:
    /// `lines`: where those for people go; not owned.
    explicit EventLog(LogLevel level, std::FILE *lines = stderr) : m_level(level), m_lines(lines) { }

    /// False: the file can not be written; errorString() says why.
    [[nodiscard]] bool open(const QString &file);
    [[nodiscard]] QString errorString() const { return m_file.errorString(); }
    void add(const News &news);
    void message(LogLevel level, const QString &text);

private:
    QFile m_file;
    LogLevel m_level;
    std::FILE *m_lines;

    [[nodiscard]] bool wants(LogLevel level) const { return level <= m_level; }
    void writeJson(qint64 timeMs, LogLevel level, const QString &event, const QString &text, QJsonObject more = {});
    void writeLine(qint64 timeMs, LogLevel level, const QString &text);
    void addLines(const News &news);
    void addObjects(const News &news);
    void addEnded(qint64 timeMs, const ConnectionEnded &ended, const QString &text);
};

} // namespace glasshouse
