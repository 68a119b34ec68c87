// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/endpoints.h"

#include <QTest>

using namespace glasshouse;

/// The table of endpoints: what holds for each path and method. What the handlers answer: tst_httpresponder.
class TestEndpoints final : public QObject
{
    Q_OBJECT

private slots:
    void guardsEachOfThem_data();
    void guardsEachOfThem();
    void sharesTheApi_data();
    void sharesTheApi();
    void namesTheMethods_data();
    void namesTheMethods();
    void judgesTheOriginOfWhoMakesRooms();
};

void TestEndpoints::guardsEachOfThem_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<Who>("who");
    QTest::addColumn<Cost>("cost");
    QTest::addColumn<bool>("takesMethod");
    const auto row = [](const char *request, Who who, Cost cost, bool takesMethod = true) {
        QTest::newRow(request) << QByteArray(request) << who << cost << takesMethod;
    };
    row("GET /health", Who::Anyone, Cost::Request);
    row("HEAD /health", Who::Anyone, Cost::Request);
    row("POST /health", Who::Anyone, Cost::Request, false);
    row("GET /metrics", Who::Operator, Cost::Request);
    row("DELETE /metrics", Who::Operator, Cost::Request, false);
    row("GET /api/v1/config", Who::Everyone, Cost::Request);
    row("GET /api/v1/rooms", Who::Player, Cost::Request);
    row("POST /api/v1/rooms", Who::Player, Cost::Connection);
    row("DELETE /api/v1/rooms", Who::Player, Cost::Request, false);
    row("GET /api/v1/results", Who::Player, Cost::Connection);
    row("POST /api/v1/results", Who::Player, Cost::Connection, false);
    row("GET /api/v1/reflect", Who::HandlerAsks, Cost::Request);
    row("POST /api/v1/reflect", Who::HandlerAsks, Cost::Connection);
    row("DELETE /api/v1/reflect", Who::HandlerAsks, Cost::Request);
    row("POST /api/v1/check", Who::Everyone, Cost::Connection);
    row("GET /api/v1/check", Who::Everyone, Cost::Connection, false);
    row("GET /check", Who::Everyone, Cost::Request);
    row("GET /api/v1/rooms/", Who::Player, Cost::Connection);
    row("GET /api/v1/rooms/blue", Who::Player, Cost::Connection);
    row("DELETE /api/v1/rooms/blue", Who::Player, Cost::Connection);
    row("GET /api/v1/results/", Who::Player, Cost::Connection);
    row("GET /api/v1/results/7", Who::Player, Cost::Connection);
    row("GET /api/v1/roomsx", Who::Everyone, Cost::Request);
    row("OPTIONS *", Who::Anyone, Cost::Request);
    row("GET /api/v1/nothing", Who::Everyone, Cost::Request);
    row("GET /glasshouse.js", Who::Everyone, Cost::Request);
    row("HEAD /glasshouse.d.ts", Who::Everyone, Cost::Request);
    row("POST /glasshouse.js", Who::Everyone, Cost::Request, false);
    row("GET /", Who::Everyone, Cost::Request);
    row("POST /nothing", Who::Everyone, Cost::Request);
    row("GET /Health", Who::Everyone, Cost::Request);
    row("GET ", Who::Everyone, Cost::Request);
}

void TestEndpoints::guardsEachOfThem()
{
    QFETCH(QByteArray, request);
    const qsizetype space = request.indexOf(' ');
    const EndpointMatch match = findEndpoint(request.sliced(space + 1), request.first(space));
    QTEST(match.endpoint->who, "who");
    QTEST(match.endpoint->cost, "cost");
    QTEST(match.takesMethod, "takesMethod");
}

void TestEndpoints::sharesTheApi_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("shared");
    for (const char *path : {"/api/v1/rooms", "/api/v1/", "/api/v1/nothing", "/api/v1/rooms/blue", "/health",
                             "/glasshouse.js", "/glasshouse.d.ts"})
        QTest::newRow(path) << QByteArray(path) << true;
    for (const char *path : {"/", "*", "/api/v1", "/api/game", "/metrics", "/health/x", "/index.html", "/common.js",
                             "/x/glasshouse.js", "/x/api/v1/rooms"})
        QTest::newRow(path) << QByteArray(path) << false;
}

void TestEndpoints::sharesTheApi()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, shared);
    for (const char *method : {"GET", "POST", "OPTIONS"})
        QCOMPARE(findEndpoint(path, method).endpoint->sharing == Sharing::AllowedOrigins, shared);
}

void TestEndpoints::namesTheMethods_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("methods");
    QTest::newRow("read") << QByteArray("/health") << QByteArray("GET, HEAD");
    QTest::newRow("read and written") << QByteArray("/api/v1/rooms") << QByteArray("GET, HEAD, POST");
}

void TestEndpoints::namesTheMethods()
{
    QFETCH(QByteArray, path);
    QTEST(methodsAt(path), "methods");
}

void TestEndpoints::judgesTheOriginOfWhoMakesRooms()
{
    QVERIFY(findEndpoint("/api/v1/rooms", "POST").endpoint->origin.refusal != nullptr);
    QVERIFY(findEndpoint("/api/v1/rooms", "GET").endpoint->origin.refusal == nullptr);
}

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_endpoints.moc"
