// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QElapsedTimer>
#include <QMap>
#include <QSet>
#include <QTest>
#include <csignal>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray get(QByteArrayView path) { return "GET " + path.toByteArray() + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

QStringList drains(int seconds)
{
    return manyConnections() + QStringList{u"--drain-seconds"_s, QString::number(seconds)};
}

} // namespace

/// The end of a server that lets games end first.
class TestDrain : public QObject
{
    Q_OBJECT

private slots:
    void tellsPlayersAndRefusesOthers();
    void letsPlayersComeBack();
    void endsWhenNobodyPlays();
    void endsWhenTheLastPlayerLeaves();
    void endsWhenItsTimeIsUp();
    void endsAtOnceWhenToldTwice_data();
    void endsAtOnceWhenToldTwice();
    void accountsForEveryClient();
};

void TestDrain::tellsPlayersAndRefusesOthers()
{
    ServerProcess server(drains(60));
    QVERIFY2(server.start(), server.output().constData());
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    QVERIFY(!player.waitForType(u"connected"_s).isEmpty());
    server.sendSignal(SIGTERM);
    const QJsonObject closing = player.waitForType(u"server_closing"_s)[u"data"_s].toObject();
    QVERIFY(closing[u"secondsLeft"_s].toInt() > 0);
    RawClient health(server.port());
    QVERIFY(health.request(get("/health")));
    QCOMPARE(health.response().status, 503);
    QVERIFY(health.body().contains("draining"));
    for (const char *room : {"/ws/blue", "/ws/red"}) {
        RawClient late(server.port());
        QVERIFY(late.upgrade(room));
        QVERIFY(late.waitForClose());
        QCOMPARE(late.closeCode(), 1001); // come back
        QVERIFY(late.closeReason().contains("come back"));
    }
    RawClient maker(server.port());
    QVERIFY(maker.request("POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"));
    QCOMPARE(maker.response().status, 503);
    QVERIFY(!maker.response().value("Retry-After").isEmpty());
    player.sendText(R"({"type":"ping"})"); // and its game goes on
    QVERIFY(!player.waitForType(u"pong"_s).isEmpty());
    player.sendText(R"({"type":"leave"})");
    QVERIFY(player.waitForClose());
    QCOMPARE(player.closeCode(), 1000);
    QVERIFY(QTest::qWaitFor([&] { return !server.running(); }, 8000)); // nobody plays any more
}

void TestDrain::letsPlayersComeBack()
{
    ServerProcess server(drains(60));
    QVERIFY2(server.start(), server.output().constData());
    RawClient other(server.port());
    RawClient player(server.port());
    QVERIFY(other.upgrade("/ws/blue") && player.upgrade("/ws/blue"));
    const QJsonObject data = player.waitForType(u"connected"_s)[u"data"_s].toObject();
    server.sendSignal(SIGTERM);
    QVERIFY(!player.waitForType(u"server_closing"_s).isEmpty());
    player.resetStream();
    RawClient back(server.port());
    QVERIFY(back.upgrade("/ws/blue?seq=99999&resume=" + data[u"resume"_s].toString().toLatin1()));
    const QJsonObject again = back.waitForType(u"connected"_s)[u"data"_s].toObject();
    QCOMPARE(again[u"playerId"_s], data[u"playerId"_s]);
    server.sendSignal(SIGTERM);
    QVERIFY(back.waitForClose());
    QCOMPARE(back.closeCode(), 1001);
    QVERIFY(QTest::qWaitFor([&] { return !server.running(); }, 8000));
}

void TestDrain::endsWhenNobodyPlays()
{
    ServerProcess server(drains(60));
    QVERIFY2(server.start(), server.output().constData());
    RawClient waiting(server.port());
    QVERIFY(waiting.upgrade("/ws/race?game=code-racer")); // it has not begun
    QVERIFY(!waiting.waitForType(u"connected"_s).isEmpty());
    QCOMPARE(server.stop(), 0);
}

void TestDrain::endsWhenTheLastPlayerLeaves()
{
    ServerProcess server(drains(60));
    QVERIFY2(server.start(), server.output().constData());
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    server.sendSignal(SIGTERM);
    QVERIFY(!player.waitForType(u"server_closing"_s).isEmpty());
    QVERIFY(server.running());
    player.sendClose(1000);
    QVERIFY(QTest::qWaitFor([&] { return !server.running(); }, 8000));
}

