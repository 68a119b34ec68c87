// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray request(QByteArrayView start, QByteArrayView headers = {}, QByteArrayView body = {})
{
    return start.toByteArray() + " HTTP/1.1\r\nHost: localhost\r\n" + headers.toByteArray() + "\r\n"
        + body.toByteArray();
}

QByteArray post(QByteArrayView body)
{
    return request("POST /api/v1/rooms",
                   "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n",
                   body);
}

} // namespace

/// Plain HTTP on the same port.
class TestWireHttp : public QObject
{
    Q_OBJECT

    ServerProcess m_server{manyConnections() + QStringList{u"--max-rooms"_s, u"20"_s}};

    QJsonObject json(const QByteArray &bytes, int status = 200);

private slots:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.output().constData()); }
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }

    void saysWhereItListens();
    void tellsItsHealth();
    void tellsItsConfiguration();
    void makesAndListsRooms();
    void refusesRooms_data();
    void refusesRooms();
    void refusesRoomsBehindAnotherRequest_data() { refusesRooms_data(); }
    void refusesRoomsBehindAnotherRequest() { answersEveryRequestBehindAnother(); }
    void answersEveryRequest_data();
    void answersEveryRequest();
    void answersEveryRequestBehindAnother_data() { answersEveryRequest_data(); }
    void answersEveryRequestBehindAnother();
    void answersHttp10_data();
    void answersHttp10();
    void staysOverHttp10WhereAsked();
    void givesRelativeAddressesWhereNobodyNamesAHost();
    void answersErrorsAsJson_data();
    void answersErrorsAsJson();
    void explainsAPlayerRoute();
    void headHasNoBody();
    void namesTheAllowedMethods();
    void ignoresWhatFollowsTheLastRequest();
    void takesLimitsThatNoIntHolds_data();
    void takesLimitsThatNoIntHolds();
};

QJsonObject TestWireHttp::json(const QByteArray &bytes, int status)
{
    RawClient client(m_server.port());
    if (!client.request(bytes) || client.response().status != status || !client.answerIsFramed())
        return {};
    return QJsonDocument::fromJson(client.body()).object();
}

void TestWireHttp::saysWhereItListens()
{
    const QJsonObject line = m_server.listening();
    const QString address = u":%1"_s.arg(m_server.port());
    QVERIFY(line.value("http"_L1).toString().startsWith("http://"_L1));
    QVERIFY(line.value("http"_L1).toString().contains(address));
    QVERIFY(line.value("webSocket"_L1).toString().startsWith("ws://"_L1));
    QCOMPARE(qint64(line.value("pid"_L1).toDouble()), m_server.pid());
}

void TestWireHttp::tellsItsHealth()
{
    const QJsonObject health = json(request("GET /health"));
    QCOMPARE(health.value("status"_L1).toString(), u"ok"_s);
    QVERIFY(!health.value("version"_L1).toString().isEmpty());
    for (const auto key : {"uptimeSeconds"_L1, "connections"_L1, "rooms"_L1})
        QVERIFY2(health.value(key).isDouble(), key.data());
}

void TestWireHttp::tellsItsConfiguration()
{
    const QJsonObject config = json(request("GET /api/v1/config"));
    QVERIFY(config.value("webSocketUrl"_L1).toString().startsWith("ws://"_L1));
    QVERIFY(config.value("routes"_L1).toArray().contains(QJsonValue("/ws/{room}"_L1)));
    QCOMPARE(config.value("auth"_L1).toString(), u"open"_s);
    QVERIFY(config.value("limits"_L1).isObject());
}

void TestWireHttp::makesAndListsRooms()
{
    const QJsonObject made = json(post(R"({"game":"relay","room":"made-by-post"})"), 201);
    QCOMPARE(made.value("room"_L1).toString(), u"made-by-post"_s);
    QVERIFY(made.value("url"_L1).toString().endsWith("/ws/made-by-post"_L1));
    const QJsonObject chosen = json(post(R"({"game":"relay"})"), 201);
    static const QRegularExpression noLookAlikes(u"^[A-HJ-NP-Z2-9]{4,8}$"_s);
    QVERIFY2(noLookAlikes.match(chosen.value("code"_L1).toString()).hasMatch(),
             qPrintable(chosen.value("code"_L1).toString()));

    RawClient client(m_server.port());
    QVERIFY(client.request(request("GET /api/v1/rooms")));
    QCOMPARE(client.response().status, 200);
    QVERIFY(client.body().contains("made-by-post"));
}

