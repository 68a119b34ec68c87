// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"
#include "tests/support/tokenforge.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <memory>
#include <vector>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QByteArray secret = "correct horse battery staple, 42 of them";
const QByteArray operatorToken = "operators-only-0123456789";

QByteArray playerToken()
{
    const QByteArray expires = QByteArray::number(QDateTime::currentSecsSinceEpoch() + 600);
    const QByteArray text =
        forge::signedText(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"ada","exp":)" + expires + '}');
    return forge::withSignature(text, forge::hmac(text, secret));
}

QByteArray bearer(const QByteArray &token) { return "Authorization: Bearer " + token + "\r\n"; }

QByteArray request(QByteArrayView line, QByteArrayView headers = {}, const QByteArray &body = {})
{
    const QByteArray length =
        line.startsWith("POST") ? "Content-Length: " + QByteArray::number(body.size()) + "\r\n" : QByteArray();
    return line.toByteArray() + " HTTP/1.1\r\nHost: localhost\r\n" + headers.toByteArray() + length + "\r\n" + body;
}

/// Series and their values. Empty: a line is none that Prometheus reads.
QMap<QByteArray, double> parsed(const QByteArray &text)
{
    static const QRegularExpression series(
        uR"(^([a-z_]+(?:\{[a-z_]+="[^"\\]*"(?:,[a-z_]+="[^"\\]*")*\})?) ([-+0-9.e]+|\+Inf|NaN)$)"_s);
    static const QRegularExpression comment(uR"(^# (?:HELP [a-z_]+ \S.*|TYPE [a-z_]+ (?:counter|gauge|histogram))$)"_s);
    QMap<QByteArray, double> values;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        const auto match = series.match(QString::fromUtf8(line));
        if (match.hasMatch())
            values.insert(match.captured(1).toUtf8(), match.captured(2).toDouble());
        else if (!line.isEmpty() && !comment.match(QString::fromUtf8(line)).hasMatch())
            return {};
    }
    return values;
}

} // namespace

/// What an operator may ask for, what a player may, and what strangers get in its place.
class TestOperator : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ServerProcess> m_server;

    [[nodiscard]] QString write(const QString &name, const QByteArray &text) const;
    void serve(const QStringList &options = {});
    [[nodiscard]] QMap<QByteArray, double> metrics(QByteArrayView headers = {}) const;
    [[nodiscard]] QString causeOfLast() const;

private slots:
    void cleanup() { QVERIFY2(m_server->stop() == 0, m_server->output().constData()); }

    void metricsCountWhatHappened();
    void metricsFromThisMachineOnly_data();
    void metricsFromThisMachineOnly();
    void metricsWithAToken_data();
    void metricsWithAToken();
    void wrongTokensAreSlowedDown();
    void roomsWhereTokensAreNeeded_data();
    void roomsWhereTokensAreNeeded();
    void roomsWhereEverybodyMayPlay();
    void operatorEchoesWithoutAToken();
    void preflight_data();
    void preflight();
    void answersToPagesOfOtherOrigins_data();
    void answersToPagesOfOtherOrigins();
    void refusalsToPagesOfOtherOrigins_data();
    void refusalsToPagesOfOtherOrigins();
    void basePath_data();
    void basePath();
    void basePathNeedsItsSlash();
    void socketsUnderTheBasePath_data();
    void socketsUnderTheBasePath();
};

QString TestOperator::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
}

void TestOperator::serve(const QStringList &options)
{
    m_server = std::make_unique<ServerProcess>(options);
    QVERIFY2(m_server->start(), m_server->output().constData());
}

QMap<QByteArray, double> TestOperator::metrics(QByteArrayView headers) const
{
    RawClient client(m_server->port());
    const bool answered = client.request(request("GET /metrics", headers));
    return answered && client.response().status == 200 ? parsed(client.body()) : QMap<QByteArray, double>();
}

QString TestOperator::causeOfLast() const
{
    QList<QJsonObject> endings;
    (void)QTest::qWaitFor([&] { return !(endings = m_server->endings()).isEmpty(); }, 5000);
    return endings.isEmpty() ? QString() : endings.constLast().value("cause"_L1).toString();
}

