// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctororders.h"

#include "server/http/routes.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ListenInfo serverInfo(bool secure = false)
{
    ListenInfo info;
    info.port = 8080;
    info.lanAddresses = {u"192.168.1.20"_s};
    info.secure = secure;
    info.fingerprint = secure ? "AB:CD" : "";
    return info;
}

ConnectionInfo asked(const QByteArray &target, const QByteArray &headers)
{
    ConnectionInfo info;
    info.requestHead = "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
    return info;
}

} // namespace

class TestDoctorOrders final : public QObject
{
    Q_OBJECT

private slots:
    void asksAsTheClientDid();
    void goesToThisServerAlone();
    void leavesHiddenThingsOut();
    void asksNothingOfWhatIsNoRequest_data();
    void asksNothingOfWhatIsNoRequest();
    void trustsItsOwnCertificate();
    void examinesWherePeopleCome_data();
    void examinesWherePeopleCome();
};

void TestDoctorOrders::asksAsTheClientDid()
{
    const auto order = orderLike(asked("/ws/blue?name=Ada",
                                       "Host: games.example:8080\r\nOrigin: https://games.example\r\n"
                                       "Sec-WebSocket-Protocol: chat, v2\r\nUser-Agent: x\r\n"),
                                 serverInfo());
    QVERIFY(order);
    QCOMPARE(order->client.url.path(), u"/ws/blue"_s);
    QCOMPARE(order->client.url.query(), u"name=Ada"_s);
    QCOMPARE(order->client.origin, "https://games.example");
    QCOMPARE(order->client.subprotocols, (QList<QByteArray>{"chat", "v2"}));
    QCOMPARE(order->client.headers.size(), 1);
    QCOMPARE(order->client.headers.first().name, "Host");
    QCOMPARE(order->client.headers.first().value, "games.example:8080");
    QCOMPARE(order->token, "");
}

// What a client calls this server may be anybody's.
void TestDoctorOrders::goesToThisServerAlone()
{
    for (const char *target : {"/ws/blue", "//evil.example/ws/blue", "/@evil.example/"}) {
        const auto order = orderLike(asked(target, "Host: evil.example\r\n"), serverInfo());
        if (order)
            QCOMPARE(order->client.url.authority(), u"127.0.0.1:8080"_s);
    }
}

void TestDoctorOrders::leavesHiddenThingsOut()
{
    const auto order = orderLike(asked("/ws/blue?token=[redacted]&name=Ada&resume=%5Bredacted%5D",
                                       "Host: a\r\nSec-WebSocket-Protocol: chat, bearer.[redacted]\r\n"),
                                 serverInfo());
    QVERIFY(order);
    QCOMPARE(order->client.url.query(), u"name=Ada"_s);
    QCOMPARE(order->client.subprotocols, QList<QByteArray>{"chat"});
}

void TestDoctorOrders::asksNothingOfWhatIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01");
    QTest::newRow("half") << QByteArray("GET /ws/blue");
    QTest::newRow("of the whole server") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
}

void TestDoctorOrders::asksNothingOfWhatIsNoRequest()
{
    QFETCH(QByteArray, head);
    ConnectionInfo info;
    info.requestHead = head;
    QVERIFY(!orderLike(info, serverInfo()));
}

void TestDoctorOrders::trustsItsOwnCertificate()
{
    const auto order = orderLike(asked("/ws/blue", "Host: a\r\n"), serverInfo(true));
    QCOMPARE(order->client.url.scheme(), u"wss"_s);
    QCOMPARE(order->client.trustedFingerprint, "AB:CD");
    QVERIFY(!order->client.ignoreTlsErrors);
}

void TestDoctorOrders::examinesWherePeopleCome_data()
{
    QTest::addColumn<ListenInfo>("info");
    QTest::addColumn<bool>("asksForToken");
    QTest::addColumn<QString>("url");
    ListenInfo below = serverInfo();
    below.basePath = u"/games"_s;
    ListenInfo behind = serverInfo();
    behind.publicUrl = u"https://play.example.org"_s;
    QTest::newRow("open") << serverInfo() << false << u"ws://192.168.1.20:8080/echo"_s;
    QTest::newRow("with tokens") << serverInfo() << true << u"ws://192.168.1.20:8080/check/echo"_s;
    QTest::newRow("over TLS") << serverInfo(true) << false << u"wss://192.168.1.20:8080/echo"_s;
    QTest::newRow("below a path") << below << false << u"ws://192.168.1.20:8080/games/echo"_s;
    QTest::newRow("behind a proxy") << behind << false << u"wss://play.example.org/echo"_s;
}

void TestDoctorOrders::examinesWherePeopleCome()
{
    QFETCH(ListenInfo, info);
    QFETCH(bool, asksForToken);
    const DoctorOrder order = ownOrder(info, asksForToken);
    QTEST(order.client.url.toString(), "url");
    QCOMPARE(longestIdleMs(order) < Routes::checkMs, asksForToken); // our own limit is no fault of the way
}

QTEST_GUILESS_MAIN(TestDoctorOrders)
#include "tst_doctororders.moc"
