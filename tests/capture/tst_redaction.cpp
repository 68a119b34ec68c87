// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/redaction.h"

#include <QTest>
#include <algorithm>
#include <ctime>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestRedaction : public QObject
{
    Q_OBJECT
private slots:
    void costsNoMoreForOddHeads_data();
    void costsNoMoreForOddHeads();
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
    void fieldNeverShows_data();
    void fieldNeverShows();
    void fieldCutOffAnywhereNeverShows_data();
    void fieldCutOffAnywhereNeverShows();
    void fieldLeavesTheRest_data();
    void fieldLeavesTheRest();
    void fieldIsHiddenInHeads_data();
    void fieldIsHiddenInHeads();
    void fieldIsHiddenInTargets_data();
    void fieldIsHiddenInTargets();
    void namesAreFoundAnywhere_data();
    void namesAreFoundAnywhere();
    void freeTextNeverShowsASecret_data();
    void freeTextNeverShowsASecret();
    void freeTextKeepsTheRest_data();
    void freeTextKeepsTheRest();
    void looksNoLessCloselyWhereLittleIsAnnounced_data();
    void looksNoLessCloselyWhereLittleIsAnnounced();
    void findsWordsInAnyCase_data();
    void findsWordsInAnyCase();
};

namespace {

const Redactor &configured()
{
    static const Redactor redactor({"password", " PIN ", "a/b",
                                    "Schl\xc3\xbc"
                                    "ssel"});
    return redactor;
}

} // namespace

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
    row("subprotocol behind its word", get + "Sec-WebSocket-Protocol: game, bearer, CANARY, chat\r\n\r\n");
    row("subprotocol behind another word", get + "Sec-WebSocket-Protocol: access_token,CANARY\r\n\r\n");
    row("subprotocol on a line of its own",
        get + "Sec-WebSocket-Protocol: access_token\r\nHost: a\r\nSec-WebSocket-Protocol: CANARY\r\n\r\n");
    row("subprotocol behind nothing", get + "Sec-WebSocket-Protocol: access_token,, CANARY\r\n\r\n");
    row("subprotocol, word and dot", get + "Sec-WebSocket-Protocol: game, token.CANARY\r\n\r\n");
    row("subprotocol as Kubernetes has it",
        get + "Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.CANARY\r\n\r\n");
    row("subprotocol with a space", get + "Sec-WebSocket-Protocol: bearer. CANARY\r\n\r\n");
    row("subprotocol folded", get + "Sec-WebSocket-Protocol: game,\r\n bearer.CANARY\r\n\r\n");
    row("subprotocol folded inside", get + "Sec-WebSocket-Protocol: game, bearer\r\n .CANARY\r\n\r\n");
    row("subprotocol without a dot", get + "Sec-WebSocket-Protocol: game, bearerCANARY\r\n\r\n");
    row("subprotocol without a dot, first", get + "Sec-WebSocket-Protocol:BEARERCANARY, game\r\n\r\n");
    row("subprotocol with a dash", get + "Sec-WebSocket-Protocol: Bearer-CANARY, game\r\n\r\n");
    row("subprotocols without a dot", get + "Sec-WebSocket-Protocol: a,bearerCANARY ,b, bEARERCANARY\r\n\r\n");
    row("subprotocol without a dot, folded", get + "Sec-WebSocket-Protocol: a,\r\n bearerCANARY\r\n\r\n");
    row("bearer elsewhere", get + "X-Auth: Bearer CANARY\r\n\r\n");
    row("user and password", "GET http://CANARY:CANARY@host/ws HTTP/1.1\r\n\r\n");
    row("user alone", "GET ws://CANARY@host/ws HTTP/1.1\r\n\r\n");
    row("user and password, no scheme", "CONNECT u:CANARY@host:443 HTTP/1.1\r\n\r\n");
    row("user and password behind a slash", "GET /u:CANARY@host/ws HTTP/1.1\r\n\r\n");
    row("user and password with an @", "GET http://u:CAN@CANARY@host/ws HTTP/1.1\r\n\r\n");
    row("user and password with signs", "GET http://u:a&CANARY=CANARY;CANARY,CANARY@host/ws HTTP/1.1\r\n\r\n");
    row("user and password in the query", "GET /ws?next=http://u:CANARY@host/ HTTP/1.1\r\n\r\n");
    row("user and password, encoded", "GET /ws?next=http%3A%2F%2Fu%3ACANARY%40host%2F HTTP/1.1\r\n\r\n");
    row("user and password, encoded in the path", "GET /to/http%3A%2F%2Fu%3ACANARY%40host HTTP/1.1\r\n\r\n");
    row("user and password, encoded twice", "GET /to/u%253ACANARY%2540host HTTP/1.1\r\n\r\n");
    row("user and password in a referer", get + "Referer: http://u:CANARY@host/\r\n\r\n");
    row("user and password in an origin", get + "Origin: http://CANARY@host\r\n\r\n");
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
    row("in the path", "GET /ws/eyJhbGciOiJIUzI1NiJ9.CANARY.x?a=b HTTP/1.1\r\n\r\n");
    row("of a player, in any header", get + "X-A: a=eyJhbGciOiJIUzI1NiJ9.e30.CANARY; b\r\n\r\n");
}

