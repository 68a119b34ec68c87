// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"
#include "tests/support/tokenforge.h"

#include <QDateTime>
#include <QDirIterator>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QByteArray secret = "a canary sang in the mine, 42 days long";

QByteArray goodToken()
{
    const QByteArray exp = QByteArray::number(QDateTime::currentSecsSinceEpoch() + 600);
    const QByteArray text = forge::signedText(R"({"alg":"HS256"})", R"({"sub":"ada","exp":)" + exp + '}');
    return forge::withSignature(text, forge::hmac(text, secret));
}

QByteArray authMessage(const QByteArray &token) { return R"({"type":"auth","data":{"token":")" + token + R"("}})"; }

QByteArray post(const QByteArray &body, const QByteArray &extra = {})
{
    return "POST /api/v1/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + extra
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

/// What must not be seen is sent to one server in every way that a client has; afterwards, everything that the server wrote
/// is searched for it. A row is a way. Each has a canary of its own, and both its ends are looked for.
class TestCanary final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void staysUnseen_data();
    void staysUnseen();
    void findsWhatIsNoSecret();

private:
    struct Way
    {
        const char *name;
        std::function<bool(const QByteArray &canary)> send; ///< true: the server took it, as far as one can see
        QByteArray canary = {};
        bool done = false;
    };

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RawClient> m_listener; ///< in the room that all others talk to
    std::vector<Way> m_ways;
    QList<std::pair<QString, QByteArray>> m_written; ///< where, what
    QByteArrayList m_tokens;                         ///< good ones, and those of sessions

    void add(const char *name, std::function<bool(const QByteArray &)> send);
    void addHead(const char *name, const QByteArray &target, const QByteArray &extra = {});
    void addBytes(const char *name, const QByteArray &bytes);
    void addBody(const char *name, const QByteArray &body);
    void addText(const char *name, const QByteArray &text);
    void addFrames(const char *name, std::function<void(RawClient &, const QByteArray &)> send);
    void addToken(const char *name, std::function<bool(RawClient &, const QByteArray &)> send);
    void addHeads();
    void addBrokenHeads();
    void addTokens();
    void addTexts();
    void addFrames();
    void collect();
    [[nodiscard]] bool inRoom(const std::function<void(RawClient &)> &talk);
    [[nodiscard]] QByteArray playersTarget();
};

/// For %1 in all of them.
static QByteArray with(QByteArray text, const QByteArray &canary) { return text.replace("%1", canary); }

void TestCanary::add(const char *name, std::function<bool(const QByteArray &)> send)
{
    const QByteArray number = QByteArray::number(100 + m_ways.size());
    m_ways.push_back({name, std::move(send), "Canary" + number + "HeadAndTail" + number + "Yranac"});
}

QByteArray TestCanary::playersTarget()
{
    m_tokens += goodToken();
    return "/ws/blue?token=" + m_tokens.constLast();
}

bool TestCanary::inRoom(const std::function<void(RawClient &)> &talk)
{
    RawClient client(m_server->port());
    if (!client.upgrade(playersTarget()))
        return false;
    const QJsonObject connected = client.waitForType(u"connected"_s);
    m_tokens += connected[u"data"_s][u"resume"_s].toString().toLatin1();
    talk(client);
    client.sendClose(1000);
    return !connected.isEmpty() && client.waitForEnd();
}

/// An upgrade that may be refused.
void TestCanary::addHead(const char *name, const QByteArray &target, const QByteArray &extra)
{
    addBytes(name, RawClient::upgradeHead(target, extra));
}

/// Some may be answered, some not; the server hears of the end of each.
void TestCanary::addBytes(const char *name, const QByteArray &bytes)
{
    add(name, [this, bytes](const QByteArray &canary) {
        const qsizetype before = m_server->endings().size();
        RawClient client(m_server->port());
        client.send(with(bytes, canary));
        (void)client.waitForResponse(300);
        client.endStream();
        return !m_server->ending(before + 1).isEmpty();
    });
}

void TestCanary::addBody(const char *name, const QByteArray &body)
{
    add(name, [this, body](const QByteArray &canary) {
        RawClient client(m_server->port());
        return client.request(post(with(body, canary), "Cookie: " + canary + "\r\n"));
    });
}

/// To everyone in the room, who gets it.
void TestCanary::addText(const char *name, const QByteArray &text)
{
    add(name, [this, text](const QByteArray &canary) {
        const bool sent = inRoom([&](RawClient &client) {
            client.sendText(with(text, canary));
            client.sendText(R"({"type":"done"})");
        });
        return sent && !m_listener->waitForType(u"done"_s).isEmpty();
    });
}

