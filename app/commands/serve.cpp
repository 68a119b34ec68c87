// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/serve.h"

#include "app/demo/demo.h"
#include "app/eventlog.h"
#include "app/terminationsignals.h"
#include "server/host.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// Programs that start us read this line.
void printListening(const ListenInfo &info)
{
    const bool everywhere =
        info.bindAddress.isEmpty() || info.bindAddress == "0.0.0.0"_L1 || info.bindAddress == "::"_L1;
    const QString bound =
        everywhere ? (info.lanAddresses.isEmpty() ? u"127.0.0.1"_s : info.lanAddresses.first()) : info.bindAddress;
    const QString host = bound.contains(u':') ? u'[' + bound + u']' : bound;
    const QString authority = host + u':' + QString::number(info.port);
    const QJsonObject line{{u"event"_s, u"listening"_s},
                           {u"port"_s, info.port},
                           {u"http"_s, QString(u"http://"_s + authority)},
                           {u"webSocket"_s, QString(u"ws://"_s + authority)},
                           {u"pid"_s, QCoreApplication::applicationPid()}};
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int serve(const Options &options)
{
    EventLog log(options.logLevel);
    if (!options.logFile.isEmpty() && !log.open(options.logFile)) {
        std::fprintf(stderr, "glasshouse: can not write %s: %s\n", qPrintable(options.logFile),
                     qPrintable(log.errorString()));
        return 2;
    }
    Host host;
    TerminationSignals termination;
    int code = 0;
    // Endings are collected only for somebody who reads them.
    host.setSnapshotsWanted(options.logLevel >= LogLevel::Warning);
    QObject::connect(&host, &Host::snapshot, &host, [&](const Snapshot &snapshot) { log.add(snapshot); });
    QObject::connect(&host, &Host::actionFailed, &host,
                     [&](const QString &text) { log.message(LogLevel::Error, text); });
    QObject::connect(&host, &Host::started, &host, printListening);
    QObject::connect(&host, &Host::startFailed, &host, [&](const QString &text) {
        std::fprintf(stderr, "glasshouse: %s\n", qPrintable(text));
        code = 1;
        QCoreApplication::quit();
    });
    QObject::connect(&host, &Host::stopped, &host, [&] {
        log.message(LogLevel::Info, u"Stopped"_s);
        QCoreApplication::quit();
    });
    QObject::connect(&termination, &TerminationSignals::requested, &host, [&] {
        if (host.state() == ServerState::Stopping) { // asked twice: at once
            code = 130;
        }
        host.stop();
    });
    const auto demo = options.demo ? std::make_unique<Demo>(host, QRandomGenerator::global()->generate64()) : nullptr;
    ServerConfig config = options.server;
    if (options.demo) // what bots win is nobody's record
        config.historyFile.clear();
    host.start(config);
    const int result = QCoreApplication::exec();
    return code != 0 ? code : result;
}

} // namespace glasshouse
