// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/fakeproxy.h"
#include "tests/client/subject.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using Kind = TestClientProxy::Kind;
using State = TestClientState;

Q_DECLARE_METATYPE(glasshouse::TestClientProxy::Kind)

class TestTestClientProxy final : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void goesThroughIt_data() { kinds(); }
    void goesThroughIt();
    void letsTheProxyFindTheName_data() { kinds(); }
    void letsTheProxyFindTheName();
    void saysWhoItIs_data() { kinds(); }
    void saysWhoItIs();
    void isNotLetThrough_data();
    void isNotLetThrough();
    void saysThatTheProxyDoesNotReach_data();
    void saysThatTheProxyDoesNotReach();
    void saysThatItIsNoProxy();
    void findsNoProxy_data() { kinds(); }
    void findsNoProxy();
    void doesNotWaitForASilentProxy_data() { kinds(); }
    void doesNotWaitForASilentProxy();
    void takesNoHalfProxy();
    void asksTheSystem();
    void tellsThatTheSystemHasNone();
    void goesDirectlyUnlessToldSo();
    void canGoWhileTheSystemIsAsked();

private:
    static void kinds();
    static TestClientOptions through(const FakeProxy &proxy, Kind kind, const QUrl &url);
};

void TestTestClientProxy::init()
{
    for (const char *name :
         {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
        qunsetenv(name);
}

void TestTestClientProxy::kinds()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("CONNECT") << Kind::Http;
    QTest::newRow("SOCKS") << Kind::Socks5;
}

TestClientOptions TestTestClientProxy::through(const FakeProxy &proxy, Kind kind, const QUrl &url)
{
    TestClientOptions options = optionsFor(url);
    options.proxy = {.kind = kind, .host = u"127.0.0.1"_s, .port = proxy.port(), .user = {}, .password = {}};
    return options;
}

void TestTestClientProxy::goesThroughIt()
{
    QFETCH(Kind, kind);
    FakeServer server;
    FakeProxy proxy(kind == Kind::Socks5);
    proxy.target = quint16(server.url().port());
    Subject subject;
    subject.client.connectToServer(through(proxy, kind, server.url()));
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(proxy.asked.size(), 1);
    const QByteArray big(300'000, 'b');
    QCOMPARE(subject.client.sendBinary(big), TestClientSend::Sent);
    QTRY_COMPARE(server.last()->frames.size(), 1);
    QCOMPARE(server.last()->frames[0].second, big);
    server.last()->send(Opcode::Binary, big);
    QTRY_COMPARE(subject.messages.size(), 1);
    QCOMPARE(subject.messages[0].second, big);
    QVERIFY(server.last()->request().value("Proxy-Authorization").isNull());
    subject.client.close();
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ClosedByClient);
    QVERIFY(subject.ending().cleanly);
}

void TestTestClientProxy::letsTheProxyFindTheName()
{
    QFETCH(Kind, kind);
    FakeServer server;
    FakeProxy proxy(kind == Kind::Socks5);
    proxy.target = quint16(server.url().port());
    Subject subject;
    subject.client.connectToServer(through(proxy, kind, QUrl(u"ws://only.the.proxy.knows.invalid:4711/ws"_s)));
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(proxy.asked, QByteArrayList{"only.the.proxy.knows.invalid:4711"});
    QCOMPARE(server.last()->request().value("Host").toByteArray(), "only.the.proxy.knows.invalid:4711"_ba);
}

void TestTestClientProxy::saysWhoItIs()
{
    QFETCH(Kind, kind);
    FakeServer server;
    FakeProxy proxy(kind == Kind::Socks5);
    proxy.target = quint16(server.url().port());
    proxy.login = "me:secret";
    Subject subject;
    TestClientOptions options = through(proxy, kind, server.url());
    options.proxy.user = u"me"_s;
    options.proxy.password = u"secret"_s;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QVERIFY(!server.last()->raw().contains("secret"));
}

void TestTestClientProxy::isNotLetThrough_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("password");
    QTest::newRow("CONNECT without a password") << Kind::Http << QString();
    QTest::newRow("CONNECT with a wrong one") << Kind::Http << u"wrong"_s;
    QTest::newRow("SOCKS without a password") << Kind::Socks5 << QString();
    QTest::newRow("SOCKS with a wrong one") << Kind::Socks5 << u"wrong"_s;
}

void TestTestClientProxy::isNotLetThrough()
{
    QFETCH(Kind, kind);
    QFETCH(QString, password);
    FakeServer server;
    FakeProxy proxy(kind == Kind::Socks5);
    proxy.target = quint16(server.url().port());
    proxy.login = "me:secret";
    Subject subject;
    TestClientOptions options = through(proxy, kind, server.url());
    options.proxy.user = password.isEmpty() ? QString() : u"me"_s;
    options.proxy.password = password;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ProxyWantsPassword);
    QVERIFY(server.peers.isEmpty());
}

void TestTestClientProxy::saysThatTheProxyDoesNotReach_data()
{
    QTest::addColumn<QByteArray>("http");
    QTest::addColumn<int>("socks");
    QTest::addColumn<Fault>("fault");
    const QByteArray rest = "\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("503") << "HTTP/1.1 503 Service Unavailable" + rest << 0 << Fault::ProxyCanNotReach;
    QTest::newRow("404") << "HTTP/1.1 404 Not Found" + rest << 0 << Fault::ProxyCanNotReach;
    QTest::newRow("403") << "HTTP/1.1 403 Forbidden" + rest << 0 << Fault::ProxyCanNotReach;
    QTest::newRow("502, which Qt does not tell") << "HTTP/1.1 502 Bad Gateway" + rest << 0 << Fault::ProxyFailed;
    QTest::newRow("general failure") << QByteArray() << 1 << Fault::ProxyCanNotReach;
    QTest::newRow("not allowed") << QByteArray() << 2 << Fault::ProxyCanNotReach;
    QTest::newRow("network unreachable") << QByteArray() << 3 << Fault::ProxyCanNotReach;
    QTest::newRow("host unreachable") << QByteArray() << 4 << Fault::ProxyCanNotReach;
    QTest::newRow("refused") << QByteArray() << 5 << Fault::ProxyCanNotReach;
}