void TestCanary::addFrames(const char *name, std::function<void(RawClient &, const QByteArray &)> send)
{
    add(name, [this, send = std::move(send)](const QByteArray &canary) {
        return inRoom([&](RawClient &client) { send(client, canary); });
    });
}

/// Over a connection whose first message has to be `auth`.
void TestCanary::addToken(const char *name, std::function<bool(RawClient &, const QByteArray &)> send)
{
    add(name, [this, send = std::move(send)](const QByteArray &canary) {
        RawClient client(m_server->port());
        return client.upgrade("/ws/blue") && send(client, canary) && client.waitForEnd();
    });
}

void TestCanary::addHeads()
{
    addHead("query: token", "/ws/blue?token=%1");
    addHead("query: token of the right shape", "/ws/blue?token=eyJhbGciOiJIUzI1NiJ9.e30.%1");
    addHead("query: encoded name", "/ws/blue?a=1&%74oken=%1&b=2");
    addHead("query: encoded address", "/ws/blue?next=%2Fws%3Ftoken%3D%1");
    addHead("query: resume", playersTarget() + "&seq=1&resume=%1");
    addHead("query: field", playersTarget() + "&name=Eve&password=%1");
    addHead("query: field, encoded", playersTarget() + "&PASS%57ORD=%1");
    addHead("query: JSON", playersTarget() + "&options=%7B%22password%22%3A%22%1%22%7D");
    addHead("query: in a name", playersTarget() + "&x[password]=%1");
    addHead("path: a token", "/ws/eyJhbGciOiJIUzI1NiJ9.e30.%1");
    addHead("authorization", "/ws/blue", "Authorization: Bearer %1\r\n");
    addHead("authorization: token of the right shape", "/ws/blue",
            "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.%1\r\n");
    addHead("authorization: basic", "/ws/blue", "Authorization: Basic %1\r\n");
    addHead("authorization: twice", "/ws/blue", "Authorization: Bearer x\r\nauthorization: Bearer %1\r\n");
    addHead("proxy-authorization", playersTarget(), "Proxy-Authorization: Basic %1\r\n");
    addHead("cookie", playersTarget(), "Cookie: session=%1; theme=dark\r\n");
    addHead("key of an API", playersTarget(), "X-Api-Key: %1\r\n");
    addHead("token in a header", playersTarget(), "X-Auth-Token: %1\r\n");
    addHead("field as a header", playersTarget(), "PassWord: %1\r\n");
    addHead("field in a header", playersTarget(), "X-Login: {\"user\":\"ada\",\"password\":\"%1\"}\r\n");
    addHead("referer", playersTarget(), "Referer: http://a/play?token=%1\r\n");
    addHead("referer: field", playersTarget(), "Referer: http://a/play?password=%1\r\n");
    addHead("user agent", playersTarget(), "User-Agent: Bearer %1\r\n");
    addHead("user agent: field", playersTarget(), "User-Agent: robot/1 (password=%1)\r\n");
    addHead("subprotocol", "/ws/blue", "Sec-WebSocket-Protocol: chat, bearer.%1\r\n");
    addHead("subprotocol, twice", "/ws/blue",
            "Sec-WebSocket-Protocol: bearer.x\r\nSec-WebSocket-Protocol: bearer.%1, chat\r\n");
    addHead("subprotocol, no dot", "/ws/blue", "Sec-WebSocket-Protocol: bearer%1, chat\r\n");
    addHead("subprotocol, no dot, alone", playersTarget(), "Sec-WebSocket-Protocol: BEARER%1\r\n");
    addHead("subprotocol, a dash", playersTarget(), "Sec-WebSocket-Protocol: chat, Bearer-%1\r\n");
    addHead("address: password", "http://ada:%1@localhost/ws/blue");
    addHead("address: user", "http://%1@localhost/ws/blue");
    addHead("address: password in a query", playersTarget() + "&next=http://ada:%1@host/");
    addHead("address: password in a referer", playersTarget(), "Referer: http://ada:%1@host/\r\n");
    addHead("address: password in an origin", playersTarget(), "Origin: http://ada:%1@host\r\n");
    addBytes("address: to a proxy", "CONNECT ada:%1@localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    addHead("unknown path", "/nowhere?token=%1", "Cookie: %1\r\n");
    addHead("origin refused", playersTarget() + "&password=%1", "Origin: http://evil.example\r\n");
    addBytes("no upgrade", "GET /ws/blue?token=%1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %1\r\n\r\n");
    addBytes("operator's token", "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %1\r\n\r\n");
    addBytes("another method", "DELETE /api/v1/rooms?token=%1 HTTP/1.1\r\nHost: localhost\r\nCookie: %1\r\n\r\n");
    addBody("body: field", R"({"game":"relay","options":{"password":"%1"}})");
    addBody("body: token", R"({"game":"relay","token":"%1"})");
    addBody("body: broken", R"({"password":"%1")");
    addBytes("body without a length", "POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\n\r\n{\"password\":\"%1\"}");
    addBytes("body too large",
             "POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n{\"password\":\"%1\"}");
    addBytes("body not finished",
             "POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n{\"password\":\"%1\"}");
}

void TestCanary::addBrokenHeads()
{
    const QByteArray get = "GET /ws/blue HTTP/1.1\r\nHost: localhost\r\n";
    addBytes("broken: bare line feed", get + "Authorization: Bearer\n%1\r\n\r\n");
    addBytes("broken: space before the colon", get + "Authorization : Bearer %1\r\n\r\n");
    addBytes("broken: no colon", get + "Authorization Bearer %1\r\n\r\n");
    addBytes("broken: folded", get + "Cookie: a=b;\r\n c=%1\r\n\r\n");
    addBytes("broken: no version", "GET /ws/blue?token=%1\r\n\r\n");
    addBytes("broken: another version", "GET /ws/blue?token=%1 HTTP/3.7\r\n\r\n");
    addBytes("broken: space in the target", "GET /ws/blue?token=a %1 HTTP/1.1\r\n\r\n");
    addBytes("broken: no request line", "Authorization: Bearer %1\r\n\r\n");
    addBytes("broken: JSON in place of a head", "{\"user\":\"ada\",\"password\":\"%1\"}\r\n\r\n");
    addBytes("broken: JSON of many lines", "{\r\n \"password\":\r\n  {\"a\":\r\n\"%1\"}\r\n}\r\n\r\n");
    addBytes("broken: control characters", get + "X: \x01\r\nCookie: %1\r\n\r\n");
    addBytes("broken: two hosts", get + "Host: localhost\r\nCookie: %1\r\n\r\n");
    addBytes("broken: no host", "GET /ws/blue?token=%1 HTTP/1.1\r\nCookie: %1\r\n\r\n");
    addBytes("broken: two lengths",
             "POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\nCookie: "
             "%1\r\n\r\n");
    addBytes("broken: too long", get + "Cookie: %1\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n");
    addBytes("broken: key of the upgrade", get + "Upgrade: websocket\r\nConnection: Upgrade\r\nCookie: %1\r\n\r\n");
    addBytes("not finished", get + "Authorization: Bearer %1");
    addBytes("not finished: query", "GET /ws/blue?token=%1");
}

void TestCanary::addTokens()
{
    addToken("auth", [](RawClient &client, const QByteArray &canary) {
        client.sendText(authMessage(canary));
        return true;
    });
    addToken("auth: token of the right shape", [](RawClient &client, const QByteArray &canary) {
        client.sendText(authMessage("eyJhbGciOiJIUzI1NiJ9.e30." + canary));
        return true;
    });
    addToken("auth: of another form", [](RawClient &client, const QByteArray &canary) {
        client.sendText(R"({"type":"auth","data":")" + canary + "\"}");
        return true;
    });
    addToken("auth: in fragments", [](RawClient &client, const QByteArray &canary) {
        const QByteArray message = authMessage(canary);
        client.sendFrame(Opcode::Text, message.first(28), false);
        client.sendFrame(Opcode::Continuation, message.sliced(28, 10), false);
        client.sendFrame(Opcode::Continuation, message.sliced(38));
        return true;
    });
    addToken("auth: binary", [](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Binary, authMessage(canary));
        return true;
    });
    addToken("auth: bad UTF-8", [](RawClient &client, const QByteArray &canary) {
        client.sendText(authMessage(canary + '\xff'));
        return true;
    });
    addToken("auth: not finished", [](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, authMessage(canary).chopped(4), false);
        client.endStream();
        return true;
    });
    addText("auth: a second time", authMessage("%1"));
    addText("auth: in a batch", R"({"type":"batch","data":[{"type":"ping"},)" + authMessage("%1") + "]}");
    addText("auth: in a ping", R"({"type":"ping","data":)" + authMessage("%1") + '}');
}