void TestRedaction::headNeverShowsASecret()
{
    QFETCH(QByteArray, head);
    const QByteArray shown = Redactor().head(head);
    QVERIFY2(!shown.contains("CANARY"), shown.constData());
    QVERIFY2(shown.contains("[redacted]"), shown.constData());
}

void TestRedaction::headKeepsTheRest_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("shown");
    const auto same = [](const char *name, const QByteArray &head) { QTest::newRow(name) << head << head; };
    same("empty", "");
    same("an @ without a password", "GET /@ada/ws?mail=ada@host HTTP/1.1\r\nHost: a:1\r\n\r\n");
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
    QCOMPARE(Redactor().head(head), shown);
}

void TestRedaction::headCutOffAnywhereNeverShowsASecret()
{
    const QByteArray head = "GET /ws/a?x=1&resume=CANARY&a=b HTTP/1.1\r\nHost: a\r\nauthorization: Bearer CANARY\r\n"
                            "Sec-WebSocket-Protocol: bearer.CANARY, game\r\nCookie: x=CANARY\r\n\r\n";
    for (qsizetype size = 0; size <= head.size(); ++size)
        QVERIFY2(!Redactor().head(head.first(size)).contains("CAN"), head.first(size).constData());
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
    QCOMPARE(Redactor().target(target), shown);
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
    row("with half a character", R"({"type":"auth","data":{"x":"\ud800","token":"CANARY"}})");
    row("half a character in the token", R"({"type":"auth","data":{"token":"CANARY\udc00"}})");
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
    const std::optional<QByteArray> shown = Redactor().message(text);
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
            QVERIFY2(!Redactor().message(cut).value_or(cut).contains("CAN"), cut.constData());
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
    QCOMPARE(Redactor().message(text).value_or("nothing"), shown);
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
    QCOMPARE(Redactor().message(text).value_or("nothing"), "nothing"_ba);
}

void TestRedaction::fieldNeverShows_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("member", R"({"type":"login","data":{"password":"CANARY"}})");
    row("at the top", R"({"password":"CANARY"})");
    row("any case", R"({"type":"login","data":{"PassWord":"CANARY"}})");
    row("white space", "{ \"password\" \n:\t\"CANARY\" }");
    row("white space in the name", R"({" password\t":"CANARY"})");
    row("another name", R"({"pin":"CANARY"})");
    row("escaped name", R"({"p\u0061ssword":"CANARY"})");
    row("escaped altogether", R"({"\u0070\u0061\u0073\u0073\u0077\u006F\u0072\u0064":"CANARY"})");
    row("short escapes", R"({"a\/b":"CANARY"})");
    row("beyond ASCII",
        "{\"schl\xc3\x9c"
        "ssel\":\"CANARY\"}");
    row("beyond ASCII, escaped", R"({"schl\u00fcssel":"CANARY"})");
    row("with half a character", R"({"x":"\ud800","schl\u00fcssel":"CANARY"})");
    row("beyond ASCII, escaped in a broken text", R"({"schl\u00fcssel":"CANARY)");
    row("number", R"({"pin":0xCANARY})");
    row("object", R"({"password":{"a":"CANARY","CANARY":1}})");
    row("list", R"({"password":["CANARY",["CANARY"]]})");
    row("deep", R"({"a":[{"b":{"c":[[{"password":"CANARY"}]]}}]})");
    row("in a list", R"([1,{"password":"CANARY"}])");
    row("in a batch", R"({"type":"batch","data":[{"type":"x","data":{"password":"CANARY"}},{"type":"y","data":1}]})");
    row("twice", R"({"password":"a","password":"CANARY"})");
    row("in auth", R"({"type":"auth","data":{"token":"x","password":"CANARY"}})");
    row("escapes in it", R"({"password":"a\"CANARY\\"})");
    row("JSON in a string", R"({"data":"{\"password\":\"CANARY\"}"})");
    row("JSON in a string, escaped", R"({"data":"{\"p\\u0061ssword\":\"CANARY\"}"})");
    row("JSON in a string in a string", R"({"data":"{\"x\":\"{\\\"password\\\":\\\"CANARY\\\"}\"}"})");
    row("an address in a string", R"({"url":"ws://a/ws?x=1&password=CANARY"})");
    row("a form in a string", R"({"form":"user[password]=CANARY"})");
    row("in a name", R"({"password=CANARY":1})");
    row("a string alone", R"("password: CANARY")");
    row("too deep", R"({"password":"CANARY","x":)" + QByteArray(50, '[') + QByteArray(50, ']') + '}');
    row("single quotes", "{'password':'CANARY'}");
    row("no quotes", "{password:CANARY}");
    row("no colon", R"({"password" "CANARY"})");
    row("trailing comma", R"({"password":"CANARY",})");
    row("bad UTF-8", "{\"password\"\xff:\"CANARY\"}");
    row("bad UTF-8, escaped name", "{\"p\\u0061ssword\":\"CANARY\xff\"}");
    row("NUL", QByteArray("{\"password\"\0:\"CANARY\"}", 22));
    row("form", "user=ada&password=CANARY");
    row("words", "my Password is CANARY");
    row("XML", "<password>CANARY</password>");
}

