// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/addresses.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestAddresses final : public QObject
{
    Q_OBJECT
private slots:
    void knowsItsOwnServer_data();
    void knowsItsOwnServer();
    void sharesWhatAnswers_data();
    void sharesWhatAnswers();
    void putsThisMachineLast();
};

void TestAddresses::knowsItsOwnServer_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("own");
    const auto row = [](const char *name, const QString &bind, const char *url, bool own) {
        QTest::newRow(name) << bind << QString::fromLatin1(url) << own;
    };
    row("loopback", {}, "wss://127.0.0.1:8443/ws/main", true);
    row("localhost", {}, "wss://LocalHost:8443/ws/main", true);
    row("::1", {}, "wss://[::1]:8443/ws/main", true);
    row("in the LAN", {}, "wss://192.168.1.20:8443/ws/main", true);
    row("a page", {}, "https://192.168.1.20:8443/", true);
    row("not encrypted", {}, "ws://127.0.0.1:8443/ws/main", false);
    row("another port", {}, "wss://127.0.0.1:8444/ws/main", false);
    row("the usual port", {}, "wss://127.0.0.1/ws/main", false);
    row("another computer", {}, "wss://192.168.1.21:8443/ws/main", false);
    row("a name", {}, "wss://play.example.org:8443/ws/main", false);
    row("the proxy", {}, "wss://game.example.org:8443/ws/main", false);
    row("bound to it", u"192.168.1.20"_s, "wss://192.168.1.20:8443/ws/main", true);
    // Another program may listen there on the same port.
    row("bound to another", u"192.168.1.20"_s, "wss://127.0.0.1:8443/ws/main", false);
    row("bound, by name", u"192.168.1.20"_s, "wss://localhost:8443/ws/main", false);
    row("bound to all of both", u"::"_s, "wss://192.168.1.20:8443/ws/main", true);
    row("bound to all of both, here", u"::"_s, "wss://[::1]:8443/ws/main", true);
    row("bound to loopback, by name", u"127.0.0.1"_s, "wss://localhost:8443/ws/main", true);
    row("nothing", {}, "", false);
}

void TestAddresses::knowsItsOwnServer()
{
    QFETCH(QString, bind);
    QFETCH(QString, url);
    ListenInfo info{8443, bind, {u"192.168.1.20"_s, u"10.0.0.5"_s}, true};
    info.publicUrl = u"https://game.example.org:8443"_s;
    QTEST(isOwnAddress(info, QUrl(url)), "own");
    info.secure = false;
    QVERIFY(!isOwnAddress(info, QUrl(url)));
}

void TestAddresses::sharesWhatAnswers_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("here");
    const auto row = [](const char *bind, const char *page, const char *here) {
        QTest::newRow(bind) << QString::fromLatin1(page) << QString::fromLatin1(here);
    };
    row("", "http://192.168.1.20:8080/", "ws://127.0.0.1:8080/ws/main");
    row("::", "http://192.168.1.20:8080/", "ws://127.0.0.1:8080/ws/main");
    row("0.0.0.0", "http://192.168.1.20:8080/", "ws://127.0.0.1:8080/ws/main");
    row("::1", "http://[::1]:8080/", "ws://[::1]:8080/ws/main");
    row("127.0.0.1", "http://127.0.0.1:8080/", "ws://127.0.0.1:8080/ws/main");
    row("fe80::1%eth0", "http://[fe80::1%25eth0]:8080/", "ws://[fe80::1%25eth0]:8080/ws/main");
}

void TestAddresses::sharesWhatAnswers()
{
    QFETCH(QString, page);
    QFETCH(QString, here);
    const ListenInfo info{8080, QString::fromLatin1(QTest::currentDataTag()), {u"192.168.1.20"_s}};
    QCOMPARE(pageUrl(info, reachableHosts(info).first()).toString(), page);
    QCOMPARE(localUrl(info, u"/ws/main"_s).toString(), here);
}

// A public address that is good for trying out leads no phone here.
void TestAddresses::putsThisMachineLast()
{
    ListenInfo info{8080, {}, {u"169.254.1.1"_s, u"192.168.1.20"_s}};
    info.publicUrl = u"http://LocalHost:3000"_s;
    QCOMPARE(reachableHosts(info), QStringList({u"192.168.1.20"_s, u"localhost"_s, u"169.254.1.1"_s}));
    QVERIFY(whyOnlyHere(info, u"192.168.1.20"_s).isEmpty());
    QVERIFY(whyOnlyHere(info, u"localhost"_s).contains(u"public address"_s));
    info.publicUrl = u"https://play.example.org"_s;
    QCOMPARE(reachableHosts(info).first(), u"play.example.org"_s);
}

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
