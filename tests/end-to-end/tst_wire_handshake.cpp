// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QTest>
#include <algorithm>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

// The right handshake with one of its lines replaced (or, with an empty `with`, left out).
QByteArray changed(QByteArrayView line, QByteArrayView with)
{
    QByteArray head = RawClient::upgradeHead("/echo");
    const QByteArray whole = line.toByteArray() + "\r\n";
    Q_ASSERT(head.contains(whole));
    return head.replace(whole, with.isEmpty() ? QByteArray() : with.toByteArray() + "\r\n");
}

QByteArray with(QByteArrayView line) { return RawClient::upgradeHead("/echo", line.toByteArray() + "\r\n"); }

constexpr auto requestLine = "GET /echo HTTP/1.1";
constexpr auto host = "Host: localhost";
constexpr auto upgrade = "Upgrade: websocket";
constexpr auto connection = "Connection: Upgrade";
constexpr auto keyLine = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
constexpr auto version = "Sec-WebSocket-Version: 13";

} // namespace

/// The opening handshake: what has to be accepted, and that everything else gets a whole HTTP answer and no upgrade.
class TestWireHandshake : public QObject
{
    Q_OBJECT

    ServerProcess m_server{manyConnections()};

    // Is there such an ending among those that came behind the first `before`?
    [[nodiscard]] bool hasEnded(qsizetype before, QLatin1StringView key, const QJsonValue &value) const
    {
        const QList<QJsonObject> endings = m_server.endings().sliced(before);
        return std::any_of(endings.begin(), endings.end(),
                           [&](const QJsonObject &ending) { return ending.value(key) == value; });
    }

    // A request that is answered and leaves the connection as it is.
    [[nodiscard]] static bool askAndStay(RawClient &client)
    {
        const bool answered = client.request("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.forgetAnswer();
        return answered && !client.ended();
    }
    static void verifyAccepted(RawClient &client);
    void verifyRefused(RawClient &client);

private slots:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.output().constData()); }
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }

    void accepts_data();
    void accepts();
    void acceptsBehindAnotherRequest_data() { accepts_data(); }
    void acceptsBehindAnotherRequest();
    void refuses_data();
    void refuses();
    void refusesBehindAnotherRequest_data() { refuses_data(); }
    void refusesBehindAnotherRequest();
    void namesItsVersion();
    void takesTheKeyOfTheRfc();
    void readsAHeadInPieces_data();
    void readsAHeadInPieces();
    void answersNothingToSilence();
};

void TestWireHandshake::accepts_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("as browsers send it") << with(
        "Origin: http://localhost\r\nUser-Agent: Mozilla/5.0\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n"
        "Accept-Encoding: gzip, deflate\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
    QTest::newRow("no origin") << RawClient::upgradeHead("/echo");
    QTest::newRow("upgrade in capitals") << changed(upgrade, "UPGRADE: WebSocket");
    QTest::newRow("connection in capitals") << changed(connection, "CONNECTION: UPGRADE");
    QTest::newRow("connection list of Firefox") << changed(connection, "Connection: keep-alive, Upgrade");
    QTest::newRow("connection on two lines") << changed(connection, "Connection: keep-alive\r\nConnection: Upgrade");
    QTest::newRow("no space behind the colons") << changed(host, "Host:localhost");
    QTest::newRow("much space behind the colon") << changed(host, "Host: \t localhost \t");
    QTest::newRow("host with a port") << changed(host, "Host: localhost:8080");
    QTest::newRow("host is an IPv6 address") << changed(host, "Host: [::1]:8080");
    QTest::newRow("empty header") << with("X-Empty:");
    QTest::newRow("same unknown header twice") << with("X-A: 1\r\nX-A: 2");
    QTest::newRow("unknown query") << RawClient::upgradeHead("/echo?x=1&y=%20");
    QTest::newRow("subprotocol") << with("Sec-WebSocket-Protocol: chat, superchat");
    QTest::newRow("content length 0") << with("Content-Length: 0");
    QTest::newRow("what browsers leave as it is") << RawClient::upgradeHead("/echo?name=[100%]{x}|^`\\");
    QTest::newRow("UTF-8 as it is") << RawClient::upgradeHead("/echo?name=J\xc3\xbcrgen");
    QTest::newRow("host with an empty port") << changed(host, "Host: localhost:");
    QTest::newRow("empty line first") << "\r\n" + RawClient::upgradeHead("/echo");
    QTest::newRow("absolute form") << RawClient::upgradeHead("ws://localhost/echo");
    QTest::newRow("a slash at the end") << RawClient::upgradeHead("/echo/");
    QTest::newRow("long but within the limit") << with("X-Long: " + QByteArray(7000, 'x'));
}

void TestWireHandshake::accepts()
{
    RawClient client(m_server.port());
    verifyAccepted(client);
}

void TestWireHandshake::acceptsBehindAnotherRequest()
{
    RawClient client(m_server.port());
    QVERIFY(askAndStay(client));
    verifyAccepted(client);
}

