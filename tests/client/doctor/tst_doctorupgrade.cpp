// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/doctor/bench.h"

#include <QDateTime>
#include <QProcess>
#include <QStandardPaths>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// Servers that do not agree to the upgrade, or not as they should.

namespace {

/// Answers every upgrade so.
void refuseAll(DoctorBench &bench, const char *status, const char *headers = "", const char *body = "")
{
    bench.bePatient();
    bench.script().answer = [=](ScriptedPeer &peer) { peer.refuse(status, headers, body); };
    bench.listen();
}

/// Agrees where the request is as it should be, else answers so.
void agreeIf(DoctorBench &bench, std::function<bool(const HttpHead &)> good, const char *status, const char *body = "")
{
    bench.bePatient();
    bench.script().answer = [=](ScriptedPeer &peer) {
        good(peer.request()) ? peer.accept() : peer.refuse(status, {}, body);
    };
    bench.listen();
}

void answerAll(DoctorBench &bench, const char *answer)
{
    bench.bePatient();
    bench.script().answer = [=](ScriptedPeer &peer) { peer.write(answer); };
    bench.listen();
}

QByteArray unsignedToken(const QByteArray &claims)
{
    const auto part = [](const QByteArray &json) {
        return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return part(R"({"alg":"HS256"})") + '.' + part(claims) + ".c2lnbmF0dXJl";
}

qint64 now() { return QDateTime::currentSecsSinceEpoch(); }

constexpr BrokenCase cases[] = {
    {"200", [](DoctorBench &b) { refuseAll(b, "200 OK", "Content-Type: text/html\r\n", "<html>hello</html>"); },
     "pageInstead"},
    {"301", [](DoctorBench &b) { refuseAll(b, "301 Moved Permanently", "Location: https://example.org/ws\r\n"); },
     "redirected"},
    {"301 to something else",
     [](DoctorBench &b) { refuseAll(b, "301 Moved Permanently", "Location: javascript:alert(1)\r\n"); },
     "unexpectedStatus"},
    {"302 without a place", [](DoctorBench &b) { refuseAll(b, "302 Found"); }, "unexpectedStatus"},
    {"400", [](DoctorBench &b) { refuseAll(b, "400 Bad Request", "", "no"); }, "badRequest"},
    {"400 that misses the upgrade",
     [](DoctorBench &b) { refuseAll(b, "400 Bad Request", "", "'upgrade' token not found in 'Connection' header"); },
     "upgradeDropped"},
    {"401", [](DoctorBench &b) { refuseAll(b, "401 Unauthorized"); }, "loginMissing"},
    {"401 with a token",
     [](DoctorBench &b) {
         b.order.token = "opaque-token";
         refuseAll(b, "401 Unauthorized");
     },
     "tokenRefused"},
    {"401 with a token in the query",
     [](DoctorBench &b) {
         refuseAll(b, "401 Unauthorized");
         b.order.client.url.setQuery(u"token=opaque"_s);
     },
     "tokenRefused"},
    {"401 with a token in a header of its own",
     [](DoctorBench &b) {
         b.order.client.headers = {{"X-Auth-Token", "opaque"}};
         refuseAll(b, "401 Unauthorized");
     },
     "tokenRefused"},
    {"401 with a token among the subprotocols",
     [](DoctorBench &b) {
         b.order.client.subprotocols = {"chat", "bearer.opaque"};
         refuseAll(b, "401 Unauthorized");
     },
     "tokenRefused"},
    {"401 with a name and a password",
     [](DoctorBench &b) {
         refuseAll(b, "401 Unauthorized");
         b.order.client.url.setUserInfo(u"anna:opaque"_s);
     },
     "tokenRefused"},
    {"401 with nothing but a room in the query",
     [](DoctorBench &b) {
         refuseAll(b, "401 Unauthorized");
         b.order.client.url.setQuery(u"room=1"_s);
     },
     "loginMissing"},
    {"401 with an expired token",
     [](DoctorBench &b) {
         b.order.token = unsignedToken("{\"exp\":" + QByteArray::number(now() - 600) + "}");
         refuseAll(b, "401 Unauthorized");
     },
     "tokenExpired"},
    {"401 with a token of tomorrow",
     [](DoctorBench &b) {
         b.order.token = unsignedToken("{\"nbf\":" + QByteArray::number(now() + 86'400) + "}");
         refuseAll(b, "401 Unauthorized");
     },
     "tokenNotYetValid"},
    {"401 because the server's clock is ahead",
     [](DoctorBench &b) {
         b.order.token = unsignedToken("{\"exp\":" + QByteArray::number(now() + 600) + "}");
         b.script().answer = [](ScriptedPeer &peer) {
             const QDateTime there = QDateTime::currentDateTimeUtc().addSecs(3'600);
             peer.refuse("401 Unauthorized",
                         "Date: " + QLocale::c().toString(there, u"ddd, dd MMM yyyy hh:mm:ss").toLatin1() + " GMT\r\n");
         };
         b.listen();
     },
     "tokenWrongClock"},
    {"the token in another place",
     [](DoctorBench &b) {
         b.order.token = "opaque-token";
         agreeIf(
             b, [](const HttpHead &head) { return head.queryValue("token") == "opaque-token"; }, "401 Unauthorized");
     },
     "tokenPlace"},
    {"403", [](DoctorBench &b) { refuseAll(b, "403 Forbidden"); }, "forbidden"},
    {"403 for an origin",
     [](DoctorBench &b) {
         b.order.client.origin = "http://localhost:3000";
         agreeIf(
             b, [](const HttpHead &head) { return head.value("Origin") != "http://localhost:3000"; }, "403 Forbidden");
     },
     "originRefused"},
    {"403 without an origin",
     [](DoctorBench &b) {
         agreeIf(
             b, [](const HttpHead &head) { return !head.value("Origin").isEmpty(); }, "403 Forbidden");
     },
     "originMissing"},
    {"403 without an origin, with words about a host",
     [](DoctorBench &b) {
         agreeIf(
             b, [](const HttpHead &head) { return !head.value("Origin").isEmpty(); }, "403 Forbidden",
             "This host is not allowed");
     },
     "originMissing"},
    {"403 for a host",
     [](DoctorBench &b) {
         agreeIf(
             b, [](const HttpHead &head) { return head.value("Host").startsWith("localhost"); }, "403 Forbidden");
     },
     "hostRefused"},
    {"421", [](DoctorBench &b) { refuseAll(b, "421 Misdirected Request"); }, "hostUnknown"},
    {"404", [](DoctorBench &b) { refuseAll(b, "404 Not Found"); }, "notFound"},
    {"404 at the wrong path",
     [](DoctorBench &b) {
         agreeIf(
             b, [](const HttpHead &head) { return head.path() == "/socket"; }, "404 Not Found");
     },
     "wrongPath"},
    {"404 behind a proxy that rewrites",
     [](DoctorBench &b) { refuseAll(b, "404 Not Found", "Server: nginx\r\n", "<pre>Cannot GET /app//ws</pre>"); },
     "pathRewritten"},
    {"404 that names the right path",
     [](DoctorBench &b) { refuseAll(b, "404 Not Found", "", "<pre>Cannot GET /ws</pre>"); }, "notFound"},
    {"404 that names the right path, of a query",
     [](DoctorBench &b) {
         refuseAll(b, "404 Not Found", "", "<pre>Cannot GET /ws</pre>");
         b.order.client.url.setQuery(u"room=1"_s);
     },
     "notFound"},
    {"404 that names itself",
     [](DoctorBench &b) { refuseAll(b, "404 Not Found", "", R"({"title":"Not Found","instance":"/errors/17"})"); },
     "notFound"},
    {"500 that names a path",
     [](DoctorBench &b) { refuseAll(b, "500 Internal Server Error", "", R"({"status":500,"path":"/error"})"); },
     "serverError"},
    {"404 of a cache", [](DoctorBench &b) { refuseAll(b, "404 Not Found", "Age: 31\r\nVia: 1.1 varnish\r\n"); },
     "cachedAnswer"},
    {"405", [](DoctorBench &b) { refuseAll(b, "405 Method Not Allowed"); }, "notFound"},
    {"407", [](DoctorBench &b) { refuseAll(b, "407 Proxy Authentication Required"); }, "proxyLogin"},
    {"426", [](DoctorBench &b) { refuseAll(b, "426 Upgrade Required", "Upgrade: websocket\r\n"); }, "upgradeDropped"},
    {"429", [](DoctorBench &b) { refuseAll(b, "429 Too Many Requests", "Retry-After: 60\r\n"); }, "tooManyRequests"},
    {"431", [](DoctorBench &b) { refuseAll(b, "431 Request Header Fields Too Large"); }, "headTooLarge"},
    {"500", [](DoctorBench &b) { refuseAll(b, "500 Internal Server Error"); }, "serverError"},
    {"502", [](DoctorBench &b) { refuseAll(b, "502 Bad Gateway", "Server: nginx\r\n"); }, "badGateway"},
    {"503", [](DoctorBench &b) { refuseAll(b, "503 Service Unavailable"); }, "unavailable"},
    {"504", [](DoctorBench &b) { refuseAll(b, "504 Gateway Timeout"); }, "gatewayTimeout"},
    {"522 of Cloudflare", [](DoctorBench &b) { refuseAll(b, "522 Origin Down", "CF-Ray: 1-FRA\r\n"); }, "badGateway"},
    {"418", [](DoctorBench &b) { refuseAll(b, "418 I'm a teapot"); }, "unexpectedStatus"},
    {"a page that was kept", [](DoctorBench &b) { refuseAll(b, "200 OK", "X-Cache: HIT from edge\r\n", "page"); },
     "cachedAnswer"},
    {"101 of a cache",
     [](DoctorBench &b) {
         answerAll(b,
                   "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nAge: 12\r\n\r\n");
     },
     "cachedAnswer"},
    {"wrong accept",
     [](DoctorBench &b) {
         answerAll(b,
                   "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n");
     },
     "wrongAccept"},
    {"no accept",
     [](DoctorBench &b) {
         answerAll(b, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
     },
     "acceptMissing"},
    {"101 without Upgrade",
     [](DoctorBench &b) { answerAll(b, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n"); },
     "upgradeHeaderMissing"},
    {"101 without Connection",
     [](DoctorBench &b) { answerAll(b, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"); },
     "connectionHeaderMissing"},
    {"a head with a bare line feed",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) { peer.write(peer.acceptance().replace("\r\n", "\n")); };
         b.listen();
     },
     "headBroken"},
    {"an extension nobody offered",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             peer.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
         };
         b.listen();
     },
     "extensionNotOffered"},
    {"an extension as nobody may agree to it",
     [](DoctorBench &b) {
         b.order.client.deflate.offered = true;
         b.script().answer = [](ScriptedPeer &peer) {
             peer.accept("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99\r\n");
         };
         b.listen();
     },
     "badExtension"},
    {"a subprotocol nobody offered",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) { peer.accept("Sec-WebSocket-Protocol: chat\r\n"); };
         b.listen();
     },
     "subprotocolNotOffered"},
    {"no subprotocol chosen",
     [](DoctorBench &b) {
         b.order.client.subprotocols = {"chat", "superchat"};
         b.listen();
     },
     "subprotocolNotChosen"},
    {"subprotocols refused",
     [](DoctorBench &b) {
         b.order.client.subprotocols = {"chat"};
         agreeIf(
             b, [](const HttpHead &head) { return head.value("Sec-WebSocket-Protocol").isEmpty(); }, "400 Bad Request");
     },
     "subprotocolRefused"},
    {"a subprotocol wanted",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             peer.request().listHas("Sec-WebSocket-Protocol", "mqtt") ? peer.accept("Sec-WebSocket-Protocol: mqtt\r\n")
                                                                      : peer.refuse("400 Bad Request");
         };
         b.listen();
     },
     "subprotocolWanted"},
    {"SSH",
     [](DoctorBench &b) {
         b.script().accepted = [](ScriptedPeer &peer) { peer.writeRaw("SSH-2.0-OpenSSH_9.2\r\n"); };
         b.listen();
     },
     "notHttp"},
    {"HTTP/2 alone",
     [](DoctorBench &b) {
         b.script().accepted = [](ScriptedPeer &peer) { peer.writeRaw(QByteArray("\0\0\0\4\0\0\0\0\0", 9)); };
         b.listen();
     },
     "http2Only"},
    {"an end in place of an answer",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) { peer.end(); };
         b.listen();
     },
     "answerMissing"},
    {"a reset in place of an answer",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) { peer.reset(); };
         b.listen();
     },
     "answerReset"},
    {"silence",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &) {};
         b.listen();
     },
     "answerTimeout"},
    {"half a head",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             peer.write("HTTP/1.1 101 Switching");
             peer.end();
         };
         b.listen();
     },
     "answerIncomplete"},
    {"a slow handshake",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) { QTimer::singleShot(500, &peer, [&peer] { peer.accept(); }); };
         b.listen();
     },
     "handshakeSlow"},
    {"Socket.IO at another path",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             if (peer.path() == "/socket.io/")
                 return peer.refuse("200 OK", {}, R"(0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000})");
             peer.end();
         };
         b.listen();
     },
     "socketIo"},
    {"SockJS",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             if (peer.path() == "/ws/info")
                 return peer.refuse("200 OK", {}, R"({"websocket":true,"origins":["*:*"],"entropy":1})");
             peer.refuse("404 Not Found");
         };
         b.listen();
     },
     "sockJs"},
    {"SignalR", [](DoctorBench &b) { refuseAll(b, "404 Not Found", "", "No Connection with that ID"); }, "signalR"},
    {"TLS behind ws, as nginx says it",
     [](DoctorBench &b) {
         refuseAll(b, "400 Bad Request", "Server: nginx\r\n",
                   "<center>The plain HTTP request was sent to HTTPS port</center>");
     },
     "plainToTlsPort"},
    {"TLS behind ws, as an alert",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             peer.writeRaw(QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7));
             peer.end();
         };
         b.listen();
     },
     "plainToTlsPort"},
};

} // namespace