void TestRedaction::fieldNeverShows()
{
    QFETCH(QByteArray, text);
    const std::optional<QByteArray> shown = configured().message(text);
    QVERIFY(shown);
    QVERIFY2(!shown->contains("CANARY"), shown->constData());
    QVERIFY2(shown->contains("[redacted]"), shown->constData());
    QVERIFY(configured().mayNameSecret(text));
}

void TestRedaction::fieldCutOffAnywhereNeverShows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray(R"({"type":"x","data":{"a":"b","password":"CANARY"}})");
    QTest::newRow("escaped") << QByteArray(R"({"type":"x","data":{"\u0050assword":{"a":"CANARY"}}})");
    QTest::newRow("in a string") << QByteArray(R"({"data":"{\"a\":1,\"pin\":\"CANARY\"}"})");
}

void TestRedaction::fieldCutOffAnywhereNeverShows()
{
    QFETCH(QByteArray, text);
    for (qsizetype size = 0; size <= text.size(); ++size) {
        const QByteArray cut = text.first(size);
        QVERIFY2(!configured().message(cut).value_or(cut).contains("CAN"), cut.constData());
    }
}

void TestRedaction::fieldLeavesTheRest_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &shown = "nothing") {
        QTest::newRow(name) << text << shown;
    };
    row("value only", R"({"type":"login","data":{"user":"ada","password":"x","b":[1]},"id":7})",
        R"({"type":"login","data":{"user":"ada","password":"[redacted]","b":[1]},"id":7})");
    row("every one", R"([{"pin":1},{"a":2},{"PIN":{"b":3}}])",
        R"([{"pin":"[redacted]"},{"a":2},{"PIN":"[redacted]"}])");
    row("string only", R"({"a":"pin=1","b":"x"})", R"({"a":"[redacted]","b":"x"})");
    row("longer names", R"({"passwords":1,"mypassword":2,"spin":"spin=3","pink":4})");
    row("as a value", R"({"field":"password","text":"what is my pin?"})");
    row("escapes", R"({"text":"\u00e4\u0041\n"})");
    row("nothing", R"({"type":"chat","data":{"text":"hello"}})");
    row("broken without", R"({"type":"chat","data":)");
    row("empty", "");
}

void TestRedaction::fieldLeavesTheRest()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(configured().message(text).value_or("nothing"), shown);
    QCOMPARE(Redactor().message(text).value_or("nothing"), "nothing"_ba); // it is the configuration that does it
}

