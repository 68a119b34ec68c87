// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/linefold.h"
#include "app/logfile.h"
#include "app/options.h"
#include "server/snapshot.h"

#include <QJsonObject>
#include <QTimer>
#include <functional>
#include <memory>

namespace glasshouse {

/// Writes what happens: lines for people on standard error, or JSON, one object a line, appended to a file. Each object has
/// `time`, `level`, `event` and `text`; what else is in it depends on the event. Whoever never takes a seat gets one line an address
/// and minute, and one more for what went wrong with him; the rest is counted in the next. At Debug each has a line of its own.
class EventLog
{
public:
    /// `lines`: where those for people go; not owned.
    explicit EventLog(LogLevel level, std::FILE *lines = stderr);
    /// Objects, to a file; open() it.
    EventLog(LogLevel level, std::unique_ptr<LogFile> file);
    ~EventLog();
    Q_DISABLE_COPY_MOVE(EventLog)

    /// False: the file can not be written; errorString() says why.
    [[nodiscard]] bool open() { return m_file->open(); }
    [[nodiscard]] QString errorString() const { return m_file->errorString(); }
    [[nodiscard]] qint64 lost() const { return m_file->lost(); } ///< lines
    /// Called when the file can not be written, with the system's words, and with none when it can again; `lost`: lines so far.
    void setTroubleCallback(std::function<void(const QString &words, qint64 lost)> callback)
    {
        m_trouble = std::move(callback);
    }

    void add(const News &news);
    void message(LogLevel level, const QString &text, const QString &category = {});

private:
    enum class Format : quint8 { Lines, Objects };

    std::unique_ptr<LogFile> m_file;
    LogLevel m_level;
    Format m_format;
    std::function<void(const QString &words, qint64 lost)> m_trouble;
    LineFold m_strangers;
    LineFold m_floods;  ///< of events and messages that are alike
    QByteArray m_batch; ///< lines that are written together
    qint64 m_batchLines = 0;
    qint64 m_lostBefore = -1; ///< lines, when the trouble began; −1: there is none
    QTimer m_tick;            ///< while something is folded, or the file is in trouble

    [[nodiscard]] bool wants(LogLevel level) const { return level <= m_level; }
    [[nodiscard]] bool folds() const { return m_level != LogLevel::Debug; }
    [[nodiscard]] bool getsALine(const ConnectionEnded &ended, qint64 timeMs);
    [[nodiscard]] bool getsALine(const ServerEvent &event);
    void put(qint64 timeMs, LogLevel level, const QString &event, const QString &text, QJsonObject more = {});
    void putFolded(qint64 timeMs, const QList<LineFold::Folded> &strangers, const QList<LineFold::Folded> &floods);
    void addLines(const News &news);
    void addObjects(const News &news);
    void addEnded(qint64 timeMs, const ConnectionEnded &ended, const QString &text);
    void tick();
    void writeBatch();
    void putGap(qint64 lost);
    void sayTrouble() const;
};

} // namespace glasshouse
