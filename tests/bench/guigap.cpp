// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchwindow.h"
#include "tests/bench/gapprobe.h"
#include "tests/ui/echoload.h"

#include <QApplication>
#include <QCommandLineParser>
#include <cstdio>

// How long the window can not answer while it shows a busy server's messages live: the gaps between the turns of its event
// loop, in one line of JSON.

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int warmUpMs = 2000;
constexpr qint64 captureBytes = 2LL << 30;

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"rate"_s, u"Messages a second in the capture."_s, u"number"_s, u"20000"_s},
                       {u"seconds"_s, u"How long to measure."_s, u"number"_s, u"10"_s},
                       {u"filter"_s, u"Text in the log's filter."_s, u"text"_s}});
    parser.process(app);
    BenchWindow bench(captureBytes);
    if (!bench.start()) {
        std::fprintf(stderr, "guigap: the server did not start\n");
        return 1;
    }
    bench.filter(parser.value(u"filter"_s));
    const EchoLoad load({.port = bench.host().listenInfo().port,
                         .clients = 8,
                         .messagesPerSecond = parser.value(u"rate"_s).toInt() / 2});
    wait(warmUpMs);
    GapProbe probe;
    QElapsedTimer clock;
    clock.start();
    const quint64 before = bench.rows();
    probe.start();
    wait(parser.value(u"seconds"_s).toInt() * 1000);
    const double rate = double(bench.rows() - before) * 1000 / double(clock.elapsed());
    std::printf("{\"messagesPerSecond\":%.0f,\"longestGapMs\":%.2f,\"p99GapMs\":%.2f,\"longestWorkMs\":%.2f}\n", rate,
                probe.gapMs(1), probe.gapMs(0.99), probe.workMs(1));
    return 0;
}