void TestOperator::metricsCountWhatHappened()
{
    serve();
    RawClient echo(m_server->port());
    QVERIFY(echo.upgrade());
    for (int i = 0; i < 7; ++i)
        echo.sendText("hello");
    QVERIFY(echo.waitForMessages(7));
    RawClient player(m_server->port());
    QVERIFY(player.upgrade("/ws/counted"));
    QVERIFY(!player.waitForType(u"connected"_s).isEmpty());
    player.sendText("no JSON");
    QVERIFY(!player.waitForType(u"error"_s).isEmpty());
    RawClient refused(m_server->port());
    QVERIFY(refused.request(RawClient::upgradeHead("/nowhere")));
    RawClient served(m_server->port());
    QVERIFY(served.request(request("GET /health")));
    RawClient closed(m_server->port());
    QVERIFY(closed.upgrade());
    closed.sendClose(1000);
    QVERIFY(closed.waitForEnd());
    QTRY_COMPARE(m_server->endings().size(), 3);

    const QMap<QByteArray, double> values = metrics();
    QVERIFY(!values.isEmpty());
    const auto value = [&](const char *name) { return values.value(name, -1); };
    QCOMPARE(value("glasshouse_connections"), 2);
    QCOMPARE(value("glasshouse_rooms"), 1);
    QCOMPARE(value("glasshouse_players"), 1);
    QCOMPARE(value("glasshouse_connections_accepted_total"), 6); // with this one
    QCOMPARE(value("glasshouse_connections_upgraded_total"), 3);
    QCOMPARE(value("glasshouse_connections_refused_total"), 1);
    QCOMPARE(value("glasshouse_http_requests_total"), 1); // this one is not answered yet
    QCOMPARE(value("glasshouse_bad_messages_total"), 1);
    QCOMPARE(value(R"(glasshouse_messages_total{direction="in"})"), 8);
    QCOMPARE(value(R"(glasshouse_messages_total{direction="out"})"), 9);
    // 6 bytes of header and mask; a close frame has 2 bytes of payload
    QCOMPARE(value(R"(glasshouse_bytes_total{direction="in"})"), 7 * 11 + 13 + 8);
    QCOMPARE(value(R"(glasshouse_endings_total{cause="unknown_path"})"), 1);
    QCOMPARE(value(R"(glasshouse_endings_total{cause="http_served"})"), 1);
    QCOMPARE(value(R"(glasshouse_endings_total{cause="client_closed"})"), 1);
    QCOMPARE(value(R"(glasshouse_endings_total{cause="no_pong"})"), 0);
}

void TestOperator::metricsFromThisMachineOnly_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("directly") << QByteArray() << 200;
    QTest::newRow("X-Forwarded-For") << QByteArray("X-Forwarded-For: 127.0.0.1\r\n") << 403;
    QTest::newRow("X-Real-IP") << QByteArray("X-Real-IP: 127.0.0.1\r\n") << 403;
    QTest::newRow("Forwarded") << QByteArray("Forwarded: for=127.0.0.1\r\n") << 403;
    QTest::newRow("Via") << QByteArray("Via: 1.1 proxy\r\n") << 403;
    QTest::newRow("a page of another origin") << QByteArray("Origin: http://evil.example\r\n") << 403;
    QTest::newRow("a token that nobody configured") << bearer(operatorToken) << 200;
}

void TestOperator::metricsFromThisMachineOnly()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.request(request("GET /metrics", headers)));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.answerIsFramed());
    QCOMPARE(client.body().contains("glasshouse_"), status == 200);
    QCOMPARE(causeOfLast(), status == 200 ? u"http_served"_s : u"operator_refused"_s);
}

void TestOperator::metricsWithAToken_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("right") << bearer(operatorToken) << 200;
    QTest::newRow("right, through a proxy") << bearer(operatorToken) + "X-Forwarded-For: 192.0.2.1\r\n" << 200;
    QTest::newRow("small scheme") << QByteArray("Authorization: bearer " + operatorToken + "\r\n") << 200;
    QTest::newRow("wrong") << bearer("operators-only-0123456780") << 401;
    QTest::newRow("a letter less") << bearer(operatorToken.chopped(1)) << 401;
    QTest::newRow("a letter more") << bearer(operatorToken + 'x') << 401;
    QTest::newRow("empty") << bearer({}) << 401;
    QTest::newRow("another scheme") << QByteArray("Authorization: Basic " + operatorToken + "\r\n") << 401;
    QTest::newRow("twice") << bearer(operatorToken) + bearer(operatorToken) << 400;
    QTest::newRow("a player's") << bearer(playerToken()) << 401;
}

void TestOperator::metricsWithAToken()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    serve({u"--operator-token-file"_s, write(u"operator"_s, operatorToken + '\n')});
    RawClient client(m_server->port());
    QVERIFY(client.request(request("GET /metrics", headers)));
    QCOMPARE(client.response().status, status);
    QCOMPARE(client.response().value("WWW-Authenticate").isNull(), status != 401);
    QCOMPARE(causeOfLast(), status == 200 ? u"http_served"_s : status == 401 ? u"operator_refused"_s : u"bad_head"_s);
}

