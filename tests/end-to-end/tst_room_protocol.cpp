// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <memory>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// docs/protocol.md as a client sees it: rooms and the relay game.
class TestRoomProtocol : public QObject
{
    Q_OBJECT

    ServerProcess m_server{manyConnections() + QStringList{u"--max-players"_s, u"3"_s}};
    int m_room = 0;
    QByteArray m_target; // of a fresh room for every test

    /// A player whose `connected` came, with its id.
    struct Player
    {
        std::unique_ptr<RawClient> client;
        QJsonObject connected; // the data of its first message
        [[nodiscard]] QString id() const { return connected.value("playerId"_L1).toString(); }
        RawClient *operator->() const { return client.get(); }
    };
    Player join(QByteArrayView query = {});
    Player joinAt(QByteArrayView target);

private slots:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.output().constData()); }
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }
    void init() { m_target = "/ws/room-" + QByteArray::number(++m_room); }

    void connectedComesFirst();
    void routesLeadToOneRoom_data();
    void routesLeadToOneRoom();
    void refusesRoomNames_data();
    void refusesRoomNames();
    void tellsWhoComesAndGoes();
    void relaysToAllOthers();
    void relaysToOne();
    void relaysBinaryUnchanged();
    void countsMessages();
    void keepsDataAsItWasWritten_data();
    void keepsDataAsItWasWritten();
    void answersPing();
    void answersWithTheId_data();
    void answersWithTheId();
    void chats();
    void tellsWhoIsReady();
    void takesBatches();
    void answersErrors_data();
    void answersErrors();
    void forgivesBadMessagesInBetween();
    void closesWhoLeaves();
    void turnsAwayWhenFull();
    void namesAreCut();
    void echoKeepsTheKind();
};

TestRoomProtocol::Player TestRoomProtocol::joinAt(QByteArrayView target)
{
    Player player{std::make_unique<RawClient>(m_server.port()), {}};
    if (player->upgrade(target) && player->waitForMessages(1)
        && toObject(player->messages().first()).value("type"_L1) == "connected"_L1)
        player.connected = player->waitForType(u"connected"_s).value("data"_L1).toObject();
    return player;
}

TestRoomProtocol::Player TestRoomProtocol::join(QByteArrayView query) { return joinAt(m_target + query.toByteArray()); }

void TestRoomProtocol::connectedComesFirst()
{
    const Player player = join("?name=Ada");
    const QJsonObject data = player.connected;
    QVERIFY(!data.isEmpty());
    QVERIFY(!player.id().isEmpty());
    QVERIFY(data.contains("connectionId"_L1));
    QCOMPARE(data.value("name"_L1).toString(), u"Ada"_s);
    QCOMPARE(data.value("resumed"_L1).toBool(true), false);
    QVERIFY(data.value("heartbeatSeconds"_L1).isDouble());
    QVERIFY(data.value("serverTime"_L1).toDouble() > 1.6e12); // ms since 1970
    const QJsonObject room = data.value("room"_L1).toObject();
    QCOMPARE(room.value("id"_L1).toString().toLatin1(), m_target.sliced(4));
    QCOMPARE(room.value("game"_L1).toString(), u"relay"_s);
    QVERIFY(!room.value("state"_L1).toString().isEmpty());
    QVERIFY(room.value("players"_L1).isArray());
}

void TestRoomProtocol::routesLeadToOneRoom_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("room");
    QTest::newRow("/ws") << QByteArray("/ws/one") << u"one"_s;
    QTest::newRow("/api/game") << QByteArray("/api/game?matchId=one") << u"one"_s;
    QTest::newRow("/api/match/game") << QByteArray("/api/match/game?matchId=one") << u"one"_s;
    QTest::newRow("/connection/websocket") << QByteArray("/connection/websocket?room=one") << u"one"_s;
    QTest::newRow("/connection/websocket without a room") << QByteArray("/connection/websocket") << u"main"_s;
    QTest::newRow("UUID") << QByteArray("/ws/6f1c2a34-9f0e-4c52-8d1b-0b8d3d9a7e11")
                          << u"6f1c2a34-9f0e-4c52-8d1b-0b8d3d9a7e11"_s;
    QTest::newRow("64 characters") << QByteArray("/ws/") + QByteArray(64, 'a') << QString(64, u'a');
}

