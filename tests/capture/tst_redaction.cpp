// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/redaction.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestRedaction : public QObject
{
    Q_OBJECT
private slots:
    void headNeverShowsASecret_data();
    void headNeverShowsASecret();
    void headKeepsTheRest_data();
    void headKeepsTheRest();
    void headCutOffAnywhereNeverShowsASecret();
    void targetRedactsSecretParameters_data();
    void targetRedactsSecretParameters();
    void messageNeverShowsASecret_data();
    void messageNeverShowsASecret();
    void messageCutOffAnywhereNeverShowsASecret();
    void messageRedactsTheValueOnly_data();
    void messageRedactsTheValueOnly();
    void messageIsLeftAlone_data();
    void messageIsLeftAlone();
};

void TestRedaction::headNeverShowsASecret_data()
{
    QTest::addColumn<QByteArray>("head");
    const auto row = [](const char *name, const QByteArray &head) { QTest::newRow(name) << head; };
    const QByteArray get = "GET /ws/main HTTP/1.1\r\nHost: a\r\n";
    row("authorization", get + "Authorization: Bearer CANARY\r\n\r\n");
    row("any case", get + "aUTHORIZATION:CANARY\r\n\r\n");
    row("basic", get + "Authorization: Basic CANARY==\r\n\r\n");
    row("proxy", get + "Proxy-Authorization: Basic CANARY\r\n\r\n");
    row("cookie", get + "Cookie: a=CANARY; b=CANARY\r\n\r\n");
    row("set-cookie", "HTTP/1.1 101 Switching Protocols\r\nSet-Cookie: s=CANARY; Path=/\r\n\r\n");
    row("space before the colon", get + "Authorization : Bearer CANARY\r\n\r\n");
    row("no colon", get + "Authorization Bearer CANARY\r\n\r\n");
    row("equals sign", get + "Authorization=CANARY\r\n\r\n");
    row("space in front", get + " Authorization: CANARY\r\n\r\n");
    row("folded", get + "Authorization: Bearer\r\n CANARY\r\n\r\n");
    row("folded twice", get + "Authorization:\r\n\tBearer\r\n\tCANARY\r\n\r\n");
    row("folded with a colon", get + "Cookie: a=b;\r\n c:CANARY\r\n\r\n");
    row("broken by a line feed", get + "Authorization: Bearer\nCANARY\r\n\r\n");
    row("bare line feeds", "GET /ws HTTP/1.1\nAuthorization: Bearer CANARY\nHost: a\n\n");
    row("bare carriage returns", "GET /ws HTTP/1.1\rAuthorization: Bearer CANARY\rHost: a\r\r");
    row("mixed line ends", get + "X: 1\rAuthorization: Bearer CANARY\r\n\r\n");
    row("not ended", get + "Authorization: Bearer CANARY");
    row("no first line", "Authorization: Bearer CANARY\r\n");
    row("no first line, no space", "Authorization:CANARY\r\n");
    row("empty lines first", "\r\n\r\nGET /ws?token=CANARY HTTP/1.1\r\n");
    row("subprotocol", get + "Sec-WebSocket-Protocol: game, bearer.CANARY\r\n\r\n");
    row("subprotocol first", get + "sec-websocket-protocol:bearer.CANARY,game\r\n\r\n");
    row("subprotocols", get + "Sec-WebSocket-Protocol: bearer.CANARY,bearer.CANARY , Bearer.CANARY\r\n\r\n");
    row("subprotocol with a space", get + "Sec-WebSocket-Protocol: bearer. CANARY\r\n\r\n");
    row("subprotocol folded", get + "Sec-WebSocket-Protocol: game,\r\n bearer.CANARY\r\n\r\n");
    row("subprotocol folded inside", get + "Sec-WebSocket-Protocol: game, bearer\r\n .CANARY\r\n\r\n");
    row("bearer elsewhere", get + "X-Auth: Bearer CANARY\r\n\r\n");
    row("token header", get + "X-Auth-Token: CANARY\r\n\r\n");
    row("query", "GET /ws/main?token=CANARY HTTP/1.1\r\n\r\n");
    row("query, no version", "GET /ws/main?token=CANARY\r\n\r\n");
    row("query, not ended", "GET /ws/main?token=CANARY");
    row("query with a space", "GET /ws/main?token=a CANARY HTTP/1.1\r\n\r\n");
    row("query that says HTTP", "GET /ws/main?token=a HTTP/CANARY\r\n\r\n");
    row("tabs", "GET\t/ws/main?token=CANARY\tHTTP/1.1\r\n\r\n");
    row("no method", "/ws/main?token=CANARY\r\n\r\n");
    row("absolute form", "GET ws://host/ws/main?token=CANARY HTTP/1.1\r\n\r\n");
    row("folded query", "GET /ws/main?token=a\r\n CANARY HTTP/1.1\r\n\r\n");
    row("referer", get + "Referer: http://host/play?room=1&token=CANARY\r\n\r\n");
}

