// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/serverconfig.h"
#include "server/events/checkreport.h"
#include "server/http/httpresponder.h"
#include "server/http/routes.h"
#include "server/results/history.h"
#include "server/rooms/lobby.h"
#include "tests/support/recordingwire.h"
#include "tests/support/requests.h"
#include "tests/support/turningclock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray valueOf(const HttpAnswer &answer, QByteArrayView name)
{
    for (const HttpHeader &header : answer.headers) {
        if (name == QByteArrayView(header.name))
            return header.value;
    }
    return {};
}

QJsonObject json(const HttpAnswer &answer) { return QJsonDocument::fromJson(answer.body).object(); }

} // namespace

class TestHttpResponder final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void answersWithAStatus_data();
    void answersWithAStatus();
    void tellsItsHealth();
    void tellsItsConfiguration();
    void listsRooms();
    void tellsResults();
    void createsRooms();
    void refusesToCreateRooms_data();
    void refusesToCreateRooms();
    void keepsForeignPagesFromCreatingRooms();
    void servesPages_data();
    void servesPages();
    void keepsItsPagesToThemselves_data();
    void keepsItsPagesToThemselves();
    void invites();
    void knowsItsPagesAgain();
    void servesPartsOfItsPages();
    void servesTheWebRootFirst();
    void worksBehindABasePath_data();
    void worksBehindABasePath();
    void leadsToTheFolderOfTheBasePath();
    void tellsItsAddress_data();
    void tellsItsAddress();
    void sharesTheApiOnly();
    void reflectsForTheOperatorOnly();
    void takesChecks_data();
    void takesChecks();
    void tellsOfNoCheckToNobody();

private:
    TurningClock m_clock;
    ServerConfig m_config;
    Routes m_routes;
    std::unique_ptr<Lobby> m_lobby;
    std::unique_ptr<HttpResponder> m_responder;
    ServerFacts m_facts;

    [[nodiscard]] HttpAnswer ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                                 const QByteArray &extra = {}, const RequestContext &context = {}) const;
};

void TestHttpResponder::init()
{
    m_config = {};
    m_facts = {false, 12, 3, 8080, std::make_shared<HistoryView>()};
    LobbySettings settings;
    settings.maxRooms = 3;
    m_lobby = std::make_unique<Lobby>(settings, builtInGames(), m_clock);
    m_responder = std::make_unique<HttpResponder>(m_config, m_routes, *m_lobby, [this] { return m_facts; });
}

HttpAnswer TestHttpResponder::ask(const QByteArray &method, const QByteArray &target, const QByteArray &body,
                                  const QByteArray &extra, const RequestContext &context) const
{
    HttpRequest request;
    request.head = requestHead(method, target, "Host: games.example:8080\r\n" + extra);
    if (request.head.target.isEmpty())
        return {0, {}, {}, {}};
    request.to = destinationOf(request.head, m_config.basePath, m_routes);
    request.receivedTarget = std::exchange(request.head.target, request.to.target);
    request.body = body;
    request.context = context;
    const HttpAnswer answer = m_responder->answer(request);
    return answer.fromDisk ? answer.fromDisk() : answer;
}

void TestHttpResponder::answersWithAStatus_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("allow");
    const auto row = [](const char *method, const char *target, int status, const char *allow = "") {
        QTest::addRow("%s %s", method, target)
            << QByteArray(method) << QByteArray(target) << status << QByteArray(allow);
    };
    row("GET", "/health", 200);
    row("GET", "/health?x=1", 200);
    row("HEAD", "/health", 200);
    row("POST", "/health", 405, "GET, HEAD");
    row("GET", "/api/v1/config", 200);
    row("DELETE", "/api/v1/config", 405, "GET, HEAD");
    row("GET", "/api/v1/rooms", 200);
    row("HEAD", "/api/v1/rooms", 200);
    row("PUT", "/api/v1/rooms", 405, "GET, HEAD, POST");
    row("GET", "/api/v1/results", 200);
    row("GET", "/api/v1/results?game=code-racer&limit=1", 200);
    row("GET", "/api/v1/results?limit=0", 400);
    row("GET", "/api/v1/results?limit=101", 400);
    row("GET", "/api/v1/results?limit=many", 400);
    row("POST", "/api/v1/results", 405, "GET, HEAD");
    row("GET", "/", 200);
    row("HEAD", "/", 200);
    row("POST", "/", 405, "GET, HEAD");
    row("DELETE", "/home.js", 405, "GET, HEAD");
    row("GET", "/nothing", 404);
    row("POST", "/nothing", 404);
    row("GET", "/health/", 404);
    row("GET", "/Health", 404);
    row("GET", "/api/v1", 404);
    row("GET", "/favicon.ico", 404);
}