void TestWireHandshake::verifyAccepted(RawClient &client)
{
    QFETCH(QByteArray, head);
    client.send(head);
    QVERIFY(client.waitForResponse());
    QCOMPARE(client.response().status, 101);
    QCOMPARE(client.response().value("Sec-WebSocket-Accept").toByteArray(), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QVERIFY(client.response().listHas("Upgrade", "websocket"));
    QVERIFY(client.response().listHas("Connection", "Upgrade"));
    QVERIFY(client.response().value("Sec-WebSocket-Extensions").isEmpty());
    client.sendText("hello");
    QVERIFY(client.waitForMessages(1));
}

void TestWireHandshake::refuses_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &head, int status = 400) {
        QTest::newRow(name) << head << status;
    };

    row("bare line feeds", RawClient::upgradeHead("/echo").replace("\r\n", "\n"));
    row("one bare line feed", changed(host, "Host: localhost\nX: y"));
    row("carriage return inside a value", with("X: a\rb"));
    row("folded header", with("X-Folded: a\r\n b"));
    row("folded with a tab", with("X-Folded: a\r\n\tb"));
    row("first header line begins with a space", changed(host, " Host: localhost"));
    row("NUL in a value", with(QByteArrayView("X: a\0b", 6)));
    row("NUL in the origin", with(QByteArrayView("Origin: http://a\0b", 18)));
    row("NUL in the target", changed(requestLine, QByteArrayView("GET /ec\0ho HTTP/1.1", 19)));
    row("control character in a value",
        with("X: a\x01"
             "b"));
    row("DEL in a value", with("X: a\x7f"));
    row("space before the colon", with("X : y"));
    row("no colon", with("X"));
    row("no name", with(": y"));
    row("name is no token", with("X(y): z"));
    row("host twice", changed(host, "Host: a\r\nHost: b"));
    row("same host twice", changed(host, "Host: a\r\nHost: a"));
    row("origin twice", with("Origin: http://a\r\nOrigin: http://b"));
    row("key twice", changed(keyLine, QByteArray(keyLine) + "\r\n" + keyLine));
    row("version twice", changed(version, QByteArray(version) + "\r\n" + version));
    row("no host", changed(host, ""));
    row("host is no host", changed(host, "Host: a b"));
    row("host with a path", changed(host, "Host: a/b"));
    row("port is no number", changed(host, "Host: a:b"));
    row("no key", changed(keyLine, ""));
    row("empty key", changed(keyLine, "Sec-WebSocket-Key:"));
    row("key of 15 bytes", changed(keyLine, "Sec-WebSocket-Key: " + QByteArray(15, 'a').toBase64()));
    row("key of 17 bytes", changed(keyLine, "Sec-WebSocket-Key: " + QByteArray(17, 'a').toBase64()));
    row("key is no base64", changed(keyLine, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub2!jZQ=="));
    row("key without its padding", changed(keyLine, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ"));
    row("key with space inside", changed(keyLine, "Sec-WebSocket-Key: dGhlIHNh bXBsZSBub25jZQ=="));
    row("no connection", changed(connection, ""));
    row("connection without upgrade", changed(connection, "Connection: keep-alive"));
    row("body announced", with("Content-Length: 5") + "hello");
    row("chunked body", with("Transfer-Encoding: chunked") + "0\r\n\r\n");
    row("both body headers", with("Content-Length: 0\r\nTransfer-Encoding: chunked"));
    row("content length is negative", with("Content-Length: -1"));
    row("content length is no number", with("Content-Length: 0x5"));
    row("content length overflows", with("Content-Length: 99999999999999999999999"));
    row("two content lengths", with("Content-Length: 0\r\nContent-Length: 0"));
    row("content length list", with("Content-Length: 0, 0"));
    row("subprotocol is no token", with("Sec-WebSocket-Protocol: a b"));
    row("subprotocol offered twice", with("Sec-WebSocket-Protocol: chat, chat"));
    row("no version", changed(version, ""), 426);
    row("version 8", changed(version, "Sec-WebSocket-Version: 8"), 426);
    row("version 14", changed(version, "Sec-WebSocket-Version: 14"), 426);
    row("version is no number", changed(version, "Sec-WebSocket-Version: 13x"), 426);
    row("not asked for", changed(upgrade, ""), 426);
    row("asks for something else", changed(upgrade, "Upgrade: h2c"), 426);
    row("unknown method", changed(requestLine, "BREW /echo HTTP/1.1"), 405);
    row("method in small letters", changed(requestLine, "get /echo HTTP/1.1"), 405);
    row("method is no token", changed(requestLine, "G(T /echo HTTP/1.1"));
    row("HTTP/1.0", changed(requestLine, "GET /echo HTTP/1.0"), 426);
    row("HTTP/1.0 without an upgrade", changed(requestLine, "GET /echo HTTP/1.0").replace("Upgrade: websocket\r\n", ""),
        426);
    row("Socket.IO", changed(requestLine, "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1"), 404);
    row("Engine.IO in a room", changed(requestLine, "GET /ws/a?EIO=4&transport=websocket HTTP/1.1"), 404);
    row("POST", changed(requestLine, "POST /echo HTTP/1.1"), 405);
    row("HTTP/2.0", changed(requestLine, "GET /echo HTTP/2.0"), 505);
    row("HTTP/9.9", changed(requestLine, "GET /echo HTTP/9.9"), 505);
    row("XXXX/1.1", changed(requestLine, "GET /echo XXXX/1.1"));
    row("HTTP in small letters", changed(requestLine, "GET /echo http/1.1"));
    row("no version of HTTP", changed(requestLine, "GET /echo"));
    row("a word too many", changed(requestLine, "GET /echo HTTP/1.1 x"));
    row("two spaces", changed(requestLine, "GET  /echo HTTP/1.1"));
    row("space at the end", changed(requestLine, "GET /echo HTTP/1.1 "));
    row("tab for a space", changed(requestLine, "GET\t/echo HTTP/1.1"));
    row("target is no path", changed(requestLine, "GET echo HTTP/1.1"));
    row("target with a fragment", changed(requestLine, "GET /echo#x HTTP/1.1"));
    row("target that is no UTF-8", changed(requestLine, "GET /ech\xc3 HTTP/1.1"));
    row("target of 9,000 bytes", changed(requestLine, "GET /" + QByteArray(9000, 'a') + " HTTP/1.1"), 414);
    row("no such path", changed(requestLine, "GET /nowhere HTTP/1.1"), 404);
    row("head of 17 KiB", with("X: " + QByteArray(17 * 1024, 'x')), 431);
    row("101 headers", RawClient::upgradeHead("/echo", QByteArray("X: y\r\n").repeated(101)), 431);
    row("line that never ends", QByteArray("GET /echo HTTP/1.1\r\nX: ") + QByteArray(20'000, 'x'), 431);
    row("line feed first", "\n" + RawClient::upgradeHead("/echo"));
    row("not HTTP", QByteArray("\x00\x01\x02\x03", 4));
    row("TLS hello", QByteArray::fromHex("16030100c8010000c40303") + QByteArray(190, 'x'));
    row("SSH", "SSH-2.0-OpenSSH_9.2\r\n\r\n");
}

void TestWireHandshake::refuses()
{
    RawClient client(m_server.port());
    verifyRefused(client);
}

void TestWireHandshake::refusesBehindAnotherRequest()
{
    RawClient client(m_server.port());
    QVERIFY(askAndStay(client));
    verifyRefused(client);
}

void TestWireHandshake::verifyRefused(RawClient &client)
{
    QFETCH(QByteArray, head);
    QFETCH(int, status);
    const qsizetype before = m_server.endings().size();
    QVERIFY(client.request(head));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.answerIsFramed());
    QVERIFY(!client.serverBrokeTheRules());
    QTRY_VERIFY(hasEnded(before, "httpStatus"_L1, status)); // the log has it as well
}

void TestWireHandshake::namesItsVersion()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(changed(version, "Sec-WebSocket-Version: 7")));
    QCOMPARE(client.response().status, 426);
    QCOMPARE(client.response().value("Sec-WebSocket-Version").toByteArray(), QByteArray("13"));
}

// Its last letter has bits that mean nothing, and not all of them are zero (RFC 6455, section 4.1).
void TestWireHandshake::takesTheKeyOfTheRfc()
{
    RawClient client(m_server.port());
    client.send(changed(keyLine, "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC=="));
    QVERIFY(client.waitForResponse());
    QCOMPARE(client.response().status, 101);
    QCOMPARE(client.response().value("Sec-WebSocket-Accept").toByteArray(), QByteArray("OfS0wDaT5NoxF2gqm7Zj2YtetzM="));
}

void TestWireHandshake::readsAHeadInPieces_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 2, 3, 7, 64})
        QTest::newRow(qPrintable(u"of %1 bytes"_s.arg(size))) << size;
}

void TestWireHandshake::readsAHeadInPieces()
{
    QFETCH(int, size);
    RawClient client(m_server.port());
    const QByteArray head = RawClient::upgradeHead("/echo");
    for (qsizetype at = 0; at < head.size(); at += size)
        client.send(head.mid(at, size));
    QVERIFY(client.waitForResponse());
    QCOMPARE(client.response().status, 101);
}

void TestWireHandshake::answersNothingToSilence()
{
    const qsizetype before = m_server.endings().size();
    RawClient client(m_server.port());
    client.endStream();
    QVERIFY(client.waitForEnd());
    QTRY_VERIFY(hasEnded(before, "cause"_L1, u"no_data"_s));
}

QTEST_GUILESS_MAIN(TestWireHandshake)
#include "tst_wire_handshake.moc"
