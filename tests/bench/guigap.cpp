// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"
#include "tests/ui/echoload.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <ctime>

// How long the window can not answer while it shows a busy server's messages live: the gaps between the turns of its event
// loop, in one line of JSON.

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int warmUpMs = 2000;

double threadCpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double atShare(std::vector<double> values, double share)
{
    if (values.empty())
        return -1;
    std::sort(values.begin(), values.end());
    return values[size_t(share * double(values.size() - 1))];
}

/// Notes how long after the last time a timer of 1 ms came, and how much of that the thread was at work: on a busy machine
/// it also waits for a processor.
class GapProbe
{
public:
    GapProbe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { note(); });
    }
    void start()
    {
        m_clock.start();
        m_cpuBefore = threadCpuMs();
        m_timer.start();
    }
    [[nodiscard]] double gapMs(double share) const { return atShare(m_gaps, share); }
    [[nodiscard]] double workMs(double share) const { return atShare(m_works, share); }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_cpuBefore = 0;
    std::vector<double> m_gaps, m_works;

    void note()
    {
        const double cpu = threadCpuMs();
        m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6);
        m_works.push_back(cpu - std::exchange(m_cpuBefore, cpu));
        m_clock.start();
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
    config.limits.heartbeatSeconds = 0; // the load answers no pings
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
    InProcessHost host;
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
    std::printf("{\"messagesPerSecond\":%.0f,\"longestGapMs\":%.2f,\"p99GapMs\":%.2f,\"longestWorkMs\":%.2f}\n", rate,
                probe.gapMs(1), probe.gapMs(0.99), probe.workMs(1));
    return 0;
}
