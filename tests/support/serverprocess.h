// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace glasshouse {

/// A running `glasshouse serve` on a free port, with a data folder and a log of its own. The program is the one that the
/// environment variable GLASSHOUSE names. Linux: what it uses is read from /proc.
class ServerProcess
{
public:
    /// `arguments` come behind `serve --port 0 …`. `maxDescriptors`: its limit of open files, 0 = as it is.
    explicit ServerProcess(const QStringList &arguments = {}, int maxDescriptors = 0);
    ~ServerProcess();
    Q_DISABLE_COPY_MOVE(ServerProcess)

    /// Waits for the line that says it listens. False: see output().
    [[nodiscard]] bool start();
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] const QJsonObject &listening() const { return m_listening; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] bool running() const { return m_process.state() == QProcess::Running; }
    /// What it wrote to standard output and standard error so far.
    [[nodiscard]] QByteArray output();

    void sendSignal(int signal);
    /// SIGTERM; gives the exit code, or −1 if it crashed or did not end within `milliseconds`.
    [[nodiscard]] int stop(int milliseconds = 8000);

    [[nodiscard]] qint64 residentBytes() const;
    [[nodiscard]] int descriptors() const;
    [[nodiscard]] double cpuSeconds() const; ///< user and system, of all its threads

    /// Everything that it writes: its data and its log.
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    /// Lines of its log with this "event", in order; all lines for an empty name.
    [[nodiscard]] QList<QJsonObject> log(const QString &event = {}) const;
    /// The `ending` objects of all connections that ended or were refused, in order.
    [[nodiscard]] QList<QJsonObject> endings() const;
    /// Waits until there are at least `count` endings and gives number `count`; an empty object when none came in time.
    [[nodiscard]] QJsonObject ending(qsizetype count = 1, int milliseconds = 5000) const;

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QStringList m_arguments;
    QJsonObject m_listening;
    QByteArray m_output;
    quint16 m_port = 0;

    [[nodiscard]] QString logFile() const { return m_folder.filePath(QStringLiteral("log")); }
};

/// Options that take away every limit a test would meet by the number of its connections alone.
[[nodiscard]] QStringList manyConnections();

} // namespace glasshouse