void TestOperator::wrongTokensAreSlowedDown()
{
    serve(manyConnections()
          + QStringList{u"--wrong-guesses"_s, u"5"_s, u"--operator-token-file"_s, write(u"operator"_s, operatorToken)});
    QList<int> answers;
    for (int i = 0; i < 8; ++i) {
        RawClient client(m_server->port());
        QVERIFY(client.request(request("GET /metrics", bearer("wrong-wrong-wrong-" + QByteArray::number(i)))));
        answers += client.response().status;
    }
    QCOMPARE(answers, QList<int>({401, 401, 401, 401, 401, 429, 429, 429}));
    QTRY_COMPARE(causeOfLast(), u"guessing_too_fast"_s);
    RawClient right(m_server->port()); // or each answer would tell whether it was right
    QVERIFY(right.request(request("GET /metrics", bearer(operatorToken))));
    QCOMPARE(right.response().status, 429);
}

void TestOperator::roomsWhereTokensAreNeeded_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("mayCome");
    QTest::newRow("stranger") << QByteArray() << false;
    QTest::newRow("wrong token") << bearer(playerToken().chopped(2)) << false;
    QTest::newRow("player") << bearer(playerToken()) << true;
    QTest::newRow("operator") << bearer(operatorToken) << true;
}

void TestOperator::roomsWhereTokensAreNeeded()
{
    QFETCH(QByteArray, headers);
    QFETCH(bool, mayCome);
    serve({u"--auth"_s, u"token"_s, u"--jwt-secret-file"_s, write(u"secret"_s, secret), u"--operator-token-file"_s,
           write(u"operator"_s, operatorToken)});
    RawClient maker(m_server->port());
    QVERIFY(maker.request(request("POST /api/v1/rooms", headers, R"({"game":"relay","room":"made"})")));
    QCOMPARE(maker.response().status, mayCome ? 201 : 401);
    RawClient reader(m_server->port());
    QVERIFY(reader.request(request("GET /api/v1/rooms", headers)));
    QCOMPARE(reader.response().status, mayCome ? 200 : 401);
    QCOMPARE(reader.body().contains("made"), mayCome);
    RawClient results(m_server->port());
    QVERIFY(results.request(request("GET /api/v1/results", headers)));
    QCOMPARE(results.response().status, mayCome ? 200 : 401);
    RawClient config(m_server->port()); // says that a token is needed, so it needs none
    QVERIFY(config.request(request("GET /api/v1/config", headers)));
    QCOMPARE(config.response().status, 200);
    QVERIFY(config.body().contains(R"("auth":"token")"));
}

void TestOperator::roomsWhereEverybodyMayPlay()
{
    serve();
    RawClient maker(m_server->port());
    QVERIFY(maker.request(request("POST /api/v1/rooms", {}, R"({"game":"relay","room":"made"})")));
    QCOMPARE(maker.response().status, 201);
    RawClient again(m_server->port());
    QVERIFY(again.request(request("POST /api/v1/rooms", {}, R"({"game":"relay","room":"made"})")));
    QCOMPARE(again.response().status, 409);
    RawClient reader(m_server->port());
    QVERIFY(reader.request(request("GET /api/v1/rooms")));
    const QJsonArray rooms = QJsonDocument::fromJson(reader.body()).object().value("rooms"_L1).toArray();
    QCOMPARE(rooms.size(), 1);
    QCOMPARE(rooms.at(0).toObject().value("room"_L1).toString(), u"made"_s);
}

void TestOperator::operatorEchoesWithoutAToken()
{
    serve({u"--auth"_s, u"token"_s, u"--jwt-secret-file"_s, write(u"secret"_s, secret), u"--operator-token-file"_s,
           write(u"operator"_s, operatorToken)});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/echo", bearer(operatorToken)));
    client.sendText("hello");
    QVERIFY(client.waitForMessages(1));
    RawClient player(m_server->port()); // but it is no player
    QVERIFY(player.upgrade("/ws/a", bearer(operatorToken)));
    QVERIFY(player.waitForClose());
    QCOMPARE(int(player.closeCode()), 4001);
}

