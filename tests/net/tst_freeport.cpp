// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/freeport.h"

#include <QTcpServer>
#include <QTest>

using namespace glasshouse;

class TestFreePort final : public QObject
{
    Q_OBJECT
private slots:
    void isOneThatCanBeListenedOn()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = freePortInstead(QHostAddress::LocalHost, taken.serverPort());
        QVERIFY(port != 0 && port != taken.serverPort());
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, port));
        QVERIFY(freePortInstead(QHostAddress::LocalHost, taken.serverPort()) != port); // it is taken now
    }

    void isEasyToRemember()
    {
        // The first that are free; others of this machine may have the very first.
        const quint16 web = freePortInstead(QHostAddress::LocalHost, 80);
        QVERIFY2(web >= 8080 && web <= 8180, qPrintable(QString::number(web)));
        const quint16 next = freePortInstead(QHostAddress::LocalHost, 18'080);
        QVERIFY2(next > 18'080 && next <= 18'180, qPrintable(QString::number(next)));
    }

    void isThereBehindTheLastOne() { QVERIFY(freePortInstead(QHostAddress::LocalHost, 65'535) != 0); }

    void isNoneWhereNobodyCanListen()
    {
        QCOMPARE(freePortInstead(QHostAddress(QStringLiteral("192.0.2.1")), 8080), quint16(0)); // nobody has it
    }
};

QTEST_GUILESS_MAIN(TestFreePort)
#include "tst_freeport.moc"
