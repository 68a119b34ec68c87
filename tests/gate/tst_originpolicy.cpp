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
    const auto named = [&](const char *name, const char *origin, const char *entry, bool passes) {
        QTest::newRow(name) << QByteArray(origin) << host << Names{entry} << passes;
    };
    named("a file", "file://", "file://", true);
    named("a file, spelled otherwise", "FILE:///", "file://", true);
    named("a file, with all of it", "file:///home/ada/game.html", "file://", true);
    named("a file that is not named", "file://", "null", false);
    named("opaque by name", "null", "null", true);
    named("default port sent", "https://site.example:443", "https://site.example", true);
    named("default port listed", "https://site.example", "https://site.example:443", true);
    named("IPv6 listed", "http://[::1]", "http://[::1]:80", true);
    named("port of another scheme", "https://site.example:80", "https://site.example", false);
    named("an app", "app://game", "app://game", true);
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

QTEST_GUILESS_MAIN(TestOriginPolicy)
#include "tst_originpolicy.moc"