void TestRedaction::headNeverShowsASecret()
{
    QFETCH(QByteArray, head);
    const QByteArray shown = redactedHead(head);
    QVERIFY2(!shown.contains("CANARY"), shown.constData());
    QVERIFY2(shown.contains("[redacted]"), shown.constData());
}

void TestRedaction::headKeepsTheRest_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("shown");
    const auto same = [](const char *name, const QByteArray &head) { QTest::newRow(name) << head << head; };
    same("empty", "");
    same("a plain upgrade",
         "GET /ws/main?game=relay&name=Ann HTTP/1.1\r\nHost: a:8080\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: http://a:8080\r\n"
         "Sec-WebSocket-Protocol: game, chat\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:109.0)\r\n\r\n");
    same("an answer", "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    same("garbage", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
    QTest::newRow("secrets")
        << "GET /ws/a?game=x&token=T&name=Ann HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer T\r\n"
           "Sec-WebSocket-Protocol: game, bearer.T, chat\r\nCookie: a=b\r\nOrigin: http://a\r\n\r\n"_ba
        << "GET /ws/a?game=x&token=[redacted]&name=Ann HTTP/1.1\r\nHost: a\r\n"
           "Authorization: [redacted]\r\nSec-WebSocket-Protocol: game, bearer.[redacted], chat\r\n"
           "Cookie: [redacted]\r\nOrigin: http://a\r\n\r\n"_ba;
}

void TestRedaction::headKeepsTheRest()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, shown);
    QCOMPARE(redactedHead(head), shown);
}

void TestRedaction::headCutOffAnywhereNeverShowsASecret()
{
    const QByteArray head = "GET /ws/a?x=1&resume=CANARY&a=b HTTP/1.1\r\nHost: a\r\nauthorization: Bearer CANARY\r\n"
                            "Sec-WebSocket-Protocol: bearer.CANARY, game\r\nCookie: x=CANARY\r\n\r\n";
    for (qsizetype size = 0; size <= head.size(); ++size)
        QVERIFY2(!redactedHead(head.first(size)).contains("CAN"), head.first(size).constData());
}

void TestRedaction::targetRedactsSecretParameters_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &shown) {
        QTest::newRow(name) << target << shown;
    };
    for (const char *name : {"token", "resume", "access_token", "jwt", "key", "secret", "password", "TOKEN", "%74oken",
                             "%2574oken", "id_token", "+token"})
        row(name, "/ws?a=1&"_ba + name + "=CANARY&b=2", "/ws?a=1&"_ba + name + "=[redacted]&b=2");
    row("no query", "/ws/main", "/ws/main");
    row("nothing secret", "/ws?room=main&game=relay&seq=7", "/ws?room=main&game=relay&seq=7");
    row("empty", "", "");
    row("twice", "/?token=CANARY&token=CANARY", "/?token=[redacted]&token=[redacted]");
    row("equals signs in it", "/?token=a=CANARY", "/?token=[redacted]");
    row("semicolon in it", "/?token=a;CANARY", "/?token=[redacted]");
    row("semicolon before it", "/?a=b;token=CANARY", "/?a=b;token=[redacted]");
    row("hash before it", "/?a=b#token=CANARY", "/?a=b#token=[redacted]");
    row("second question mark", "/?a=b?token=CANARY", "/?a=b?token=[redacted]");
    row("encoded question mark", "/ws%3Ftoken=CANARY", "/ws%3Ftoken=[redacted]");
    row("encoded altogether", "/ws%3Ftoken%3DCANARY", "[redacted]");
    row("inside another address", "/?next=%2Fws%3Ftoken%3DCANARY&a=1", "/?next=[redacted]&a=1");
    row("a broken percent sign", "/?token=%CANARY%", "/?token=[redacted]");
    row("no name", "/?=x&token=CANARY", "/?=x&token=[redacted]");
    row("query only", "token=CANARY", "token=[redacted]");
}

void TestRedaction::targetRedactsSecretParameters()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, shown);
    QCOMPARE(redactedTarget(target), shown);
}