void TestHttpResponder::answersWithAStatus()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    const HttpAnswer answer = ask(method, target);
    QTEST(answer.status, "status");
    QTEST(valueOf(answer, "Allow"), "allow");
    if (answer.status < 400)
        return;
    QCOMPARE(answer.contentType, "application/json");
    QCOMPARE(answer.body.count('\n'), 1); // one line
    QVERIFY(!json(answer).value("error"_L1).toString().isEmpty());
}

void TestHttpResponder::tellsItsHealth()
{
    QVERIFY(m_lobby->create("a", {}));
    HttpAnswer answer = ask("GET", "/health");
    const QJsonObject expected{{u"status"_s, u"ok"_s},   {u"version"_s, QStringLiteral(GLASSHOUSE_VERSION)},
                               {u"uptimeSeconds"_s, 12}, {u"connections"_s, 3},
                               {u"rooms"_s, 1},          {u"faults"_s, QJsonArray()}};
    QCOMPARE(json(answer), expected);
    m_facts.faults = {u"capture_stopped"_s, u"results_failed"_s};
    answer = ask("GET", "/health");
    QCOMPARE(answer.status, 200);
    QCOMPARE(json(answer).value("status"_L1), u"ok"_s);
    QCOMPARE(json(answer).value("faults"_L1).toArray(), (QJsonArray{u"capture_stopped"_s, u"results_failed"_s}));
    QCOMPARE(valueOf(answer, "Cache-Control"), "no-store");
    m_facts.draining = true;
    answer = ask("GET", "/health");
    QCOMPARE(answer.status, 503);
    QCOMPARE(json(answer).value("status"_L1), u"draining"_s);
}

void TestHttpResponder::tellsItsConfiguration()
{
    const QJsonObject config = json(ask("GET", "/api/v1/config"));
    QCOMPARE(config.value("webSocketUrl"_L1), u"ws://games.example:8080"_s);
    QCOMPARE(config.value("auth"_L1), u"open"_s);
    QVERIFY(config.value("routes"_L1).toArray().contains(u"/ws/{room}"_s));
    QVERIFY(config.value("games"_L1).toArray().contains(u"relay"_s));
    const QJsonObject limits = config.value("limits"_L1).toObject();
    QCOMPARE(limits.value("messageBytes"_L1).toInteger(), 64 * 1024);
    QCOMPARE(limits.value("messageRate"_L1), 150);
    QCOMPARE(limits.value("messageBurst"_L1), 300);
    QCOMPARE(limits.value("heartbeatSeconds"_L1), 25);
    m_config.limits.messageRate = 7; // what is in force, not the default
    QCOMPARE(json(ask("GET", "/api/v1/config")).value("limits"_L1).toObject().value("messageRate"_L1), 7);
}

void TestHttpResponder::listsRooms()
{
    QCOMPARE(json(ask("GET", "/api/v1/rooms")).value("rooms"_L1).toArray().size(), 0);
    Room *room = m_lobby->create("blue", {}).value();
    RecordingWire wire;
    (void)room->join(wire, {}, 1);
    const QJsonArray rooms = json(ask("GET", "/api/v1/rooms")).value("rooms"_L1).toArray();
    const QJsonObject expected{{u"room"_s, u"blue"_s},  {u"code"_s, QString::fromLatin1(room->code())},
                               {u"game"_s, u"relay"_s}, {u"state"_s, u"waiting"_s},
                               {u"players"_s, 1},       {u"maxPlayers"_s, 64},
                               {u"paused"_s, false}};
    QCOMPARE(rooms, QJsonArray{expected});
}

void TestHttpResponder::tellsResults()
{
    auto view = std::make_shared<HistoryView>();
    const auto played = [](qint64 number, const QString &game) {
        return PlayedGame{number, {1, 2, u"blue"_s, game, R"([{"name":"Ada","place":1}])"}, {}};
    };
    view->games = {played(3, u"race"_s), played(2, u"chess"_s), played(1, u"race"_s)};
    view->totalGames = 3;
    m_facts.history = view;
    QCOMPARE(json(ask("GET", "/api/v1/results")).value("games"_L1).toArray().size(), 3);
    const QJsonArray races = json(ask("GET", "/api/v1/results?game=race&limit=1")).value("games"_L1).toArray();
    QCOMPARE(races.size(), 1);
    QCOMPARE(races[0]["number"_L1].toInt(), 3);
    QCOMPARE(races[0]["results"_L1][0]["name"_L1].toString(), u"Ada"_s);
}

