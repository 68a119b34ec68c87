// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/reach.h"

#include <QTest>

using namespace glasshouse;

class TestReach final : public QObject
{
    Q_OBJECT
private slots:
    void knowsWhoGetsThere_data();
    void knowsWhoGetsThere();
};

void TestReach::knowsWhoGetsThere_data()
{
    QTest::addColumn<Reach>("reach");
    for (const char *host : {"localhost", "LocalHost.", "glass.localhost", "127.0.0.1", "127.8.9.10", "::1",
                             "::ffff:127.0.0.1", "0.0.0.0", "::", ""})
        QTest::newRow(host) << Reach::ThisMachine;
    for (const char *host : {"169.254.7.7", "fe80::1", "fe80::1%eth0", "::ffff:169.254.1.1"})
        QTest::newRow(host) << Reach::Link;
    for (const char *host : {"192.168.1.20", "10.0.0.5", "fd00::5", "2001:db8::7", "play.example.org", "game.lan",
                             "localhost.example.org", "notlocalhost"})
        QTest::newRow(host) << Reach::Others;
}

void TestReach::knowsWhoGetsThere() { QTEST(reachOf(QString::fromLatin1(QTest::currentDataTag())), "reach"); }

QTEST_GUILESS_MAIN(TestReach)
#include "tst_reach.moc"
