// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardinput.h"

#include "tests/support/looprest.h"

#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <csignal>
#include <thread>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#define makePipe(ends) _pipe(ends, 65536, _O_BINARY)
#define close _close
#define write _write
#else
#include <unistd.h>
#define makePipe(ends) pipe(ends)
#endif

using namespace glasshouse;

namespace {

/// Somebody who types.
struct Writer
{
    int ends[2] = {-1, -1};

    Writer() { [[maybe_unused]] const int made = makePipe(ends); }
    ~Writer()
    {
        end();
        stopReading();
    }
    Q_DISABLE_COPY_MOVE(Writer)
    void type(const QByteArray &bytes) const
    {
        [[maybe_unused]] const auto written = write(ends[1], bytes.constData(), size_t(bytes.size()));
    }
    void stopReading()
    {
        if (const int open = std::exchange(ends[0], -1); open >= 0)
            close(open);
    }
    void end()
    {
        if (const int open = std::exchange(ends[1], -1); open >= 0)
            close(open);
    }
};

} // namespace

class TestStandardInput final : public QObject
{
    Q_OBJECT
private slots:
    void tellsLines_data();
    void tellsLines();
    void readsNothingBeforeItIsTold();
    void stopsInsideOfALine();
    void slowsTheWriterDown();
    void boundsALine();
    void holdsNobodyUp();
};

void TestStandardInput::tellsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char *name, const QByteArray &bytes, const QStringList &lines) {
        QTest::newRow(name) << bytes << lines;
    };
    row("one", "a\n", {QStringLiteral("a")});
    row("several", "a\nb\n\nc\n", {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral(""), QStringLiteral("c")});
    row("no line break at the end", "a\nb", {QStringLiteral("a"), QStringLiteral("b")});
    row("CR LF", "a\r\nb\r\n", {QStringLiteral("a"), QStringLiteral("b")});
    row("a CR inside", "a\rb\n", {QStringLiteral("a\rb")});
    row("nothing", "", {});
}

void TestStandardInput::tellsLines()
{
    QFETCH(QByteArray, bytes);
    Writer writer;
    StandardInput input(writer.ends[0]);
    QStringList lines;
    connect(&input, &StandardInput::line, this, [&lines](const QByteArray &text) { lines += QString::fromUtf8(text); });
    QSignalSpy ended(&input, &StandardInput::ended);
    input.setReading(true);
    writer.type(bytes);
    writer.end();
    QTRY_COMPARE(ended.size(), 1);
    QTEST(lines, "lines");
}

void TestStandardInput::readsNothingBeforeItIsTold()
{
    Writer writer;
    StandardInput input(writer.ends[0]);
    QSignalSpy lines(&input, &StandardInput::line);
    writer.type("a\n");
    QVERIFY(comesToRest());
    QCOMPARE(lines.size(), 0);
    input.setReading(true);
    QTRY_COMPARE(lines.size(), 1);
}

void TestStandardInput::stopsInsideOfALine()
{
    Writer writer;
    StandardInput input(writer.ends[0]);
    QSignalSpy lines(&input, &StandardInput::line);
    QSignalSpy ended(&input, &StandardInput::ended);
    connect(&input, &StandardInput::line, this, [&input] { input.setReading(false); });
    writer.type("a\nb\nc");
    writer.end();
    for (int i = 1; i <= 3; ++i) {
        input.setReading(true);
        QTRY_COMPARE(lines.size(), i);
        QVERIFY(comesToRest());
        QCOMPARE(lines.size(), i);
        QCOMPARE(ended.size(), 0);
    }
    input.setReading(true);
    QTRY_COMPARE(ended.size(), 1);
}

void TestStandardInput::slowsTheWriterDown()
{
    Writer writer;
    StandardInput input(writer.ends[0]);
    QSignalSpy lines(&input, &StandardInput::line);
    const auto stop = connect(&input, &StandardInput::line, this, [&input] { input.setReading(false); });
    std::atomic<int> written = 0;
    std::thread typist([&] {
        for (int i = 0; i < 10'000; ++i, ++written)
            writer.type(QByteArray(999, 'x') + '\n');
        writer.end();
    });
    input.setReading(true);
    const bool hasOne = QTest::qWaitFor([&] { return lines.size() == 1; }, 60'000);
    const bool isFull = QTest::qWaitFor([&] { return written >= 60; }, 60'000); // what a pipe holds
    const bool isHeld = isFull && comesToRest() && written < 1'000;
    disconnect(stop);
    input.setReading(true);
    const bool hasAll = QTest::qWaitFor([&] { return lines.size() == 10'000; }, 60'000);
    input.setReading(false);
    writer.stopReading(); // or the typist never ends where that failed
    typist.join();
    QVERIFY(hasOne && isHeld && hasAll);
}

void TestStandardInput::boundsALine()
{
    Writer writer;
    StandardInput input(writer.ends[0]);
    QSignalSpy failed(&input, &StandardInput::failed);
    QSignalSpy lines(&input, &StandardInput::line);
    std::thread typist([&] { writer.type(QByteArray(StandardInput::maxLine + 100'000, 'x')); });
    input.setReading(true);
    const bool hasFailed = QTest::qWaitFor([&] { return failed.size() == 1; }, 60'000);
    writer.stopReading(); // the writer ends
    typist.join();
    QVERIFY(hasFailed);
    QCOMPARE(lines.size(), 0);
}

void TestStandardInput::holdsNobodyUp()
{
    Writer writer;
    StandardInput input(writer.ends[0]);
    input.setReading(true); // nothing comes
    bool ran = false;
    QMetaObject::invokeMethod(
        this, [&ran] { ran = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(ran);
}

int main(int argc, char **argv)
{
#ifndef Q_OS_WIN
    signal(SIGPIPE, SIG_IGN);
#endif
    QCoreApplication application(argc, argv);
    TestStandardInput test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_standardinput.moc"