void TestHttpResponder::createsRooms()
{
    const HttpAnswer named = ask("POST", "/api/v1/rooms", R"({"room":"blue","game":"relay","options":{}})");
    QCOMPARE(named.status, 201);
    QCOMPARE(json(named).value("room"_L1), u"blue"_s);
    QCOMPARE(json(named).value("url"_L1), u"ws://games.example:8080/ws/blue"_s);
    const HttpAnswer unnamed = ask("POST", "/api/v1/rooms", "{}");
    QCOMPARE(unnamed.status, 201);
    QCOMPARE(json(unnamed).value("room"_L1), json(unnamed).value("code"_L1));
    QVERIFY(m_lobby->find(json(unnamed).value("room"_L1).toString().toUtf8()) != nullptr);
    QCOMPARE(m_lobby->size(), 2);
}

void TestHttpResponder::refusesToCreateRooms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("no JSON") << QByteArray("room=blue") << 400;
    QTest::newRow("an array") << QByteArray("[]") << 400;
    QTest::newRow("cut off") << QByteArray(R"({"room":"blue")") << 400;
    QTest::newRow("a number for a room") << QByteArray(R"({"room":7})") << 400;
    QTest::newRow("null for a game") << QByteArray(R"({"game":null})") << 400;
    QTest::newRow("a bad id") << QByteArray(R"({"room":"a b"})") << 400;
    QTest::newRow("a bad id that needs escapes") << QByteArray(R"({"room":"\"\n"})") << 400;
    QTest::newRow("no such game") << QByteArray(R"({"game":"chess"})") << 400;
    QTest::newRow("options that are no object") << QByteArray(R"({"options":[1]})") << 400;
    QTest::newRow("an option that the game does not know") << QByteArray(R"({"options":{"speed":1}})") << 400;
    QTest::newRow("a bad value of an option")
        << QByteArray(R"({"game":"horse-race","options":{"horses":1000}})") << 400;
    QTest::newRow("taken") << QByteArray(R"({"room":"taken"})") << 409;
    QTest::newRow("too deep") << QByteArray(QByteArray(R"({"a":)").repeated(40) + '1' + QByteArray(40, '}')) << 400;
}

void TestHttpResponder::refusesToCreateRooms()
{
    QFETCH(QByteArray, body);
    QVERIFY(m_lobby->create("taken", {}));
    const HttpAnswer answer = ask("POST", "/api/v1/rooms", body);
    QTEST(answer.status, "status");
    QCOMPARE(answer.body.count('\n'), 1);
    QCOMPARE(m_lobby->size(), 1);
    for (int i = 0; i < 2; ++i)
        QVERIFY(m_lobby->create({}, {}));
    for (Room *room : m_lobby->rooms())
        room->waitForFirst(); // they make no place
    const HttpAnswer full = ask("POST", "/api/v1/rooms", "{}");
    QCOMPARE(full.status, 429);
    QCOMPARE(valueOf(full, "Retry-After"), "15");
}

void TestHttpResponder::keepsForeignPagesFromCreatingRooms()
{
    const QByteArray evil = "Origin: https://evil.example\r\n";
    QCOMPARE(ask("POST", "/api/v1/rooms", "{}", evil).status, 403);
    QCOMPARE(ask("POST", "/api/v1/rooms", "{}", "Origin: http://games.example:8080\r\n").status, 201);
    m_config.allowedOrigins = {"https://evil.example"};
    QCOMPARE(ask("POST", "/api/v1/rooms", "{}", evil).status, 201);
}

void TestHttpResponder::servesPages_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("type"); // empty: 404
    const auto row = [](const char *target, const char *type) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(type);
    };
    row("/", "text/html; charset=utf-8");
    row("/index.html", "text/html; charset=utf-8");
    row("/?room=blue", "text/html; charset=utf-8");
    row("/style.css", "text/css; charset=utf-8");
    row("/home.js", "text/javascript; charset=utf-8");
    row("/glasshouse.d.ts", "text/plain; charset=utf-8");
    row("/code-racer.html?room=blue", "text/html; charset=utf-8");
    row("/check", "text/html; charset=utf-8");
    row("/check/", "");
    row("/icon.svg", "image/svg+xml");
    row("/icon-192.png", "image/png");
    row("/manifest.webmanifest", "application/manifest+json");
    row("/../index.html", "");
    row("/..", "");
    row("/./index.html", "");
    row("//index.html", "");
    row("/web/index.html", "");
    row("/index.html/", "");
    row("/%2e%2e/index.html", "");
    row("/etc/passwd", "");
}

