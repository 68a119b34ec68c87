// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/bindaddress.h"
#include "net/transport/lanaddresses.h"
#include "net/transport/listener.h"

#include <QHostInfo>
#include <QTcpSocket>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestBindAddress final : public QObject
{
    Q_OBJECT

private slots:
    void spellsAddresses_data();
    void spellsAddresses();
    void listensWhereItSays_data();
    void listensWhereItSays();
    void standsInUrls_data();
    void standsInUrls();
    void knowsTheMachine();
};

void TestBindAddress::spellsAddresses_data()
{
    QTest::addColumn<QString>("normal"); // empty: it is none
    const auto row = [](const char *text, const char *normal) { QTest::newRow(text) << QString::fromLatin1(normal); };
    for (const char *same : {"127.0.0.1", "0.0.0.0", "::", "::1", "192.0.2.1", "2001:db8::1", "fe80::1%eth0"})
        row(same, same);
    row("localhost", "127.0.0.1");
    row("LocalHost", "127.0.0.1");
    row("*", "::");
    row("[::1]", "::1");
    row("[::]", "::");
    row("0:0:0:0:0:0:0:0", "::");
    row("[fe80::1%eth0]", "fe80::1%eth0");
    row("[fe80::1%25eth0]", "fe80::1%eth0");
    row("fe80::1%25eth0", "fe80::1%eth0");
    row("2001:DB8::0001", "2001:db8::1");
    row("::ffff:127.0.0.1", "127.0.0.1");
    for (const char *bad : {"127.1", "1", "010.0.0.1", "nowhere", "127.0.0.1:8080", "[::1]:8080", "fe80::1",
                            "[fe80::1]", "fe80::1%", "10.0.0.0/8", "http://127.0.0.1", "[127.0.0.1]", "256.0.0.1", " "})
        row(bad, "");
}

void TestBindAddress::spellsAddresses()
{
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    QFETCH(QString, normal);
    QCOMPARE(normalBindAddress(text).value_or(QString()), normal);
    QCOMPARE(normalBindAddress(normal).value_or(QString()), normal);
    QCOMPARE(!whyNoBindAddress(text).isEmpty(), text.contains(u"fe80"_s) && !text.contains(u"eth"_s));
}

void TestBindAddress::listensWhereItSays_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QStringList>("reached");
    const QStringList both{u"127.0.0.1"_s, u"::1"_s};
    QTest::newRow("all") << QString() << both;
    QTest::newRow("::") << u"::"_s << both;
    QTest::newRow("[::]") << u"[::]"_s << both;
    QTest::newRow("*") << u"*"_s << both;
    QTest::newRow("IPv4") << u"0.0.0.0"_s << both.mid(0, 1);
    QTest::newRow("localhost") << u"localhost"_s << both.mid(0, 1);
    QTest::newRow("[::1]") << u"[::1]"_s << both.mid(1);
}

void TestBindAddress::listensWhereItSays()
{
    QFETCH(QString, bind);
    QFETCH(QStringList, reached);
    QTcpSocket ipv6;
    if (reached.contains(u"::1"_s) && !ipv6.bind(QHostAddress(QHostAddress::LocalHostIPv6)))
        QSKIP("this machine has no IPv6");
    Listener listener([](qintptr) { return true; });
    QVERIFY2(listener.begin(listenAddress(bind), 0), qPrintable(listener.errorString()));
    reached += hostFromHere(bind);
    for (const QString &host : std::as_const(reached)) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(host), listener.serverPort());
        QVERIFY2(socket.waitForConnected(2000), qPrintable(host));
    }
    listener.end();
}

void TestBindAddress::standsInUrls_data()
{
    QTest::addColumn<QString>("shown");
    QTest::newRow("127.0.0.1") << u"127.0.0.1"_s;
    QTest::newRow("::1") << u"[::1]"_s;
    QTest::newRow("fe80::1%eth0") << u"[fe80::1%25eth0]"_s;
    QTest::newRow("play.example") << u"play.example"_s;
}

void TestBindAddress::standsInUrls() { QTEST(hostInUrl(QString::fromLatin1(QTest::currentDataTag())), "shown"); }

void TestBindAddress::knowsTheMachine()
{
    const QString name = QHostInfo::localHostName().toLower();
    if (name.isEmpty() || name == u"localhost"_s)
        QSKIP("this machine has no name");
    QVERIFY(machineNames().contains(name));
    QVERIFY(machineNames().contains(name.section(u'.', 0, 0) + u".local"_s));
}

QTEST_GUILESS_MAIN(TestBindAddress)
#include "tst_bindaddress.moc"
