// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httprequest.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Kind = RouteMatch::Kind;

/// Where requests lead.
class TestHttpRequest final : public QObject
{
    Q_OBJECT

private slots:
    void findsPlayerRoutesBehindTheBasePath_data();
    void findsPlayerRoutesBehindTheBasePath();
    void findsEndpointsBehindTheBasePath_data();
    void findsEndpointsBehindTheBasePath();
    void goesByRoutesFirst();
};

void TestHttpRequest::findsPlayerRoutesBehindTheBasePath_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *base, const char *target, Kind kind) {
        QTest::addRow("%s: %s", base, target) << QByteArray(base) << QByteArray(target) << kind;
    };
    row("/prefix", "/prefix/ws/blue", Kind::Room);
    row("/prefix", "/ws/blue", Kind::Room);
    row("/prefix", "/prefix/api/game?matchId=blue", Kind::Room);
    row("/prefix", "/prefix/echo", Kind::Echo);
    row("/prefix", "/prefix/ws/", Kind::BadRoom);
    row("/prefix", "/prefixws/blue", Kind::None);
    row("/prefix", "/prefix", Kind::None);
    row("/prefix", "/prefix/prefix/ws/blue", Kind::None);
    row("/prefix", "/Prefix/ws/blue", Kind::None);
    row("/a/b", "/a/b/ws/blue", Kind::Room);
    row("/a/b", "/b/ws/blue", Kind::None);
    row("/ws", "/ws/blue", Kind::Room);
    row("/ws", "/ws/ws/blue", Kind::Room);
    row("", "/prefix/ws/blue", Kind::None);
}

void TestHttpRequest::findsPlayerRoutesBehindTheBasePath()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, target);
    QTEST(destinationOf(requestHead("GET", target), base, Routes()).route.kind, "kind");
}

void TestHttpRequest::findsEndpointsBehindTheBasePath_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("inside"); // as the endpoint reads it
    QTest::addColumn<QByteArray>("path");   // of the endpoint's row
    const auto row = [](const char *base, const char *target, const char *inside, const char *path) {
        QTest::addRow("%s: %s", base, target)
            << QByteArray(base) << QByteArray(target) << QByteArray(inside) << QByteArray(path);
    };
    row("", "/health", "/health", "/health");
    row("", "/health?x=1", "/health?x=1", "/health");
    row("", "/prefix/health", "/prefix/health", "/");
    row("/prefix", "/prefix/health?x=1", "/health?x=1", "/health");
    row("/prefix", "/health", "/health", "/health");
    row("/prefix", "/prefix/api/v1/rooms", "/api/v1/rooms", "/api/v1/rooms");
    row("/prefix", "/prefix/api/v1/nothing", "/api/v1/nothing", "/api/v1/");
    row("/prefix", "/prefix/home.js", "/home.js", "/");
    row("/prefix", "/prefix/prefix/health", "/prefix/health", "/");
    row("/api", "/api/v1/rooms", "/api/v1/rooms", "/api/v1/rooms");
    row("/api", "/api/api/v1/rooms", "/api/v1/rooms", "/api/v1/rooms");
    row("/api", "/api/v1/nothing", "/api/v1/nothing", "/api/v1/");
    row("/api", "/api/health", "/health", "/health");
    row("/a/b", "/a/b/metrics", "/metrics", "/metrics");
}

void TestHttpRequest::findsEndpointsBehindTheBasePath()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, target);
    const Destination to = destinationOf(requestHead("GET", target), base, Routes());
    QTEST(to.target, "inside");
    QCOMPARE(to.route.kind, Kind::None);
    QTEST(to.endpoint.endpoint->path.toByteArray(), "path");
}

void TestHttpRequest::goesByRoutesFirst()
{
    // The base path looks like a route: what is behind it looks like an endpoint, the whole is a room.
    const Destination to = destinationOf(requestHead("GET", "/ws/health"), "/ws", Routes());
    QCOMPARE(to.route.kind, Kind::Room);
    QCOMPARE(to.route.room, "health");
    QCOMPARE(to.target, "/ws/health");
    const Destination nowhere = destinationOf(HttpHead(), {}, Routes()); // of a head that was broken
    QCOMPARE(nowhere.route.kind, Kind::None);
    QVERIFY(nowhere.endpoint.endpoint != nullptr);
}

QTEST_GUILESS_MAIN(TestHttpRequest)
#include "tst_httprequest.moc"
