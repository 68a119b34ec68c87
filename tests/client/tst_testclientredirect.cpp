// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientredirect.h"
#include "tests/client/subject.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

namespace {

QByteArray pointing(const QByteArray &location, const char *status = "302 Found")
{
    return "HTTP/1.1 "_ba + status + "\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

TestClientEnding answerWith(int status, const QString &suggestion)
{
    TestClientEnding answer;
    answer.fault = Fault::HttpRedirect;
    answer.httpStatus = status;
    answer.suggestion = QUrl(suggestion);
    return answer;
}

/// All that may be a secret, and some that is not.
TestClientOptions withSecrets(const QString &url)
{
    TestClientOptions options;
    options.url = QUrl(url);
    options.headers = {
        {"Authorization", "Bearer t"}, {"Cookie", "a=b"},           {"X-Api-Key", "k"}, {"Host", "other"},
        {"User-Agent", "tester"},      {"Proxy-Authorization", "p"}};
    options.subprotocols = {"chat", "bearer.t", "access_token", "eyJ"};
    options.first = {{false, "{\"token\":\"t\"}"}};
    options.heartbeat = TestClientMessage{false, "t"};
    options.trust.certFile = u"client.pem"_s;
    options.trust.keyFile = u"client.key"_s;
    return options;
}

} // namespace

class TestTestClientRedirect final : public QObject
{
    Q_OBJECT
private slots:
    void followsOnlyRedirects_data();
    void followsOnlyRedirects();
    void followsToWhereItPoints_data();
    void followsToWhereItPoints();
    void keepsSecretsForTheirOrigin_data();
    void keepsSecretsForTheirOrigin();
    void followsNothingUnasked();
    void tellsEachStep();
    void stopsAtTheLimit();
    void neverLeavesTls();
    void saysNothingOfItsOwnElsewhere();
    void takesWhatWaitsNowhereElse();
    void beginsAgainAtTheFirstAddress();
    void canBeStoppedOnTheWay();
    void canBeSentElsewhereOnTheWay();
};

void TestTestClientRedirect::followsOnlyRedirects_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("is");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status << u"ws://b/"_s << true;
    for (const int status : {300, 304, 305, 306, 309})
        QTest::addRow("%d", status) << status << u"ws://b/"_s << false;
    QTest::newRow("to nowhere") << 302 << QString() << false;
}

void TestTestClientRedirect::followsOnlyRedirects()
{
    QFETCH(int, status);
    QFETCH(QString, to);
    QFETCH(bool, is);
    QCOMPARE(isRedirect(answerWith(status, to)), is);
}

void TestTestClientRedirect::followsToWhereItPoints_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("a path") << "/there"_ba
                            << "/there"_ba;
    QTest::newRow("a path and a query") << "/there?a=b&c"_ba
                                        << "/there?a=b&c"_ba;
    QTest::newRow("beside it") << "there"_ba
                               << "/ws/there"_ba;
    QTest::newRow("above it") << "../there"_ba
                              << "/there"_ba;
    QTest::newRow("a query") << "?room=2"_ba
                             << "/ws/main?room=2"_ba;
    QTest::newRow("ws") << "ws://127.0.0.1:@/there"_ba
                        << "/there"_ba;
    QTest::newRow("http") << "http://127.0.0.1:@/there"_ba
                          << "/there"_ba;
    QTest::newRow("without a scheme") << "//127.0.0.1:@/there"_ba
                                      << "/there"_ba;
    QTest::newRow("with a fragment") << "/there#here"_ba
                                     << "/there"_ba;
    QTest::newRow("with a name and a password") << "ws://a:b@127.0.0.1:@/there"_ba
                                                << "/there"_ba;
    QTest::newRow("with letters that are not ASCII") << "/%C3%A4"_ba
                                                     << "/%C3%A4"_ba;
}

void TestTestClientRedirect::followsToWhereItPoints()
{
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, target);
    FakeServer server;
    location.replace(":@", ':' + QByteArray::number(server.url().port()));
    server.answer = [&](FakePeer &peer) {
        peer.write(server.peers.size() == 1 ? pointing(location) : peer.acceptance());
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 1;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(server.last()->request().target, target);
    QVERIFY(server.last()->request().value("Authorization").isNull());
    QVERIFY(subject.endings.isEmpty());
}

void TestTestClientRedirect::keepsSecretsForTheirOrigin_data()
{
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("keeps");
    QTest::newRow("another path") << u"ws://a.example/there"_s << true;
    QTest::newRow("the port that is meant") << u"ws://a.example:80/"_s << true;
    QTest::newRow("another host") << u"ws://b.example/"_s << false;
    QTest::newRow("a host below it") << u"ws://x.a.example/"_s << false;
    QTest::newRow("another port") << u"ws://a.example:81/"_s << false;
    QTest::newRow("TLS") << u"wss://a.example/"_s << false;
}

void TestTestClientRedirect::keepsSecretsForTheirOrigin()
{
    QFETCH(QString, to);
    QFETCH(bool, keeps);
    const TestClientOptions before = withSecrets(u"ws://me:secret@a.example/ws"_s);
    const TestClientOptions after = redirected(before, answerWith(302, to));
    QCOMPARE(after.url.userInfo(), keeps ? u"me:secret"_s : QString());
    QCOMPARE(after.headers.size(), keeps ? 6 : 1);
    QVERIFY(std::ranges::any_of(after.headers, [](const HttpHeader &h) { return h.name == "User-Agent"; }));
    QCOMPARE(after.subprotocols, keeps ? before.subprotocols : QList<QByteArray>({"chat", "access_token"}));
    QCOMPARE(after.first.isEmpty(), !keeps);
    QCOMPARE(after.heartbeat.has_value(), keeps);
    QCOMPARE(after.trust.certFile.isEmpty() && after.trust.keyFile.isEmpty(), !keeps);
}

