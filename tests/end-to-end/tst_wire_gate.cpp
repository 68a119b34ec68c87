// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QSysInfo>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray lines(std::initializer_list<QByteArrayView> all)
{
    QByteArray bytes;
    for (const QByteArrayView line : all)
        bytes += line.toByteArray() + "\r\n";
    return bytes + "\r\n";
}

QByteArray get(QByteArrayView line) { return lines({"GET /health HTTP/1.1", "Host: localhost", line}); }
QByteArray post(QByteArrayView line) { return lines({"POST /api/v1/rooms HTTP/1.1", "Host: localhost", line}); }
QByteArray chunks(const QByteArray &body, const QByteArray &headers = {})
{
    return "POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + headers + "\r\n" + body;
}
QByteArray to(QByteArrayView target)
{
    return lines({"GET " + target.toByteArray() + " HTTP/1.1", "Host: localhost", "Connection: close"});
}
QByteArray upgradeWith(QByteArrayView line) { return RawClient::upgradeHead("/ws/a", line.toByteArray() + "\r\n"); }

/// Version 2 of the PROXY protocol: TCP over IPv4.
QByteArray proxyVersion2(const QByteArray &source, char command = 0x21)
{
    const QByteArray addresses = source + QByteArray("\x7f\x00\x00\x01\x30\x39\x1f\x90", 8);
    return QByteArray("\r\n\r\n\0\r\nQUIT\n", 12) + command + '\x11' + '\0' + char(addresses.size()) + addresses;
}

} // namespace

/// What stands between strangers and the server: requests that mean two things, pages of other origins, clients behind proxies
/// and those who only say so.
class TestWireGate : public QObject
{
    Q_OBJECT

    ServerProcess m_open{manyConnections()};
    ServerProcess m_strict{manyConnections()
                           + QStringList{u"--reject-with-http"_s, u"--allow-origin"_s, u"https://app.example"_s,
                                         u"--allow-origin"_s, u"http://other.example:8000"_s, u"--allow-origin"_s,
                                         u"FILE:///,HTTPS://Spelled.example:443/,http://[0::1]:80"_s}};
    ServerProcess m_hosts{manyConnections() + QStringList{u"--allow-host"_s, u"play.example"_s}};
    ServerProcess m_behind{manyConnections()
                           + QStringList{u"--trusted-proxy"_s, u"127.0.0.1"_s, u"--trusted-proxy"_s, u"10.0.0.0/8"_s}};
    ServerProcess m_proxied{manyConnections()
                            + QStringList{u"--trusted-proxy"_s, u"127.0.0.1"_s, u"--proxy-protocol"_s}};

    /// The address that the log names for the connection that ends next.
    [[nodiscard]] static QString addressOf(ServerProcess &server, const QByteArray &before, const QByteArray &headers);

private slots:
    void initTestCase();
    void cleanupTestCase();
    void readsARequestInOneWay_data();
    void readsARequestInOneWay();
    void readsALaterRequestInOneWay_data() { readsARequestInOneWay_data(); }
    void readsALaterRequestInOneWay();
    void judgesOrigins_data();
    void judgesOrigins();
    void judgesOriginsOfPosts_data();
    void judgesOriginsOfPosts();
    void judgesHosts_data();
    void judgesHosts();
    void judgesTheHostOfATarget();
    void believesNoStranger_data();
    void believesNoStranger();
    void findsTheClientBehindProxies_data();
    void findsTheClientBehindProxies();
    void readsProxyHeaders_data();
    void readsProxyHeaders();
    void refusesBrokenProxyHeaders_data();
    void refusesBrokenProxyHeaders();
    void countsTheClientNotTheProxy();
};

void TestWireGate::initTestCase()
{
    for (ServerProcess *server : {&m_open, &m_strict, &m_hosts, &m_behind, &m_proxied})
        QVERIFY2(server->start(), server->output().constData());
}

void TestWireGate::cleanupTestCase()
{
    for (ServerProcess *server : {&m_open, &m_strict, &m_hosts, &m_behind, &m_proxied})
        QVERIFY2(server->stop() == 0, server->output().constData());
}

