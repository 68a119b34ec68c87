// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/frontdoor.h"
#include "server/http/httpresponder.h"

#include <QTcpSocket>
#include <QTest>

using namespace glasshouse;

namespace {

struct Owner final : FrontDoorOwner, ConnectionOwner
{
    QList<Refusal> ended;
    int upgrades = 0;

    ConnectionId nextId() override { return ConnectionId{1}; }
    Handshake shakeHands(const HttpHead &) override { return {}; } // Qt does not like it
    void upgrade(Upgrading, const RouteMatch &, const Admission &) override { ++upgrades; }
    void visitorEnded(const Refusal &refusal) override { ended += refusal; }
    void acceptingChanged(bool) override { }
    void admit(const HttpHead &, const RouteMatch &, AdmissionDone done) override { done({}); }
    void addressDoubted(const QHostAddress &, AddressDoubt) override { }

    void connectionChanged(Connection &) override { }
    void connectionFinished(Connection &) override { }
    void later(ConnectionId, std::function<void(Connection &)>) override { }
    void limitHit(Connection &, EndingCause) override { }
    void authArrived(Connection &, QByteArrayView) override { }
    void rttMeasured(int) override { }
};

} // namespace

class TestFrontDoor final : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatQtRefuses();
};

// It never was a connection, so it is not counted as one that has ended.
void TestFrontDoor::refusesWhatQtRefuses()
{
    Owner owner;
    SystemClock clock;
    Deadlines deadlines(clock);
    Recorder recorder(nullptr);
    const ServerConfig config;
    const Credentials credentials;
    const Routes routes;
    Lobby lobby({}, GameCatalog(QList<GameKind>()), clock);
    const HttpResponder responder(config, routes, lobby, [] { return ServerFacts(); });
    const std::unique_ptr<Pump> pump = Pump::create(false);
    FrontDoor door({clock, deadlines, recorder, config, owner}, owner, credentials, routes, responder, *pump);
    QVERIFY(door.listen(QHostAddress::LocalHost, 0));

    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, door.port());
    client.write("GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(client.readAll().startsWith("HTTP/1.1 500 "));
    QTRY_COMPARE(owner.ended.size(), 1);
    QCOMPARE(owner.ended.first().ending.cause, EndingCause::HandshakeFailed);
    QCOMPARE(owner.ended.first().ending.httpStatus, 500);
    QCOMPARE(owner.upgrades, 0);
    QCOMPARE(door.addresses().connectionsOf(QHostAddress::LocalHost), 0);
}

QTEST_GUILESS_MAIN(TestFrontDoor)
#include "tst_frontdoor.moc"
