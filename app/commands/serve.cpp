// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/serve.h"

#include "app/commands/commandoutput.h"
#include "app/demo/demo.h"
#include "app/demo/demofolder.h"
#include "app/optiontable.h"
#include "app/serverlog.h"
#include "app/startcheck.h"
#include "app/terminationsignals.h"
#include "base/visibletext.h"
#include "net/transport/bindaddress.h"
#include "server/events/eventtext.h"
#include "server/inprocesshost.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;

// Programs that start us read this line.
void printListening(const ListenInfo &info)
{
    const bool isShown = isEverywhere(info.bindAddress) && !info.lanAddresses.isEmpty();
    const QString host = isShown ? info.lanAddresses.first() : hostFromHere(info.bindAddress);
    const QString rest = hostInUrl(host) + u':' + QString::number(info.port) + info.basePath;
    const QString secure = info.secure ? u"s"_s : QString();
    const QJsonObject line{{u"event"_s, u"listening"_s},
                           {u"port"_s, info.port},
                           {u"http"_s, QString(u"http"_s + secure + u"://"_s + rest)},
                           {u"webSocket"_s, QString(u"ws"_s + secure + u"://"_s + rest)},
                           {u"pid"_s, QCoreApplication::applicationPid()}};
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

/// What a reload changes.
struct Reading
{
    Settings settings;
    std::unique_ptr<EventLog> log;
};

/// A server without a window, until it is told to end.
class ServeRun
{
public:
    ServeRun(Reading first, const QProcessEnvironment &environment)
        : m_environment(environment),
          m_settings(first.settings),
          m_running(first.settings.options()),
          m_log(m_host, std::move(first.log))
    { }

    /// Exit code of the program.
    int run();

private:
    QProcessEnvironment m_environment; ///< as at the start
    Settings m_settings;               ///< that were read last and taken
    Options m_running;                 ///< in force: what was read last, but for what needs a restart
    std::optional<Reading> m_next;     ///< until the host has taken it
    bool m_again = false;              ///< told to reload once more meanwhile
    DemoFolder m_demoFolder;           ///< the host writes there, so it goes after it
    InProcessHost m_host;
    ServerLog m_log;
    TerminationSignals m_signals;
    bool m_wasAsked = false; ///< told to end
    int m_code = 0;

    void say(LogLevel level, const QString &text) { m_log.message(level, text); }
    void connectHost();
    void end();
    void reload();
    void reloaded(const QStringList &needRestart);
    void endReload();
};

void ServeRun::connectHost()
{
    m_host.setNewsWanted(true); // at every level there is something to say
    QObject::connect(&m_host, &Host::actionFailed, &m_host,
                     [this](const Fault &fault) { say(LogLevel::Error, faultText(fault)); });
    QObject::connect(&m_host, &Host::started, &m_host, [this](const ListenInfo &info) { printListening(info); });
    QObject::connect(&m_host, &Host::startFailed, &m_host, [this](const Fault &fault) {
        std::fprintf(stderr, "glasshouse: %s\n", qPrintable(visible(faultText(fault))));
        if (!m_running.logFile.isEmpty())
            say(LogLevel::Error, faultText(fault));
        m_code = fault.code == FaultCode::DataNotWritable ? wrongUsage : 1;
        QCoreApplication::quit();
    });
    QObject::connect(&m_host, &Host::stopped, &m_host, [this] {
        say(LogLevel::Info, u"Stopped"_s);
        QCoreApplication::quit();
    });
    QObject::connect(&m_host, &Host::reloaded, &m_host,
                     [this](const QStringList &needRestart) { reloaded(needRestart); });
    QObject::connect(&m_host, &Host::reloadFailed, &m_host, [this](const Fault &fault) {
        say(LogLevel::Error, u"The configuration stays as it was: %1"_s.arg(faultText(fault)));
        endReload();
    });
}

void ServeRun::end()
{
    const bool isFirst = !std::exchange(m_wasAsked, true);
    if (isFirst && m_host.config().drainSeconds > 0)
        m_host.drain();
    else
        m_host.stop();
}

// All or nothing.
void ServeRun::reload()
{
    if (m_host.state() != ServerState::Running)
        return say(LogLevel::Warning, u"A reload is possible while the server runs only"_s);
    m_again = m_next.has_value();
    if (m_again)
        return;
    const Settings settings = Settings::ofProgram(m_environment);
    QStringList faults = startFaults(settings);
    QString error;
    Reading next{settings, faults.isEmpty() ? openLog(settings.options(), error) : nullptr};
    if (!error.isEmpty())
        faults += error;
    for (const QString &fault : faults)
        say(LogLevel::Error, fault);
    if (!faults.isEmpty())
        return say(LogLevel::Error, u"The configuration stays as it was"_s);
    for (const QString &warning : startWarnings(settings))
        say(LogLevel::Warning, warning);
    m_next = std::move(next);
    m_host.reload(m_demoFolder.startConfig(m_next->settings));
}

// Names only: values may be secret.
void ServeRun::reloaded(const QStringList &needRestart)
{
    if (m_next) {
        m_settings = m_next->settings;
        m_log.replace(std::move(m_next->log));
    }
    Options wanted = m_settings.options();
    QStringList later = needRestart + keepForRestart(optionTable(), m_running, wanted);
    later.removeDuplicates();
    later.sort();
    const QStringList changed = changedOptions(m_running, wanted);
    m_running = wanted;
    say(LogLevel::Info,
        u"The configuration was read again and is in force; "_s
            + (changed.isEmpty() ? u"no setting has changed, the files that it names were read anew"_s
                                 : u"changed: "_s + changed.join(u", "_s)));
    if (!later.isEmpty())
        say(LogLevel::Warning, u"These count from the next start on: %1"_s.arg(later.join(u", "_s)));
    endReload();
}

void ServeRun::endReload()
{
    m_next.reset();
    if (std::exchange(m_again, false))
        reload();
}

int ServeRun::run()
{
    connectHost();
    QObject::connect(&m_signals, &TerminationSignals::requested, &m_host, [this] { end(); });
    QObject::connect(&m_signals, &TerminationSignals::reloadRequested, &m_host, [this] { reload(); });
    const ServerConfig config = m_demoFolder.startConfig(m_settings);
    if (const QString fault = m_demoFolder.fault(); !fault.isEmpty())
        return print({wrongUsage, {}, fault.toUtf8()});
    const auto demo =
        m_settings.options().demo ? std::make_unique<Demo>(m_host, QRandomGenerator::global()->generate64()) : nullptr;
    for (const QString &warning : startWarnings(m_settings))
        say(LogLevel::Warning, warning);
    m_host.start(config);
    const int result = QCoreApplication::exec();
    return m_code != 0 ? m_code : result;
}

} // namespace

int serve(const Settings &settings, const QProcessEnvironment &environment)
{
    const QStringList faults = startFaults(settings);
    if (!faults.isEmpty())
        return print({wrongUsage, {}, faults.join(u'\n').toUtf8()});
    QString error;
    Reading first{settings, openLog(settings.options(), error)};
    if (!first.log)
        return print({wrongUsage, {}, error.toUtf8()});
    return ServeRun(std::move(first), environment).run();
}

} // namespace glasshouse
