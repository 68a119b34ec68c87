// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/window.h"

#include "app/commands/commandoutput.h"
#include "app/demo/demo.h"
#include "app/demo/demofolder.h"
#include "app/startcheck.h"
#include "app/terminationsignals.h"
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
void reload(Host &host, MainWindow &window, DemoFolder &demoFolder, const QSettings &stored,
            const QProcessEnvironment &environment)
{
    const Settings settings = readSettings(stored, environment);
    const QStringList faults = startFaults(settings);
    if (!faults.isEmpty())
        return window.showFault(faults.join(u'\n'));
    window.setConfig(demoFolder.startConfig(settings));
    host.reload(window.config());
}

} // namespace

int showWindow(const QProcessEnvironment &environment)
{
    QSettings stored(QStringLiteral("Glasshouse"), QStringLiteral("glasshouse"));
    const Settings settings = readSettings(stored, environment);
    const Options &options = settings.options();
    const QStringList refusals = productionRefusals(options, options.server);
    if (!refusals.isEmpty())
        return print({2, {}, refusals.join(u'\n').toUtf8()});
    DemoFolder demoFolder;
    InProcessHost host;
    MainWindow window(host, stored);
    window.setConfig(demoFolder.startConfig(settings));
    window.setStartCheck([options](const ServerConfig &config) { return productionRefusals(options, config); });
    host.openHistory(window.config().historyFile); // earlier results can be seen before the server runs
    QObject::connect(&window, &MainWindow::testClientRequested, &window,
                     [&stored, &host](const QUrl &url) { openTestClient(stored, host, url); });
    QObject::connect(&window, &MainWindow::closed, qApp, &QApplication::closeAllWindows);
    const auto demo = options.demo ? std::make_unique<Demo>(host, QRandomGenerator::global()->generate64()) : nullptr;
    TerminationSignals termination;
    // Not quit(): that would ask the user whether the players may go.
    QObject::connect(&termination, &TerminationSignals::requested, qApp, [] { QApplication::exit(0); });
    QObject::connect(&termination, &TerminationSignals::reloadRequested, &window,
                     [&] { reload(host, window, demoFolder, stored, environment); });
    window.show();
    if (!options.noStart)
        window.startServer();
    return QApplication::exec();
}

} // namespace glasshouse