void TestRoomProtocol::routesLeadToOneRoom()
{
    QFETCH(QByteArray, target);
    Player player = joinAt(target);
    QTEST(player.connected.value("room"_L1).toObject().value("id"_L1).toString(), "room");
    player->sendText(R"({"type":"leave"})"); // or its seat would wait, and the room be full
    QVERIFY(player->waitForClose());
}

void TestRoomProtocol::refusesRoomNames_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("65 characters") << QByteArray("/ws/") + QByteArray(65, 'a');
    QTest::newRow("a dot") << QByteArray("/ws/a.b");
    QTest::newRow("a slash") << QByteArray("/ws/a/b");
    QTest::newRow("an encoded slash") << QByteArray("/ws/a%2fb");
    QTest::newRow("a space") << QByteArray("/ws/a%20b");
    QTest::newRow("nothing") << QByteArray("/ws/");
    QTest::newRow("no matchId") << QByteArray("/api/game");
}

void TestRoomProtocol::refusesRoomNames()
{
    QFETCH(QByteArray, target);
    RawClient client(m_server.port());
    QVERIFY(client.request(RawClient::upgradeHead(target)));
    QCOMPARE(client.response().status, 404);
}

void TestRoomProtocol::tellsWhoComesAndGoes()
{
    const Player first = join("?name=Ada");
    Player second = join("?name=Bob");
    const QJsonObject joined = first->waitForType(u"player_joined"_s).value("data"_L1).toObject();
    QCOMPARE(joined.value("playerId"_L1).toString(), second.id());
    QCOMPARE(joined.value("name"_L1).toString(), u"Bob"_s);
    QVERIFY(joined.contains("players"_L1));
    second->sendClose(1000);
    const QJsonObject left = first->waitForType(u"player_left"_s).value("data"_L1).toObject();
    QCOMPARE(left.value("playerId"_L1).toString(), second.id());
    QCOMPARE(left.value("name"_L1).toString(), u"Bob"_s);
}

void TestRoomProtocol::relaysToAllOthers()
{
    const Player first = join();
    const Player second = join();
    const Player third = join();
    first->sendText(R"({"type":"move","data":{"x":1,"y":[2,3]}})");
    for (const Player *player : {&second, &third}) {
        const QJsonObject move = (*player)->waitForType(u"move"_s);
        QCOMPARE(move.value("from"_L1).toString(), first.id());
        QCOMPARE(QJsonDocument(move.value("data"_L1).toObject()).toJson(QJsonDocument::Compact),
                 R"({"x":1,"y":[2,3]})");
        QVERIFY(move.value("seq"_L1).toInt() > 1);
    }
    // And not to the sender: the answer to a ping comes with no move before it.
    first->sendText(R"({"type":"ping"})");
    QVERIFY(!first->waitForType(u"pong"_s).isEmpty());
    second->sendText(R"({"type":"move"})");
    QCOMPARE(first->waitForType(u"move"_s).value("from"_L1).toString(), second.id());
}

void TestRoomProtocol::relaysToOne()
{
    const Player first = join();
    const Player second = join();
    const Player third = join();
    first->sendText(R"({"type":"secret","to":")" + second.id().toUtf8() + R"(","data":1})");
    QCOMPARE(second->waitForType(u"secret"_s).value("data"_L1).toInt(), 1);
    first->sendText(R"({"type":"open"})");
    QVERIFY(third->waitForMessages(1));
    QCOMPARE(toObject(third->messages().first()).value("type"_L1).toString(), u"open"_s);
    first->sendText(R"({"type":"secret","to":"nobody","id":7})");
    const QJsonObject error = first->waitForType(u"error"_s);
    QCOMPARE(error.value("re"_L1).toInt(), 7);
}

void TestRoomProtocol::relaysBinaryUnchanged()
{
    const Player first = join();
    const Player second = join();
    QVERIFY(!first->waitForType(u"player_joined"_s).isEmpty());
    const QByteArray payload("\x00\xff\xfe{}", 5);
    first->sendFrame(Opcode::Binary, payload);
    QVERIFY(second->waitForMessages(1));
    QVERIFY(second->messages().first() == (RawClient::Message{MessageKind::Binary, payload}));
}

