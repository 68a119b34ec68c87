// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/inprocesshost.h"
#include "ui/mainwindow.h"

#include <QEventLoop>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

namespace glasshouse {

/// The real main window over a server in this process that stops no load. Whatever it writes goes with it.
class BenchWindow
{
public:
    explicit BenchWindow(qint64 captureBytes)
        : m_settings(m_directory.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          m_window(m_host, m_settings)
    {
        ServerConfig config;
        config.port = 0;
        config.bindAddress = QStringLiteral("127.0.0.1");
        config.captureDirectory = m_directory.filePath(QStringLiteral("captures"));
        config.captureBudgetBytes = captureBytes;
        config.limits.messageRate = config.limits.messageBurst = 0;
        config.limits.byteRate = 0;
        config.limits.heartbeatSeconds = 0; // the load answers no pings
        config.limits.connectionRatePerAddress = config.limits.connectionsPerAddress = 0;
        config.limits.headsPerAddress = 0;
        m_window.setConfig(config);
        m_window.show();
    }

    /// False: the server did not start, or has no capture.
    [[nodiscard]] bool start()
    {
        QEventLoop starting;
        QObject::connect(&m_host, &Host::started, &starting, &QEventLoop::quit);
        QObject::connect(&m_host, &Host::startFailed, &starting, &QEventLoop::quit);
        m_window.startServer();
        starting.exec();
        return m_host.state() == ServerState::Running && m_host.capture();
    }

    [[nodiscard]] InProcessHost &host() { return m_host; }
    [[nodiscard]] QSettings &settings() { return m_settings; }
    [[nodiscard]] MainWindow &window() { return m_window; }
    [[nodiscard]] quint64 rows() const { return m_host.capture()->stats().endRow; }

    /// Into the filter of the log.
    void filter(const QString &text)
    {
        const auto fields = m_window.findChildren<QLineEdit *>();
        for (QLineEdit *field : fields) {
            if (field->accessibleName() == QLatin1String("Filter by text"))
                field->setText(text);
        }
    }

private:
    const QTemporaryDir m_directory;
    QSettings m_settings;
    InProcessHost m_host;
    MainWindow m_window;
};

inline void wait(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace glasshouse