void TestHttpResponder::servesPages()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, type);
    const HttpAnswer answer = ask("GET", target);
    QCOMPARE(answer.status, type.isEmpty() ? 404 : 200);
    if (type.isEmpty())
        return;
    QCOMPARE(answer.contentType, type);
    QVERIFY(!answer.body.isEmpty());
    QCOMPARE(valueOf(answer, "Content-Security-Policy").contains("default-src 'self'"), type.startsWith("text/html"));
}

void TestHttpResponder::keepsItsPagesToThemselves_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("sources");
    QTest::newRow("name") << QByteArray("games.example:8080")
                          << QByteArray(" ws://games.example:8080 wss://games.example:8080");
    QTest::newRow("address") << QByteArray("[::1]:8080") << QByteArray(" ws://[::1]:8080 wss://[::1]:8080");
    QTest::newRow("no name") << QByteArray("games.example;*") << QByteArray();
}

void TestHttpResponder::keepsItsPagesToThemselves()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, sources);
    const HttpHead head = requestHead("GET", "/", "Host: " + host + "\r\n");
    HttpRequest request;
    request.head = head;
    request.receivedTarget = head.target;
    request.to = destinationOf(head, {}, m_routes);
    const HttpAnswer answer = m_responder->answer(request);
    const QByteArray policy = valueOf(answer, "Content-Security-Policy");
    QVERIFY2(policy.endsWith("; connect-src 'self'" + sources), policy.constData());
    QVERIFY(policy.contains("; form-action 'none';"));
    QCOMPARE(valueOf(answer, "Referrer-Policy"), "no-referrer");
}

void TestHttpResponder::invites()
{
    const HttpAnswer answer = ask("GET", "/api/v1/invitation?room=blue");
    QCOMPARE(answer.status, 200);
    QCOMPARE(json(answer).value("url"_L1), u"http://games.example:8080/?room=blue"_s);
    const QJsonObject qr = json(answer).value("qr"_L1).toObject();
    QVERIFY(qr.value("size"_L1).toInt() >= 21);
    QVERIFY(qr.value("path"_L1).toString().startsWith("M0 0h1v1h-1zM1 0h1v1h-1z"_L1)); // a corner of each code
    for (const char *target : {"/api/v1/invitation", "/api/v1/invitation?room=", "/api/v1/invitation?room=a%20b"})
        QCOMPARE(ask("GET", target).status, 400);
    m_config.allowedOrigins = {"https://www.example.org"};
    const HttpAnswer foreign = ask("GET", "/api/v1/invitation?room=blue", {}, "Origin: https://www.example.org\r\n");
    QCOMPARE(valueOf(foreign, "Access-Control-Allow-Origin"), ""); // addresses of the LAN are for nobody else's pages
}

void TestHttpResponder::knowsItsPagesAgain()
{
    const HttpAnswer page = ask("GET", "/home.js");
    const QByteArray tag = valueOf(page, "ETag");
    QVERIFY(tag.startsWith('"') && tag.endsWith('"') && tag.size() > 8);
    QCOMPARE(valueOf(page, "Cache-Control"), "no-cache");
    const HttpAnswer again = ask("GET", "/home.js", {}, "If-None-Match: " + tag + "\r\n");
    QCOMPARE(again.status, 304);
    QVERIFY(again.body.isEmpty());
    QCOMPARE(valueOf(again, "ETag"), tag);
    QCOMPARE(ask("HEAD", "/home.js", {}, "If-None-Match: " + tag + "\r\n").status, 304);
    QVERIFY(valueOf(ask("GET", "/style.css"), "ETag") != tag);
    QCOMPARE(ask("GET", "/style.css", {}, "If-None-Match: " + tag + "\r\n").status, 200);
}

void TestHttpResponder::servesPartsOfItsPages()
{
    const HttpAnswer whole = ask("GET", "/style.css");
    const HttpAnswer part = ask("GET", "/style.css", {}, "Range: bytes=3-6\r\n");
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, whole.body.mid(3, 4));
    QCOMPARE(valueOf(part, "Content-Range"), "bytes 3-6/" + QByteArray::number(whole.body.size()));
    QCOMPARE(valueOf(part, "Vary"), "Accept-Encoding");
    QCOMPARE(ask("GET", "/health", {}, "Range: bytes=0-1\r\n").status, 200); // made anew each time: no parts
}

