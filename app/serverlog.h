// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/eventlog.h"
#include "app/qtmessages.h"
#include "server/host.h"

namespace glasshouse {

/// As the options say; a new one each time, so that a file that was moved away is begun anew. Null: `error` says why there is none.
[[nodiscard]] std::unique_ptr<EventLog> openLog(const Options &options, QString &error);

/// The log of a program that runs a server: what happens there, what Qt complains about, and what the program says itself. The host
/// hears when it can not be written. The host outlives it.
class ServerLog
{
public:
    ServerLog(Host &host, std::unique_ptr<EventLog> log);

    void replace(std::unique_ptr<EventLog> log);
    void message(LogLevel level, const QString &text) { m_log->message(level, text); }

private:
    Host &m_host;
    std::unique_ptr<EventLog> m_log;
    QObject m_listener; ///< goes before the log
    QtMessages m_qt;
};

} // namespace glasshouse