void TestCanary::addTexts()
{
    addText("field", R"({"type":"say","data":{"password":"%1"}})");
    addText("field: any case", R"({"type":"say","data":{"PassWord":"%1"}})");
    addText("field: nested", R"({"type":"say","data":{"a":[{"b":{"password":"%1"}}]}})");
    addText("field: beside the data", R"({"type":"say","password":"%1","data":{}})");
    addText("field: an object", R"({"type":"say","data":{"password":{"a":["%1"],"%1":1}}})");
    addText("field: escaped", R"({"type":"say","data":{"p\u0061ssword":"%1"}})");
    addText("field: escaped altogether",
            R"({"type":"say","data":{"\u0070\u0061\u0073\u0073\u0077\u006f\u0072\u0064":"%1"}})");
    addText("field: in a batch",
            R"({"type":"batch","data":[{"type":"say","data":{"password":"%1"}},{"type":"say","data":{}}]})");
    addText("field: JSON in a string", R"({"type":"say","data":{"body":"{\"password\":\"%1\"}"}})");
    addText("field: address in a string", R"({"type":"say","data":{"url":"http://a/?password=%1"}})");
    addText("field: in a chat", R"({"type":"chat","data":{"text":"my password: %1"}})");
    addText("field: in a ping", R"({"type":"ping","data":{"password":"%1"}})");
    addText("field: to one", R"({"type":"say","to":"nobody","data":{"password":"%1"}})");
    addText("field: as a name of a type", R"({"type":"password=%1","data":{}})");
    addText("field: as an id", R"({"type":"ping","id":"password=%1","data":{}})");
    addText("field: broken JSON", R"({"type":"say","data":{"password":"%1"})");
    addText("field: single quotes", "{'password':'%1'}");
    addText("field: too deep",
            R"({"type":"say","data":{"password":"%1","x":)" + QByteArray(60, '[') + QByteArray(60, ']') + "}}");
    addText("field: no JSON", "password %1");
}

