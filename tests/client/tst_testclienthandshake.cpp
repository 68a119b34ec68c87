// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/subject.h"

#include <QSslSocket>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

namespace {

QUrl urlOfNobody()
{
    FakeServer server;
    return server.url();
}

QByteArray page(const char *status, const QByteArray &headers = {}, const QByteArray &body = "no")
{
    return "HTTP/1.1 "_ba + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

} // namespace

class TestTestClientHandshake final : public QObject
{
    Q_OBJECT
private slots:
    void refusesOptionsThatCanNotWork_data();
    void refusesOptionsThatCanNotWork();
    void completesWhatWasTyped_data();
    void completesWhatWasTyped();
    void sendsTheRequestThatWasAskedFor();
    void turnsNameAndPasswordIntoAHeader();
    void opensThroughItsStates();
    void saysWhyItWasNotLetIn_data();
    void saysWhyItWasNotLetIn();
    void offersOnlyWebSocketAddresses();
    void keepsTheBodyOfARefusal();
    void keepsNoMoreThanItsShareOfABody();
    void nobodyListens();
    void findsNoHost();
    void doesNotWaitForASilentServer();
    void doesNotWaitForASilentTlsServer();
    void noticesAPlainServerBehindTls();
    void noticesAServerThatLeavesTheTlsHandshake();
};

void TestTestClientHandshake::refusesOptionsThatCanNotWork_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("subprotocol");
    QTest::addColumn<Fault>("fault");
    const QByteArray none;
    QTest::newRow("empty URL") << u""_s << none << none << none << Fault::InvalidUrl;
    QTest::newRow("no host") << u"ws:///x"_s << none << none << none << Fault::InvalidUrl;
    QTest::newRow("port 0") << u"ws://h:0/"_s << none << none << none << Fault::InvalidUrl;
    QTest::newRow("http") << u"http://h/"_s << none << none << none << Fault::HttpUrl;
    QTest::newRow("https") << u"https://h/"_s << none << none << none << Fault::HttpUrl;
    QTest::newRow("ftp") << u"ftp://h/"_s << none << none << none << Fault::UnknownScheme;
    QTest::newRow("fragment") << u"ws://h/#a"_s << none << none << none << Fault::UrlFragment;
    QTest::newRow("line break in value") << u"ws://h/"_s << "X-A"_ba
                                         << "a\r\nEvil: 1"_ba << none << Fault::InvalidHeader;
    QTest::newRow("NUL in value") << u"ws://h/"_s << "X-A"_ba << QByteArray("a\0b", 3) << none << Fault::InvalidHeader;
    QTest::newRow("line break in name") << u"ws://h/"_s << "X\r\nY"_ba
                                        << "a"_ba << none << Fault::InvalidHeader;
    QTest::newRow("space in name") << u"ws://h/"_s << "X A"_ba
                                   << "a"_ba << none << Fault::InvalidHeader;
    QTest::newRow("no name") << u"ws://h/"_s << ""_ba
                             << "a"_ba << none << Fault::InvalidHeader;
    QTest::newRow("line break in origin") << u"ws://h/"_s << "Origin"_ba
                                          << "http://a\nb"_ba << none << Fault::InvalidHeader;
    QTest::newRow("comma in subprotocol") << u"ws://h/"_s << "X"_ba
                                          << ""_ba
                                          << "a,b"_ba << Fault::InvalidSubprotocol;
}

void TestTestClientHandshake::refusesOptionsThatCanNotWork()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, subprotocol);
    QFETCH(TestClientFault, fault);
    TestClientOptions options = optionsFor(QUrl(url));
    if (!name.isNull())
        options.headers = {{name, value}};
    if (!subprotocol.isEmpty())
        options.subprotocols = {subprotocol};
    Subject subject;
    subject.client.connectToServer(options);
    QCOMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, fault);
    QCOMPARE(subject.client.state(), State::Closed);
    if (fault == Fault::InvalidHeader && !name.isEmpty())
        QCOMPARE(subject.ending().detail, name); // says which
    if (fault == Fault::HttpUrl)
        QCOMPARE(subject.ending().suggestion.scheme(), QUrl(url).scheme() == u"https"_s ? u"wss"_s : u"ws"_s);
}

void TestTestClientHandshake::completesWhatWasTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::newRow("whole") << u"wss://a.b/c?d=e"_s << u"wss://a.b/c?d=e"_s;
    QTest::newRow("host and port") << u" localhost:8080/ws "_s << u"ws://localhost:8080/ws"_s;
    QTest::newRow("address") << u"192.168.1.20:8080"_s << u"ws://192.168.1.20:8080"_s;
    QTest::newRow("IPv6") << u"[::1]:8080/x"_s << u"ws://[::1]:8080/x"_s;
    QTest::newRow("nothing") << u" "_s << u""_s;
}