void TestHttpResponder::servesTheWebRootFirst()
{
    const QTemporaryDir folder;
    m_config.webRoot = folder.path();
    QFile file(folder.filePath(u"home.js"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("own") == 3);
    file.close();
    QCOMPARE(ask("GET", "/home.js").body, "own");
    QVERIFY(ask("GET", "/style.css").body.size() > 3);
    QCOMPARE(ask("GET", "/").contentType, "text/html; charset=utf-8");
    QCOMPARE(ask("GET", "/../home.js").status, 404);
    QCOMPARE(ask("GET", "/health").contentType, "application/json");
}

void TestHttpResponder::worksBehindABasePath_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    const auto row = [](const char *base, const char *target, int status) {
        QTest::addRow("%s: %s", base, target) << QByteArray(base) << QByteArray(target) << status;
    };
    for (const char *target : {"/prefix/", "/prefix/?room=x", "/prefix/home.js", "/prefix/health",
                               "/prefix/api/v1/rooms", "/", "/home.js", "/health", "/api/v1/rooms?x"})
        row("/prefix", target, 200);
    row("/prefix", "/prefixed/health", 404);
    row("/prefix", "/prefix/prefix/health", 404);
    row("/prefix", "/x/prefix/health", 404);
    row("/prefix", "/prefix//health", 404);
    row("/prefix", "/prefix/nothing", 404);
    row("/a/b", "/a/b/health", 200);
    row("/a/b", "/b/health", 404);
    row("/api", "/api/v1/rooms", 200);
    row("/api", "/api/api/v1/rooms", 200);
    row("", "/prefix/health", 404);
}

void TestHttpResponder::worksBehindABasePath()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, target);
    m_config.basePath = base;
    QTEST(ask("GET", target).status, "status");
}

void TestHttpResponder::leadsToTheFolderOfTheBasePath()
{
    m_config.basePath = "/prefix";
    QCOMPARE(ask("GET", "/prefix").status, 308);
    QCOMPARE(valueOf(ask("GET", "/prefix"), "Location"), "./prefix/"); // whatever stands in front
    QCOMPARE(valueOf(ask("GET", "/prefix?room=x"), "Location"), "./prefix/?room=x");
}

void TestHttpResponder::tellsItsAddress_data()
{
    QTest::addColumn<QByteArray>("publicUrl");
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *publicUrl, const char *base, bool secure, const QString &url) {
        QTest::addRow("%s %s %d", publicUrl, base, int(secure))
            << QByteArray(publicUrl) << QByteArray(base) << secure << url;
    };
    row("", "", false, u"ws://games.example:8080"_s);
    row("", "", true, u"wss://games.example:8080"_s);
    row("", "/prefix", true, u"wss://games.example:8080/prefix"_s);
    row("https://play.example.org", "", false, u"wss://play.example.org"_s);
    row("https://play.example.org/", "/prefix", false, u"wss://play.example.org/prefix"_s);
    row("https://play.example.org:8443/outer/", "/prefix", false, u"wss://play.example.org:8443/outer"_s);
    row("http://192.168.1.20:8080", "", true, u"ws://192.168.1.20:8080"_s);
    row("wss://[fd00::1]/x", "", false, u"wss://[fd00::1]/x"_s);
    row("https://someone:secret@play.example.org", "", false, u"wss://play.example.org"_s);
}

void TestHttpResponder::tellsItsAddress()
{
    QFETCH(QByteArray, publicUrl);
    QFETCH(QByteArray, base);
    QFETCH(bool, secure);
    QFETCH(QString, url);
    m_config.publicUrl = publicUrl;
    m_config.basePath = base;
    RequestContext context;
    context.secure = secure;
    QCOMPARE(json(ask("GET", "/api/v1/config", {}, {}, context)).value("webSocketUrl"_L1), url);
    const HttpAnswer made = ask("POST", "/api/v1/rooms", R"({"room":"blue"})", {}, context);
    QCOMPARE(json(made).value("url"_L1), QString(url + u"/ws/blue"_s));
}

