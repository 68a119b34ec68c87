// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminationsignals.h"

#include <QSignalSpy>
#include <QTest>
#include <csignal>

using namespace glasshouse;

class TestTerminationSignals final : public QObject
{
    Q_OBJECT

private slots:
    void tellsThemApart_data();
    void tellsThemApart();
    void leavesIgnoredHangUpsAlone();
    void hearsNothingElseOnceToldToEnd();
};

#ifdef Q_OS_UNIX

void TestTerminationSignals::tellsThemApart_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("reload");
    QTest::newRow("SIGTERM") << SIGTERM << false;
    QTest::newRow("SIGINT") << SIGINT << false;
    QTest::newRow("SIGHUP") << SIGHUP << true;
}

void TestTerminationSignals::tellsThemApart()
{
    QFETCH(int, signal);
    QFETCH(bool, reload);
    std::signal(SIGHUP, SIG_DFL); // whoever was told to end before hears none of it
    TerminationSignals caught;
    const QSignalSpy ends(&caught, &TerminationSignals::requested);
    const QSignalSpy reloads(&caught, &TerminationSignals::reloadRequested);
    ::raise(signal);
    ::raise(signal);
    QTRY_COMPARE(ends.size() + reloads.size(), 2);
    QCOMPARE(reloads.size(), reload ? 2 : 0);
}

void TestTerminationSignals::leavesIgnoredHangUpsAlone()
{
    std::signal(SIGHUP, SIG_IGN);
    {
        TerminationSignals caught;
        const QSignalSpy ends(&caught, &TerminationSignals::requested);
        const QSignalSpy reloads(&caught, &TerminationSignals::reloadRequested);
        ::raise(SIGHUP);
        ::raise(SIGTERM);
        QTRY_COMPARE(ends.size(), 1);
        QCOMPARE(reloads.size(), 0);
    }
    std::signal(SIGHUP, SIG_DFL);
}

void TestTerminationSignals::hearsNothingElseOnceToldToEnd()
{
    {
        TerminationSignals untold;
    }
    QVERIFY(std::signal(SIGTERM, SIG_DFL) == SIG_DFL);
    {
        TerminationSignals caught;
        const QSignalSpy ends(&caught, &TerminationSignals::requested);
        ::raise(SIGTERM);
        QTRY_COMPARE(ends.size(), 1);
    }
    ::raise(SIGTERM); // as a program cleans up
    ::raise(SIGINT);
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGHUP, SIG_DFL);
}

#else

void TestTerminationSignals::tellsThemApart_data() { }
void TestTerminationSignals::tellsThemApart() { QSKIP("Unix signals"); }
void TestTerminationSignals::leavesIgnoredHangUpsAlone() { QSKIP("Unix signals"); }
void TestTerminationSignals::hearsNothingElseOnceToldToEnd() { QSKIP("Unix signals"); }

#endif

QTEST_GUILESS_MAIN(TestTerminationSignals)
#include "tst_terminationsignals.moc"