void TestWireGate::readsARequestInOneWay_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    // how long is it?
    row("length and chunks",
        lines({"POST /api/v1/rooms HTTP/1.1", "Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"})
            + "0\r\n\r\n",
        400);
    row("two lengths", get("Content-Length: 0\r\nContent-Length: 5"), 400);
    row("the same length twice", get("Content-Length: 0\r\nContent-Length: 0"), 400);
    row("a list of lengths", get("Content-Length: 0, 0"), 400);
    row("negative length", get("Content-Length: -1"), 400);
    row("length with a sign", get("Content-Length: +0"), 400);
    row("length in hex", get("Content-Length: 0x0"), 400);
    row("endless length", get("Content-Length: 99999999999999999999999"), 400);
    row("empty length", get("Content-Length:"), 400);
    row("length with a space inside", get("Content-Length: 1 0"), 400);
    row("chunks in another spelling", get("Transfer-Encoding: xchunked"), 400);
    row("chunks in another spelling, posted", post("Transfer-Encoding: xchunked"), 400);
    row("chunks twice, posted", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400);
    row("chunks and an empty line, posted", post("Transfer-Encoding: chunked\r\nTransfer-Encoding:"), 400);
    row("chunks behind another coding", post("Transfer-Encoding: gzip, chunked"), 400);
    row("chunks before another coding", post("Transfer-Encoding: chunked, identity"), 400);
    row("chunks with a comma", post("Transfer-Encoding: chunked,"), 400);
    row("chunks with vertical tab",
        post("Transfer-Encoding: \x0b"
             "chunked"),
        400);
    row("a chunk's size with a sign", chunks("+2\r\n{}\r\n0\r\n\r\n"), 400);
    row("a chunk's size with 0x", chunks("0x2\r\n{}\r\n0\r\n\r\n"), 400);
    row("a chunk's size with a space", chunks("2 \r\n{}\r\n0\r\n\r\n"), 400);
    row("a chunk's size that overflows", chunks("10000000000000002\r\n{}\r\n0\r\n\r\n"), 400);
    row("a chunk's size that ends in a line feed", chunks("2\n{}\r\n0\r\n\r\n"), 400);
    row("a chunk longer than its size", chunks("2\r\n{}{}\r\n0\r\n\r\n"), 400);
    row("a chunk shorter than its size", chunks("4\r\n{}\r\n0\r\n\r\n"), 400);
    row("a line feed in an extension", chunks("2;a=\"\n\"\r\n{}\r\n0\r\n\r\n"), 400);
    row("a trailer that is none", chunks("0\r\nGET /x HTTP/1.1\r\n\r\n"), 400);
    row("a request behind chunks", chunks("2\r\n{}\r\n0\r\n\r\n", "Connection: close\r\n") + to("/nowhere"), 201);
    row("chunks twice", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400);
    row("chunks and identity", get("Transfer-Encoding: chunked, identity"), 400);
    row("upgrade with a body", upgradeWith("Content-Length: 4") + "ping", 400);
    row("upgrade with chunks", upgradeWith("Transfer-Encoding: chunked") + "0\r\n\r\n", 400);
    // where does a line end?
    row("bare line feeds", "GET /health HTTP/1.1\nHost: localhost\n\n", 400);
    row("one bare line feed", get("X-A: 1\nX-B: 2"), 400);
    row("bare carriage return", get("X-A: 1\rX-B: 2"), 400);
    row("folded line", get("X-A: 1\r\n 2"), 400);
    row("folded with a tab", get("X-A: 1\r\n\t2"), 400);
    row("first header begins with a space", lines({"GET /health HTTP/1.1", " Host: localhost"}), 400);
    row("NUL in a value", get(QByteArrayView("X-A: a\0b", 8)), 400);
    row("NUL in a name", get(QByteArrayView("X\0A: b", 6)), 400);
    row("bell in a value", get("X-A: a\x07"), 400);
    row("space before the colon", get("Content-Length : 0"), 400);
    row("no colon", get("Content-Length 0"), 400);
    row("no name", get(": 0"), 400);
    row("brackets in a name", get("X(A): 0"), 400);
    // what is asked for?
    row("two spaces", lines({"GET  /health HTTP/1.1", "Host: localhost"}), 400);
    row("a tab for a space", lines({"GET\t/health HTTP/1.1", "Host: localhost"}), 400);
    row("a word too many", lines({"GET /health x HTTP/1.1", "Host: localhost"}), 400);
    row("no version", lines({"GET /health", "Host: localhost"}), 400);
    row("HTTP/1.0", lines({"GET /health HTTP/1.0", "Host: localhost"}), 200);
    row("HTTP/1.0 without a host", lines({"GET /health HTTP/1.0"}), 200);
    row("HTTP/1.0 with two hosts", lines({"GET /health HTTP/1.0", "Host: a", "Host: a"}), 400);
    row("HTTP/1.0 with chunks", lines({"POST /api/v1/rooms HTTP/1.0", "Transfer-Encoding: chunked"}) + "0\r\n\r\n",
        400);
    row("HTTP/1.0 with length and chunks",
        lines({"POST /api/v1/rooms HTTP/1.0", "Transfer-Encoding: chunked", "Content-Length: 5"}) + "0\r\n\r\n", 400);
    row("two requests at once over HTTP/1.0", lines({"GET /health HTTP/1.0"}) + to("/nowhere"), 200);
    row("HTTP/2.0", lines({"GET /health HTTP/2.0", "Host: localhost"}), 505);
    row("HTTP/1.11", lines({"GET /health HTTP/1.11", "Host: localhost"}), 400);
    row("small http", lines({"GET /health http/1.1", "Host: localhost"}), 400);
    row("another protocol", lines({"GET /health ICY/1.1", "Host: localhost"}), 400);
    row("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("method in small letters", lines({"get /health HTTP/1.1", "Host: localhost", "Connection: close"}), 405);
    row("method that is none", lines({"G(T /health HTTP/1.1", "Host: localhost"}), 400);
    row("absolute form", to("http://localhost/health"), 200);
    row("absolute form in capitals", to("HTTP://LOCALHOST/health"), 200);
    row("absolute form with a user", to("http://localhost@evil.example/health"), 400);
    row("absolute form of no host", to("http:///health"), 400);
    row("absolute form of another scheme", to("gopher://localhost/health"), 400);
    row("absolute form without a host header", lines({"GET http://localhost/health HTTP/1.1"}), 400);
    row("absolute form and two hosts", lines({"GET http://a/health HTTP/1.1", "Host: a", "Host: b"}), 400);
    row("authority form", lines({"CONNECT localhost:80 HTTP/1.1", "Host: localhost"}), 400);
    row("asterisk form of a read", lines({"GET * HTTP/1.1", "Host: localhost"}), 400);
    row("no slash", to("health"), 400);
    row("a fragment", to("/health#x"), 400);
    row("a backslash", to("/health\\x"), 400);
    row("bytes above ASCII", to("/h\xc3\xa4lth"), 404);
    row("bytes that are no UTF-8", to("/h\xc3lth"), 400);
    row("a control character", to("/health\x01"), 400);
    row("encoded NUL in the path", to("/ws/a%00b"), 426);
    row("two slashes", to("//health"), 404);
    row("up and out", to("/ws/../health"), 404);
    row("long target", to("/" + QByteArray(9'000, 'a')), 414);
    row("long header", get("X-A: " + QByteArray(20'000, 'a')), 431);
    row("many headers", get(QByteArray("X-A: 1\r\n").repeated(100) + "X-B: 1"), 431);
    // whom is it for?
    row("no host", lines({"GET /health HTTP/1.1"}), 400);
    row("two hosts", get("Host: other"), 400);
    row("the same host twice", get("Host: localhost"), 400);
    row("a list of hosts", lines({"GET /health HTTP/1.1", "Host: a, b"}), 400);
    row("a host with a path", lines({"GET /health HTTP/1.1", "Host: a/b"}), 400);
    row("a host with a user", lines({"GET /health HTTP/1.1", "Host: a@b"}), 400);
    row("a host with a space", lines({"GET /health HTTP/1.1", "Host: a b"}), 400);
    row("a port that is none", lines({"GET /health HTTP/1.1", "Host: a:b"}), 400);
    // one after the other
    row("two requests at once", to("/health") + to("/nowhere"), 200);
    row("an upgrade behind a request", to("/health") + RawClient::upgradeHead("/echo"), 200);
    row("a body that nobody announced", to("/health") + "GET /x HTTP/1.1", 200);
    row("a PROXY line from a stranger", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + to("/health"), 400);
    row("a PROXY header of version 2 from a stranger", proxyVersion2(QByteArray("\x01\x02\x03\x04", 4)) + to("/health"),
        400);
    row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + QByteArray(100, 'x'), 400);
}

// One answer, framed, and the end of the connection: there is nothing that a second reading could find.
void TestWireGate::readsARequestInOneWay()
{
    QFETCH(QByteArray, bytes);
    RawClient client(m_open.port());
    QVERIFY(client.request(bytes));
    QTEST(client.response().status, "status");
    QVERIFY(client.waitForEnd());
    QVERIFY(client.answerIsFramed());
    QVERIFY(client.messages().isEmpty());
}

// And there is nothing that a second request over the same connection could find.
void TestWireGate::readsALaterRequestInOneWay()
{
    QFETCH(QByteArray, bytes);
    RawClient client(m_open.port());
    QVERIFY(client.request(lines({"GET /health HTTP/1.1", "Host: localhost"})));
    QVERIFY(!client.ended());
    client.forgetAnswer();
    QVERIFY(client.request(bytes));
    QTEST(client.response().status, "status");
    QVERIFY(client.waitForEnd());
    QVERIFY(client.answerIsFramed());
    QVERIFY(client.messages().isEmpty());
}

void TestWireGate::judgesOrigins_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, QByteArrayView origin, int status) {
        QTest::newRow(name) << "Origin: " + origin.toByteArray() << status;
    };
    QTest::newRow("none: no browser") << QByteArray("X-A: 1") << 101;
    row("the same host", "http://localhost", 101);
    row("the same host with its port", "http://localhost:80", 101);
    row("in capitals", "HTTP://LOCALHOST", 101);
    row("on the list", "https://app.example", 101);
    row("on the list with a port", "http://other.example:8000", 101);
    row("a file", "file://", 101);
    row("on the list in another spelling", "https://spelled.example", 101);
    row("IPv6 in another spelling", "http://[::1]", 101);
    row("null", "null", 403);
    row("empty", "", 403);
    row("another host", "http://evil.example", 403);
    row("another scheme of one on the list", "http://app.example", 403);
    row("another port of one on the list", "http://other.example:8001", 403);
    row("without the port of one on the list", "http://other.example", 403);
    row("another port of the same host", "http://localhost:8000", 403);
    row("the same host as a beginning", "http://localhost.evil.example", 403);
    row("the same host as an end", "http://evillocalhost", 403);
    row("the same host as a user", "http://localhost@evil.example", 403);
    row("the same host as a path", "http://evil.example/localhost", 403);
    row("one on the list as a beginning", "https://app.example.evil.example", 403);
    row("one on the list as an end", "https://evil-app.example", 403);
    row("with a slash", "https://app.example/", 403);
    row("with a dot", "https://app.example.", 403);
    row("a list", "https://app.example, https://evil.example", 403);
    row("a star", "*", 403);
    row("an extension", "chrome-extension://abcdef", 403);
    QTest::newRow("two origins") << QByteArray("Origin: https://app.example\r\nOrigin: http://evil.example") << 400;
}

void TestWireGate::judgesOrigins()
{
    QFETCH(QByteArray, line);
    RawClient client(m_strict.port());
    client.send(upgradeWith(line));
    QVERIFY(client.waitForResponse());
    QTEST(client.response().status, "status");
}

void TestWireGate::judgesOriginsOfPosts_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::newRow("the same host") << QByteArray("http://localhost") << 201;
    QTest::newRow("on the list") << QByteArray("https://app.example") << 201;
    QTest::newRow("another") << QByteArray("http://evil.example") << 403;
    QTest::newRow("null") << QByteArray("null") << 403;
}

void TestWireGate::judgesOriginsOfPosts()
{
    QFETCH(QByteArray, origin);
    RawClient client(m_strict.port());
    QVERIFY(client.request(lines({"POST /api/v1/rooms HTTP/1.1", "Host: localhost", "Origin: " + origin,
                                  "Content-Type: text/plain", "Content-Length: 2"})
                           + "{}"));
    QTEST(client.response().status, "status");
}

void TestWireGate::judgesHosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("on the list") << QByteArray("play.example") << 200;
    QTest::newRow("with a port") << QByteArray("play.example:8080") << 200;
    QTest::newRow("in capitals") << QByteArray("PLAY.example") << 200;
    QTest::newRow("this machine's") << QSysInfo::machineHostName().toLatin1() << 200;
    QTest::newRow("another name: rebinding") << QByteArray("evil.example") << 421;
    QTest::newRow("an address") << QByteArray("127.0.0.1") << 200;
    QTest::newRow("as a beginning") << QByteArray("play.example.evil.example") << 421;
    QTest::newRow("as an end") << QByteArray("xplay.example") << 421;
}

void TestWireGate::judgesHosts()
{
    QFETCH(QByteArray, host);
    RawClient client(m_hosts.port());
    QVERIFY(client.request(lines({"GET /api/v1/config HTTP/1.1", "Host: " + host})));
    QTEST(client.response().status, "status");
    RawClient balancer(m_hosts.port());
    QVERIFY(balancer.request(lines({"GET /health HTTP/1.1", "Host: " + host})));
    QCOMPARE(balancer.response().status, 200);
}

// What stands in the target counts, not the header (RFC 9112, section 3.2.2); no browser speaks HTTP/1.0.
void TestWireGate::judgesTheHostOfATarget()
{
    const auto statusOf = [this](std::initializer_list<QByteArrayView> all) {
        RawClient client(m_hosts.port());
        return client.request(lines(all)) ? client.response().status : 0;
    };
    QCOMPARE(statusOf({"GET http://play.example/api/v1/rooms HTTP/1.1", "Host: evil.example"}), 200);
    QCOMPARE(statusOf({"GET http://evil.example/api/v1/rooms HTTP/1.1", "Host: play.example"}), 421);
    QCOMPARE(statusOf({"GET /api/v1/rooms HTTP/1.0"}), 200);
    QCOMPARE(statusOf({"GET /api/v1/rooms HTTP/1.0", "Host: evil.example"}), 421);
}

QString TestWireGate::addressOf(ServerProcess &server, const QByteArray &before, const QByteArray &headers)
{
    const qsizetype ended = server.log(u"connection_ended"_s).size();
    RawClient client(server.port());
    client.send(before + RawClient::upgradeHead("/echo", headers));
    if (!client.waitForResponse() || client.response().status != 101)
        return u"status %1"_s.arg(client.response().status);
    client.sendClose(1000);
    if (!client.waitForEnd() || !QTest::qWaitFor([&] { return server.log(u"connection_ended"_s).size() > ended; }))
        return u"no end"_s;
    return server.log(u"connection_ended"_s).at(ended)[u"address"_s].toString();
}

void TestWireGate::believesNoStranger_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("X-Forwarded-For") << QByteArray("X-Forwarded-For: 203.0.113.7\r\n");
    QTest::newRow("X-Real-IP") << QByteArray("X-Real-IP: 203.0.113.7\r\n");
    QTest::newRow("Forwarded") << QByteArray("Forwarded: for=203.0.113.7\r\n");
    QTest::newRow("all three") << QByteArray(
        "X-Forwarded-For: 203.0.113.7\r\nX-Real-IP: 203.0.113.7\r\nForwarded: for=203.0.113.7\r\n");
}