void TestTestClientHandshake::completesWhatWasTyped()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    QCOMPARE(urlFromInput(typed).toString(), url);
}

void TestTestClientHandshake::sendsTheRequestThatWasAskedFor()
{
    FakeServer server;
    TestClientOptions options = optionsFor(server.url(u"ws"_s, u"/api/game?matchId=K7QF&name=Ada%20L"_s));
    options.origin = "https://game.example";
    options.subprotocols = {"chat.v2", "chat.v1"};
    options.headers = {{"X-Client", "one"}, {"Authorization", "Bearer t"}};
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    const HttpHead &request = server.last()->request();
    QCOMPARE(checkUpgrade(request), UpgradeError::None);
    QCOMPARE(request.target, "/api/game?matchId=K7QF&name=Ada%20L"_ba);
    QCOMPARE(request.value("Host").toByteArray(), server.url().authority().toLatin1());
    QCOMPARE(request.value("Origin").toByteArray(), "https://game.example"_ba);
    QCOMPARE(request.list("Sec-WebSocket-Protocol"), options.subprotocols);
    QCOMPARE(request.value("X-Client").toByteArray(), "one"_ba);
    QCOMPARE(request.value("Authorization").toByteArray(), "Bearer t"_ba);
}

void TestTestClientHandshake::turnsNameAndPasswordIntoAHeader()
{
    FakeServer server;
    QUrl url = server.url();
    url.setUserInfo(u"ada:p%40ss"_s);
    Subject subject;
    subject.client.connectToServer(optionsFor(url));
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(server.last()->request().value("Authorization").toByteArray(), "Basic " + "ada:p@ss"_ba.toBase64());
    QVERIFY(!server.last()->raw().contains("ada:"));
}

void TestTestClientHandshake::opensThroughItsStates()
{
    FakeServer server;
    Subject subject;
    QSignalSpy opened(&subject.client, &TestClient::opened), asked(&subject.client, &TestClient::requestSent);
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(subject.states, (QList<State>{State::Resolving, State::Connecting, State::Upgrading, State::Open}));
    QCOMPARE(opened[0][0].value<HttpHead>().status, 101);
    QCOMPARE(opened[0][2].toByteArray(), server.last()->acceptance());
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toByteArray(), server.last()->raw());
}

void TestTestClientHandshake::saysWhyItWasNotLetIn_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("status");
    QTest::newRow("200") << page("200 OK") << Fault::Http200 << 200;
    QTest::newRow("301") << page("301 Moved Permanently", "Location: https://other.example/ws\r\n")
                         << Fault::HttpRedirect << 301;
    QTest::newRow("302 without Location") << page("302 Found") << Fault::HttpOther << 302;
    QTest::newRow("400") << page("400 Bad Request") << Fault::Http400 << 400;
    QTest::newRow("401") << page("401 Unauthorized") << Fault::Http401 << 401;
    QTest::newRow("403") << page("403 Forbidden") << Fault::Http403 << 403;
    QTest::newRow("404") << page("404 Not Found") << Fault::Http404 << 404;
    QTest::newRow("418") << page("418 I'm a teapot") << Fault::HttpOther << 418;
    QTest::newRow("426") << page("426 Upgrade Required") << Fault::Http426 << 426;
    QTest::newRow("429") << page("429 Too Many Requests") << Fault::Http429 << 429;
    QTest::newRow("500") << page("500 Internal Server Error") << Fault::HttpServerError << 500;
    QTest::newRow("503") << page("503 Service Unavailable") << Fault::HttpUnavailable << 503;
    QTest::newRow("101 without headers") << "HTTP/1.1 101 Sure\r\n\r\n"_ba << Fault::MissingUpgrade << 101;
    QTest::newRow("wrong accept")
        << "HTTP/1.1 101 Sure\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n"_ba
        << Fault::WrongAccept << 101;
    QTest::newRow("unoffered subprotocol")
        << "accept Sec-WebSocket-Protocol: chat\r\n"_ba << Fault::UnofferedSubprotocol << 101;
    QTest::newRow("unoffered extension") << "accept Sec-WebSocket-Extensions: permessage-deflate\r\n"_ba
                                         << Fault::UnofferedExtension << 101;
    QTest::newRow("TLS alert") << QByteArray::fromHex("15030100020246") << Fault::PlainToTlsPort << 0;
    QTest::newRow("other protocol") << "SSH-2.0-OpenSSH_9.2\r\n"_ba << Fault::NotHttp << 0;
    QTest::newRow("broken head") << "HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n"_ba << Fault::BadResponseHead << 0;
    QTest::newRow("half a head") << "HTTP/1.1 101 Swit"_ba << Fault::BadResponseHead << 0;
    QTest::newRow("nothing") << ""_ba << Fault::NoAnswer << 0;
}