void TestOperator::preflight_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("allowed origin") << QByteArray("https://app.example") << QByteArray("/api/v1/rooms") << 204;
    QTest::newRow("other origin") << QByteArray("https://evil.example") << QByteArray("/api/v1/rooms") << 403;
    QTest::newRow("other scheme") << QByteArray("http://app.example") << QByteArray("/api/v1/rooms") << 403;
    QTest::newRow("other port") << QByteArray("https://app.example:444") << QByteArray("/api/v1/rooms") << 403;
    QTest::newRow("name that only begins so")
        << QByteArray("https://app.example.evil.example") << QByteArray("/api/v1/rooms") << 403;
    QTest::newRow("null") << QByteArray("null") << QByteArray("/api/v1/rooms") << 403;
    QTest::newRow("health") << QByteArray("https://app.example") << QByteArray("/health") << 204;
    QTest::newRow("under the base path") << QByteArray("https://app.example") << QByteArray("/play/api/v1/rooms")
                                         << 204;
}

void TestOperator::preflight()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    serve({u"--allow-origin"_s, u"https://app.example"_s, u"--base-path"_s, u"/play"_s, u"--auth"_s, u"token"_s,
           u"--jwt-secret-file"_s, write(u"secret"_s, secret)}); // a preflight never brings a token
    RawClient client(m_server->port());
    const QByteArray headers = "Origin: " + origin
        + "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n"
          "Connection: close\r\n";
    client.send(request("OPTIONS " + path, headers));
    QVERIFY(client.waitForEnd());
    const HttpHead &response = client.response();
    QCOMPARE(response.status, status);
    QCOMPARE(response.value("Access-Control-Allow-Origin"), status == 204 ? QByteArrayView(origin) : QByteArrayView());
    QCOMPARE(response.listHas("Access-Control-Allow-Methods", "POST"), status == 204);
    QCOMPARE(response.listHas("Access-Control-Allow-Headers", "Authorization"), status == 204);
    QVERIFY(response.value("Access-Control-Allow-Credentials").isNull());
    QVERIFY(client.body().isEmpty() || status != 204);
}

void TestOperator::answersToPagesOfOtherOrigins_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isShared");
    const QByteArray app = "https://app.example";
    const QByteArray evil = "https://evil.example";
    QTest::newRow("rooms") << QByteArray("GET /api/v1/rooms") << app << 200 << true;
    QTest::newRow("rooms, evil") << QByteArray("GET /api/v1/rooms") << evil << 200 << false;
    QTest::newRow("make a room") << QByteArray("POST /api/v1/rooms") << app << 201 << true;
    QTest::newRow("make a room, evil") << QByteArray("POST /api/v1/rooms") << evil << 403 << false;
    QTest::newRow("page") << QByteArray("GET /") << app << 200 << false;
    QTest::newRow("metrics") << QByteArray("GET /metrics") << app << 403 << false;
}

void TestOperator::answersToPagesOfOtherOrigins()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, origin);
    QFETCH(int, status);
    QFETCH(bool, isShared);
    serve({u"--allow-origin"_s, u"https://app.example"_s});
    RawClient client(m_server->port());
    QVERIFY(client.request(request(line, "Origin: " + origin + "\r\n", R"({"game":"relay"})")));
    QCOMPARE(client.response().status, status);
    QCOMPARE(client.response().value("Access-Control-Allow-Origin"),
             isShared ? QByteArrayView(origin) : QByteArrayView());
}

void TestOperator::refusalsToPagesOfOtherOrigins_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("headers"); // besides Origin
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isShared");
    const QByteArray app = "https://app.example";
    const QByteArray evil = "https://evil.example";
    const QByteArray rooms = "GET /api/v1/rooms";
    const QByteArray wrong = bearer("wrong");
    QTest::newRow("no token") << rooms << QByteArray() << app << 401 << true;
    QTest::newRow("no token, evil") << rooms << QByteArray() << evil << 401 << false;
    QTest::newRow("guessed too often") << rooms << wrong << app << 429 << true;
    QTest::newRow("guessed too often, under the base path")
        << QByteArray("GET /play/api/v1/rooms") << wrong << app << 429 << true;
    QTest::newRow("guessed too often, evil") << rooms << wrong << evil << 429 << false;
    QTest::newRow("too many rooms a second")
        << QByteArray("POST /api/v1/rooms") << bearer(playerToken()) << app << 429 << true;
    QTest::newRow("too many requests a second")
        << QByteArray("GET /health") << bearer(playerToken()) << app << 429 << true;
    QTest::newRow("another host") << rooms << QByteArray("Host: b.example\r\n") << app << 421 << true;
    QTest::newRow("another host, evil") << rooms << QByteArray("Host: b.example\r\n") << evil << 421 << false;
    QTest::newRow("body too large") << QByteArray("POST /api/v1/rooms") << QByteArray() << app << 413 << true;
}

