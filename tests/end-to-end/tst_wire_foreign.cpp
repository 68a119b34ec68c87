// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QFile>
#include <QTest>
#include <algorithm>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// Clients of libraries that have servers of their own kind: they are told what they are, in the answer and in the log.
class TestWireForeign : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ServerProcess m_server{manyConnections() + QStringList{u"--web-root"_s, m_folder.path()}};

    [[nodiscard]] bool wasToldOf(qsizetype before, const QString &name) const;

private slots:
    void initTestCase();
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }

    void tellsWhoAsks_data();
    void tellsWhoAsks();
    void tellsWhoSpeaks_data();
    void tellsWhoSpeaks();
    void leavesMessagesAlone();
    void servesItsOwnFilesFirst();
};

void TestWireForeign::initTestCase()
{
    QVERIFY(QDir(m_folder.path()).mkpath(u"socket.io"_s));
    QFile file(m_folder.filePath(u"socket.io/socket.io.js"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("let io;") == 7);
    file.close();
    QVERIFY2(m_server.start(), m_server.output().constData());
}

bool TestWireForeign::wasToldOf(qsizetype before, const QString &name) const
{
    const QList<QJsonObject> endings = m_server.endings().sliced(before);
    return std::any_of(endings.begin(), endings.end(), [&](const QJsonObject &ending) {
        return ending.value("cause"_L1) == "foreign_protocol"_L1
            && ending.value("detail"_L1).toString().startsWith(name);
    });
}

void TestWireForeign::tellsWhoAsks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    const auto get = [](const QByteArray &target, const char *name) {
        QTest::newRow(target.constData()) << "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                          << QString::fromLatin1(name);
    };
    const auto post = [](const QByteArray &target, const char *name) {
        QTest::newRow(QByteArray("POST " + target).constData())
            << "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
            << QString::fromLatin1(name);
    };
    const auto upgrade = [](const QByteArray &target, const char *name) {
        QTest::newRow(QByteArray("upgrade " + target).constData())
            << RawClient::upgradeHead(target) << QString::fromLatin1(name);
    };
    get("/socket.io/?EIO=4&transport=polling&t=OoTz1", "Socket.IO");
    post("/socket.io/?EIO=4&transport=polling&sid=x", "Socket.IO");
    upgrade("/socket.io/?EIO=4&transport=websocket", "Socket.IO");
    get("/engine.io/?EIO=4&transport=polling", "Engine.IO");
    get("/ws/lobby/?EIO=4&transport=polling", "Engine.IO");
    upgrade("/ws/lobby/?EIO=4&transport=websocket", "Engine.IO");
    get("/signalr/negotiate?clientProtocol=2.1&connectionData=%5B%5D", "SignalR");
    upgrade("/signalr/connect?transport=webSockets", "SignalR");
    post("/hub/negotiate?negotiateVersion=1", "SignalR");
    get("/sockjs-node/info?t=1700000000000", "SockJS");
    get("/sockjs-node/info", "SockJS");
    upgrade("/000/abcdefgh/websocket", "SockJS");
    upgrade("/ws/000/abcdefgh/websocket", "SockJS");
    post("/echo/123/abcdefgh/xhr_streaming", "SockJS");
    post("/matchmake/joinOrCreate/battle", "Colyseus");
}

void TestWireForeign::tellsWhoAsks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    const qsizetype before = m_server.endings().size();
    RawClient client(m_server.port());
    QVERIFY(client.request(bytes));
    QCOMPARE(client.response().status, 404);
    QVERIFY(client.answerIsFramed());
    QVERIFY2(client.body().contains(name.toLatin1()), client.body().constData());
    QVERIFY(client.body().contains("new WebSocket("));
    QTRY_VERIFY(wasToldOf(before, name));
}

void TestWireForeign::tellsWhoSpeaks_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QString>("name");
    QTest::newRow("SignalR") << QByteArray("{\"protocol\":\"json\",\"version\":1}\x1e") << u"SignalR"_s;
    QTest::newRow("Socket.IO") << QByteArray("40") << u"Socket.IO"_s;
    QTest::newRow("Socket.IO with a token") << QByteArray("40{\"token\":\"x\"}") << u"Socket.IO"_s;
    QTest::newRow("Engine.IO") << QByteArray("2probe") << u"Engine.IO"_s;
}

void TestWireForeign::tellsWhoSpeaks()
{
    QFETCH(QByteArray, first);
    QFETCH(QString, name);
    const qsizetype before = m_server.endings().size();
    RawClient client(m_server.port());
    QVERIFY(client.upgrade("/ws/foreign"));
    client.sendText(first);
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.closeCode()), 1003);
    QVERIFY2(client.closeReason().startsWith(name.toLatin1()), client.closeReason().constData());
    QVERIFY(client.waitForEnd());
    QTRY_VERIFY(wasToldOf(before, name));
}

// Behind a first message that was understood, and where every message comes back, it is a message like others.
void TestWireForeign::leavesMessagesAlone()
{
    RawClient player(m_server.port());
    QVERIFY(player.upgrade("/ws/foreign"));
    player.sendText(R"({"type":"ping"})");
    player.sendText("40");
    QCOMPARE(player.waitForType(u"error"_s)["data"_L1]["code"_L1].toString(), u"bad_envelope"_s);
    QVERIFY(!player.closed());
    RawClient echo(m_server.port());
    QVERIFY(echo.upgrade("/echo"));
    echo.sendText("2probe");
    QVERIFY(echo.waitForMessages(1));
    QCOMPARE(echo.messages().constFirst().payload, QByteArray("2probe"));
}

void TestWireForeign::servesItsOwnFilesFirst()
{
    RawClient client(m_server.port());
    QVERIFY(client.request("GET /socket.io/socket.io.js HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QCOMPARE(client.response().status, 200);
    QCOMPARE(client.body(), QByteArray("let io;"));
}

QTEST_GUILESS_MAIN(TestWireForeign)
#include "tst_wire_foreign.moc"