void TestCanary::addFrames()
{
    const QByteArray begin = R"({"type":"say","data":{"password":")";
    addFrames("field: in fragments", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin, false);
        client.sendFrame(Opcode::Continuation, canary + R"("}})");
    });
    addFrames("field: cut in its name", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin.first(26), false);
        client.sendFrame(Opcode::Continuation, begin.sliced(26) + canary.first(12), false);
        client.sendFrame(Opcode::Continuation, canary.sliced(12) + R"("}})");
    });
    addFrames("field: a letter a fragment", [begin](RawClient &client, const QByteArray &canary) {
        const QByteArray text = begin + canary.first(10);
        for (qsizetype i = 0; i < text.size(); ++i)
            client.sendFrame(i == 0 ? Opcode::Text : Opcode::Continuation, text.sliced(i, 1), false);
        client.sendFrame(Opcode::Continuation, canary.sliced(10) + R"("}})");
    });
    addFrames("field: binary", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Binary, begin + canary + R"("}})");
    });
    addFrames("field: bad UTF-8",
              [begin](RawClient &client, const QByteArray &canary) { client.sendText(begin + canary + "\xff\"}}"); });
    addFrames("field: bad UTF-8 in a fragment", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin, false);
        client.sendFrame(Opcode::Continuation, canary + "\xff\"}}");
    });
    addFrames("field: too big", [begin](RawClient &client, const QByteArray &canary) {
        client.sendText(begin + canary + QByteArray(100'000, 'x') + R"("}})");
    });
    addFrames("field: too big in a fragment", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin, false);
        client.sendFrame(Opcode::Continuation, canary + QByteArray(100'000, 'x'));
    });
    addFrames("field: not masked", [begin](RawClient &client, const QByteArray &canary) {
        client.send(makeFrame(Opcode::Text, begin + canary + R"("}})"));
    });
    addFrames("field: a new message inside of one", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin, false);
        client.sendText(canary);
    });
    addFrames("field: a part of nothing", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin);
        client.sendFrame(Opcode::Continuation, canary + R"("}})");
    });
    addFrames("field: frame not finished", [begin](RawClient &client, const QByteArray &canary) {
        client.send(makeMaskedFrame(Opcode::Text, begin + canary + R"("}})", 0, true).chopped(3));
        client.endStream();
    });
    addFrames("field: message not finished", [begin](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Text, begin + canary, false);
        client.endStream();
    });
    addFrames("field: in a ping frame", [](RawClient &client, const QByteArray &canary) {
        client.sendFrame(Opcode::Ping, R"({"password":")" + canary + "\"}");
        (void)client.waitForPongs(1);
    });
    addFrames("close: token", [](RawClient &client, const QByteArray &canary) { client.sendClose(1000, canary); });
    addFrames("close: token of the right shape", [](RawClient &client, const QByteArray &canary) {
        client.sendClose(4000, "my token was eyJhbGciOiJIUzI1NiJ9.e30." + canary);
    });
    addFrames("close: parameter",
              [](RawClient &client, const QByteArray &canary) { client.sendClose(3000, "bye, token=" + canary); });
    addFrames("close: field", [](RawClient &client, const QByteArray &canary) {
        client.sendClose(1000, R"({"password":")" + canary + "\"}");
    });
    addFrames("close: bad code",
              [](RawClient &client, const QByteArray &canary) { client.sendClose(999, "token=" + canary); });
    addFrames("close: bad UTF-8",
              [](RawClient &client, const QByteArray &canary) { client.sendClose(1000, "token=" + canary + '\xff'); });
}

