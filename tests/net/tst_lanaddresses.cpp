// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/lanaddresses.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QSet>
#include <QTest>

using namespace glasshouse;

class TestLanAddresses final : public QObject
{
    Q_OBJECT

private slots:
    void areAddressesOfThisMachine();
    void areThereForEveryInterfaceThatIsUp();
    void loopbackIsAnInterfaceToo();
};

void TestLanAddresses::areAddressesOfThisMachine()
{
    const QStringList addresses = lanAddresses();
    QCOMPARE(QSet<QString>(addresses.begin(), addresses.end()).size(), addresses.size());
    for (const QString &text : addresses) {
        const QHostAddress address(text);
        QCOMPARE(address.protocol(), QAbstractSocket::IPv4Protocol);
        QVERIFY(!address.isLoopback());
        QVERIFY2(QNetworkInterface::allAddresses().contains(address), qPrintable(text));
    }
}

void TestLanAddresses::areThereForEveryInterfaceThatIsUp()
{
    const QStringList found = lanAddresses();
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        if (!interface.flags().testFlag(QNetworkInterface::IsRunning)
            || interface.flags().testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            if (entry.ip().protocol() == QAbstractSocket::IPv4Protocol)
                QVERIFY2(found.contains(entry.ip().toString()), qPrintable(entry.ip().toString()));
        }
    }
}

// A routable address may sit there: it is no address without a network.
void TestLanAddresses::loopbackIsAnInterfaceToo()
{
    for (const char *address : {"127.0.0.1", "::1"}) {
        const bool isThere = QNetworkInterface::allAddresses().contains(QHostAddress(QLatin1String(address)));
        QCOMPARE(isOnInterface(QLatin1String(address)), isThere);
    }
    QVERIFY(isOnInterface(QStringLiteral("127.0.0.1")));
    QVERIFY(!isOnInterface(QStringLiteral("192.0.2.1"))); // of examples (RFC 5737)
    const QStringList addresses = lanAddresses();
    QVERIFY(std::all_of(addresses.begin(), addresses.end(), isOnInterface));
}

QTEST_GUILESS_MAIN(TestLanAddresses)
#include "tst_lanaddresses.moc"
