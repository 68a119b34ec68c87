// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/window.h"

#include "app/commands/commandoutput.h"
#include "app/demo/demo.h"
#include "app/demo/demofolder.h"
#include "app/serverlog.h"
#include "app/startcheck.h"
#include "app/terminationsignals.h"
#include "server/config/configfaults.h"
#include "server/inprocesshost.h"
#include "ui/base/addresses.h"
#include "ui/client/testclientwindow.h"
#include "ui/configsettings.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QSettings>
#include <QUrl>

namespace glasshouse {

namespace {

void openTestClient(QSettings &settings, const Host &host, const QUrl &url)
{
    auto *window = new TestClientWindow(settings);
    window->setKnownCertificates([&host](const QUrl &target) {
        const bool isRunning = host.state() == ServerState::Running || host.state() == ServerState::Draining;
        return isRunning && isOwnAddress(host.listenInfo(), target) ? host.listenInfo().fingerprint : QByteArray();
    });
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->open(url, url.isValid());
    window->show();
}

// What the window stored lies below the command line, the environment and the file.
Settings readSettings(const QSettings &stored, const QProcessEnvironment &environment)
{
    return Settings::ofProgram(environment, loadConfig(stored, defaultConfig()));
}

// All or nothing; what was stored by the window meanwhile counts as well.
void reload(Host &host, MainWindow &window, DemoFolder &demoFolder, ServerLog &log, const QSettings &stored,
            const QProcessEnvironment &environment)
{
    const Settings settings = readSettings(stored, environment);
    QStringList faults = startFaults(settings);
    QString error;
    auto next = openLog(settings.options(), error);
    if (!error.isEmpty())
        faults += error;
    if (!faults.isEmpty())
        return window.showFault(faults.join(u'\n'));
    log.replace(std::move(next));
    host.setNewsWanted(!settings.options().logFile.isEmpty());
    window.setConfig(demoFolder.startConfig(settings));
    host.reload(window.config());
}

/// Why a server with this configuration must not start.
QStringList refusals(const Options &options, const ServerConfig &config, const DemoFolder &demoFolder)
{
    QStringList texts = productionRefusals(options, config);
    for (const ConfigFault &fault : dataFaults(config))
        texts += fault.text;
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
    auto firstLog = openLog(options, error);
    if (!firstLog)
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
    QObject::connect(&window, &MainWindow::closed, qApp, &QApplication::closeAllWindows);
    const auto demo = options.demo ? std::make_unique<Demo>(host, QRandomGenerator::global()->generate64()) : nullptr;
    TerminationSignals termination;
    // Not quit(): that would ask the user whether the players may go.
    QObject::connect(&termination, &TerminationSignals::requested, qApp, [] { QApplication::exit(0); });
    QObject::connect(&termination, &TerminationSignals::reloadRequested, &window,
                     [&] { reload(host, window, demoFolder, log, stored, environment); });
    window.show();
    if (!options.noStart)
        window.startServer();
    return QApplication::exec();
}

} // namespace glasshouse
