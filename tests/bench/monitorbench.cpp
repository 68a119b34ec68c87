// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/benchwindow.h"
#include "tests/bench/gapprobe.h"
#include "tests/ui/echoload.h"
#include "ui/log/messagelogpanel.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTableView>
#include <cstdio>
#include <functional>

// What the log costs who looks at a long session: messages go through the real server and its capture into the real window, and
// then it is jumped about, scrolled and filtered. A table in Markdown.

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int clients = 8;
constexpr int jumps = 300;
constexpr int pages = 500;
constexpr qint64 bytesPerRow = 200; // more than a message of the load takes in the capture

/// Of this process, in MiB: what it has asked for, and with what of the capture's files is in its address space.
struct Memory
{
    double ownMiB = 0, allMiB = 0;
};

Memory memory()
{
    QFile status(u"/proc/self/status"_s);
    Memory memory;
    if (!status.open(QIODevice::ReadOnly))
        return memory;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const double mib = line.simplified().split(' ').value(1).toDouble() / 1024;
        if (line.startsWith("RssAnon:"))
            memory.ownMiB = mib;
        else if (line.startsWith("VmRSS:"))
            memory.allMiB = mib;
    }
    return memory;
}

double msOf(const std::function<void()> &work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    return double(clock.nsecsElapsed()) / 1e6;
}

void printTimes(const char *what, const std::vector<double> &ms)
{
    std::printf("| %s | %.1f ms | %.1f ms |\n", what, atShare(ms, 0.5), atShare(ms, 1));
}

/// As fast as asked, as long as it takes; true: all of them came.
bool record(BenchWindow &bench, quint64 rows, int rate)
{
    const EchoLoad load({.port = bench.host().listenInfo().port,
                         .clients = clients,
                         .messagesPerSecond = rate / 2,
                         .messages = rows / 2});
    GapProbe probe;
    QElapsedTimer clock;
    clock.start();
    probe.start();
    quint64 before = 0;
    do {
        before = bench.rows();
        wait(1000);
    } while (bench.rows() < rows && bench.rows() != before); // a second without a message: it is stuck
    std::printf("| messages a second, live | %.0f | |\n", double(bench.rows()) * 1000 / double(clock.elapsed()));
    std::printf("| the event loop's gap, 99 %% and longest | %.1f ms | %.1f ms |\n", probe.gapMs(0.99), probe.gapMs(1));
    return bench.rows() >= rows;
}

void jump(QTableView &view)
{
    QRandomGenerator random(7); // the same rows in every run
    std::vector<double> ms;
    for (int i = 0; i < jumps; ++i) {
        const int row = int(random.bounded(view.model()->rowCount()));
        ms.push_back(msOf([&view, row] {
            view.scrollTo(view.model()->index(row, 0), QAbstractItemView::PositionAtCenter);
            view.viewport()->repaint();
        }));
    }
    printTimes("to any row, and shown", ms);
}

void scroll(QTableView &view)
{
    view.scrollToTop();
    std::vector<double> ms;
    for (int i = 0; i < pages; ++i) {
        ms.push_back(msOf([&view] {
            QScrollBar &bar = *view.verticalScrollBar();
            bar.setValue(bar.value() + bar.pageStep());
            view.viewport()->repaint();
        }));
    }
    printTimes("a page further", ms);
}

void filter(BenchWindow &bench, const MessagesModel &model, const QString &text)
{
    GapProbe probe;
    QElapsedTimer clock;
    double firstMs = -1;
    clock.start();
    probe.start();
    bench.filter(text);
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (firstMs < 0 && model.isFiltered() && model.matches() > 0)
            firstMs = double(clock.nsecsElapsed()) / 1e6;
        if (model.isFiltered() && model.searchedPercent() == 100)
            loop.quit();
    });
    look.start(1);
    loop.exec();
    const double allMs = double(clock.nsecsElapsed()) / 1e6;
    const QByteArray first = firstMs < 0 ? QByteArrayLiteral("none") : QByteArray::number(firstMs, 'f', 0) + " ms";
    std::printf("| `%s`: first hits, all | %s | %.0f ms |\n", qPrintable(text), first.constData(), allMs);
    std::printf("| its hits, and the longest gap meanwhile | %llu | %.1f ms |\n", qulonglong(model.matches()),
                probe.gapMs(1));
    bench.filter({});
    wait(500);
}

/// A second window on the session, from nothing to rows in sight.
void openAnother(BenchWindow &bench)
{
    const double ms = msOf([&bench] {
        MainWindow window(bench.host(), bench.settings());
        window.show();
        const auto *log = window.findChild<MessageLogPanel *>();
        QElapsedTimer patience;
        patience.start();
        while (log->model()->rowCount() == 0 && patience.elapsed() < 10'000)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
        log->view()->viewport()->repaint();
    });
    std::printf("| a window opened on the session | %.0f ms | |\n", ms);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"rows"_s, u"Messages in the session; M: a million."_s, u"number"_s, u"10M"_s},
                       {u"rate"_s, u"Messages a second in the capture."_s, u"number"_s, u"200000"_s}});
    parser.process(app);
    QString number = parser.value(u"rows"_s).toUpper();
    const bool millions = number.endsWith(u'M');
    if (millions)
        number.chop(1);
    const quint64 rows = number.toULongLong() * (millions ? 1'000'000 : 1);
    BenchWindow bench(qint64(rows) * bytesPerRow);
    if (rows == 0 || !bench.start()) {
        std::fprintf(stderr,
                     rows == 0 ? "monitorbench: --rows is no number\n" : "monitorbench: the server did not start\n");
        return 1;
    }
    std::printf("| %s messages | median | most |\n|---|---|---|\n", qPrintable(parser.value(u"rows"_s)));
    const Memory before = memory();
    if (!record(bench, rows, parser.value(u"rate"_s).toInt())) {
        std::fprintf(stderr, "monitorbench: the server took %llu of %llu messages\n", qulonglong(bench.rows()),
                     qulonglong(rows));
        return 1;
    }
    auto *log = bench.window().findChild<MessageLogPanel *>();
    jump(*log->view());
    scroll(*log->view());
    const QString last = QString::number(rows / 2 - 1);
    const auto filters = {u"size > 1000"_s, u"way == in"_s, last, u"data.n == "_s + last,
                          u"/n\":%1[0-9]{3}}/"_s.arg(rows / 4000)};
    for (const QString &text : filters)
        filter(bench, *log->model(), text);
    openAnother(bench);
    const Memory after = memory();
    std::printf("| memory of the program, before and after | %.0f MiB | %.0f MiB |\n", before.ownMiB, after.ownMiB);
    std::printf("| with what of the capture's files is mapped | %.0f MiB | %.0f MiB |\n", before.allMiB, after.allMiB);
    return 0;
}
