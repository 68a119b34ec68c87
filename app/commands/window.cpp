// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/window.h"

#include "app/commands/commandoutput.h"
#include "app/demo/demo.h"
#include "app/demo/demofolder.h"
#include "app/serverlog.h"
#include "app/startcheck.h"
#include "app/terminationsignals.h"
#include "server/inprocesshost.h"
#include "ui/base/addresses.h"
#include "ui/client/testclientwindow.h"
#include "ui/configsettings.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QSettings>
#include <QTimer>
#include <QUrl>
#include <optional>

namespace glasshouse {

namespace {

constexpr int endMs = 3'500; // a clean end takes three seconds

TestClientWindow *openTestClient(QSettings &settings, const Host &host, const QUrl &url)
{
    auto *window = new TestClientWindow(settings);
    window->setKnownCertificates([&host](const QUrl &target) {
        const bool isRunning = host.state() == ServerState::Running || host.state() == ServerState::Draining;
        return isRunning && isOwnAddress(host.listenInfo(), target) ? host.listenInfo().fingerprint : QByteArray();
    });
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->open(url, url.isValid());
    window->show();
    return window;
}

// What the window stored lies below the command line, the environment and the file.
Settings readSettings(const QSettings &stored, const QProcessEnvironment &environment)
{
    return Settings::ofProgram(environment, loadConfig(stored, defaultConfig()));
}

/// Reads the configuration anew, all or nothing; what was stored by the window meanwhile counts as well.
class WindowReload
{
public:
    WindowReload(Host &host, MainWindow &window, DemoFolder &demoFolder, ServerLog &log);

    void begin(const Settings &settings);

private:
    struct Next
    {
        Settings settings;
        std::unique_ptr<EventLog> log;
    };
    Host &m_host;
    MainWindow &m_window;
    DemoFolder &m_demoFolder;
    ServerLog &m_log;
    std::optional<Next> m_next; ///< until the host has taken it
    QObject m_listener;

    void take();
};

WindowReload::WindowReload(Host &host, MainWindow &window, DemoFolder &demoFolder, ServerLog &log)
    : m_host(host),
      m_window(window),
      m_demoFolder(demoFolder),
      m_log(log)
{
    QObject::connect(&host, &Host::reloaded, &m_listener, [this] { take(); });
    QObject::connect(&host, &Host::reloadFailed, &m_listener, [this] { m_next.reset(); });
    QObject::connect(&host, &Host::stopped, &m_listener, [this] { take(); }); // before it has heard of it
}

void WindowReload::begin(const Settings &settings)
{
    QStringList faults = startFaults(settings);
    QString error;
    auto log = faults.isEmpty() ? openLog(settings.options(), error) : nullptr;
    if (!error.isEmpty())
        faults += error;
    if (!faults.isEmpty())
        return m_window.showFault(faults.join(u'\n'));
    m_next = Next{settings, std::move(log)};
    if (m_host.state() != ServerState::Running && m_host.state() != ServerState::Draining)
        return take(); // for the next start
    m_host.reload(m_demoFolder.startConfig(settings));
}

void WindowReload::take()
{
    if (!m_next)
        return;
    Next next = *std::exchange(m_next, std::nullopt);
    m_log.replace(std::move(next.log));
    m_host.setNewsWanted(!next.settings.options().logFile.isEmpty());
    m_window.setConfig(m_demoFolder.startConfig(next.settings));
    for (const QString &warning : startWarnings(next.settings))
        m_log.message(LogLevel::Warning, warning);
}

/// What happens until everybody has been told belongs in the log.
void endServer(Host &host)
{
    QEventLoop loop;
    QObject::connect(&host, &Host::stopped, &loop, &QEventLoop::quit);
    QObject::connect(&host, &Host::startFailed, &loop, &QEventLoop::quit);
    QTimer::singleShot(endMs, &loop, &QEventLoop::quit);
    if (host.state() != ServerState::Stopping)
        host.stop();
    if (host.state() == ServerState::Stopping)
        loop.exec();
}

/// Why a server with this configuration must not start.
QStringList refusals(const Options &options, const ServerConfig &config, const DemoFolder &demoFolder)
{
    QStringList texts = productionRefusals(options, config);
    if (const QString fault = demoFolder.fault(); !fault.isEmpty())
        texts += fault;
    return texts;
}

} // namespace

int showWindow(const QProcessEnvironment &environment)
{
    QSettings stored(QStringLiteral("Glasshouse"), QStringLiteral("glasshouse"));
    const Settings settings = readSettings(stored, environment);
    const Options &options = settings.options();
    QStringList faults = productionRefusals(options, options.server);
    QString error;
    auto firstLog = faults.isEmpty() ? openLog(options, error) : nullptr;
    if (!error.isEmpty())
        faults += error;
    if (!faults.isEmpty())
        return print({2, {}, faults.join(u'\n').toUtf8()});
    (void)print({0, {}, startWarnings(settings).join(u'\n').toUtf8()});
    DemoFolder demoFolder;
    InProcessHost host;
    ServerLog log(host, std::move(firstLog));
    host.setNewsWanted(!options.logFile.isEmpty()); // standard error is for what is wrong with the program
    MainWindow window(host, stored);
    window.setConfig(demoFolder.startConfig(settings));
    window.setStartCheck([&, options](const ServerConfig &config) { return refusals(options, config, demoFolder); });
    host.openHistory(window.config().historyFile); // earlier results can be seen before the server runs
    QObject::connect(&window, &MainWindow::testClientRequested, &window,
                     [&stored, &host](const QUrl &url) { openTestClient(stored, host, url); });
    QObject::connect(&window, &MainWindow::twinRequested, &window,
                     [&stored, &host](const ImportedConnection &connection) {
                         openTestClient(stored, host, {})->openLike(connection, true);
                     });
    QObject::connect(
        &window, &MainWindow::resendRequested, &window,
        [&stored, &host](const QUrl &url, const CapturedRow &row) { openTestClient(stored, host, url)->write(row); });
    QObject::connect(&window, &MainWindow::closed, qApp, &QApplication::closeAllWindows);
    const auto demo = options.demo ? std::make_unique<Demo>(host, QRandomGenerator::global()->generate64()) : nullptr;
    WindowReload reload(host, window, demoFolder, log);
    TerminationSignals termination;
    // Not quit(): that would ask the user whether the players may go.
    QObject::connect(&termination, &TerminationSignals::requested, qApp, [] { QApplication::exit(0); });
    QObject::connect(&termination, &TerminationSignals::reloadRequested, &window,
                     [&] { reload.begin(readSettings(stored, environment)); });
    window.show();
    if (!options.noStart)
        window.startServer();
    const int code = QApplication::exec();
    window.hide();
    endServer(host);
    return code;
}

} // namespace glasshouse