void TestDrain::endsWhenItsTimeIsUp()
{
    ServerProcess server(drains(1));
    QVERIFY2(server.start(), server.output().constData());
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    server.sendSignal(SIGTERM);
    QVERIFY(player.waitForClose(8000));
    QCOMPARE(player.closeCode(), 1001);
    QVERIFY(QTest::qWaitFor([&] { return !server.running(); }, 8000));
    QCOMPARE(server.endings().last()[u"cause"_s].toString(), u"server_shutdown"_s);
}

void TestDrain::endsAtOnceWhenToldTwice_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("while games end") << drains(600);
    QTest::newRow("without a drain") << QStringList();
}

void TestDrain::endsAtOnceWhenToldTwice()
{
    QFETCH(QStringList, arguments);
    ServerProcess server(arguments);
    QVERIFY2(server.start(), server.output().constData());
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    server.sendSignal(SIGTERM);
    if (!arguments.isEmpty())
        QVERIFY(!player.waitForType(u"server_closing"_s).isEmpty());
    else
        QVERIFY(player.waitForClose());                          // and does not answer
    QCOMPARE(server.stop(arguments.isEmpty() ? 1500 : 4000), 0); // a goodbye is waited for, for two seconds
    QVERIFY(player.waitForClose());
    QCOMPARE(player.closeCode(), 1001);
}

// Two thousand in a hundred rooms: each has one ending, and what the server counted is what the clients counted.
void TestDrain::accountsForEveryClient()
{
    constexpr int clientCount = 2000;
    constexpr int playersARoom = 20;
    ServerProcess server(drains(2) + QStringList{u"--heartbeat-seconds"_s, u"0"_s}, clientCount + 500);
    QVERIFY2(server.start(), server.output().constData());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < clientCount; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        QVERIFY(clients.back()->upgrade("/ws/room" + QByteArray::number(i / playersARoom)));
    }
    for (const auto &client : clients)
        client->sendText(R"({"type":"move","data":{"x":1}})");
    // `connected`, a player_joined for each who came later, a move of each other
    const auto expected = [](int i) { return 1 + (playersARoom - 1 - i % playersARoom) + playersARoom - 1; };
    for (int i = 0; i < clientCount; ++i)
        QVERIFY(clients[size_t(i)]->waitForMessages(expected(i), 60'000));

    QElapsedTimer drained;
    drained.start();
    server.sendSignal(SIGTERM);
    for (int i = 0; i < clientCount; i += 2) { // every other one goes when it is told
        QVERIFY(clients[size_t(i)]->waitForMessages(expected(i) + 1, 60'000));
        clients[size_t(i)]->sendClose(1000);
    }
    for (int i = 0; i < clientCount; ++i) {
        QVERIFY(clients[size_t(i)]->waitForEnd(60'000));
        QCOMPARE(int(clients[size_t(i)]->closeCode()), i % 2 == 0 ? 1000 : 1001);
    }
    QVERIFY(QTest::qWaitFor([&] { return !server.running(); }, 10'000));
    qInfo("drained within %lld ms", drained.elapsed());

    QMap<QString, int> causes;
    QSet<int> seen;
    qint64 in = 0;
    qint64 out = 0;
    for (const QJsonObject &line : server.log(u"connection_ended"_s)) {
        seen.insert(line[u"connection"_s].toInt());
        ++causes[line[u"ending"_s][u"cause"_s].toString()];
        in += line[u"messagesIn"_s].toInteger();
        out += line[u"messagesOut"_s].toInteger();
    }
    qint64 received = 0;
    for (const auto &client : clients)
        received += client->messages().size();
    QCOMPARE(seen.size(), clientCount);
    QCOMPARE(causes.value(u"client_closed"_s), clientCount / 2);
    QCOMPARE(causes.value(u"server_shutdown"_s), clientCount / 2);
    QCOMPARE(causes.size(), 2);
    QCOMPARE(in, clientCount);
    QCOMPARE(out, received);
}

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