void TestTestClientProxy::saysThatTheProxyDoesNotReach()
{
    QFETCH(QByteArray, http);
    QFETCH(int, socks);
    QFETCH(TestClientFault, fault);
    FakeServer server;
    FakeProxy proxy(socks != 0);
    proxy.httpAnswer = http;
    proxy.socksReply = socks;
    Subject subject;
    subject.client.connectToServer(through(proxy, socks != 0 ? Kind::Socks5 : Kind::Http, server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, fault);
    QVERIFY(!subject.ending().detail.isEmpty());
    QVERIFY(!subject.ending().wasAsked);
}

void TestTestClientProxy::saysThatItIsNoProxy()
{
    FakeServer server;
    FakeProxy proxy(false);
    proxy.httpAnswer = "SSH-2.0-OpenSSH_9\r\n\r\n";
    Subject subject;
    subject.client.connectToServer(through(proxy, Kind::Http, server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ProxyFailed);
}

void TestTestClientProxy::findsNoProxy()
{
    QFETCH(Kind, kind);
    FakeServer server;
    FakeProxy proxy(kind == Kind::Socks5);
    TestClientOptions options = through(proxy, kind, server.url());
    proxy.stop();
    Subject subject;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ProxyNotReached);
    QCOMPARE(subject.ending().stage, State::Connecting);
    QVERIFY(mayComeBack(subject.ending()));
}

void TestTestClientProxy::doesNotWaitForASilentProxy()
{
    QFETCH(Kind, kind);
    FakeServer server;
    FakeProxy proxy(kind == Kind::Socks5);
    proxy.silent = true;
    Subject subject;
    TestClientOptions options = through(proxy, kind, server.url());
    options.openingMs = 200;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TimeoutConnecting);
}

void TestTestClientProxy::takesNoHalfProxy()
{
    Subject subject;
    TestClientOptions options = optionsFor(QUrl(u"ws://127.0.0.1:1/"_s));
    options.proxy.kind = Kind::Http;
    options.proxy.host = u"proxy"_s;
    subject.client.connectToServer(options);
    QCOMPARE(subject.ending().fault, Fault::InvalidProxy);
    options.proxy = {.kind = Kind::Socks5, .host = {}, .port = 1080, .user = {}, .password = {}};
    subject.client.connectToServer(options);
    QCOMPARE(subject.ending().fault, Fault::InvalidProxy);
    QCOMPARE(subject.endings.size(), 2);
}

// Everywhere but on macOS and Windows the environment is what says so.
void TestTestClientProxy::asksTheSystem()
{
#if defined(Q_OS_WIN) || defined(Q_OS_DARWIN)
    QSKIP("the system's settings are not the test's to change");
#endif
    FakeServer server;
    FakeProxy proxy(false);
    proxy.target = quint16(server.url().port());
    proxy.login = "me:secret";
    qputenv("http_proxy", "http://me:secret@127.0.0.1:" + QByteArray::number(proxy.port()));
    Subject subject;
    QList<TestClientProxy> found;
    connect(&subject.client, &TestClient::proxyFound, this, [&found](const TestClientProxy &one) { found += one; });
    TestClientOptions options = optionsFor(QUrl(u"ws://somewhere.invalid:4711/"_s));
    options.proxy.kind = Kind::System;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(found,
             (QList<TestClientProxy>{{Kind::Http, u"127.0.0.1"_s, proxy.port(), u"me"_s, QString()}})); // no password
    QCOMPARE(proxy.asked, QByteArrayList{"somewhere.invalid:4711"});
}

void TestTestClientProxy::tellsThatTheSystemHasNone()
{
#if defined(Q_OS_WIN) || defined(Q_OS_DARWIN)
    QSKIP("the system's settings are not the test's to change");
#endif
    FakeServer server;
    Subject subject;
    QList<TestClientProxy> found;
    connect(&subject.client, &TestClient::proxyFound, this, [&found](const TestClientProxy &one) { found += one; });
    TestClientOptions options = optionsFor(server.url());
    options.proxy.kind = Kind::System;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(found, QList<TestClientProxy>{{}});
}

void TestTestClientProxy::goesDirectlyUnlessToldSo()
{
    FakeServer server;
    FakeProxy proxy(false);
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(subject.isOpen());
    QVERIFY(proxy.asked.isEmpty());
}

void TestTestClientProxy::canGoWhileTheSystemIsAsked()
{
    TestClientOptions options = optionsFor(QUrl(u"ws://127.0.0.1:1/"_s));
    options.proxy.kind = Kind::System;
    for (int i = 0; i < 200; ++i) {
        Subject subject;
        subject.client.connectToServer(options);
        QCOMPARE(subject.client.state(), State::Resolving);
        if (i % 2 == 0)
            subject.client.abort();
        QCOMPARE(subject.endings.size(), i % 2 == 0 ? 1 : 0);
    }
    FakeServer server;
    options.url = server.url();
    Subject subject;
    subject.client.connectToServer(options);
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(server.peers.size(), 1);
}

QTEST_GUILESS_MAIN(TestTestClientProxy)
#include "tst_testclientproxy.moc"
