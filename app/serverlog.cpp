// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverlog.h"

#include "server/config/configfaults.h"

#include <QDir>
#include <QFileInfo>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

/// What lies in the data folder is nobody else's.
LogFile::Readers readersOf(const Options &options)
{
    const QString file = QDir::cleanPath(QFileInfo(options.logFile).absoluteFilePath());
    const QStringList folders = dataFoldersOf(options.server);
    const bool isData = std::any_of(folders.begin(), folders.end(),
                                    [&file](const QString &folder) { return file.startsWith(folder + u'/'); });
    return isData ? LogFile::Readers::Nobody : LogFile::Readers::Group;
}

} // namespace

std::unique_ptr<EventLog> openLog(const Options &options, QString &error)
{
    if (options.logFile.isEmpty())
        return std::make_unique<EventLog>(options.logLevel);
    const LogFile::Bounds bounds{options.logMaxBytes, options.logKeep};
    auto log = std::make_unique<EventLog>(options.logLevel,
                                          std::make_unique<LogFile>(options.logFile, bounds, readersOf(options)));
    if (log->open())
        return log;
    error = u"can not write %1: %2"_s.arg(options.logFile, log->errorString());
    return nullptr;
}

ServerLog::ServerLog(Host &host, std::unique_ptr<EventLog> log)
    : m_host(host),
      m_qt([this](LogLevel level, const QString &category, const QString &text) {
          m_log->message(level, text, category);
      })
{
    replace(std::move(log));
    QObject::connect(&host, &Host::news, &m_listener, [this](const News &news) { m_log->add(news); });
    QObject::connect(&host, &Host::started, &m_listener,
                     [this] { m_host.setHealth(HealthFault::LogFailed, m_log->errorString(), m_log->lost()); });
}

void ServerLog::replace(std::unique_ptr<EventLog> log)
{
    m_log = std::move(log);
    m_host.setHealth(HealthFault::LogFailed, {}, 0); // of the one before
    m_log->setTroubleCallback(
        [this](const QString &words, qint64 lost) { m_host.setHealth(HealthFault::LogFailed, words, lost); });
}

} // namespace glasshouse