void TestWireGate::believesNoStranger()
{
    QFETCH(QByteArray, headers);
    QCOMPARE(addressOf(m_open, {}, headers), u"127.0.0.1"_s);
}

void TestWireGate::findsTheClientBehindProxies_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("address");
    const auto row = [](const char *name, const QByteArray &headers, const char *address) {
        QTest::newRow(name) << headers << QString::fromLatin1(address);
    };
    row("nothing", "", "127.0.0.1");
    row("one proxy", "X-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7");
    row("two proxies", "X-Forwarded-For: 203.0.113.7, 10.1.2.3\r\n", "203.0.113.7");
    row("the client lies", "X-Forwarded-For: 1.1.1.1, 203.0.113.7\r\n", "203.0.113.7");
    row("the client lies that it is a proxy", "X-Forwarded-For: 1.1.1.1, 10.9.9.9, 203.0.113.7\r\n", "203.0.113.7");
    row("in two headers", "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7");
    row("IPv6", "X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7");
    row("X-Real-IP", "X-Real-IP: 203.0.113.7\r\n", "203.0.113.7");
    row("Forwarded", "Forwarded: for=203.0.113.7;proto=https\r\n", "203.0.113.7");
    row("Forwarded, IPv6", "Forwarded: for=\"[2001:db8::7]:4711\"\r\n", "2001:db8::7");
    row("they agree", "X-Forwarded-For: 203.0.113.7\r\nX-Real-IP: 203.0.113.7\r\n", "203.0.113.7");
    // Whoever is in doubt would be nobody, and nobody has no limits.
    row("they disagree", "X-Forwarded-For: 203.0.113.7\r\nX-Real-IP: 198.51.100.1\r\n", "status 400");
    row("garbage", "X-Forwarded-For: nobody\r\n", "status 400");
    row("garbage behind a client", "X-Forwarded-For: 203.0.113.7, nobody\r\n", "status 400");
    row("with leading zeros", "X-Forwarded-For: 203.000.113.007\r\n", "status 400");
    row("nothing but commas", "X-Forwarded-For: , ,\r\n", "127.0.0.1");
}

