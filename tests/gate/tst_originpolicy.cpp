// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/originpolicy.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;
using Names = QList<QByteArray>;

class TestOriginPolicy final : public QObject
{
    Q_OBJECT

private slots:
    void judgesOrigins_data();
    void judgesOrigins();
    void judgesHosts_data();
    void judgesHosts();
};

void TestOriginPolicy::judgesOrigins_data()
{
    QTest::addColumn<QByteArray>("origin"); // null: no such header
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<Names>("allowed");
    QTest::addColumn<bool>("passes");
    const QByteArray host = "games.example:8080";
    const Names none;
    const Names list{"https://site.example", "http://localhost:3000"};

    QTest::newRow("no browser") << QByteArray() << host << none << true;
    QTest::newRow("same host and port") << QByteArray("http://games.example:8080") << host << none << true;
    QTest::newRow("same host in capitals") << QByteArray("HTTP://Games.Example:8080") << host << none << true;
    QTest::newRow("same host behind TLS")
        << QByteArray("https://games.example") << QByteArray("games.example") << none << true;
    QTest::newRow("default port said") << QByteArray("http://games.example") << QByteArray("games.example:80") << none
                                       << true;
    QTest::newRow("default port of https said")
        << QByteArray("https://games.example:443") << QByteArray("games.example") << none << true;
    QTest::newRow("IPv6") << QByteArray("http://[::1]:8080") << QByteArray("[::1]:8080") << none << true;
    QTest::newRow("IPv6 with the default port") << QByteArray("http://[::1]") << QByteArray("[::1]:80") << none << true;
    QTest::newRow("same host, another port") << QByteArray("http://games.example:3000") << host << none << false;
    QTest::newRow("same host, no port") << QByteArray("http://games.example") << host << none << false;
    QTest::newRow("wrong default port") << QByteArray("http://games.example") << QByteArray("games.example:443") << none
                                        << false;
    QTest::newRow("foreign host") << QByteArray("https://evil.example") << host << list << false;
    QTest::newRow("host in front") << QByteArray("http://games.example:8080.evil.example") << host << list << false;
    QTest::newRow("host as user") << QByteArray("http://games.example:8080@evil.example") << host << list << false;
    QTest::newRow("host as ending") << QByteArray("http://evilgames.example:8080") << host << list << false;
    QTest::newRow("opaque origin") << QByteArray("null") << host << list << false;
    QTest::newRow("empty origin") << QByteArray("") << host << list << false;
    QTest::newRow("another scheme") << QByteArray("ftp://games.example:8080") << host << list << false;
    QTest::newRow("scheme alone") << QByteArray("http://") << host << list << false;
    QTest::newRow("on the list") << QByteArray("https://site.example") << host << list << true;
    QTest::newRow("on the list, in capitals") << QByteArray("https://SITE.example") << host << list << true;
    QTest::newRow("on the list with a port") << QByteArray("http://localhost:3000") << host << list << true;
    QTest::newRow("listed with another port") << QByteArray("http://localhost:3001") << host << list << false;
    QTest::newRow("listed with another scheme") << QByteArray("http://site.example") << host << list << false;
    QTest::newRow("listed with something behind") << QByteArray("https://site.example.evil") << host << list << false;
    QTest::newRow("all let in") << QByteArray("https://evil.example") << host << Names{"*"} << true;
    QTest::newRow("all let in, opaque") << QByteArray("null") << host << Names{"*"} << true;
    QTest::newRow("a star is no pattern")
        << QByteArray("https://a.site.example") << host << Names{"https://*.site.example"} << false;
}

void TestOriginPolicy::judgesOrigins()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, host);
    QFETCH(Names, allowed);
    const QByteArray line = origin.isNull() ? QByteArray() : QByteArray("Origin: " + origin + "\r\n");
    const HttpHead head = requestHead("GET", "/ws/a", "Host: " + host + "\r\n" + line);
    QVERIFY(!head.target.isEmpty());
    QTEST(isOriginAllowed(head, allowed), "passes");
}

void TestOriginPolicy::judgesHosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<Names>("allowed");
    QTest::addColumn<bool>("passes");
    const Names list{"games.example", "other.example:81", "[::1]"};
    QTest::newRow("no list") << QByteArray("anything") << Names() << true;
    QTest::newRow("listed") << QByteArray("games.example") << list << true;
    QTest::newRow("listed, in capitals") << QByteArray("Games.Example") << list << true;
    QTest::newRow("listed, any port") << QByteArray("games.example:8080") << list << true;
    QTest::newRow("listed with its port") << QByteArray("other.example:81") << list << true;
    QTest::newRow("listed with another port") << QByteArray("other.example:82") << list << false;
    QTest::newRow("IPv6, any port") << QByteArray("[::1]:8080") << list << true;
    QTest::newRow("foreign") << QByteArray("evil.example") << list << false;
    QTest::newRow("ending") << QByteArray("evilgames.example") << list << false;
    QTest::newRow("beginning") << QByteArray("games.example.evil") << list << false;
}

void TestOriginPolicy::judgesHosts()
{
    QFETCH(QByteArray, host);
    QFETCH(Names, allowed);
    QTEST(isHostAllowed(requestHead("GET", "/", "Host: " + host + "\r\n"), allowed), "passes");
}

QTEST_GUILESS_MAIN(TestOriginPolicy)
#include "tst_originpolicy.moc"
