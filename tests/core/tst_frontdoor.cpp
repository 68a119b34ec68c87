// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/frontdoor.h"

#include "net/transport/descriptors.h"
#include "server/http/httpresponder.h"
#include "server/results/history.h"

#include <QScopeGuard>
#include <QTcpSocket>
#include <QTest>
#ifndef Q_OS_WIN
#include <sys/resource.h>
#endif

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
    void admit(const HttpRequest &, AdmissionDone done) override { done({}); }
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
    void keepsNoIdleConnectionWhileDescriptorsAreShort();
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
    QCOMPARE(door.addresses().count(Held::Visit), 0);
}

void TestFrontDoor::keepsNoIdleConnectionWhileDescriptorsAreShort()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such limit");
#else
    Owner owner;
    SystemClock clock;
    Deadlines deadlines(clock);
    Recorder recorder(nullptr);
    const ServerConfig config;
    const Credentials credentials;
    const Routes routes;
    Lobby lobby({}, GameCatalog(QList<GameKind>()), clock);
    const HttpResponder responder(config, routes, lobby,
                                  [] { return ServerFacts{.history = std::make_shared<HistoryView>()}; });
    const std::unique_ptr<Pump> pump = Pump::create(false);
    FrontDoor door({clock, deadlines, recorder, config, owner}, owner, credentials, routes, responder, *pump);
    QVERIFY(door.listen(QHostAddress::LocalHost, 0));
    QTcpSocket asking;
    asking.connectToHost(QHostAddress::LocalHost, door.port());
    asking.write("GET /health HTTP/1.1\r\nHost: localhost\r\n");
    QTRY_COMPARE(door.addresses().count(QHostAddress(QHostAddress::LocalHost), Held::Visit), 1);

    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit small = before;
    small.rlim_cur = rlim_t(openDescriptors() + descriptorReserve / 2);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &small), 0);
    const auto restore = qScopeGuard([&] { ::setrlimit(RLIMIT_NOFILE, &before); });
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, door.port());
    QTRY_COMPARE(owner.ended.size(), 1);
    QCOMPARE(owner.ended.first().ending.cause, EndingCause::OutOfDescriptors);
    asking.write("\r\n");
    QTRY_VERIFY(asking.bytesAvailable() > 0);
    QTRY_COMPARE(asking.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(asking.readAll().startsWith("HTTP/1.1 200 "));
#endif
}

QTEST_GUILESS_MAIN(TestFrontDoor)
#include "tst_frontdoor.moc"