void TestWireGate::findsTheClientBehindProxies()
{
    QFETCH(QByteArray, headers);
    QTEST(addressOf(m_behind, {}, headers), "address");
}

void TestWireGate::readsProxyHeaders_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("address");
    QTest::newRow("a line") << QByteArray("PROXY TCP4 203.0.113.7 127.0.0.1 4711 8080\r\n") << u"203.0.113.7"_s;
    QTest::newRow("a line, IPv6") << QByteArray("PROXY TCP6 2001:db8::7 ::1 4711 8080\r\n") << u"2001:db8::7"_s;
    QTest::newRow("a line, unknown") << QByteArray("PROXY UNKNOWN\r\n") << u"127.0.0.1"_s;
    QTest::newRow("version 2") << proxyVersion2(QByteArray("\xcb\x00\x71\x07", 4)) << u"203.0.113.7"_s;
    QTest::newRow("version 2, the proxy's own")
        << proxyVersion2(QByteArray("\xcb\x00\x71\x07", 4), 0x20) << u"127.0.0.1"_s;
}

void TestWireGate::readsProxyHeaders()
{
    QFETCH(QByteArray, before);
    QTEST(addressOf(m_proxied, before, {}), "address");
}

void TestWireGate::refusesBrokenProxyHeaders_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("none") << RawClient::upgradeHead("/echo");
    QTest::newRow("no address") << QByteArray("PROXY TCP4\r\n");
    QTest::newRow("no port") << QByteArray("PROXY TCP4 1.2.3.4 5.6.7.8\r\n");
    QTest::newRow("a port too high") << QByteArray("PROXY TCP4 1.2.3.4 5.6.7.8 65536 1\r\n");
    QTest::newRow("a family that does not fit") << QByteArray("PROXY TCP6 1.2.3.4 5.6.7.8 1 2\r\n");
    QTest::newRow("endless") << "PROXY TCP4 " + QByteArray(200, '1');
    QTest::newRow("small letters") << QByteArray("proxy TCP4 1.2.3.4 5.6.7.8 1 2\r\n");
    QTest::newRow("version 3") << QByteArray("\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c", 16) + QByteArray(12, '\1');
    QTest::newRow("too short for its addresses") << QByteArray("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x04", 16) + "1234";
}