// The first refusal with the status that is waited for.
void TestOperator::refusalsToPagesOfOtherOrigins()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, origin);
    QFETCH(int, status);
    QFETCH(bool, isShared);
    serve({u"--allow-origin"_s,
           u"https://app.example"_s,
           u"--allow-host"_s,
           u"localhost"_s,
           u"--base-path"_s,
           u"/play"_s,
           u"--auth"_s,
           u"token"_s,
           u"--jwt-secret-file"_s,
           write(u"secret"_s, secret),
           u"--wrong-guesses"_s,
           u"1"_s,
           u"--connection-rate"_s,
           u"1"_s,
           u"--connection-burst"_s,
           u"1"_s,
           u"--request-rate"_s,
           QString::number(line == "GET /health" ? 1 : 1'000),
           u"--max-body-bytes"_s,
           QString::number(status == 413 ? 10 : 100)});
    QByteArray asked = request(line, "Origin: " + origin + "\r\n" + headers, R"({"game":"relay"})");
    if (headers.startsWith("Host"))
        asked.replace("Host: localhost\r\n", "");
    std::vector<std::unique_ptr<RawClient>> waiting; // for their turns, of which there are so many
    for (int i = 0; line == "GET /health" && i < 3; ++i) {
        waiting.push_back(std::make_unique<RawClient>(m_server->port()));
        waiting.back()->send(asked);
    }
    HttpHead response;
    for (int i = 0; i < 60 && response.status != status; ++i) {
        RawClient client(m_server->port());
        QVERIFY(client.request(asked));
        response = client.response();
    }
    QCOMPARE(response.status, status);
    QCOMPARE(response.value("Access-Control-Allow-Origin"), isShared ? QByteArrayView(origin) : QByteArrayView());
    QCOMPARE(response.listHas("Access-Control-Expose-Headers", "Retry-After"), isShared);
}

void TestOperator::basePath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("part");
    for (const QByteArray &base : {QByteArray(), QByteArray("/play")}) {
        QTest::newRow((base + " page").constData()) << base + '/' << 200 << QByteArray("<html");
        QTest::newRow((base + " health").constData()) << base + "/health" << 200 << QByteArray(R"("status":"ok")");
        QTest::newRow((base + " configuration").constData())
            << base + "/api/v1/config" << 200 << QByteArray(R"("webSocketUrl":"ws://localhost/play")");
        QTest::newRow((base + " rooms").constData()) << base + "/api/v1/rooms" << 200 << QByteArray(R"("rooms":[)");
        QTest::newRow((base + " metrics").constData()) << base + "/metrics" << 200 << QByteArray("glasshouse_rooms");
        QTest::newRow((base + " player route").constData()) << base + "/ws/a" << 426 << QByteArray();
        QTest::newRow((base + " nothing").constData()) << base + "/nothing" << 404 << QByteArray();
    }
    QTest::newRow("a longer name") << QByteArray("/player/health") << 404 << QByteArray();
    QTest::newRow("twice") << QByteArray("/play/play/health") << 404 << QByteArray();
    QTest::newRow("another case") << QByteArray("/Play/health") << 404 << QByteArray();
}

void TestOperator::basePath()
{
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    QFETCH(QByteArray, part);
    serve({u"--base-path"_s, u"/play"_s});
    RawClient client(m_server->port());
    QVERIFY(client.request(request("GET " + path)));
    QCOMPARE(client.response().status, status);
    QVERIFY2(client.body().contains(part), client.body().constData());
}

void TestOperator::basePathNeedsItsSlash()
{
    serve({u"--base-path"_s, u"/play"_s});
    RawClient client(m_server->port());
    QVERIFY(client.request(request("GET /play?a=b")));
    QCOMPARE(client.response().status, 308);
    QCOMPARE(client.response().value("Location"), QByteArrayView("./play/?a=b"));
}

void TestOperator::socketsUnderTheBasePath_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target : {"/ws/a", "/play/ws/a", "/play/api/game?matchId=a", "/play/api/match/game?matchId=a",
                               "/play/connection/websocket?room=a", "/connection/websocket?room=a"})
        QTest::newRow(target) << QByteArray(target);
}

void TestOperator::socketsUnderTheBasePath()
{
    QFETCH(QByteArray, target);
    serve({u"--base-path"_s, u"/play"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade(target));
    const QJsonObject connected = client.waitForType(u"connected"_s);
    const QJsonObject room = connected.value("data"_L1).toObject().value("room"_L1).toObject();
    QCOMPARE(room.value("id"_L1).toString(), u"a"_s);
}

QTEST_GUILESS_MAIN(TestOperator)
#include "tst_operator.moc"
