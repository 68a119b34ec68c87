// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/slashcommand.h"

#include <QTest>

using namespace glasshouse;
using Kind = SlashCommand::Kind;

class TestSlashCommand final : public QObject
{
    Q_OBJECT
private slots:
    void readsALine_data();
    void readsALine();
    void knowsNoOther_data();
    void knowsNoOther();
};

void TestSlashCommand::readsALine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("ping") << QByteArray("/ping") << int(Kind::Ping) << QByteArray() << 1000 << QByteArray();
    QTest::newRow("ping with text") << QByteArray("/ping a b") << int(Kind::Ping) << QByteArray("a") << 1000
                                    << QByteArray();
    QTest::newRow("pong") << QByteArray("/pong  x") << int(Kind::Pong) << QByteArray("x") << 1000 << QByteArray();
    QTest::newRow("close") << QByteArray("/close") << int(Kind::Close) << QByteArray() << 1000 << QByteArray();
    QTest::newRow("code") << QByteArray("/close 4000") << int(Kind::Close) << QByteArray() << 4000 << QByteArray();
    QTest::newRow("reason") << QByteArray("/close 4000 see  you") << int(Kind::Close) << QByteArray() << 4000
                            << QByteArray("see you");
    QTest::newRow("no code") << QByteArray("/close soon") << int(Kind::Close) << QByteArray() << 0 << QByteArray();
    QTest::newRow("too large") << QByteArray("/close 70000") << int(Kind::Close) << QByteArray() << 0 << QByteArray();
}

void TestSlashCommand::readsALine()
{
    QFETCH(QByteArray, line);
    const auto command = slashCommand(line);
    QVERIFY(command);
    QTEST(int(command->kind), "kind");
    QTEST(command->payload, "payload");
    QTEST(int(command->code), "code");
    QTEST(command->reason, "reason");
}

void TestSlashCommand::knowsNoOther_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("slash") << QByteArray("/");
    QTest::newRow("another") << QByteArray("/quit");
    QTest::newRow("case") << QByteArray("/PING");
    QTest::newRow("longer") << QByteArray("/pings");
}

void TestSlashCommand::knowsNoOther()
{
    QFETCH(QByteArray, line);
    QVERIFY(!slashCommand(line));
}

QTEST_GUILESS_MAIN(TestSlashCommand)
#include "tst_slashcommand.moc"