void TestWireHttp::refusesRooms_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no JSON") << post("nonsense") << 400;
    QTest::newRow("an array") << post("[]") << 400;
    QTest::newRow("no such game") << post(R"({"game":"chess-boxing"})") << 400;
    QTest::newRow("room is no id") << post(R"({"game":"relay","room":"a b"})") << 400;
    QTest::newRow("room is too long") << post(R"({"game":"relay","room":")" + QByteArray(65, 'a') + "\"}") << 400;
    QTest::newRow("deep JSON") << post(QByteArray("[").repeated(5000)) << 400;
    QTest::newRow("body over the limit") << request("POST /api/v1/rooms", "Content-Length: 100000000\r\n") << 413;
    QTest::newRow("chunks over the limit")
        << request("POST /api/v1/rooms", "Transfer-Encoding: chunked\r\n", "10001\r\n") << 413;
    QTest::newRow("broken chunks") << request("POST /api/v1/rooms", "Transfer-Encoding: chunked\r\n", "2\r\n{}x\r\n")
                                   << 400;
    QTest::newRow("chunks with too much around them")
        << request("POST /api/v1/rooms", "Transfer-Encoding: chunked\r\n", "2;" + QByteArray(17'000, 'x')) << 400;
    QTest::newRow("trailers without end") << request("POST /api/v1/rooms", "Transfer-Encoding: chunked\r\n",
                                                     "0\r\n" + QByteArray("A: b\r\n").repeated(3'000))
                                          << 400;
    QTest::newRow("another coding") << request("POST /api/v1/rooms", "Transfer-Encoding: gzip, chunked\r\n") << 400;
    QTest::newRow("UTF-16") << post(QByteArray("\xff\xfe{\0}\0", 6)) << 400;
}

void TestWireHttp::refusesRooms()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RawClient client(m_server.port());
    QVERIFY(client.request(bytes));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.answerIsFramed());
}

void TestWireHttp::answersEveryRequest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("first page") << request("GET /") << 200;
    QTest::newRow("health") << request("GET /health") << 200;
    QTest::newRow("health with a query") << request("GET /health?x=1") << 200;
    QTest::newRow("asked to stay") << request("GET /health", "Connection: keep-alive\r\n") << 200;
    QTest::newRow("config") << request("GET /api/v1/config") << 200;
    QTest::newRow("rooms") << request("GET /api/v1/rooms") << 200;
    QTest::newRow("nowhere") << request("GET /nowhere") << 404;
    QTest::newRow("nowhere in the API") << request("GET /api/v1/nowhere") << 404;
    QTest::newRow("up and out") << request("GET /../../etc/passwd") << 404;
    QTest::newRow("up and out, encoded") << request("GET /%2e%2e/%2e%2e/etc/passwd") << 404;
    QTest::newRow("a percent sign") << request("GET /%zz") << 404;
    QTest::newRow("what browsers leave as it is") << request("GET /health?name=[a]{b}|^`\\100%") << 200;
    QTest::newRow("a quotation mark") << request("GET /health?name=\"a\"") << 400;
    QTest::newRow("UTF-8 as it is") << request("GET /health?name=J\xc3\xbcrgen") << 200;
    QTest::newRow("no UTF-8") << request("GET /health?name=\xff") << 400;
    QTest::newRow("half a character") << request("GET /health?name=\xc3") << 400;
    QTest::newRow("an empty line first") << "\r\n" + request("GET /health") << 200;
    QTest::newRow("two empty lines first") << "\r\n\r\n" + request("GET /health") << 400;
    QTest::newRow("absolute form") << request("GET http://localhost/health?x=1") << 200;
    QTest::newRow("OPTIONS of a page, as balancers check") << request("OPTIONS /") << 204;
    QTest::newRow("OPTIONS of the API") << request("OPTIONS /api/v1/rooms") << 204;
    QTest::newRow("OPTIONS of nothing") << request("OPTIONS /nowhere") << 404;
    QTest::newRow("OPTIONS of the server") << request("OPTIONS *") << 204;
    QTest::newRow("a slash behind rooms") << request("GET /api/v1/rooms/") << 404;
    QTest::newRow("below rooms") << request("GET /api/v1/rooms/ABCD") << 404;
    QTest::newRow("delete below rooms") << request("DELETE /api/v1/rooms/ABCD") << 404;
    QTest::newRow("below results") << request("GET /api/v1/results/7") << 404;
    QTest::newRow("a room, with chunks") << request("POST /api/v1/rooms", "Transfer-Encoding: chunked\r\n",
                                                    "2;x=y\r\n{}\r\n0\r\nA: b\r\n\r\n")
                                         << 201;
    QTest::newRow("a room, behind a byte order mark") << post("\xef\xbb\xbf{}") << 201;
    QTest::newRow("a room of nothing") << post("") << 201;
    QTest::newRow("a room without a body") << request("POST /api/v1/rooms") << 201;
    QTest::newRow("player route with a slash") << request("GET /ws/lobby/") << 426;
    QTest::newRow("delete health") << request("DELETE /health") << 405;
    QTest::newRow("post health") << request("POST /health", "Content-Length: 0\r\n") << 405;
    QTest::newRow("put rooms") << request("PUT /api/v1/rooms", "Content-Length: 0\r\n") << 405;
    QTest::newRow("unknown method") << request("BREW /health") << 405;
    QTest::newRow("player route") << request("GET /ws/lobby") << 426;
    QTest::newRow("echo") << request("GET /echo") << 426;
    QTest::newRow("game route") << request("GET /api/game?matchId=lobby") << 426;
    QTest::newRow("match route") << request("GET /api/match/game?matchId=lobby") << 426;
    QTest::newRow("connection route") << request("GET /connection/websocket") << 426;
    QTest::newRow("player route without a room") << request("GET /ws/") << 426;
    QTest::newRow("two lengths") << request("GET /health", "Content-Length: 0\r\nContent-Length: 1\r\n") << 400;
    QTest::newRow("length and chunks") << request("POST /api/v1/rooms",
                                                  "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "{}")
                                       << 400;
}

void TestWireHttp::answersEveryRequest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RawClient client(m_server.port());
    QVERIFY(client.request(bytes));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.answerIsFramed());
}

