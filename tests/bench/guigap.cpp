// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/echoload.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

// How long the window can not answer while it shows a busy server's messages live: the gaps between the turns of its event
// loop, in one line of JSON.

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int warmUpMs = 2000;

/// Notes how long after the last time a timer of 1 ms came.
class GapProbe
{
public:
    GapProbe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                         [this] { m_gapsUs.push_back(m_clock.nsecsElapsed() / 1000), m_clock.start(); });
    }
    void start()
    {
        m_clock.start();
        m_timer.start();
    }
    [[nodiscard]] double longestMs() { return atShare(1); }
    [[nodiscard]] double p99Ms() { return atShare(0.99); }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<qint64> m_gapsUs;

    double atShare(double share)
    {
        if (m_gapsUs.empty())
            return -1;
        std::sort(m_gapsUs.begin(), m_gapsUs.end());
        return double(m_gapsUs[size_t(share * double(m_gapsUs.size() - 1))]) / 1000;
    }
};

ServerConfig config(const QString &directory)
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    config.captureDirectory = directory;
    config.limits.messageRate = config.limits.messageBurst = 0;
    config.limits.byteRate = 0;
    config.limits.connectionRatePerAddress = config.limits.connectionsPerAddress = config.limits.headsPerAddress = 0;
    return config;
}

void wait(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

int fail(const char *why)
{
    std::fprintf(stderr, "guigap: %s\n", why);
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"rate"_s, u"Messages a second in the capture."_s, u"number"_s, u"20000"_s},
                       {u"seconds"_s, u"How long to measure."_s, u"number"_s, u"10"_s},
                       {u"filter"_s, u"Text in the log's filter."_s, u"text"_s}});
    parser.process(app);
    const QTemporaryDir directory;
    QSettings settings(directory.filePath(u"settings.ini"_s), QSettings::IniFormat);
    Host host;
    MainWindow window(host, settings);
    window.setConfig(config(directory.filePath(u"captures"_s)));
    window.show();
    QEventLoop starting;
    QObject::connect(&host, &Host::started, &starting, &QEventLoop::quit);
    QObject::connect(&host, &Host::startFailed, &starting, &QEventLoop::quit);
    window.startServer();
    starting.exec();
    if (host.state() != ServerState::Running || !host.capture())
        return fail("the server did not start");
    if (parser.isSet(u"filter"_s)) {
        const auto fields = window.findChildren<QLineEdit *>();
        for (QLineEdit *field : fields) {
            if (field->accessibleName() == "Filter by text"_L1)
                field->setText(parser.value(u"filter"_s));
        }
    }
    const EchoLoad load(
        {.port = host.listenInfo().port, .clients = 8, .messagesPerSecond = parser.value(u"rate"_s).toInt() / 2});
    wait(warmUpMs);
    GapProbe probe;
    QElapsedTimer clock;
    clock.start();
    const quint64 before = host.capture()->stats().endRow;
    probe.start();
    wait(parser.value(u"seconds"_s).toInt() * 1000);
    const double rate = double(host.capture()->stats().endRow - before) * 1000 / double(clock.elapsed());
    std::printf("{\"messagesPerSecond\":%.0f,\"longestGapMs\":%.2f,\"p99GapMs\":%.2f}\n", rate, probe.longestMs(),
                probe.p99Ms());
    return 0;
}