void TestHttpResponder::sharesTheApiOnly()
{
    const QByteArray listed = "Origin: https://www.example.org\r\n";
    m_config.allowedOrigins = {"https://www.example.org"};
    m_config.basePath = "/prefix";
    const auto shared = [&](const char *method, const char *target, const QByteArray &extra) {
        return valueOf(ask(method, target, {}, extra), "Access-Control-Allow-Origin");
    };
    for (const char *target : {"/health", "/api/v1/rooms", "/prefix/api/v1/config", "/api/v1/results?limit=0"})
        QCOMPARE(shared("GET", target, listed), "https://www.example.org");
    QCOMPARE(shared("POST", "/api/v1/rooms", listed), "https://www.example.org"); // 400, and the page may read why
    for (const char *target : {"/glasshouse.js", "/prefix/glasshouse.d.ts"})
        QCOMPARE(shared("GET", target, listed), "https://www.example.org");
    QCOMPARE(shared("GET", "/glasshouse.js", "Origin: https://evil.example\r\n"), "");
    QCOMPARE(shared("GET", "/", listed), "");
    QCOMPARE(shared("GET", "/health", "Origin: https://evil.example\r\n"), "");
    const QByteArray asks = "Access-Control-Request-Method: POST\r\n";
    QCOMPARE(ask("OPTIONS", "/prefix/api/v1/rooms", {}, listed + asks).status, 204);
    QCOMPARE(ask("OPTIONS", "/api/v1/rooms", {}, "Origin: https://evil.example\r\n" + asks).status, 403);
    QCOMPARE(ask("OPTIONS", "/api/v1/rooms", {}, listed).status, 204);   // and no preflight
    QVERIFY(ask("OPTIONS", "/", {}, listed + asks).headers.size() == 1); // Allow: what lets no page read anything
}

void TestHttpResponder::reflectsForTheOperatorOnly()
{
    RequestContext operators;
    operators.fromOperator = true;
    QCOMPARE(ask("POST", "/api/v1/reflect").status, 403);
    QCOMPARE(ask("POST", "/api/v1/reflect", {}, "Origin: https://evil.example\r\n", operators).status, 403);
    QCOMPARE(ask("GET", "/api/v1/reflect").status, 404);
    QCOMPARE(ask("GET", "/api/v1/reflect?nonce=").status, 404);
    QCOMPARE(ask("GET", "/api/v1/reflect", {}, {}, operators).status, 200);
    const HttpAnswer given = ask("POST", "/api/v1/reflect", {}, {}, operators);
    QCOMPARE(given.status, 201);
    const QByteArray target = "/api/v1/reflect?nonce=" + json(given).value("nonce"_L1).toString().toLatin1();
    QCOMPARE(json(ask("GET", target)).value("target"_L1).toString().toLatin1(), target);
    m_facts.uptimeSeconds += 121;
    QCOMPARE(ask("GET", target).status, 404);
}

void TestHttpResponder::takesChecks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    const QByteArray good = R"({"run":"0123456789abcdef","steps":{"http":{"ok":true,"ms":12}}})";
    QTest::newRow("a report") << good << QByteArray() << 200;
    QTest::newRow("from our own page") << good << QByteArray("Origin: http://games.example:8080\r\n") << 200;
    QTest::newRow("from another page") << good << QByteArray("Origin: https://evil.example\r\n") << 403;
    QTest::newRow("nothing") << QByteArray() << QByteArray() << 400;
    QTest::newRow("something else") << QByteArray("[1]") << QByteArray() << 400;
    QTest::newRow("too long") << good + QByteArray(2'048, ' ') << QByteArray() << 413;
}

void TestHttpResponder::takesChecks()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    QList<CheckReport> heard;
    m_responder->setChecked([&](const CheckReport &report) { heard << report; });
    RequestContext phone;
    phone.client.address = QHostAddress(u"::ffff:192.168.1.7"_s);
    const HttpAnswer answer =
        ask("POST", "/api/v1/check", body, headers + "User-Agent: Mozilla/5.0 (iPhone) Safari/604.1\r\n", phone);
    QCOMPARE(answer.status, status);
    QCOMPARE(heard.size(), status == 200 ? 1 : 0);
    if (heard.isEmpty())
        return;
    QCOMPARE(json(answer).value("address"_L1), u"192.168.1.7"_s);
    QCOMPARE(heard.first().address, u"192.168.1.7"_s);
    QCOMPARE(heard.first().device, u"Safari, iPhone"_s);
    QCOMPARE(heard.first().at(CheckStep::Http).ms, 12);
}

void TestHttpResponder::tellsOfNoCheckToNobody()
{
    QCOMPARE(ask("POST", "/api/v1/check", R"({"run":"0123456789abcdef","steps":{}})").status, 404);
}

QTEST_GUILESS_MAIN(TestHttpResponder)
#include "tst_httpresponder.moc"