void TestRoomProtocol::countsMessages()
{
    RawClient client(m_server.port());
    QVERIFY(client.upgrade(m_target));
    for (int i = 0; i < 5; ++i)
        client.sendText(R"({"type":"ping"})");
    QVERIFY(client.waitForMessages(6));
    for (int i = 0; i < 6; ++i)
        QCOMPARE(toObject(client.messages().at(i)).value("seq"_L1).toInt(), i + 1);
}

void TestRoomProtocol::keepsDataAsItWasWritten_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("object") << QByteArray(R"({"b":1,"a":2})");
    QTest::newRow("large number") << QByteArray("12345678901234567890");
    QTest::newRow("exact fraction") << QByteArray("0.10000000000000000001");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("string") << QByteArray(R"("\u00e9 é \n \" 🐎")");
    QTest::newRow("array") << QByteArray("[1,[2,[3]],{}]");
    QTest::newRow("false") << QByteArray("false");
}

void TestRoomProtocol::keepsDataAsItWasWritten()
{
    QFETCH(QByteArray, data);
    const Player first = join();
    const Player second = join();
    first->sendText(R"({"type":"x","data":)" + data + "}");
    QVERIFY(second->waitForMessages(1));
    QVERIFY2(second->messages().first().payload.contains("\"data\":" + data),
             second->messages().first().payload.constData());
}

void TestRoomProtocol::answersPing()
{
    const Player player = join();
    player->sendText(R"({"type":"ping","id":"p1","data":{"timestamp":42}})");
    const QJsonObject pong = player->waitForType(u"pong"_s);
    QCOMPARE(pong.value("re"_L1).toString(), u"p1"_s);
    QCOMPARE(pong.value("data"_L1).toObject().value("timestamp"_L1).toInt(), 42);
    QVERIFY(pong.value("data"_L1).toObject().value("serverTime"_L1).toDouble() > 1.6e12);
}

void TestRoomProtocol::answersWithTheId_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("number") << QByteArray("7");
    QTest::newRow("text") << QByteArray(R"("a-b")");
    QTest::newRow("text with an escape") << QByteArray(R"("\"")");
}

void TestRoomProtocol::answersWithTheId()
{
    QFETCH(QByteArray, id);
    const Player player = join();
    player->sendText(R"({"type":"ping","id":)" + id + "}");
    QVERIFY(player->waitForMessages(1));
    QVERIFY(player->messages().first().payload.contains("\"re\":" + id));
}

void TestRoomProtocol::chats()
{
    const Player first = join("?name=Ada");
    const Player second = join();
    first->sendText(R"({"type":"chat","data":{"text":"hello"}})");
    const QJsonObject chat = second->waitForType(u"chat"_s).value("data"_L1).toObject();
    QCOMPARE(chat.value("text"_L1).toString(), u"hello"_s);
    QCOMPARE(chat.value("name"_L1).toString(), u"Ada"_s);
    QCOMPARE(chat.value("playerId"_L1).toString(), first.id());
}

void TestRoomProtocol::tellsWhoIsReady()
{
    const Player first = join();
    const Player second = join();
    first->sendText(R"({"type":"ready","data":{"status":"ready"}})");
    const QJsonObject ready = second->waitForType(u"player_ready"_s).value("data"_L1).toObject();
    QCOMPARE(ready.value("playerId"_L1).toString(), first.id());
    QCOMPARE(ready.value("status"_L1).toString(), u"ready"_s);
}

void TestRoomProtocol::takesBatches()
{
    const Player first = join();
    const Player second = join();
    first->sendText(R"({"type":"batch","data":[{"type":"a"},{"type":"b","data":2},{"type":"ping","id":1}]})");
    QVERIFY(!second->waitForType(u"a"_s).isEmpty());
    QCOMPARE(second->waitForType(u"b"_s).value("data"_L1).toInt(), 2);
    QCOMPARE(first->waitForType(u"pong"_s).value("re"_L1).toInt(), 1);
}

