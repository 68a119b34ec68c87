// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serverprocess.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace glasshouse {

ServerProcess::ServerProcess(const QStringList &arguments, int maxDescriptors)
{
    m_arguments = QStringList{u"serve"_s,   u"--port"_s,     u"0"_s,    u"--bind"_s,      u"127.0.0.1"_s, u"--data"_s,
                              dataFolder(), u"--log-file"_s, logFile(), u"--log-level"_s, u"debug"_s}
        // each ending has a line of its own there
        + arguments;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Freed memory goes back at once, so that a bound on memory means something under AddressSanitizer.
    environment.insert(
        u"ASAN_OPTIONS"_s,
        u"quarantine_size_mb=1:thread_local_quarantine_size_kb=16:allocator_release_to_os_interval_ms=100"_s);
    environment.insert(u"LSAN_OPTIONS"_s,
                       u"print_suppressions=0:suppressions="_s + QStringLiteral(GLASSHOUSE_LSAN_SUPPRESSIONS));
    environment.remove(u"PORT"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    if (maxDescriptors > 0) {
        m_process.setChildProcessModifier([maxDescriptors] {
            const rlimit limit{rlim_t(maxDescriptors), rlim_t(maxDescriptors)};
            setrlimit(RLIMIT_NOFILE, &limit);
        });
    }
}

ServerProcess::~ServerProcess()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

bool ServerProcess::start()
{
    m_process.start(qEnvironmentVariable("GLASSHOUSE"), m_arguments);
    const auto listening = [this] {
        const QList<QByteArray> lines = output().split('\n');
        for (const QByteArray &line : lines) {
            m_listening = QJsonDocument::fromJson(line).object();
            if (m_listening.value("event"_L1) == "listening"_L1)
                return true;
        }
        return !running();
    };
    if (!m_process.waitForStarted() || !QTest::qWaitFor(listening, 15'000))
        return false;
    m_port = quint16(m_listening.value("port"_L1).toInt());
    return m_port != 0;
}

QByteArray ServerProcess::output()
{
    m_output += m_process.readAllStandardOutput();
    return m_output;
}

void ServerProcess::sendSignal(int signal)
{
    if (pid() > 0) // 0 would be everybody in our group
        ::kill(pid_t(pid()), signal);
}

int ServerProcess::stop(int milliseconds)
{
    sendSignal(SIGTERM);
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(milliseconds))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

static QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 ServerProcess::residentBytes() const
{
    // /proc/PID/statm: pages in all, pages resident, …
    return readAll(u"/proc/%1/statm"_s.arg(pid())).split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

int ServerProcess::descriptors() const
{
    return int(
        QDir(u"/proc/%1/fd"_s.arg(pid())).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

double ServerProcess::cpuSeconds() const
{
    // /proc/PID/stat: behind the name in parentheses, fields 14 and 15 are user and system ticks.
    const QByteArray stat = readAll(u"/proc/%1/stat"_s.arg(pid()));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) / double(sysconf(_SC_CLK_TCK));
}

QList<QJsonObject> ServerProcess::log(const QString &event) const
{
    QList<QJsonObject> objects;
    const QList<QByteArray> lines = readAll(logFile()).split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!object.isEmpty() && (event.isEmpty() || object.value("event"_L1) == event))
            objects += object;
    }
    return objects;
}

QList<QJsonObject> ServerProcess::endings() const
{
    QList<QJsonObject> found;
    const QList<QJsonObject> lines = log();
    for (const QJsonObject &line : lines) {
        if (line.contains("ending"_L1))
            found += line.value("ending"_L1).toObject();
    }
    return found;
}

QJsonObject ServerProcess::ending(qsizetype count, int milliseconds) const
{
    (void)QTest::qWaitFor([&] { return endings().size() >= count; }, milliseconds);
    return endings().value(count - 1);
}

QStringList manyConnections()
{
    return {
        u"--connection-rate"_s, u"0"_s, u"--heads-per-address"_s, u"0"_s, u"--max-connections-per-address"_s, u"0"_s,
        u"--max-heads"_s,       u"0"_s, u"--request-rate"_s,      u"0"_s, u"--broken-request-rate"_s,         u"0"_s,
        u"--web-root-bytes"_s,  u"0"_s, u"--web-root-files"_s,    u"0"_s};
}

} // namespace glasshouse
