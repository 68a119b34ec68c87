// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/portowner.h"

#include "net/transport/descriptors.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace glasshouse;

class TestPortOwner final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void namesTheProgramThatListens_data();
    void namesTheProgramThatListens();
    void namesNobodyWhereNobodyListens();
    void doesNotTakeAConnectionForAListener();
    void countsItsDescriptors();
};

void TestPortOwner::initTestCase()
{
#ifndef Q_OS_LINUX
    QSKIP("only Linux tells");
#endif
}

void TestPortOwner::namesTheProgramThatListens_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
    QTest::newRow("both") << QHostAddress(QHostAddress::Any);
}

void TestPortOwner::namesTheProgramThatListens()
{
    QFETCH(QHostAddress, address);
    QTcpServer server;
    if (!server.listen(address))
        QSKIP("this machine has no such address");
    const QString expected = QStringLiteral("tst_portowner (PID %1)").arg(QCoreApplication::applicationPid());
    QCOMPARE(portOwner(server.serverPort()), expected);
}

void TestPortOwner::namesNobodyWhereNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    QCOMPARE(portOwner(port), QString());
}

void TestPortOwner::doesNotTakeAConnectionForAListener()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QVERIFY(client.waitForConnected());
    QCOMPARE(portOwner(client.localPort()), QString());
}

void TestPortOwner::countsItsDescriptors()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    const auto use = programAt(port).descriptors;
    QVERIFY(use);
    QCOMPARE(use->limit, descriptorLimit());
    QVERIFY(qAbs(use->open - openDescriptors()) <= 1); // who counts has the folder open
    server.close();
    QVERIFY(!programAt(port).descriptors);
}

QTEST_GUILESS_MAIN(TestPortOwner)
#include "tst_portowner.moc"