void TestTestClientHandshake::saysWhyItWasNotLetIn()
{
    QFETCH(QByteArray, answer);
    QFETCH(TestClientFault, fault);
    QFETCH(int, status);
    FakeServer server;
    server.answer = [&](FakePeer &peer) {
        peer.write(answer.startsWith("accept ") ? peer.acceptance(answer.mid(7)) : answer);
        peer.end();
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    const TestClientEnding ending = subject.ending();
    QCOMPARE(ending.fault, fault);
    if (status != 0)
        QCOMPARE(ending.httpStatus, status);
    QCOMPARE(ending.stage, State::Upgrading);
    QCOMPARE(ending.code(), 1006);
    QVERIFY(ending.requestHead.startsWith("GET /ws/main HTTP/1.1\r\n") && ending.wasAsked);
    if (fault == Fault::HttpRedirect)
        QCOMPARE(ending.suggestion, QUrl(u"wss://other.example/ws"_s));
    if (fault == Fault::PlainToTlsPort)
        QCOMPARE(ending.suggestion.scheme(), u"wss"_s);
}

void TestTestClientHandshake::offersOnlyWebSocketAddresses()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write(page("302 Found", "Location: file:///etc/passwd\r\n")); };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::HttpRedirect);
    QVERIFY(subject.ending().suggestion.isEmpty());
}

void TestTestClientHandshake::keepsTheBodyOfARefusal()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(page("403 Forbidden", "X-Why: origin\r\n", "{\"error\":\"origin\"}"));
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().responseBody, "{\"error\":\"origin\"}"_ba);
    QVERIFY(subject.ending().responseHead.contains("X-Why: origin"));
    QVERIFY(!subject.ending().bodyCut);
}

void TestTestClientHandshake::keepsNoMoreThanItsShareOfABody()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(300'000, 'x')); };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().responseBody.size(), TestClientHandshake::maxBody);
    QVERIFY(subject.ending().bodyCut);
}

void TestTestClientHandshake::nobodyListens()
{
    Subject subject;
    subject.client.connectToServer(optionsFor(urlOfNobody()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ConnectionRefused);
    QCOMPARE(subject.ending().stage, State::Connecting);
}

void TestTestClientHandshake::findsNoHost()
{
    Subject subject;
    // RFC 6761: never a name of anybody. A resolver without a network may take its time.
    TestClientOptions options = optionsFor(QUrl(u"ws://nobody.invalid/"_s));
    options.openingMs = 3'000;
    subject.client.connectToServer(options);
    QTRY_COMPARE_WITH_TIMEOUT(subject.endings.size(), 1, 10'000);
    QVERIFY(subject.ending().fault == Fault::HostNotFound || subject.ending().fault == Fault::TimeoutResolving);
}

void TestTestClientHandshake::doesNotWaitForASilentServer()
{
    FakeServer server;
    server.answer = nullptr;
    TestClientOptions options = optionsFor(server.url());
    options.openingMs = 100;
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TimeoutUpgrading);
    QCOMPARE(subject.ending().suggestion.scheme(), u"wss"_s);
    QTRY_COMPARE(server.last()->socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestTestClientHandshake::doesNotWaitForASilentTlsServer()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("no TLS here");
    FakeServer server;
    TestClientOptions options = optionsFor(server.url(u"wss"_s));
    options.openingMs = 200;
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TimeoutSecuring);
    QCOMPARE(subject.ending().suggestion.scheme(), u"ws"_s);
    QCOMPARE(server.last()->raw().left(1), QByteArray::fromHex("16"));
}

void TestTestClientHandshake::noticesAPlainServerBehindTls()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("no TLS here");
    FakeServer server;
    server.accepted = [](FakePeer &peer) { peer.write(page("400 Bad Request")); };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url(u"wss"_s)));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TlsToPlainPort);
    QCOMPARE(subject.ending().suggestion.scheme(), u"ws"_s);
}

void TestTestClientHandshake::noticesAServerThatLeavesTheTlsHandshake()
{
    FakeServer server;
    server.accepted = [](FakePeer &peer) {
        connect(peer.socket(), &QTcpSocket::readyRead, &peer, [&peer] { peer.end(); });
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url(u"wss"_s)));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TlsFailed);
    QCOMPARE(subject.ending().stage, State::Securing);
    QCOMPARE(subject.ending().detail, "the server ended the stream");
    QCOMPARE(subject.ending().suggestion.scheme(), u"ws"_s);
    QVERIFY(!subject.ending().wasAsked);
}

QTEST_GUILESS_MAIN(TestTestClientHandshake)
#include "tst_testclienthandshake.moc"