void TestRedaction::fieldIsHiddenInHeads_data()
{
    QTest::addColumn<QByteArray>("head");
    const auto row = [](const char *name, const QByteArray &head) { QTest::newRow(name) << head; };
    const QByteArray get = "GET /ws/main HTTP/1.1\r\nHost: a\r\n";
    row("header", get + "Pin: CANARY\r\n\r\n");
    row("folded", get + "PIN:\r\n CANARY\r\n\r\n");
    row("no colon", get + "pin CANARY\r\n\r\n");
    row("first line", "pin: CANARY\r\n\r\n");
    row("query", "GET /ws/main?pin=CANARY HTTP/1.1\r\n\r\n");
    row("JSON in the query", "GET /ws/main?a={\"pin\":\"CANARY\"} HTTP/1.1\r\n\r\n");
    row("JSON in a header", get + "X-Data: {\"a\":{\"pin\": \"CANARY\"}}\r\n\r\n");
    row("escaped JSON in a header", get + "X-Data: {\"p\\u0069n\": \"CANARY\"}\r\n\r\n");
    row("a list in a header", get + "X-Data: a=1, pin=CANARY, c=2\r\n\r\n");
    row("after a mark", get + "X-Data: pin=[redacted]CANARY, pin=CANARY\r\n\r\n");
    row("JSON in place of a head", "{\"pin\":\"CANARY\"}\r\n");
    row("JSON of many lines", "{\r\n \"pin\":\r\n{\"a\":\r\n\"CANARY\"}\r\n}");
    row("referer", get + "Referer: http://host/play?room=1&pin=CANARY\r\n\r\n");
    row("encoded in a referer", get + "Referer: http://host/?next=%2Fws%3FPi%6e%3DCANARY\r\n\r\n");
}

void TestRedaction::fieldIsHiddenInHeads()
{
    QFETCH(QByteArray, head);
    const QByteArray shown = configured().head(head);
    QVERIFY2(!shown.contains("CANARY"), shown.constData());
    QVERIFY2(shown.contains("[redacted]"), shown.constData());
}

void TestRedaction::fieldIsHiddenInTargets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &shown) {
        QTest::newRow(name) << target << shown;
    };
    row("plain", "/ws?a=1&pin=CANARY&b=2", "/ws?a=1&pin=[redacted]&b=2");
    row("any case", "/ws?PIN=CANARY&b=2", "/ws?PIN=[redacted]&b=2");
    row("encoded", "/ws?p%69n=CANARY&b=2", "/ws?p%69n=[redacted]&b=2");
    row("beyond ASCII", "/ws?SCHL%C3%9CSSEL=CANARY", "/ws?SCHL%C3%9CSSEL=[redacted]");
    row("twice", "/ws?pin=CANARY&pin=CANARY", "/ws?pin=[redacted]&pin=[redacted]");
    row("in brackets", "/ws?user[pin]=CANARY", "/ws?user[pin]=[redacted]");
    row("encoded JSON", "/ws?a=%7B%22pin%22%3A%22CANARY%22%7D&b=2", "/ws?a=[redacted]&b=2");
    row("another name", "/ws?pink=1&spin=2", "/ws?pink=1&spin=2");
    row("no query", "/ws/pin", "/ws/pin");
}

void TestRedaction::fieldIsHiddenInTargets()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, shown);
    QCOMPARE(configured().target(target), shown);
}

void TestRedaction::namesAreFoundAnywhere_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<bool>("found");
    for (const char *word : {"auth", "AuTH", "resume", "RESUME", "token", "TOKen", "\\u", "\\U"})
        QTest::newRow(word) << QByteArray(word) << true;
    // They have the letters that are looked for first, and even their neighbours.
    for (const char *word : {"u", "k", "aut", "outh", "resum", "rezume", "toke", "okenn", "utauk", "|u", "sumac"})
        QTest::newRow(word) << QByteArray(word) << false;
}

// The text is looked at in windows of several sizes: no place in any of them may be left out.
void TestRedaction::namesAreFoundAnywhere()
{
    QFETCH(QByteArray, word);
    QFETCH(bool, found);
    const QByteArray around = QByteArray("xyz.").repeated(80);
    for (qsizetype size = word.size(); size < around.size(); ++size) {
        for (qsizetype at = 0; at + word.size() <= size; ++at) {
            // As long as it is, and not a byte more: sanitizers watch.
            QByteArray text = around.first(size);
            text.replace(at, word.size(), word);
            text.squeeze();
            if (Redactor().mayNameSecret(text) != found)
                QFAIL(text.constData());
        }
    }
}

void TestRedaction::freeTextNeverShowsASecret_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
    row("a token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.CANARY");
    row("a token among words", "bye (eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.CANARY)");
    row("a token that is cut off", "eyJhbCANARY");
    row("a resume token", "CANARYx8-_Zb3UoX0vR1kQ");
    row("bearer", "Bearer CANARY");
    row("parameter", "token=CANARY");
    row("with a colon", "wrong token: CANARY");
    row("an address", "see /ws/main?a=1&resume=CANARY");
    row("JSON", R"({"type":"auth","data":"CANARY"})");
    row("field", R"({"pin":"CANARY"})");
    row("field, a part", R"(,"pin":"CANARY)");
    row("field with an equals sign", "bye, pin = CANARY");
}

