// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/capture/query/capturequery.h"
#include "server/capture/recorder.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <sys/resource.h>

// How long filters take over a session, beside `rg --threads 1` for a fixed string over the same messages as JSON Lines. Both read
// what the system has in memory; each round runs everything once, and the table has medians.

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 connections = 50;
constexpr qint64 startUs = 1'770'000'000'000'000;
const QString neverThere = u"no such words"_s;

/// Medians are taken of each. Processor time says more where others use the machine.
struct Times
{
    std::vector<double> allMs, cpuMs, firstMs;
};

struct Job
{
    const char *name;
    double mostTimes; ///< as long as rg, at most
    CaptureFilter filter;
    Times times{};
    quint64 rows = 0;
};

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

double cpuMs(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double childrenCpuMs()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

CaptureFilter text(const QString &words) { return {.content = Expression::text(words).value()}; }
CaptureFilter expression(const QString &words) { return {.content = Expression::pattern(words).value()}; }

std::vector<Job> makeJobs()
{
    return {
        {"connection", 3, {.connections = {ConnectionId{7}}}},
        {"way", 3, {.direction = Direction::In}},
        {"type", 3, {.types = {"chat"}}},
        {"size", 3, {.size = {.least = 110, .most = 120}}},
        {"time", 3, {.timeUs = {.least = startUs + 1'000'000, .most = startUs + 2'000'000}}},
        {"type, never", 3, {.types = {"nonsense"}}},
        {"errors", 3, {.errorsOnly = true}},
        {"connection and text",
         10,
         {.content = Expression::text(u"hello"_s).value(), .connections = {ConnectionId{7}}}},
        {"text, never", 10, text(neverThere)},
        {"text, in a tenth", 10, text(u"hello"_s)},
        {"text, in all", 10, text(u"\"type\":"_s)},
        {"text, no ASCII", 10, text(u"größe"_s)},
        {"expression, never", 10, expression(u"no (such|other) words?"_s)},
        {"expression, in a tenth", 10, expression(u"hell+o [a-z]+"_s)},
        {"expression, in all", 10, expression(u"\"x\":[0-9]+"_s)},
        {"expression without words", 10, expression(u"[0-9]{12,}"_s)},
        {"expression from the beginning", 10, expression(u"^\\{\"type\":\"(chat|move)\""_s)},
    };
}

/// What a client says, and what the server makes of it for all recipients.
struct Message
{
    QByteArray in, out;
};

Message message(quint64 number)
{
    const QByteArray n = QByteArray::number(number), x = QByteArray::number(number * 7919 % 10'007);
    const QByteArray from = ",\"from\":{\"id\":\"p" + QByteArray::number(number % connections) + "\",\"name\":\"Ada\"}";
    if (number % 5 != 0)
        return {"{\"type\":\"move\",\"id\":\"" + n + "\",\"data\":{\"x\":" + x + ",\"y\":" + n
                    + ",\"angle\":1.25,\"keys\":[\"up\"]}}",
                "{\"type\":\"move\",\"data\":{\"x\":" + x + ",\"y\":" + n + ",\"angle\":1.25}" + from + ",\"seq\":"};
    const QByteArray words = number % 10 == 0 ? "Hello everybody, who has seen " : "What I was about to say is that ";
    return {"{\"type\":\"chat\",\"id\":\"" + n + "\",\"data\":{\"text\":\"" + words + x + "\"}}",
            "{\"type\":\"chat\",\"data\":{\"text\":\"" + words + x + "\"}" + from + ",\"seq\":"};
}

void record(Recorder &recorder, quint64 number, quint64 recipients)
{
    const TurnClock::Turn turn(recorder.clock(), startUs + qint64(number) * 50);
    const Message made = message(number);
    recorder.frameIn(ConnectionId{quint32(number % connections) + 1},
                     {.firstByte = 0x81,
                      .masked = true,
                      .size = 6,
                      .maskKey = quint32(number) * 2654435761U,
                      .payloadLength = quint64(made.in.size())},
                     made.in);
    const QByteArray head = "\x81\x7e\x00\x80"_ba + made.out;
    for (quint64 i = 0; i < recipients; ++i) {
        const auto length = quint32(made.out.size() + QByteArray::number(number).size() + 1);
        recorder.sequencedOut(ConnectionId{quint32((number + i) % connections) + 1}, head, 4, quint32(number), length);
    }
}

void makeSession(const QString &directory, quint64 rows, quint64 recipients)
{
    CaptureStore store;
    if (!store.create({.directory = directory, .budgetBytes = 0, .queueBytes = qint64{1} << 34}))
        qFatal("cannot create the session");
    Recorder recorder(&store);
    for (quint64 number = 0; number * (recipients + 1) < rows; ++number)
        record(recorder, number, recipients);
    recorder.flush();
    store.flush();
}

qint64 writeJsonLines(const CaptureStore &store, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the JSON Lines");
    for (quint64 first = 0; first < store.endRow(); first += 1000) {
        for (const CapturedRow &row : store.read(first, 1000)) {
            file.write("{\"row\":" + QByteArray::number(row.number)
                       + ",\"time\":" + QByteArray::number(row.record.timeUs)
                       + ",\"connection\":" + QByteArray::number(row.record.connection) + ",\"way\":\""
                       + (row.direction() == Direction::In ? "in" : "out") + "\",\"message\":" + row.payload + "}\n");
        }
    }
    return file.size();
}

/// As a shell would: with the start of the program, which is a few milliseconds.
void runRg(const QString &path, Times &times)
{
    QProcess rg;
    QElapsedTimer timer;
    const double cpuBefore = childrenCpuMs();
    timer.start();
    rg.start(u"rg"_s, {u"--threads"_s, u"1"_s, u"-c"_s, u"-F"_s, neverThere, path});
    if (!rg.waitForFinished(-1) || rg.exitCode() != 1)
        qFatal("rg is not there, or found something");
    times.allMs.push_back(double(timer.nsecsElapsed()) / 1e6);
    times.cpuMs.push_back(childrenCpuMs() - cpuBefore);
}

void run(Job &job, const std::shared_ptr<const CaptureStore> &store)
{
    CaptureQuery query(store, job.filter);
    QEventLoop loop;
    QElapsedTimer timer;
    double first = 0;
    job.rows = 0;
    QObject::connect(&query, &CaptureQuery::found, &loop, [&](const RowSet &rows, quint64 scannedTo, quint64) {
        job.rows += rows.size();
        if (first == 0 && !rows.isEmpty())
            first = double(timer.nsecsElapsed()) / 1e6;
        if (scannedTo == store->endRow())
            loop.quit();
    });
    const double cpuBefore = cpuMs(CLOCK_PROCESS_CPUTIME_ID);
    timer.start();
    query.follow();
    loop.exec();
    job.times.allMs.push_back(double(timer.nsecsElapsed()) / 1e6);
    job.times.cpuMs.push_back(cpuMs(CLOCK_PROCESS_CPUTIME_ID) - cpuBefore);
    if (first > 0)
        job.times.firstMs.push_back(first);
}

void print(const std::vector<Job> &jobs, const Times &rg)
{
    const double rgMs = median(rg.allMs), rgCpuMs = median(rg.cpuMs);
    std::printf("%-32s %9s %9s %8s %9s %8s %9s %9s\n", "filter", "rows", "ms", "/ rg", "cpu ms", "/ rg", "at most",
                "first ms");
    for (const Job &job : jobs) {
        const double ms = median(job.times.allMs), cpu = median(job.times.cpuMs);
        std::printf("%-32s %9llu %9.1f %8.2f %9.1f %8.2f %9.0f %9.1f%s\n", job.name,
                    static_cast<unsigned long long>(job.rows), ms, ms / rgMs, cpu, cpu / rgCpuMs, job.mostTimes,
                    median(job.times.firstMs), cpu > job.mostTimes * rgCpuMs ? "  too long" : "");
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{u"rows"_s, u"Messages of the session."_s, u"number"_s, u"1000000"_s},
         {u"recipients"_s, u"Of each message that comes in; 0: no row shares its bytes."_s, u"number"_s, u"3"_s},
         {u"rounds"_s, u"How often everything is run."_s, u"number"_s, u"7"_s},
         {u"only"_s, u"Filters with this word in their names."_s, u"word"_s}});
    parser.process(app);
    const QTemporaryDir directory;
    const QString session = directory.filePath(u"session"_s), lines = directory.filePath(u"messages.jsonl"_s);
    makeSession(session, parser.value(u"rows"_s).toULongLong(), parser.value(u"recipients"_s).toULongLong());
    const auto store = std::make_shared<CaptureStore>();
    if (!store->open(session))
        qFatal("cannot open the session");
    const qint64 bytes = writeJsonLines(*store, lines);
    std::vector<Job> jobs = makeJobs();
    std::erase_if(
        jobs, [&parser](const Job &job) { return !QString::fromLatin1(job.name).contains(parser.value(u"only"_s)); });
    Times rg;
    for (int round = 0; round < parser.value(u"rounds"_s).toInt(); ++round) {
        runRg(lines, rg);
        for (Job &job : jobs)
            run(job, store);
        runRg(lines, rg);
    }
    std::printf("%llu rows, %.0f MB on disk, %.0f MB as JSON Lines; rg --threads 1: %.1f ms, %.1f of a processor\n",
                static_cast<unsigned long long>(store->endRow()), double(store->stats().bytesOnDisk) / 1e6,
                double(bytes) / 1e6, median(rg.allMs), median(rg.cpuMs));
    print(jobs, rg);
    return 0;
}