void TestCanary::collect()
{
    QFile title(u"/proc/%1/cmdline"_s.arg(m_server->pid()));
    QVERIFY(title.open(QIODevice::ReadOnly));
    m_written.append({u"title of the process"_s, title.readAll()});
    RawClient client(m_server->port());
    QVERIFY(client.request("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    QCOMPARE(client.response().status, 200);
    QVERIFY(client.body().contains("glasshouse_"));
    m_written.append({u"/metrics"_s, client.body()});
    m_listener.reset();
    QCOMPARE(m_server->stop(), 0);
    m_written.append({u"standard output and error"_s, m_server->output()});
    QDirIterator all(m_server->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_written.append({file.fileName(), file.readAll()});
    }
    QVERIFY(m_written.size() >= 6); // a log, a segment, results besides
}

void TestCanary::initTestCase()
{
    qputenv("JWT_SECRET", secret);
    m_server = std::make_unique<ServerProcess>(QStringList{u"--auth"_s, u"token"_s, u"--redact-field"_s, u"password"_s,
                                                           u"--log-level"_s, u"debug"_s, u"--wrong-guesses"_s, u"0"_s,
                                                           u"--max-connections-per-token"_s, u"0"_s}
                                               + manyConnections());
    QVERIFY2(m_server->start(), m_server->output().constData());
    qunsetenv("JWT_SECRET");
    m_listener = std::make_unique<RawClient>(m_server->port());
    QVERIFY(m_listener->upgrade(playersTarget()));
    addHeads();
    addBrokenHeads();
    addTokens();
    addTexts();
    addFrames();
    for (Way &way : m_ways)
        way.done = way.send(way.canary);
    QVERIFY(inRoom([](RawClient &client) { client.sendText(R"({"type":"say","data":{"harmless":"Sparrow"}})"); }));
    QVERIFY(!m_listener->waitForType(u"say"_s).isEmpty());
    collect();
}

void TestCanary::staysUnseen_data()
{
    QTest::addColumn<QByteArrayList>("canaries");
    QTest::addColumn<bool>("wasSent");
    for (const Way &way : m_ways)
        QTest::newRow(way.name) << QByteArrayList{way.canary.first(12), way.canary.last(12)} << way.done;
    QByteArrayList tokens;
    for (const QByteArray &token : std::as_const(m_tokens))
        tokens += token.last(20);
    QTest::newRow("right tokens, and those of sessions") << tokens << (tokens.size() > 100);
    QTest::newRow("secret of the tokens") << QByteArrayList{secret.first(20), secret.last(20)} << true;
}

void TestCanary::staysUnseen()
{
    QFETCH(QByteArrayList, canaries);
    QFETCH(bool, wasSent);
    QVERIFY(wasSent);
    for (const auto &[where, bytes] : std::as_const(m_written)) {
        for (const QByteArray &canary : canaries) {
            const qsizetype at = bytes.indexOf(canary);
            QVERIFY2(at < 0, (where.toUtf8() + ": " + bytes.mid(qMax<qsizetype>(0, at - 80), 160)).constData());
        }
    }
}

// Else an empty capture would please all of the above.
void TestCanary::findsWhatIsNoSecret()
{
    const auto found = std::count_if(m_written.cbegin(), m_written.cend(),
                                     [](const auto &one) { return one.second.contains("Sparrow"); });
    QCOMPARE(found, 1);
}

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
