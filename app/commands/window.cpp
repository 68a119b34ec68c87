// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/window.h"

#include "app/defaults.h"
#include "app/demo/demo.h"
#include "app/terminationsignals.h"
#include "server/host.h"
#include "ui/configsettings.h"
#include "ui/mainwindow.h"
#include "ui/testclient/testclientwindow.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QSettings>
#include <QUrl>
#include <cstdio>

namespace glasshouse {

namespace {

void openTestClient(QSettings &settings, const QUrl &url)
{
    auto *window = new TestClientWindow(settings);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->open(url, url.isValid());
    window->show();
}

} // namespace

int showWindow(const Options &options)
{
    QSettings settings(QStringLiteral("Glasshouse"), QStringLiteral("glasshouse"));
    // What the window stored lies below the command line and the environment.
    const auto config = parseOptions(QCoreApplication::arguments().mid(1), QProcessEnvironment::systemEnvironment(),
                                     loadConfig(settings, defaultConfig()));
    Host host;
    MainWindow window(host, settings);
    ServerConfig server = config ? config.value().server : options.server;
    if (options.demo) // what bots win is nobody's record
        server.historyFile.clear();
    window.setConfig(server);
    host.openHistory(window.config().historyFile); // earlier results can be seen before the server runs
    QObject::connect(&window, &MainWindow::testClientRequested, &window,
                     [&settings](const QUrl &url) { openTestClient(settings, url); });
    QObject::connect(&window, &MainWindow::closed, qApp, &QApplication::closeAllWindows);
    const auto demo = options.demo ? std::make_unique<Demo>(host, QRandomGenerator::global()->generate64()) : nullptr;
    TerminationSignals termination;
    // Not quit(): that would ask the user whether the players may go.
    QObject::connect(&termination, &TerminationSignals::requested, qApp, [] { QApplication::exit(0); });
    window.show();
    if (!options.noStart)
        window.startServer();
    return QApplication::exec();
}

} // namespace glasshouse