void TestRedaction::messageNeverShowsASecret_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("auth", R"({"type":"auth","data":{"token":"CANARY"}})");
    row("other order", R"({"data":{"token":"CANARY"},"id":1,"type":"auth"})");
    row("white space", "\n { \"type\" :\t\"auth\" , \"data\" : { \"token\" : \"CANARY\" } } \r\n");
    row("escaped type", R"({"type":"\u0061uth","data":{"token":"CANARY"}})");
    row("escaped member", R"({"\u0074ype":"aut\u0068","d\u0061ta":{"tok\u0065n":"CANARY"}})");
    row("capitals", R"({"type":"Auth","data":{"Token":"CANARY"}})");
    row("escapes in it", R"({"type":"auth","data":{"token":"a\"CANARY\\"}})");
    row("twice", R"({"type":"auth","data":{"token":"a","token":"CANARY"}})");
    row("type twice", R"({"type":"chat","type":"auth","data":{"token":"CANARY"}})");
    row("data twice", R"({"type":"auth","data":{"token":"a"},"data":{"token":"CANARY"}})");
    row("at the top", R"({"type":"auth","token":"CANARY"})");
    row("data is the token", R"({"type":"auth","data":"CANARY"})");
    row("an array", R"({"type":"auth","data":["CANARY"]})");
    row("token is an object", R"({"type":"auth","data":{"token":{"a":"CANARY"}}})");
    row("another name", R"({"type":"auth","data":{"credentials":"CANARY"}})");
    row("another name beside an empty token", R"({"type":"auth","data":{"token":"","credentials":"CANARY"}})");
    row("in a batch",
        R"({"type":"batch","data":[{"type":"ping","data":{}},{"type":"auth","data":{"token":"CANARY"}}]})");
    row("in an array", R"([{"type":"auth","data":{"token":"CANARY"}}])");
    row("cut off", R"({"type":"auth","data":{"token":"CANARY)");
    row("cut off, token first", R"({"data":{"token":"CANARY","type":"au)");
    row("cut off, escaped", R"({"data":{"\u0074oken":"CANARY)");
    row("single quotes", "{'type':'auth','data':{'token':'CANARY'}}");
    row("no quotes", "{type:auth,data:{token:CANARY}}");
    row("trailing comma", R"({"type":"auth","data":{"token":"CANARY",},})");
    row("too deep",
        R"({"type":"auth","data":{"token":"CANARY","x":)" + QByteArray(50, '[') + QByteArray(50, ']') + "}}");
    row("bad UTF-8", "{\"type\":\"auth\",\"data\":{\"token\":\"CANARY\xff\"}}");
    row("NUL", QByteArray("{\"type\":\"auth\",\"data\":{\"token\":\"\0CANARY\"}}", 42));
    row("connected", R"({"type":"connected","data":{"playerId":"p","resume":"CANARY","resumeSeconds":30}})");
    row("connected in a batch", R"({"type":"batch","data":[{"type":"connected","data":{"resume":"CANARY"}}]})");
    row("connected, cut off", R"({"type":"connected","data":{"playerId":"p","resume":"CANARY)");
}

void TestRedaction::messageNeverShowsASecret()
{
    QFETCH(QByteArray, text);
    const std::optional<QByteArray> shown = redactedMessage(text);
    QVERIFY(shown);
    QVERIFY2(!shown->contains("CANARY"), shown->constData());
    QVERIFY2(shown->contains("[redacted]"), shown->constData());
}

void TestRedaction::messageCutOffAnywhereNeverShowsASecret()
{
    for (const QByteArray &text :
         {R"({"type":"auth","data":{"token":"CANARY"}})"_ba, R"({"data":{"token":"CANARY"},"type":"auth"})"_ba,
          R"({"type":"connected","data":{"name":"x","resume":"CANARY"},"seq":1})"_ba}) {
        for (qsizetype size = 0; size <= text.size(); ++size) {
            const QByteArray cut = text.first(size);
            QVERIFY2(!redactedMessage(cut).value_or(cut).contains("CAN"), cut.constData());
        }
    }
}

void TestRedaction::messageRedactsTheValueOnly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("auth") << R"({"id":7,"type":"auth","data":{"token":"T","name":"Ann"}})"_ba
                          << R"({"id":7,"type":"auth","data":{"token":"[redacted]","name":"Ann"}})"_ba;
    QTest::newRow("batch")
        << R"({"type":"batch","data":[{"type":"auth","data":{"token":"T"}},{"type":"x","data":{"token":"red"}}]})"_ba
        << R"({"type":"batch","data":[{"type":"auth","data":{"token":"[redacted]"}},{"type":"x","data":{"token":"red"}}]})"_ba;
    QTest::newRow("connected")
        << R"({"type":"connected","data":{"resume":"R","resumeSeconds":30,"resumed":false},"seq":1})"_ba
        << R"({"type":"connected","data":{"resume":"[redacted]","resumeSeconds":30,"resumed":false},"seq":1})"_ba;
    QTest::newRow("in doubt") << R"({"type":"auth","data":"T"})"_ba
                              << R"({"type":"auth","data":"[redacted]"})"_ba;
}

void TestRedaction::messageRedactsTheValueOnly()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(redactedMessage(text).value_or("nothing"), shown);
}

void TestRedaction::messageIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("empty", "");
    row("chat", R"({"type":"chat","data":{"text":"hello"}})");
    row("chat about the author", R"({"type":"chat","data":{"text":"auth token: resume"}})");
    row("a game's tokens", R"({"type":"move","data":{"token":"red","resume":true}})");
    row("escapes", R"({"type":"chat","data":{"text":"\u00e4\u0041"}})");
    row("auth without anything", R"({"type":"auth","data":{}})");
    row("connected without resume", R"({"type":"connected","data":{"resume":null,"resumed":false}})");
    row("broken", R"({"type":"chat","data":)");
    row("no JSON", "the author resumes");
}

void TestRedaction::messageIsLeftAlone()
{
    QFETCH(QByteArray, text);
    QCOMPARE(redactedMessage(text).value_or("nothing"), "nothing"_ba);
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