void TestRedaction::freeTextNeverShowsASecret()
{
    QFETCH(QByteArray, text);
    const QByteArray shown = configured().text(text);
    QVERIFY2(!shown.contains("CANARY"), shown.constData());
    QVERIFY2(shown.contains("[redacted]"), shown.constData());
}

void TestRedaction::freeTextKeepsTheRest_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto same = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text << text; };
    same("empty", "");
    same("words", "see you later");
    same("words about tokens", "the first message has to be auth with a token");
    same("a claim", "The token's \"exp\" is negative");
    same("a long word", "Donaudampfschifffahrtsgesellschaft");
    same("beyond ASCII", "tsch\xc3\xbcss \xf0\x9f\x91\x8b");
    same("bytes", QByteArray("\x00\xff\x10\x80", 4));
    QTest::newRow("the word only") << "bye eyJhbGciOi.x, ada"_ba
                                   << "bye [redacted], ada"_ba;
}

void TestRedaction::freeTextKeepsTheRest()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(configured().text(text), shown);
}

// Four times as long takes about four times as long; looking at everything again for each "=" would take sixteen times.
void TestRedaction::costsNoMoreForOddHeads_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("equals signs") << QByteArray("X: a=%3D") << QByteArray("=");
    QTest::newRow("equals signs, encoded deep") << QByteArray("X: a=%252525") << QByteArray("=");
    QTest::newRow("parameters") << QByteArray("GET /?a=%3D") << QByteArray("b=%3D;");
    QTest::newRow("bearers") << QByteArray("X: ") << QByteArray("bearer.a,");
}

void TestRedaction::costsNoMoreForOddHeads()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, piece);
    const Redactor redactor;
    // Of the processor: a machine that is busy with something else counts for nothing.
    const auto ticks = [&](qsizetype size) {
        const QByteArray head = begin + piece.repeated(size / piece.size()) + "\r\n\r\n";
        std::clock_t best = std::numeric_limits<std::clock_t>::max();
        for (int run = 0; run < 5; ++run) {
            const std::clock_t start = std::clock();
            if (redactor.head(head).isEmpty())
                return std::clock_t(-1);
            best = std::min(best, std::clock() - start);
        }
        return best;
    };
    const std::clock_t small = ticks(4'000);
    const std::clock_t large = ticks(16'000);
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < 10 * small, qPrintable(QString::number(double(large) / double(small))));
}

void TestRedaction::looksNoLessCloselyWhereLittleIsAnnounced_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("host") << QByteArray("Host: play.example.org:8080");
    QTest::newRow("agent") << QByteArray("User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:1.0) Gecko/20100101");
    QTest::newRow("path") << QByteArray("/ws/K7QF?name&token;resume#secret");
    QTest::newRow("bearer") << QByteArray("X-Way: Bearer hush");
    QTest::newRow("colons") << QByteArray("token: hush, pin: hush, password: hush");
    QTest::newRow("bytes") << QByteArray("caf\xe9 \x01\x7f \\ // user:hush");
}

// A sign alone means nothing, but whoever sees one looks at all.
void TestRedaction::looksNoLessCloselyWhereLittleIsAnnounced()
{
    QFETCH(QByteArray, text);
    for (const Redactor &redactor : {Redactor(), configured()}) {
        const QByteArray closely = redactor.target(text + " @");
        const QByteArray shown = redactor.target(text);
        QCOMPARE(closely.endsWith(redactedMark) ? shown : shown + " @", closely);
        QCOMPARE(shown.contains(redactedMark), closely.contains(redactedMark));
    }
}

void TestRedaction::findsWordsInAnyCase_data()
{
    QTest::addColumn<QByteArray>("head");
    for (const QByteArray word : {"authorization", "cookie", "api-key", "token", "secret", "password"}) {
        QTest::addRow("%s", word.constData()) << "GET / HTTP/1.1\r\nX-" + word + "-Id: hush\r\n\r\n";
        QTest::addRow("%s in capitals", word.constData()) << "GET / HTTP/1.1\r\n" + word.toUpper() + ": hush\r\n\r\n";
    }
    QTest::newRow("bearer") << QByteArray("GET / HTTP/1.1\r\nX-Way: bEaReR hush\r\n\r\n");
    QTest::newRow("bearer behind a byte of no letter")
        << QByteArray("GET / HTTP/1.1\r\nX-Way: \xe9.BEARER hush\r\n\r\n");
}

void TestRedaction::findsWordsInAnyCase()
{
    QFETCH(QByteArray, head);
    const QByteArray shown = Redactor().head(head);
    QVERIFY2(!shown.contains("hush"), shown.constData());
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