class TestDoctorUpgrade final : public QObject
{
    Q_OBJECT
private slots:
    void namesWhatIsWrong_data() { addCases(cases); }
    void namesWhatIsWrong();
    void namesWhatStandsBehind();
    void showsNoSecret();
    void knowsAServerWithoutDescriptors();
    void blamesNothingForAPassingFailure();
};

void TestDoctorUpgrade::namesWhatIsWrong()
{
    QFETCH(const BrokenCase *, broken);
    examineCase(*broken);
}

void TestDoctorUpgrade::namesWhatStandsBehind()
{
    DoctorBench bench;
    refuseAll(bench, "503 Service Unavailable", "Server: nginx/1.22.1\r\nCF-Ray: 1-FRA\r\nX-Powered-By: Express\r\n");
    const Diagnosis diagnosis = bench.examine();
    QCOMPARE(diagnosis.behind, (QByteArrayList{"nginx 1.22.1", "Express", "Cloudflare"}));
}

// Neither as it was given, nor as the server sends it back.
void TestDoctorUpgrade::showsNoSecret()
{
    DoctorBench bench;
    bench.order.token = "opaque-token-1";
    bench.order.client.headers = {
        {"Cookie", "session=opaque-cookie-2"}, {"X-Api-Key", "opaque-key-3"}, {"X-Token", "Q§Q"}};
    bench.order.client.subprotocols = {"chat", "bearer.opaque-subprotocol-4"};
    bench.script().answer = [](ScriptedPeer &peer) {
        QByteArray echo;
        for (const HttpHeader &header : peer.request().headers)
            echo += header.name + ": " + header.value + "\n";
        peer.refuse("401 Unauthorized", "Set-Cookie: id=opaque-of-the-server-5\r\n",
                    peer.request().target + "\n“Grüße” " + echo);
    };
    bench.listen("ws", "127.0.0.1", "/ws?ticket=opaque-ticket-6&room=7");
    bench.order.client.url.setPassword(QStringLiteral("opaque-password-8"));
    const Diagnosis diagnosis = bench.examine();
    QByteArray all = report(diagnosis) + diagnosis.url.toEncoded();
    for (const DoctorStageResult &stage : diagnosis.stages) {
        for (const DoctorEvidence &evidence : stage.evidence)
            all += evidence.bytes + evidence.arguments.join();
        for (const DoctorFinding &finding : stage.findings)
            all += finding.arguments.join();
    }
    QVERIFY2(!all.contains("opaque") && !all.contains("Q§Q"), all.constData());
    QVERIFY(all.contains("“Grüße”")); // no byte is changed
    QVERIFY(all.contains("room=7"));
}

