// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>
#include <csignal>
#include <memory>
#include <vector>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

// What the log must say; an absent key is not looked at.
QJsonObject expected(QLatin1StringView cause, QLatin1StringView side, int received, int sent)
{
    return {{u"cause"_s, cause}, {u"side"_s, side}, {u"codeReceived"_s, received}, {u"codeSent"_s, sent}};
}

QByteArray describe(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

} // namespace

/// For every way a connection can end, the log must name the cause, the side and the codes that were on the wire.
class TestCloseTruth : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;

    void serve(const QStringList &arguments = {});
    void verify(const QJsonObject &wanted, int milliseconds = 5000);

private slots:
    void cleanup() { QVERIFY2(m_server->stop() == 0, m_server->output().constData()); }

    void clientCloses_data();
    void clientCloses();
    void clientBreaksTheRules_data();
    void clientBreaksTheRules();
    void streamEnds();
    void streamIsReset();
    void processIsKilled();
    void halfOpen();
    void noPong();
    void readsTooSlowly();
    void messageIsNeverCompleted();
    void messageRate();
    void byteRate();
    void controlRate();
    void tooManyBadMessages();
    void leaves();
    void roomIsFull();
    void noSuchRoom();
    void originIsRefused();
    void serverStops();
    void closeIsNeverAnswered();
    void head_data();
    void head();
    void tooManyConnections();
    void tooManyFromOneAddress();
    void connectsTooFast();
    void refusesBeforeTheUpgrade_data();
    void refusesBeforeTheUpgrade();
};

void TestCloseTruth::serve(const QStringList &arguments)
{
    m_server = std::make_unique<ServerProcess>(arguments);
    QVERIFY2(m_server->start(), m_server->output().constData());
}

void TestCloseTruth::verify(const QJsonObject &wanted, int milliseconds)
{
    const QJsonObject ending = m_server->ending(1, milliseconds);
    for (auto it = wanted.begin(); it != wanted.end(); ++it)
        QVERIFY2(ending.value(it.key()) == it.value(), describe(ending).constData());
    QCOMPARE(m_server->endings().size(), 1); // one connection, one ending
}

void TestCloseTruth::clientCloses_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1000, 1001, 1003, 1008, 1011, 1012, 1014, 3000, 4321})
        QTest::newRow(QByteArray::number(code).constData()) << code;
}

void TestCloseTruth::clientCloses()
{
    QFETCH(int, code);
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    client.sendClose(quint16(code), "bye");
    QVERIFY(client.waitForEnd());
    QJsonObject wanted = expected("client_closed"_L1, "client"_L1, code, code);
    wanted.insert(u"reasonReceived"_s, u"bye"_s);
    wanted.insert(u"cleanly"_s, true);
    verify(wanted);
}

void TestCloseTruth::clientBreaksTheRules_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<int>("code");
    constexpr quint32 key = 1;
    QTest::newRow("reserved bits") << QByteArray::fromHex("f18000000000") << u"protocol_error"_s << 1002;
    QTest::newRow("unknown opcode") << QByteArray::fromHex("838000000000") << u"protocol_error"_s << 1002;
    QTest::newRow("no mask") << QByteArray::fromHex("810141") << u"protocol_error"_s << 1002;
    QTest::newRow("invalid close code") << makeMaskedFrame(Opcode::Close, "\x03\xee", key) << u"protocol_error"_s
                                        << 1002;
    QTest::newRow("bad UTF-8") << makeMaskedFrame(Opcode::Text, "\xff", key) << u"invalid_utf8"_s << 1007;
    QTest::newRow("too big") << QByteArray::fromHex("82ff0000000005f5e10000000000") << u"message_too_big"_s << 1009;
}

void TestCloseTruth::clientBreaksTheRules()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    QFETCH(int, code);
    serve();
    RawClient client(m_server->port());
    client.setAnswersClose(false);
    QVERIFY(client.upgrade());
    client.send(bytes);
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.closeCode()), code);
    client.endStream();
    QJsonObject wanted = expected({}, "server"_L1, 0, code);
    wanted.insert(u"cause"_s, cause);
    verify(wanted);
}

void TestCloseTruth::streamEnds()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    client.endStream();
    verify(expected("client_vanished"_L1, "client"_L1, 0, 0));
}

void TestCloseTruth::streamIsReset()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    client.resetStream();
    verify(expected("connection_reset"_L1, "client"_L1, 0, 0));
}

// A client's process dies: its kernel ends the stream, and nobody says goodbye.
void TestCloseTruth::processIsKilled()
{
    serve();
    QProcess client;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HEAD"_s, QString::fromLatin1(RawClient::upgradeHead("/echo")));
    client.setProcessEnvironment(environment);
    client.setProgram(u"bash"_s);
    const QString script = uR"(exec 3<>/dev/tcp/127.0.0.1/%1; printf %s "$HEAD" >&3; exec cat <&3)"_s;
    client.setArguments({u"-c"_s, script.arg(m_server->port())});
    client.start();
    QTRY_VERIFY(client.bytesAvailable() > 0); // upgraded
    client.kill();
    client.waitForFinished();
    verify(expected("client_vanished"_L1, "client"_L1, 0, 0));
}