void TestWireGate::refusesBrokenProxyHeaders()
{
    QFETCH(QByteArray, bytes);
    const qsizetype before = m_proxied.endings().size();
    RawClient client(m_proxied.port());
    QVERIFY(client.request(bytes));
    QCOMPARE(client.response().status, 400);
    QCOMPARE(m_proxied.ending(before + 1)[u"cause"_s].toString(), u"bad_proxy_header"_s);
}

void TestWireGate::countsTheClientNotTheProxy()
{
    ServerProcess server({u"--trusted-proxy"_s, u"127.0.0.1"_s, u"--max-connections-per-address"_s, u"2"_s});
    QVERIFY2(server.start(), server.output().constData());
    const auto connect = [&](const QByteArray &address) {
        auto client = std::make_unique<RawClient>(server.port());
        client->send(RawClient::upgradeHead("/echo", "X-Forwarded-For: " + address + "\r\n"));
        return client->waitForResponse() ? std::move(client) : nullptr;
    };
    std::vector<std::unique_ptr<RawClient>> clients;
    for (const char *address : {"203.0.113.1", "203.0.113.1", "203.0.113.2", "203.0.113.2"}) {
        clients.push_back(connect(address));
        QCOMPARE(clients.back()->response().status, 101);
    }
    QCOMPARE(connect("203.0.113.1")->response().status, 429);
    clients.front()->sendClose(1000);
    QVERIFY(clients.front()->waitForEnd());
    QVERIFY(!server.ending(2).isEmpty()); // the refused one, and this
    QCOMPARE(connect("203.0.113.1")->response().status, 101);
}

QTEST_GUILESS_MAIN(TestWireGate)
#include "tst_wire_gate.moc"