// Over a connection that was kept, it is the same.
void TestWireHttp::answersEveryRequestBehindAnother()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RawClient client(m_server.port());
    QVERIFY(client.request(request("GET /health")));
    QVERIFY(client.answerIsFramed() && !client.ended());
    client.forgetAnswer();
    QVERIFY(client.request(bytes));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.answerIsFramed());
}

void TestWireHttp::answersHttp10_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    row("a page", "GET / HTTP/1.0\r\n\r\n", 200);
    row("a page of a host", "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", 200);
    row("health", "GET /health HTTP/1.0\r\n\r\n", 200);
    row("HEAD", "HEAD /health HTTP/1.0\r\n\r\n", 200);
    row("HAProxy's check", "OPTIONS / HTTP/1.0\r\ncontent-length: 0\r\n\r\n", 204);
    row("configuration", "GET /api/v1/config HTTP/1.0\r\n\r\n", 200);
    row("a room", "POST /api/v1/rooms HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", 201);
    row("nothing there", "GET /nowhere HTTP/1.0\r\n\r\n", 404);
    row("a player's route", "GET /ws/a HTTP/1.0\r\n\r\n", 426);
    row("an upgrade", RawClient::upgradeHead("/ws/a").replace("HTTP/1.1", "HTTP/1.0"), 426);
    row("an upgrade through nginx as its manual begins",
        "GET /ws/a HTTP/1.0\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\nSec-WebSocket-Key: "
        "dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n",
        426);
    row("chunks", "POST /api/v1/rooms HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400);
    row("no host at all", "GET / HTTP/1.0\r\nHost:\r\n\r\n", 400);
}