// Connected, alive as far as TCP can tell, and silent for ever.
void TestCloseTruth::halfOpen()
{
    serve({u"--heartbeat-seconds"_s, u"1"_s, u"--pong-seconds"_s, u"1"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    client.stopReading();
    verify(expected("no_pong"_L1, "server"_L1, 0, 4007), 10'000);
}

void TestCloseTruth::noPong()
{
    serve({u"--heartbeat-seconds"_s, u"1"_s, u"--pong-seconds"_s, u"1"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    QVERIFY(client.waitForClose(10'000));
    QVERIFY(!client.pings().isEmpty());
    QCOMPARE(int(client.closeCode()), 4007);
    QVERIFY(client.waitForEnd());
    verify(expected("no_pong"_L1, "server"_L1, 4007, 4007));
}

void TestCloseTruth::readsTooSlowly()
{
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s, u"--max-queue-bytes"_s, u"256k"_s});
    RawClient client(m_server->port(), 4096);
    QVERIFY(client.upgrade());
    client.stopReading();
    const QByteArray payload(60'000, 'x');
    QTRY_VERIFY_WITH_TIMEOUT((client.sendFrame(Opcode::Binary, payload), !m_server->endings().isEmpty()), 20'000);
    QJsonObject wanted{{u"cause"_s, u"read_too_slowly"_s}, {u"side"_s, u"server"_s}, {u"codeReceived"_s, 0}};
    verify(wanted);
}

void TestCloseTruth::messageIsNeverCompleted()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    client.sendFrame(Opcode::Text, "half", false);
    QVERIFY(client.waitForClose(15'000));
    QVERIFY(client.waitForEnd());
    verify(QJsonObject{
        {u"cause"_s, u"message_timeout"_s}, {u"side"_s, u"server"_s}, {u"codeSent"_s, int(client.closeCode())}});
}

void TestCloseTruth::messageRate()
{
    serve({u"--message-rate"_s, u"10"_s, u"--message-burst"_s, u"20"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    for (int i = 0; i < 400; ++i)
        client.sendText("x");
    QVERIFY(client.waitForEnd());
    QVERIFY(client.messages().size() >= 20 && client.messages().size() < 40);
    verify(expected("message_rate_exceeded"_L1, "server"_L1, 4002, 4002));
}

void TestCloseTruth::byteRate()
{
    serve({u"--byte-rate"_s, u"100k"_s, u"--message-rate"_s, u"0"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    for (int i = 0; i < 10; ++i)
        client.sendFrame(Opcode::Binary, QByteArray(60'000, 'x'));
    QVERIFY(client.waitForEnd());
    verify(expected("byte_rate_exceeded"_L1, "server"_L1, 4002, 4002));
}

void TestCloseTruth::controlRate()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    for (int i = 0; i < 200; ++i)
        client.sendFrame(Opcode::Ping, "x");
    QVERIFY(client.waitForEnd());
    verify(QJsonObject{
        {u"cause"_s, u"control_rate_exceeded"_s}, {u"side"_s, u"server"_s}, {u"codeSent"_s, int(client.closeCode())}});
}

void TestCloseTruth::tooManyBadMessages()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/truth"));
    for (int i = 0; i < 20; ++i)
        client.sendText("no JSON");
    QVERIFY(client.waitForEnd());
    verify(expected("too_many_bad_messages"_L1, "server"_L1, 1008, 1008));
}

void TestCloseTruth::leaves()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/truth"));
    client.sendText(R"({"type":"leave"})");
    QVERIFY(client.waitForEnd());
    verify(expected("left_room"_L1, "client"_L1, 1000, 1000));
}

void TestCloseTruth::roomIsFull()
{
    serve({u"--max-players"_s, u"1"_s});
    RawClient first(m_server->port());
    QVERIFY(first.upgrade("/ws/truth"));
    QVERIFY(!first.waitForType(u"connected"_s).isEmpty());
    RawClient second(m_server->port());
    QVERIFY(second.upgrade("/ws/truth"));
    QVERIFY(second.waitForEnd());
    verify(expected("room_full"_L1, "server"_L1, 4005, 4005));
}

void TestCloseTruth::noSuchRoom()
{
    serve({u"--no-auto-create"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/truth"));
    QVERIFY(client.waitForEnd());
    verify(expected("no_such_room"_L1, "server"_L1, 4004, 4004));
}

void TestCloseTruth::originIsRefused()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/echo", "Origin: http://evil.example\r\n"));
    QVERIFY(client.waitForEnd());
    verify(expected("origin_refused"_L1, "server"_L1, 4003, 4003));
}

void TestCloseTruth::serverStops()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade());
    m_server->sendSignal(SIGTERM);
    QVERIFY(client.waitForEnd());
    QCOMPARE(int(client.closeCode()), 1001);
    QTRY_VERIFY(!m_server->running());
    verify(expected("server_shutdown"_L1, "operator"_L1, 1001, 1001));
}

void TestCloseTruth::closeIsNeverAnswered()
{
    serve();
    RawClient client(m_server->port());
    client.setAnswersClose(false);
    QVERIFY(client.upgrade());
    client.sendFrame(Opcode::Text, "\xff");
    QVERIFY(client.waitForEnd(4000)); // aborted after 2 s
    QJsonObject wanted = expected("invalid_utf8"_L1, "server"_L1, 0, 1007);
    wanted.insert(u"cleanly"_s, false);
    verify(wanted);
}

void TestCloseTruth::head_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("leaves");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<int>("status");
    QTest::newRow("silence") << QByteArray() << false << u"head_timeout"_s << 408;
    QTest::newRow("half a head") << QByteArray("GET /echo HT") << false << u"head_timeout"_s << 408;
    QTest::newRow("nothing, then gone") << QByteArray() << true << u"no_data"_s << 0;
    QTest::newRow("half a head, then gone") << QByteArray("GET /echo HT") << true << u"head_abandoned"_s << 0;
    QTest::newRow("TLS") << QByteArray::fromHex("16030100c801") << false << u"tls_to_plain_port"_s << 400;
    QTest::newRow("no HTTP") << QByteArray("\x01\x02\r\n\r\n") << false << u"bad_head"_s << 400;
    QTest::newRow("no such path") << RawClient::upgradeHead("/nowhere") << false << u"unknown_path"_s << 404;
    QTest::newRow("no key") << RawClient::upgradeHead("/echo").replace("Sec-WebSocket-Key", "X-Key") << false
                            << u"bad_upgrade"_s << 400;
    QTest::newRow("no upgrade") << QByteArray("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n") << false
                                << u"upgrade_expected"_s << 426;
    QTest::newRow("plain HTTP") << QByteArray("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                << false << u"http_served"_s << 200;
}

void TestCloseTruth::head()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, leaves);
    QFETCH(QString, cause);
    QFETCH(int, status);
    serve({u"--head-seconds"_s, u"1"_s});
    RawClient client(m_server->port());
    client.send(bytes);
    if (leaves)
        client.endStream();
    QVERIFY(client.waitForEnd());
    verify(QJsonObject{{u"cause"_s, cause}, {u"httpStatus"_s, status}, {u"codeSent"_s, 0}, {u"codeReceived"_s, 0}});
}

void TestCloseTruth::tooManyConnections()
{
    serve({u"--max-connections"_s, u"1"_s});
    RawClient first(m_server->port());
    QVERIFY(first.upgrade());
    RawClient second(m_server->port());
    second.send(RawClient::upgradeHead("/echo"));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.response().status, 503);
    verify(QJsonObject{{u"cause"_s, u"too_many_connections"_s}, {u"httpStatus"_s, 503}});
}

void TestCloseTruth::tooManyFromOneAddress()
{
    serve({u"--max-connections-per-address"_s, u"1"_s});
    RawClient first(m_server->port());
    QVERIFY(first.upgrade());
    RawClient second(m_server->port());
    second.send(RawClient::upgradeHead("/echo"));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.response().status, 429);
    verify(QJsonObject{{u"cause"_s, u"too_many_from_address"_s}, {u"httpStatus"_s, 429}});
}

void TestCloseTruth::connectsTooFast()
{
    serve({u"--connection-rate"_s, u"1"_s});
    std::vector<std::unique_ptr<RawClient>> clients;
    bool refused = false;
    while (!refused && clients.size() < 50) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        refused = !clients.back()->upgrade();
    }
    QCOMPARE(clients.back()->response().status, 429);
    verify(QJsonObject{{u"cause"_s, u"connecting_too_fast"_s}, {u"httpStatus"_s, 429}});
}

void TestCloseTruth::refusesBeforeTheUpgrade_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<int>("status");
    QTest::newRow("origin") << RawClient::upgradeHead("/echo", "Origin: http://evil.example\r\n") << u"origin_refused"_s
                            << 403;
    QTest::newRow("room") << RawClient::upgradeHead("/ws/none") << u"no_such_room"_s << 404;
}

void TestCloseTruth::refusesBeforeTheUpgrade()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cause);
    QFETCH(int, status);
    serve({u"--reject-with-http"_s, u"--no-auto-create"_s});
    RawClient client(m_server->port());
    QVERIFY(client.request(bytes));
    QCOMPARE(client.response().status, status);
    verify(QJsonObject{{u"cause"_s, cause}, {u"httpStatus"_s, status}, {u"codeSent"_s, 0}});
}

QTEST_GUILESS_MAIN(TestCloseTruth)
#include "tst_close_truth.moc"