// It listens, and its system takes connections for it.
void TestDoctorUpgrade::knowsAServerWithoutDescriptors()
{
#ifndef Q_OS_LINUX
    QSKIP("the system does not tell");
#endif
    if (QStandardPaths::findExecutable(u"python3"_s).isEmpty())
        QSKIP("needs Python");
    QProcess server;
    server.start(u"/bin/sh"_s,
                 {u"-c"_s,
                  u"ulimit -n 16; exec python3 -c \""
                  "import socket, sys\n"
                  "s = socket.create_server(('127.0.0.1', 0))\n"
                  "files = []\n"
                  "try:\n"
                  "    while True: files.append(open('/dev/null'))\n"
                  "except OSError: print(s.getsockname()[1], flush=True)\n"
                  "sys.stdin.read()\""_s});
    QVERIFY(server.waitForReadyRead());
    DoctorBench bench;
    bench.setUrl("ws", "127.0.0.1", server.readAll().trimmed().toUShort());
    const Diagnosis diagnosis = bench.examine();
    server.closeWriteChannel();
    QVERIFY(server.waitForFinished());
    QVERIFY2(diagnosis.cause() != nullptr && diagnosis.cause()->cause == DoctorCause::DescriptorsShort,
             report(diagnosis).constData());
}

// What is other in a later attempt is not what mattered if the same attempt works by now.
void TestDoctorUpgrade::blamesNothingForAPassingFailure()
{
    DoctorBench bench;
    int asked = 0;
    bench.script().answer = [&asked](ScriptedPeer &peer) {
        ++asked == 1 ? peer.refuse("403 Forbidden") : peer.accept();
    };
    bench.listen();
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.over && diagnosis.cause() == nullptr, report(diagnosis).constData());
    const DoctorStageResult &result = diagnosis.at(DoctorStage::Upgrade);
    QCOMPARE(QByteArray(rowOf(result.findings.value(0).cause).name), "passingFailure");
    QCOMPARE(result.findings.value(0).arguments.value(0), "403 Forbidden");
    QCOMPARE(diagnosis.at(DoctorStage::Close).verdict, DoctorVerdict::Good);
}

QTEST_GUILESS_MAIN(TestDoctorUpgrade)
#include "tst_doctorupgrade.moc"