void TestTestClientRedirect::followsNothingUnasked()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write(pointing("/there")); };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::HttpRedirect);
    QCOMPARE(subject.ending().suggestion, server.url(u"ws"_s, u"/there"_s));
    QCOMPARE(server.peers.size(), 1);
}

void TestTestClientRedirect::tellsEachStep()
{
    FakeServer server;
    FakeServer other;
    const QByteArray far = other.url(u"http"_s, u"/far"_s).toEncoded();
    server.answer = [&](FakePeer &peer) {
        peer.write(server.peers.size() == 1 ? pointing("/near", "307 Temporary Redirect")
                                            : pointing(far, "301 Moved Permanently"));
    };
    Subject subject;
    QList<std::pair<QUrl, QUrl>> steps;
    QList<int> statuses;
    connect(&subject.client, &TestClient::redirected, this,
            [&](const QUrl &from, const QUrl &to, const TestClientEnding &answer) {
                steps.append({from, to});
                statuses.append(answer.httpStatus);
            });
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 5;
    options.headers = {{"Authorization", "Bearer t"}};
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    const QUrl near = server.url(u"ws"_s, u"/near"_s);
    QCOMPARE(steps, (QList<std::pair<QUrl, QUrl>>{{server.url(), near}, {near, other.url(u"ws"_s, u"/far"_s)}}));
    QCOMPARE(statuses, (QList<int>{307, 301}));
    QCOMPARE(server.last()->request().value("Authorization").toByteArray(), "Bearer t"_ba);
    QVERIFY(other.last()->request().value("Authorization").isNull());
    QVERIFY(subject.endings.isEmpty());
}

void TestTestClientRedirect::stopsAtTheLimit()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write(pointing("/again")); };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 3;
    options.reconnect.enabled = true;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TooManyRedirects);
    QCOMPARE(subject.ending().detail, "/again"_ba);
    QCOMPARE(server.peers.size(), 4);
    QVERIFY(subject.scheduled.isEmpty()); // there is no point in coming back
}

void TestTestClientRedirect::neverLeavesTls()
{
    TestClientOptions options;
    options.url = QUrl(u"wss://a.example/"_s);
    options.maxRedirects = 5;
    QCOMPARE(faultOfRedirect(options, answerWith(302, u"ws://a.example/"_s), 0), Fault::InsecureRedirect);
    QCOMPARE(faultOfRedirect(options, answerWith(302, u"wss://b.example/"_s), 0), std::nullopt);
    options.url = QUrl(u"ws://a.example/"_s);
    QCOMPARE(faultOfRedirect(options, answerWith(302, u"wss://a.example/"_s), 0), std::nullopt);
}

// What waits was meant for the first address, and may hold what the other must not see.
void TestTestClientRedirect::takesWhatWaitsNowhereElse()
{
    FakeServer server;
    FakeServer other;
    const QByteArray far = other.url().toEncoded();
    server.answer = [&](FakePeer &peer) { peer.write(pointing(far)); };
    Subject subject;
    QList<int> dropped;
    connect(&subject.client, &TestClient::queueDropped, this, [&dropped](int count) { dropped += count; });
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 1;
    options.queueOffline = true;
    subject.client.connectToServer(options);
    QCOMPARE(subject.client.sendText("secret"), TestClientSend::Queued);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(dropped, QList<int>{1});
    QCOMPARE(subject.client.sendText("asked for"), TestClientSend::Sent);
    QTRY_COMPARE(other.last()->frames.size(), 1);
    QCOMPARE(other.last()->frames[0].second, "asked for"_ba);
}

void TestTestClientRedirect::saysNothingOfItsOwnElsewhere()
{
    FakeServer server;
    FakeServer other;
    const QByteArray far = other.url().toEncoded();
    server.answer = [&](FakePeer &peer) { peer.write(pointing(far)); };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 1;
    options.first = {{false, "secret"}};
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(subject.client.sendText("asked for"), TestClientSend::Sent);
    QTRY_COMPARE(other.last()->frames.size(), 1);
    QCOMPARE(other.last()->frames[0].second, "asked for"_ba);
}

void TestTestClientRedirect::beginsAgainAtTheFirstAddress()
{
    FakeServer server;
    server.answer = [&](FakePeer &peer) {
        peer.write(server.peers.size() % 2 == 1 ? pointing("/there") : peer.acceptance());
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 1;
    options.reconnect.enabled = true;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    server.last()->end();
    QTRY_COMPARE(server.peers.size(), 4);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(server.peers[2]->request().target, "/ws/main"_ba);
    QCOMPARE(server.peers[3]->request().target, "/there"_ba);
}

void TestTestClientRedirect::canBeStoppedOnTheWay()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write(pointing("/there")); };
    Subject subject;
    connect(&subject.client, &TestClient::redirected, this, [&] { subject.client.abort(); });
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 3;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(server.peers.size(), 1);
    QCOMPARE(subject.client.state(), State::Closed);
}

void TestTestClientRedirect::canBeSentElsewhereOnTheWay()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) { peer.write(pointing("/there")); };
    FakeServer other;
    Subject subject;
    connect(&subject.client, &TestClient::redirected, this,
            [&] { subject.client.connectToServer(optionsFor(other.url())); });
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 3;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(server.peers.size(), 1);
    QCOMPARE(other.peers.size(), 1);
    QVERIFY(subject.endings.isEmpty());
}

QTEST_GUILESS_MAIN(TestTestClientRedirect)
#include "tst_testclientredirect.moc"