void TestRoomProtocol::answersErrors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &text, const char *code) {
        QTest::newRow(name) << text << QString::fromLatin1(code);
    };
    row("no JSON", "nonsense", "bad_json");
    row("empty", "", "bad_json");
    row("half an object", R"({"type":"x")", "bad_json");
    row("two objects", "{}{}", "bad_json");
    row("too deep", R"({"type":"x","data":)" + QByteArray("[").repeated(40) + QByteArray("]").repeated(40) + "}",
        "bad_json");
    row("array", "[]", "bad_envelope");
    row("number", "1", "bad_envelope");
    row("no type", R"({"data":{}})", "bad_envelope");
    row("type is a number", R"({"type":1})", "bad_envelope");
    row("type is empty", R"({"type":""})", "bad_envelope");
    row("type in capitals", R"({"type":"Move"})", "bad_envelope");
    row("type of 65", R"({"type":")" + QByteArray(65, 'a') + "\"}", "bad_envelope");
    row("type twice", R"({"type":"a","type":"b"})", "bad_envelope");
    row("id is an object", R"({"type":"a","id":{}})", "bad_envelope");
    row("chat without text", R"({"type":"chat"})", "bad_data");
    row("chat of 501", R"({"type":"chat","data":{"text":")" + QByteArray(501, 'a') + "\"}}", "too_big");
    row("ready, but how", R"({"type":"ready","data":{"status":"perhaps"}})", "bad_data");
    row("batch of no array", R"({"type":"batch","data":{}})", "bad_data");
    row("batch inside a batch", R"({"type":"batch","data":[{"type":"batch","data":[]}]})", "bad_envelope");
    QByteArray many = R"({"type":"batch","data":[{"type":"a"})";
    for (int i = 0; i < 64; ++i)
        many += R"(,{"type":"a"})";
    row("batch of 65", many + "]}", "bad_data");
}

void TestRoomProtocol::answersErrors()
{
    QFETCH(QByteArray, text);
    const Player player = join();
    player->sendText(text);
    const QJsonObject data = player->waitForType(u"error"_s).value("data"_L1).toObject();
    QTEST(data.value("code"_L1).toString(), "code");
    QVERIFY(!data.value("message"_L1).toString().isEmpty());
    player->sendText(R"({"type":"ping"})");
    QVERIFY(!player->waitForType(u"pong"_s).isEmpty()); // nothing else happened
}

void TestRoomProtocol::forgivesBadMessagesInBetween()
{
    const Player player = join();
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 19; ++j)
            player->sendText("nonsense");
        player->sendText(R"({"type":"ping"})");
    }
    for (int i = 0; i < 3; ++i)
        QVERIFY(!player->waitForType(u"pong"_s).isEmpty());
    for (int j = 0; j < 20; ++j)
        player->sendText("nonsense");
    QVERIFY(player->waitForClose());
    QCOMPARE(int(player->closeCode()), 1008);
}

void TestRoomProtocol::closesWhoLeaves()
{
    const Player first = join();
    const Player second = join();
    second->sendText(R"({"type":"leave"})");
    QVERIFY(second->waitForClose());
    QCOMPARE(int(second->closeCode()), 1000);
    QCOMPARE(first->waitForType(u"player_left"_s).value("data"_L1).toObject().value("playerId"_L1).toString(),
             second.id());
}

void TestRoomProtocol::turnsAwayWhenFull()
{
    const Player first = join();
    const Player second = join();
    Player third = join();
    RawClient fourth(m_server.port());
    QVERIFY(fourth.upgrade(m_target));
    QVERIFY(fourth.waitForClose());
    QCOMPARE(int(fourth.closeCode()), 4005);
    third->sendClose(1000);
    QVERIFY(!first->waitForType(u"player_left"_s).isEmpty());
    QVERIFY(!join().connected.isEmpty());
}

void TestRoomProtocol::namesAreCut()
{
    const Player player = join("?name=" + QByteArray(200, 'n'));
    const QString name = player.connected.value("name"_L1).toString();
    QVERIFY(!name.isEmpty() && name.size() <= 32);
    QVERIFY(!join().connected.value("name"_L1).toString().isEmpty()); // a name for who brings none
}

void TestRoomProtocol::echoKeepsTheKind()
{
    RawClient client(m_server.port());
    QVERIFY(client.upgrade("/echo"));
    client.sendText("{not json}");
    client.sendFrame(Opcode::Binary, "\xff");
    QVERIFY(client.waitForMessages(2));
    QVERIFY(client.messages().first() == (RawClient::Message{MessageKind::Text, "{not json}"}));
    QVERIFY(client.messages().last() == (RawClient::Message{MessageKind::Binary, "\xff"}));
}

QTEST_GUILESS_MAIN(TestRoomProtocol)
#include "tst_room_protocol.moc"
