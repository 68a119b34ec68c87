// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/foreignprotocol.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;

/// Clients of other libraries are known by what they ask for and by what they say first.
class TestForeignProtocol final : public QObject
{
    Q_OBJECT

private slots:
    void knowsRequests_data();
    void knowsRequests();
    void knowsFirstMessages_data();
    void knowsFirstMessages();
    void fitsIntoACloseFrame();
};

namespace {

QByteArray nameOf(const ForeignProtocol *protocol) { return protocol == nullptr ? QByteArray() : protocol->name; }

} // namespace

void TestForeignProtocol::knowsRequests_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("byQuery"); // sure wherever it leads
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *target, const char *name, const char *byQuery = "") {
        QTest::newRow(target) << QByteArray(target) << QByteArray(byQuery) << QByteArray(name);
    };
    row("/socket.io/?EIO=4&transport=polling&t=abc", "Socket.IO", "Socket.IO");
    row("/socket.io/?EIO=3&transport=websocket", "Socket.IO", "Socket.IO");
    row("/game/socket.io/socket.io.js", "Socket.IO");
    row("/engine.io/?EIO=4&transport=websocket", "Engine.IO", "Engine.IO");
    row("/ws/blue/?EIO=4&transport=websocket", "Engine.IO", "Engine.IO");
    row("/signalr/negotiate", "SignalR");
    row("/signalr/negotiate?clientProtocol=1.5&connectionData=%5B%5D", "SignalR", "SignalR");
    row("/signalr/connect?transport=webSockets", "SignalR");
    row("/hub/negotiate?negotiateVersion=1", "SignalR", "SignalR");
    row("/hub/negotiate", "SignalR");
    row("/sockjs-node/info", "SockJS");
    row("/sockjs-node/info?t=1700000000000", "SockJS");
    row("/echo/info?t=1700000000000", "SockJS");
    row("/000/abcdefgh/websocket", "SockJS");
    row("/echo/123/a1b2c3d4/xhr_streaming", "SockJS");
    row("/matchmake/joinOrCreate/battle", "Colyseus");

    for (const char *ours : {"/", "/ws/blue?name=Anna", "/api/v1/rooms", "/connection/websocket?room=a", "/info",
                             "/a/info", "/info?t=1", "/socket.io.js", "/ws/blue?EIO=4", "/ws/blue?transport=websocket",
                             "/ws/blue?EIO=x&transport=y", "/0000/abcdefgh/websocket", "/a/b/websocket", "*"})
        row(ours, "");
}

void TestForeignProtocol::knowsRequests()
{
    QFETCH(QByteArray, target);
    const HttpHead head = requestHead(target == "*"                      ? "OPTIONS"
                                          : target.contains("negotiate") ? "POST"
                                                                         : "GET",
                                      target);
    QVERIFY(!head.target.isEmpty());
    QTEST(nameOf(foreignProtocolOfQuery(head)), "byQuery");
    QTEST(nameOf(foreignProtocolOfRequest(head)), "name");
}

void TestForeignProtocol::knowsFirstMessages_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *text, const char *name) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(name);
    };
    row("40", "Socket.IO");
    row("40/admin,", "Socket.IO");
    row("40{\"token\":\"x\"}", "Socket.IO");
    row("2probe", "Engine.IO");
    row("{\"protocol\":\"json\",\"version\":1}\x1e", "SignalR");
    row("{\"protocol\":\"messagepack\",\"version\":1}\x1e", "SignalR");
    row("CONNECT\naccept-version:1.2\n\n", "STOMP");
    for (const char *ours :
         {"", "{\"type\":\"ping\"}", "4", "400", "2", "2probes", "{\"protocol\":\"json\",\"version\":1}",
          "{\"type\":\"m\",\"data\":{\"protocol\":1}}", "CONNECTED\n"})
        QTest::newRow(qPrintable(QStringLiteral("ours: ") + QString::fromLatin1(ours)))
            << QByteArray(ours) << QByteArray();
}

void TestForeignProtocol::knowsFirstMessages()
{
    QFETCH(QByteArray, text);
    QTEST(nameOf(foreignProtocolOfMessage(text)), "name");
}

void TestForeignProtocol::fitsIntoACloseFrame()
{
    for (const QByteArray &first :
         {QByteArray("40"), QByteArray("2probe"), QByteArray("{\"protocol\":\x1e"), QByteArray("STOMP\n")}) {
        const ForeignProtocol *protocol = foreignProtocolOfMessage(first);
        QVERIFY(protocol != nullptr);
        QVERIFY(protocol->closeReason().size() <= 123);
        QVERIFY(protocol->closeReason().startsWith(protocol->name));
        QVERIFY(protocol->explanation().contains(protocol->name));
    }
}

QTEST_GUILESS_MAIN(TestForeignProtocol)
#include "tst_foreignprotocol.moc"
