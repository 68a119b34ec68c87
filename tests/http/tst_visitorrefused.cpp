// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/visitor.h"
#include "tests/support/visitorfixture.h"

using namespace glasshouse;

namespace {

const QByteArray player = get("/ws/blue",
                              "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

} // namespace

/// A connection that there is no place for: what it is told, and when.
class TestVisitorRefused final : public QObject
{
    Q_OBJECT

private slots:
    void asksWhoIsRefusedForItsRequest_data();
    void asksWhoIsRefusedForItsRequest();
    void saysNothingToWhoSaysNothing();
    void doesNotWaitForWhoIsRefused();
    void doesNotWaitForOneOfTooMany();
    void holdsNoPlace();
    void readsWhatAProxySaysFirst_data();
    void readsWhatAProxySaysFirst();
    void refusesTheClientOfAProxy();
    void saysNothingToTheProxyOfWhoSaysNothing();
};

void TestVisitorRefused::asksWhoIsRefusedForItsRequest_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("a browser that opens a page")
        << get("/", "Accept: text/html,*/*;q=0.8\r\n") << QByteArray("text/html");
    QTest::newRow("a script") << get("/home.js", "Accept: */*\r\n") << QByteArray("application/json");
    QTest::newRow("a player") << player << QByteArray("application/json");
    QTest::newRow("a broken one") << QByteArray("no request\r\n") << QByteArray("application/json");
    QTest::newRow("half of one") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("application/json");
}

void TestVisitorRefused::asksWhoIsRefusedForItsRequest()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, type);
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    const auto visitor = door.come(transport);
    visitor->beginRefused(EndingCause::TooManyConnections);
    QCOMPARE(transport->sent, "");
    for (const char c : std::as_const(request))
        transport->peerSays(QByteArray(1, c));
    door.turn(2'001);
    QCOMPARE(statusesOf(transport->sent), QList{503});
    QVERIFY(transport->sent.contains("Content-Type: " + type));
    QVERIFY(transport->sent.contains("Retry-After: 1\r\n"));
    QVERIFY(transport->sent.contains("Connection: close\r\n"));
    QCOMPARE(door.ended.constLast().ending.cause, EndingCause::TooManyConnections);
}

void TestVisitorRefused::doesNotWaitForWhoIsRefused()
{
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    const auto visitor = door.come(transport);
    visitor->refuseAtOnce(EndingCause::OutOfDescriptors);
    QCOMPARE(statusesOf(transport->sent), QList{503});
    QCOMPARE(door.ended.constLast().ending.cause, EndingCause::OutOfDescriptors);
}

// A browser opens connections that it may need. An answer to no request would become that of its next one.
void TestVisitorRefused::saysNothingToWhoSaysNothing()
{
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    const auto visitor = door.come(transport);
    visitor->beginRefused(EndingCause::TooManyConnections);
    door.turn(2'001);
    QCOMPARE(transport->sent, "");
    QCOMPARE(door.gone, 1);
    QCOMPARE(door.ended.constLast().ending.cause, EndingCause::TooManyConnections);
}

void TestVisitorRefused::doesNotWaitForOneOfTooMany()
{
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    door.refusedStay = false;
    const auto visitor = door.come(transport);
    visitor->beginRefused(EndingCause::TooManyConnections);
    QCOMPARE(statusesOf(transport->sent), QList{503});
    QCOMPARE(door.gone, 1);
}

void TestVisitorRefused::holdsNoPlace()
{
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    const auto visitor = door.come(transport);
    visitor->beginRefused(EndingCause::TooManyConnections);
    QCOMPARE(door.addresses.count(Held::Visit), 0);
    transport->peerSays(get("/"));
    transport->peerEnds(StreamEnd::EndOfStream);
    QCOMPARE(door.addresses.count(Held::Visit), 0);
    QCOMPARE(door.gone, 1);
}

namespace {

const QByteArray proxyLine = "PROXY TCP4 198.51.100.7 192.0.2.1 4711 443\r\n";
const QHostAddress client(QStringLiteral("198.51.100.7"));

void trustTheProxy(VisitorFixture &door)
{
    door.config.proxyProtocol = true;
    door.addresses.setTrusted({AddressRange::parse("192.0.2.1").value()});
}

} // namespace

void TestVisitorRefused::readsWhatAProxySaysFirst_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("statuses");
    QTest::newRow("a request") << get("/") << QList{503};
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01") << QList<int>();
}

void TestVisitorRefused::readsWhatAProxySaysFirst()
{
    QFETCH(QByteArray, bytes);
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    trustTheProxy(door);
    const auto visitor = door.come(transport);
    visitor->beginRefused(EndingCause::TooManyConnections);
    transport->peerSays(proxyLine + bytes);
    QTEST(statusesOf(transport->sent), "statuses");
    QCOMPARE(door.ended.constLast().ending.cause, EndingCause::TooManyConnections);
    QCOMPARE(door.ended.constLast().client, client);
}

void TestVisitorRefused::refusesTheClientOfAProxy()
{
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    trustTheProxy(door);
    door.addresses.setLimits(AddressBook::Limits().with(Held::Visit, {1, 0}), 0);
    door.addresses.began(client, Held::Visit);
    const auto visitor = door.come(transport);
    visitor->begin();
    transport->peerSays(proxyLine);
    QVERIFY(visitor->isRefused());
    QCOMPARE(door.refused, 1);
    QCOMPARE(door.addresses.count(Held::Visit), 1);
    QCOMPARE(transport->sent, "");
    transport->peerSays(get("/", "Accept: text/html\r\n"));
    QCOMPARE(statusesOf(transport->sent), QList{429});
    QVERIFY(transport->sent.contains("Content-Type: text/html"));
    QCOMPARE(door.ended.constLast().ending.cause, EndingCause::TooManyUnderWay);
}

void TestVisitorRefused::saysNothingToTheProxyOfWhoSaysNothing()
{
    FakeTransport *transport = nullptr;
    VisitorFixture door;
    trustTheProxy(door);
    const auto visitor = door.come(transport);
    visitor->beginRefused(EndingCause::TooManyConnections);
    transport->peerSays(proxyLine);
    door.turn(2'001);
    QCOMPARE(transport->sent, "");
    QCOMPARE(door.gone, 1);
}

QTEST_GUILESS_MAIN(TestVisitorRefused)
#include "tst_visitorrefused.moc"
