// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/reflection.h"
#include "tests/support/requests.h"

#include <QJsonDocument>
#include <QTest>

using namespace glasshouse;

class TestReflection final : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatArrivedAndNoSecret();
    void comesBackFromJson();
    void readsNothingElse_data();
    void readsNothingElse();
    void knowsItsNoncesForATime();
    void hearsOfHttps_data();
    void hearsOfHttps();
};

namespace {

Reflection reflection()
{
    const HttpHead head =
        requestHead("GET", "/prefix/api/v1/reflect?nonce=n&token=canary-token",
                    "Host: play.example:8443\r\nCookie: canary-cookie\r\n"
                    "Authorization: Bearer canary-header\r\nX-Api-Key: canary-key\r\n"
                    "Sec-WebSocket-Protocol: bearer.canary-protocol\r\n"
                    "X-Forwarded-For: 203.0.113.7\r\nx-forwarded-for: 10.0.0.1\r\nVia: 1.1 proxy\r\n");
    RequestContext context;
    context.secure = true;
    context.peer = QHostAddress(QStringLiteral("::ffff:10.0.0.2"));
    context.client = {QHostAddress(QStringLiteral("203.0.113.7")), AddressSource::ForwardedFor, AddressDoubt::Conflict};
    return reflectionOf(head, context);
}

} // namespace

void TestReflection::showsWhatArrivedAndNoSecret()
{
    const Reflection shown = reflection();
    QCOMPARE(shown.method, "GET");
    QVERIFY(shown.target.startsWith("/prefix/api/v1/reflect?nonce=n&token="));
    QCOMPARE(shown.peer, "10.0.0.2");
    QCOMPARE(shown.client, "203.0.113.7");
    QCOMPARE(shown.clientSource, "X-Forwarded-For");
    QVERIFY(!shown.doubt.isEmpty());
    QVERIFY(shown.secure);
    QCOMPARE(shown.header("host"), "play.example:8443");
    QCOMPARE(shown.header("X-Forwarded-For"), "203.0.113.7, 10.0.0.1");
    QVERIFY(shown.header("Origin").isNull());
    QVERIFY(!QJsonDocument(toJson(shown)).toJson().contains("canary"));
}

void TestReflection::comesBackFromJson()
{
    const Reflection sent = reflection();
    const auto read = parseReflection(QJsonDocument(toJson(sent)).toJson());
    QVERIFY(read);
    QCOMPARE(toJson(*read), toJson(sent));
}

void TestReflection::readsNothingElse_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"", "<html>", "{}", "[]", R"({"target":"/","clientSource":"peer"})",
                             R"({"target":1,"clientSource":"peer","headers":[]})"})
        QTest::newRow(*json != 0 ? json : "nothing") << QByteArray(json);
}

void TestReflection::readsNothingElse()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseReflection(json));
}

void TestReflection::knowsItsNoncesForATime()
{
    ReflectionDesk desk;
    const QByteArray nonce = desk.issue(100);
    QCOMPARE(nonce.size(), 32);
    QVERIFY(desk.knows(nonce, 100) && desk.knows(nonce, 220));
    QVERIFY(!desk.knows(nonce, 221));
    QVERIFY(!desk.knows("", 100) && !desk.knows(nonce.chopped(1), 100));
    for (int i = 0; i < 8; ++i)
        QVERIFY(desk.issue(100) != nonce);
    QVERIFY(!desk.knows(nonce, 100)); // the oldest makes room
}

void TestReflection::hearsOfHttps_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("https");
    const auto row = [](const char *headers, bool https) { QTest::newRow(headers) << QByteArray(headers) << https; };
    row("X-Forwarded-Proto: https\r\n", true);
    row("X-Forwarded-Proto: HTTPS\r\n", true);
    row("X-Forwarded-Proto: wss\r\n", true);
    row("X-Forwarded-Proto: http, https\r\n", true);
    row("X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n", false);
    row("X-Forwarded-Proto: http\r\nForwarded: proto=https\r\n", false);
    row("Forwarded: for=1.2.3.4; proto=https\r\n", true);
    row("Forwarded: for=1.2.3.4;Proto=\"https\"\r\n", true);
    row("Forwarded: proto=https, for=1.2.3.4\r\n", false);
    row("Forwarded: for=1.2.3.4\r\n", false);
    row("Accept: */*\r\n", false);
}

void TestReflection::hearsOfHttps()
{
    QFETCH(QByteArray, headers);
    QTEST(saysHttps(requestHead("GET", "/", "Host: x\r\n" + headers)), "https");
}

QTEST_GUILESS_MAIN(TestReflection)
#include "tst_reflection.moc"