// With a length where there is a body, never in chunks, and the connection ends.
void TestWireHttp::answersHttp10()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RawClient client(m_server.port());
    QVERIFY(client.request(bytes));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, status);
    QVERIFY(client.response().listHas("Connection", "close") && !client.response().chunked);
    QVERIFY(status == 204 || client.response().contentLength > 0);
    if (bytes.contains("Sec-WebSocket"))
        QVERIFY(client.body().contains("proxy_http_version 1.1"));
}

void TestWireHttp::staysOverHttp10WhereAsked()
{
    RawClient client(m_server.port());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(client.request("GET /health HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
        QVERIFY(client.answerIsFramed() && !client.ended());
        QVERIFY(client.response().listHas("Connection", "keep-alive"));
        client.forgetAnswer();
    }
    QVERIFY(client.request("GET /health HTTP/1.0\r\n\r\n"));
    QVERIFY(client.answerIsFramed() && client.ended());
}

void TestWireHttp::givesRelativeAddressesWhereNobodyNamesAHost()
{
    const QJsonObject config = json("GET /api/v1/config HTTP/1.0\r\n\r\n");
    QCOMPARE(config.value("webSocketUrl"_L1), QJsonValue(QString()));
    const QJsonObject made =
        json("POST /api/v1/rooms HTTP/1.0\r\nContent-Length: 19\r\n\r\n{\"room\":\"relative\"}", 201);
    QCOMPARE(made.value("url"_L1).toString(), u"/ws/relative"_s);
    const QJsonObject named =
        json("POST http://localhost:81/api/v1/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 201);
    QVERIFY(named.value("url"_L1).toString().startsWith("ws://localhost:81/ws/"_L1));
}

void TestWireHttp::answersErrorsAsJson_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("404") << request("GET /nowhere");
    QTest::newRow("405") << request("DELETE /health");
    QTest::newRow("400") << QByteArray("nonsense\r\n\r\n");
    QTest::newRow("505") << QByteArray("GET /health HTTP/2.0\r\n\r\n");
    QTest::newRow("431") << request("GET /health", "X: " + QByteArray(17'000, 'x') + "\r\n");
}

void TestWireHttp::answersErrorsAsJson()
{
    QFETCH(QByteArray, bytes);
    RawClient client(m_server.port());
    QVERIFY(client.request(bytes));
    QVERIFY(client.response().value("Content-Type").startsWith("application/json"));
    QVERIFY(!QJsonDocument::fromJson(client.body()).object().value("error"_L1).isUndefined());
    QVERIFY(client.body().trimmed().count('\n') == 0);
}

void TestWireHttp::explainsAPlayerRoute()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(request("GET /ws/lobby")));
    QVERIFY(client.response().listHas("Upgrade", "websocket"));
    QVERIFY(client.body().contains("WebSocket"));
}

void TestWireHttp::headHasNoBody()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(request("HEAD /health")));
    QCOMPARE(client.response().status, 200);
    QVERIFY(client.body().isEmpty());
    QVERIFY(client.response().contentLength > 0);
}

void TestWireHttp::namesTheAllowedMethods()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(request("DELETE /api/v1/rooms")));
    QCOMPARE(client.response().status, 405);
    QVERIFY(client.response().listHas("Allow", "GET"));
    QVERIFY(client.response().listHas("Allow", "POST"));
}

// Nothing that stands behind the last request of a connection is taken for another one.
void TestWireHttp::ignoresWhatFollowsTheLastRequest()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(request("GET /health", "Connection: close\r\n") + request("GET /nowhere")
                           + QByteArray(1000, '\xff')));
    QCOMPARE(client.response().status, 200);
    QVERIFY(client.answerIsFramed());
}

void TestWireHttp::takesLimitsThatNoIntHolds_data()
{
    QTest::addColumn<QString>("headBytes");
    QTest::newRow("3 GiB") << u"3G"_s;
    QTest::newRow("4 GiB and a little") << u"4294967312"_s;
}

void TestWireHttp::takesLimitsThatNoIntHolds()
{
    QFETCH(QString, headBytes);
    ServerProcess server({u"--max-head-bytes"_s, headBytes});
    QVERIFY2(server.start(), server.output().constData());
    RawClient client(server.port());
    QVERIFY(client.request(request("GET /health")));
    QCOMPARE(client.response().status, 200);
}

QTEST_GUILESS_MAIN(TestWireHttp)
#include "tst_wire_http.moc"
