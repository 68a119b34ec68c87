// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/requestjudge.h"

#include "server/config/serverconfig.h"
#include "tests/support/requests.h"
#include "tests/support/turningclock.h"

#include <QTest>
#include <algorithm>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using BookLimits = AddressBook::Limits;

namespace {

const QHostAddress stranger{u"192.0.2.1"_s};
constexpr qint64 now = 5'000'000; // as a TurningClock begins

} // namespace

/// What becomes of requests: one row a check, in its order. The rules of tokens have tests of their own.
class TestRequestJudge final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void refuses_data();
    void refuses();
    void lets_data();
    void lets();
    void goesThroughItsChecksInOrder();
    void answersToItsNames_data();
    void answersToItsNames();
    void saysHowToAllowAName_data();
    void saysHowToAllowAName();
    void takesNoRoomForABadBody_data();
    void takesNoRoomForABadBody();
    void knowsAdmissionsWithoutAsking();
    void tellsRefusalsAsItIsConfigured();
    void findsTheClientBehindAProxy();
    void countsBrokenRequestsForThemselves();
    void letsWhoAsksTooMuchWait();
    void countsWrongGuesses();
    void countsGuessesAtTheOperatorsToken_data();
    void countsGuessesAtTheOperatorsToken();
    void looksAtNoTokenBehindTooManyGuesses();
    void judgesTheSocketsAgainWhenItAdmits();
    void sharesRefusalsOfTheApi();

private:
    TurningClock m_clock;
    ServerConfig m_config;
    Credentials m_credentials;
    Routes m_routes;
    AddressBook m_addresses;
    RequestJudge m_judge{m_config, m_credentials, m_routes, m_addresses, m_clock};
    const QHostAddress m_peer{u"192.0.2.1"_s};

    [[nodiscard]] HttpRequest request(const QByteArray &method, const QByteArray &target,
                                      const QByteArray &headers = {}) const
    {
        return by("localhost", method, target, headers);
    }
    [[nodiscard]] HttpRequest by(const QByteArray &host, const QByteArray &method, const QByteArray &target,
                                 const QByteArray &headers = {}) const
    {
        return m_judge.identify(requestHead(method, target, "Host: " + host + "\r\n" + headers),
                                {m_peer, m_peer, false});
    }
    [[nodiscard]] static QByteArray upgrade(const QByteArray &extra = {})
    {
        return "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Version: 13\r\n"
            + extra;
    }
};

using Setup = std::function<void(ServerConfig &config, Credentials &credentials, AddressBook &addresses)>;
Q_DECLARE_METATYPE(Setup)

void TestRequestJudge::init()
{
    m_config = {};
    m_credentials = {};
    m_addresses.setLimits({}, 0);
    m_addresses.setTrusted({});
    while (m_addresses.count(stranger, Held::Socket) > 0)
        m_addresses.ended(stranger, Held::Socket, now);
    while (m_addresses.count(stranger, Held::Check) > 0)
        m_addresses.ended(stranger, Held::Check, now);
    m_addresses.forgetIdle(now);
}

void TestRequestJudge::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<Setup>("setup");
    QTest::addColumn<int>("status");
    QTest::addColumn<EndingCause>("cause");
    const Setup nothing = [](ServerConfig &, Credentials &, AddressBook &) {};
    const auto row = [&](const char *name, const QByteArray &method, const QByteArray &target,
                         const QByteArray &headers, int status, EndingCause cause, const Setup &setup) {
        QTest::newRow(name) << method << target << headers << (setup ? setup : nothing) << status << cause;
    };
    row("too many requests", "GET", "/health", {}, 429, EndingCause::RequestingTooFast,
        [](ServerConfig &, Credentials &, AddressBook &a) {
            a.setLimits(BookLimits().with(Deed::Request, {1, 1}), 0);
            for (int i = 0; i < 3; ++i)
                std::ignore = a.reserve(stranger, Deed::Request, now, 2'000);
        });
    row("too many WebSockets", "GET", "/ws/blue", upgrade(), 429, EndingCause::TooManyFromAddress,
        [](ServerConfig &, Credentials &, AddressBook &a) {
            a.setLimits(BookLimits().with(Held::Socket, {1, 0}), 0);
            a.began(stranger, Held::Socket);
        });
    const Setup allCheck = [](ServerConfig &, Credentials &, AddressBook &a) {
        a.setLimits(BookLimits().with(Held::Check, {1, 0}), 0);
        a.began(stranger, Held::Check);
    };
    row("too many checks", "GET", "/check/echo", upgrade(), 503, EndingCause::CheckOver, allCheck);
    row("a page that asks why its check was refused", "GET", "/check/echo", {}, 503, EndingCause::CheckOver, allCheck);
    row("a check without an upgrade", "GET", "/check/echo", {}, 426, EndingCause::UpgradeExpected, {});
    row("a player's route", "GET", "/ws/blue", {}, 426, EndingCause::UpgradeExpected, {});
    row("a player's route without a room", "GET", "/ws/", {}, 426, EndingCause::UpgradeExpected, {});
    row("echo", "GET", "/echo", {}, 426, EndingCause::UpgradeExpected, {});
    row("no player's route", "GET", "/health", upgrade(), 404, EndingCause::UnknownPath, {});
    row("a bad room", "GET", "/ws/a.b", upgrade(), 404, EndingCause::UnknownPath, {});
    row("a bad handshake", "GET", "/echo", upgrade("Sec-WebSocket-Protocol: a b\r\n"), 400, EndingCause::BadUpgrade,
        {});
    row("a POST that upgrades", "POST", "/echo", upgrade("Content-Length: 0\r\n"), 405, EndingCause::BadUpgrade, {});
    row("metrics for a stranger", "GET", "/metrics", {}, 403, EndingCause::OperatorRefused, {});
    row("metrics without the token", "GET", "/metrics", {}, 401, EndingCause::OperatorRefused,
        [](ServerConfig &, Credentials &c, AddressBook &) { c.operatorToken = "secret"; });
    const Setup hasGuessed = [](ServerConfig &, Credentials &, AddressBook &a) {
        a.setLimits(BookLimits().with(Deed::Guess, {1 / 60.0, 1}), 0);
        std::ignore = a.take(stranger, Deed::Guess, now);
    };
    row("after wrong guesses", "GET", "/", {}, 429, EndingCause::GuessingTooFast, hasGuessed);
    row("after wrong guesses, to the API", "GET", "/api/v1/rooms", {}, 429, EndingCause::GuessingTooFast, hasGuessed);
    row("after wrong guesses, to play", "GET", "/ws/blue", upgrade(), 429, EndingCause::GuessingTooFast, hasGuessed);
    const Setup hasConnected = [](ServerConfig &, Credentials &, AddressBook &a) {
        a.setLimits(BookLimits().with(Deed::Connecting, {1, 1}), 0);
        std::ignore = a.take(stranger, Deed::Connecting, now);
    };
    row("connecting too fast", "GET", "/ws/blue", upgrade(), 429, EndingCause::ConnectingTooFast, hasConnected);
    row("making rooms too fast", "POST", "/api/v1/rooms", "Content-Length: 0\r\n", 429, EndingCause::ConnectingTooFast,
        hasConnected);
    row("posting to pages too fast", "POST", "/", "Content-Length: 0\r\n", 429, EndingCause::ConnectingTooFast,
        hasConnected);
    row("reading results too fast", "GET", "/api/v1/results", {}, 429, EndingCause::ConnectingTooFast, hasConnected);
}

void TestRequestJudge::refuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(Setup, setup);
    setup(m_config, m_credentials, m_addresses);
    const Verdict verdict = m_judge.judge(request(method, target, headers));
    QVERIFY(verdict.refusal);
    QFETCH(int, status);
    QCOMPARE(verdict.refusal->answer.status, status);
    QTEST(verdict.refusal->cause, "cause");
    QVERIFY(!verdict.refusal->answer.body.isEmpty());
    const auto says = [&](const char *name) {
        const HttpHeaders &answered = verdict.refusal->answer.headers;
        return std::any_of(answered.begin(), answered.end(), [&](const HttpHeader &h) { return h.name == name; });
    };
    QCOMPARE(says("Retry-After"), status == 429 || status == 503);
}

void TestRequestJudge::lets_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("upgrades");
    QTest::newRow("a page") << QByteArray("GET") << QByteArray("/") << QByteArray() << false;
    QTest::newRow("what is not there") << QByteArray("PUT") << QByteArray("/nothing") << QByteArray() << false;
    QTest::newRow("the API") << QByteArray("POST") << QByteArray("/api/v1/rooms") << QByteArray() << false;
    QTest::newRow("a player") << QByteArray("GET") << QByteArray("/ws/blue") << upgrade() << true;
    QTest::newRow("echo") << QByteArray("GET") << QByteArray("/echo") << upgrade() << true;
    QTest::newRow("something else than a WebSocket")
        << QByteArray("GET") << QByteArray("/") << QByteArray("Upgrade: h2c\r\n") << false;
}

void TestRequestJudge::lets()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    const Verdict verdict = m_judge.judge(request(method, target, headers));
    QVERIFY(!verdict.refusal);
    QTEST(verdict.upgrades, "upgrades");
    QVERIFY(!verdict.admission);
}

// The first that is wrong is the answer, and what is behind it costs nothing.
void TestRequestJudge::goesThroughItsChecksInOrder()
{
    m_addresses.setLimits(BookLimits().with(Deed::Connecting, {1, 1}), 0);
    HttpRequest wrong = by("evil.example", "GET", "/ws/a.b", upgrade());
    wrong.fault = refusalOf(Denial::BodyTooLarge);
    wrong.mayCome = false;
    QCOMPARE(m_judge.judge(wrong).refusal->answer.status, 413);
    wrong.fault.reset();
    QCOMPARE(m_judge.judge(wrong).refusal->cause, EndingCause::TooManyUnderWay);
    wrong.mayCome = true;
    QCOMPARE(m_judge.judge(wrong).refusal->cause, EndingCause::HostNotAllowed);
    m_credentials.hosts = HostPolicy({}, {"evil.example"});
    QCOMPARE(m_judge.judge(wrong).refusal->cause, EndingCause::UnknownPath);
    QVERIFY(m_addresses.take(m_peer, Deed::Connecting, m_clock.monotonicMs())); // nobody took it
}

void TestRequestJudge::answersToItsNames_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<Setup>("setup");
    QTest::addColumn<bool>("answers");
    const Setup nothing = [](ServerConfig &, Credentials &, AddressBook &) {};
    const Setup behindAProxy = [](ServerConfig &, Credentials &, AddressBook &a) {
        a.setTrusted({AddressRange::parse("192.0.2.1").value()});
    };
    const auto row = [&](const char *name, const char *host, const char *target, bool answers, const Setup &setup = {},
                         const QByteArray &headers = {}) {
        QTest::newRow(name) << QByteArray(host) << QByteArray(target) << headers << (setup ? setup : nothing)
                            << answers;
    };
    row("an address", "192.0.2.1:8080", "/api/v1/rooms", true);
    row("localhost", "localhost:8080", "/api/v1/rooms", true);
    row("nobody", "", "/api/v1/rooms", true);
    row("rebinding: rooms", "evil.example", "/api/v1/rooms", false);
    row("rebinding: pages", "evil.example", "/", false);
    row("rebinding: metrics", "evil.example", "/metrics", false);
    row("rebinding: a player", "evil.example", "/ws/blue", false, {}, upgrade());
    row("rebinding: nothing there", "evil.example", "/health", false, {}, upgrade());
    row("whoever asks for health", "evil.example", "/health", true);
    row("behind a proxy", "play.example", "/api/v1/rooms", true, behindAProxy, "X-Forwarded-For: 203.0.113.7\r\n");
    row(
        "behind a proxy with an address", "play.example", "/api/v1/rooms", false,
        [=](ServerConfig &c, Credentials &k, AddressBook &a) {
            behindAProxy(c, k, a);
            c.publicUrl = "https://games.example";
        },
        "X-Forwarded-For: 203.0.113.7\r\n");
    row(
        "behind a proxy with names", "play.example", "/api/v1/rooms", false,
        [=](ServerConfig &c, Credentials &k, AddressBook &a) {
            behindAProxy(c, k, a);
            c.allowedHosts = {"games.example"};
        },
        "X-Forwarded-For: 203.0.113.7\r\n");
    row("behind somebody's proxy", "play.example", "/api/v1/rooms", false, {}, "X-Forwarded-For: 203.0.113.7\r\n");
}

void TestRequestJudge::answersToItsNames()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(Setup, setup);
    QFETCH(bool, answers);
    setup(m_config, m_credentials, m_addresses);
    const Verdict verdict = m_judge.judge(by(host, "GET", target, headers));
    QCOMPARE(verdict.refusal && verdict.refusal->cause == EndingCause::HostNotAllowed, !answers);
    QVERIFY(answers || verdict.refusal->answer.status == 421);
}

void TestRequestJudge::saysHowToAllowAName_data()
{
    QTest::addColumn<QByteArray>("name"); // empty: nothing to paste
    QTest::newRow("game.lan") << QByteArray("game.lan");
    QTest::newRow("Game.LAN:8080") << QByteArray("game.lan");
    QTest::newRow("$(reboot)") << QByteArray();
    QTest::newRow("a;reboot") << QByteArray();
}

void TestRequestJudge::saysHowToAllowAName()
{
    QFETCH(QByteArray, name);
    const Verdict verdict = m_judge.judge(by(QTest::currentDataTag(), "GET", "/"));
    QVERIFY(verdict.refusal);
    QCOMPARE(verdict.refusal->answer.status, 421);
    QCOMPARE(verdict.refusal->detail, name);
    QCOMPARE(verdict.refusal->answer.body.contains("--allow-host " + name), !name.isEmpty());
    QVERIFY(!verdict.refusal->answer.body.contains("reboot"));
}

void TestRequestJudge::takesNoRoomForABadBody_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("more");
    QTest::newRow("made") << 201 << false;
    QTest::newRow("taken") << 409 << false;
    QTest::newRow("all taken") << 429 << false;
    QTest::newRow("bad") << 400 << true;
}

// Bad bodies cost as requests do, and use up nobody's rooms.
void TestRequestJudge::takesNoRoomForABadBody()
{
    QFETCH(int, status);
    QFETCH(bool, more);
    m_addresses.setLimits(BookLimits().with(Deed::Connecting, {1, 1}), 0);
    for (int i = 0; i < 3; ++i) {
        const HttpRequest wanted = request("POST", "/api/v1/rooms", "Content-Length: 0\r\n");
        QCOMPARE(!m_judge.judge(wanted).refusal, i == 0 || more);
        m_judge.answered(wanted, status);
    }
    m_judge.answered(request("GET", "/", {}), 400); // cost nothing, and gives nothing back
    QCOMPARE(m_addresses.take(m_peer, Deed::Connecting, m_clock.monotonicMs()), more);
}

void TestRequestJudge::knowsAdmissionsWithoutAsking()
{
    const auto foreign = m_judge.judge(request("GET", "/ws/blue", upgrade("Origin: https://evil.example\r\n")));
    QVERIFY(!foreign.refusal && foreign.admission);
    QCOMPARE(foreign.admission->refusal, EndingCause::OriginRefused);
    m_credentials.operatorToken = "secret";
    m_credentials.trustsThisMachine = false;
    const QByteArray bearer = upgrade("Authorization: Bearer secret\r\n");
    const auto operators = m_judge.judge(request("GET", "/echo", bearer));
    QVERIFY(operators.admission);
    QCOMPARE(operators.admission->refusal, EndingCause::Unknown);
    QVERIFY(!m_judge.judge(request("GET", "/ws/blue", bearer)).admission); // he is no player
    // the way here is open to whoever looks for it, from our own pages
    const auto check = m_judge.judge(request("GET", "/check/echo", upgrade()));
    QVERIFY(check.upgrades && check.admission);
    QCOMPARE(check.admission->refusal, EndingCause::Unknown);
    QVERIFY(!check.admission->claims);
    const auto foreigner = m_judge.judge(request("GET", "/check/echo", upgrade("Origin: https://evil.example\r\n")));
    QCOMPARE(foreigner.admission->refusal, EndingCause::OriginRefused);
}

void TestRequestJudge::tellsRefusalsAsItIsConfigured()
{
    const HttpRequest player = request("GET", "/ws/blue", upgrade());
    Admission full = Admission::refused(EndingCause::RoomFull, "full");
    QVERIFY(!m_judge.judgeAdmission(player, full)); // by a close code
    m_config.rejectWithHttp = true;
    const auto refused = m_judge.judgeAdmission(player, full);
    QCOMPARE(refused->answer.status, 429);
    QCOMPARE(refused->cause, EndingCause::RoomFull);
    QCOMPARE(refused->detail, "full");
    Admission waits{EndingCause::Unknown, {}, true, std::nullopt};
    QCOMPARE(m_judge.judgeAdmission(player, waits)->answer.status, 401); // no message comes in place of an upgrade
    Admission good;
    QVERIFY(!m_judge.judgeAdmission(player, good));
}

void TestRequestJudge::findsTheClientBehindAProxy()
{
    const QByteArray forwarded = "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n";
    QCOMPARE(request("GET", "/", forwarded).context.client.address, m_peer); // who says so is a stranger
    QVERIFY(!request("GET", "/", forwarded).context.secure);
    m_credentials.trustedProxies = {AddressRange::parse("192.0.2.1").value()};
    m_addresses.setTrusted(m_credentials.trustedProxies);
    const HttpRequest through = request("GET", "/", forwarded);
    QCOMPARE(through.context.client.address, QHostAddress(u"203.0.113.7"_s));
    QCOMPARE(through.context.peer, m_peer);
    QVERIFY(through.context.secure);
    const auto doubtful = m_judge.judge(request("GET", "/", "X-Forwarded-For: unknown\r\n"));
    QCOMPARE(doubtful.refusal->answer.status, 400);
    QCOMPARE(doubtful.refusal->cause, EndingCause::BadHead);
}

void TestRequestJudge::countsBrokenRequestsForThemselves()
{
    m_addresses.setLimits(BookLimits().with(Deed::Broken, {1, 2}).with(Deed::Request, {1, 1}), 0);
    HttpRequest broken = request("GET", "/");
    broken.fault = refusalOf(HttpError::BadVersion);
    const QByteArray detail = broken.fault->detail;
    for (int i = 0; i < 2; ++i)
        QCOMPARE(m_judge.judge(broken).refusal->cause, EndingCause::BadHead);
    const Verdict verdict = m_judge.judge(broken);
    QCOMPARE(verdict.refusal->answer.status, 429);
    QCOMPARE(verdict.refusal->cause, EndingCause::FailingTooFast);
    QCOMPARE(verdict.refusal->detail, detail);
    QVERIFY(!m_judge.judge(request("GET", "/")).refusal);
}

void TestRequestJudge::letsWhoAsksTooMuchWait()
{
    m_addresses.setLimits(BookLimits().with(Deed::Request, {10, 1}), 0);
    QCOMPARE(m_judge.judge(request("GET", "/")).waitMs, 0);
    const Verdict waits = m_judge.judge(request("GET", "/"));
    QVERIFY(!waits.refusal);
    QCOMPARE(waits.waitMs, 100);
}

void TestRequestJudge::countsWrongGuesses()
{
    m_addresses.setLimits(BookLimits().with(Deed::Guess, {2 / 60.0, 2}), 0);
    m_credentials.operatorToken = "secret";
    std::ignore = m_judge.judge(request("GET", "/metrics")); // nothing was guessed
    QVERIFY(m_addresses.may(m_peer, Deed::Guess, now));
    std::ignore = m_judge.judge(request("GET", "/metrics", "Authorization: Bearer wrong\r\n"));
    Admission nowhere = Admission::refused(EndingCause::NoSuchRoom, "no");
    std::ignore = m_judge.judgeAdmission(request("GET", "/ws/blue", upgrade()), nowhere);
    QVERIFY(!m_addresses.may(m_peer, Deed::Guess, now));
    QVERIFY(!m_judge.judge(request("GET", "/health")).refusal); // a health check is no guess
}

void TestRequestJudge::countsGuessesAtTheOperatorsToken_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("counts");
    const auto row = [](const char *name, const char *method, const char *target, const char *token, bool counts) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << QByteArray(token) << counts;
    };
    row("metrics", "GET", "/metrics", "Bearer wrong", true);
    row("metrics, HEAD", "HEAD", "/metrics", "Bearer wrong", true);
    row("metrics, POST", "POST", "/metrics", "bearer wrong", true);
    row("a nonce", "POST", "/api/v1/reflect", "Bearer wrong", true);
    row("a reflection", "GET", "/api/v1/reflect", "Bearer wrong", true);
    row("the right one", "GET", "/metrics", "Bearer secret", false);
    row("a password, which is none", "GET", "/api/v1/reflect", "Basic d3Jvbmc6d3Jvbmc=", false);
    row("where no token is taken", "GET", "/health", "Bearer wrong", false);
    row("a player's on a page", "GET", "/", "Bearer wrong", false);
}

void TestRequestJudge::countsGuessesAtTheOperatorsToken()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, token);
    m_addresses.setLimits(BookLimits().with(Deed::Guess, {1 / 60.0, 1}), 0);
    m_credentials.operatorToken = "secret";
    m_credentials.trustsThisMachine = false;
    std::ignore = m_judge.judge(request(method, target, "Authorization: " + token + "\r\n"));
    QFETCH(bool, counts);
    QCOMPARE(m_addresses.may(m_peer, Deed::Guess, now), !counts);
}

// Otherwise the answer to each guess would tell whether it was right.
void TestRequestJudge::looksAtNoTokenBehindTooManyGuesses()
{
    m_addresses.setLimits(BookLimits().with(Deed::Guess, {1 / 60.0, 1}), 0);
    m_credentials.operatorToken = "secret";
    m_credentials.trustsThisMachine = false;
    QVERIFY(m_addresses.take(m_peer, Deed::Guess, now));
    for (const char *target : {"/metrics", "/api/v1/reflect", "/api/v1/rooms", "/"}) {
        for (const char *token : {"wrong", "secret"}) {
            const auto verdict =
                m_judge.judge(request("GET", target, QByteArray("Authorization: Bearer ") + token + "\r\n"));
            QVERIFY(verdict.refusal);
            QCOMPARE(verdict.refusal->cause, EndingCause::GuessingTooFast);
        }
    }
}

// Who was asked may have taken his time.
void TestRequestJudge::judgesTheSocketsAgainWhenItAdmits()
{
    m_addresses.setLimits(BookLimits().with(Held::Socket, {1, 0}), 0);
    const HttpRequest player = request("GET", "/ws/blue", upgrade());
    QVERIFY(!m_judge.judge(player).refusal);
    Admission good;
    QVERIFY(!m_judge.judgeAdmission(player, good));
    m_addresses.began(m_peer, Held::Socket);
    QCOMPARE(m_judge.judgeAdmission(player, good)->cause, EndingCause::TooManyFromAddress);
    m_addresses.ended(m_peer, Held::Socket, now);
    m_addresses.setLimits(BookLimits().with(Held::Check, {1, 0}), 0);
    const HttpRequest check = request("GET", "/check/echo", upgrade());
    QVERIFY(!m_judge.judge(check).refusal);
    m_addresses.began(m_peer, Held::Check);
    QCOMPARE(m_judge.judgeAdmission(check, good)->answer.status, 503);
    QVERIFY(!m_judge.judgeAdmission(player, good)); // his place is another one
}

void TestRequestJudge::sharesRefusalsOfTheApi()
{
    m_config.allowedOrigins = {"https://app.example"};
    const QByteArray origin = "Origin: https://app.example\r\n";
    QVERIFY(!m_judge.headersForPages(request("GET", "/api/v1/rooms", origin)).isEmpty());
    QVERIFY(!m_judge.headersForPages(request("GET", "/health", origin)).isEmpty());
    QVERIFY(!m_judge.headersForPages(request("GET", "/ws/blue", origin)).isEmpty()); // why no socket opens
    QVERIFY(!m_judge.headersForPages(request("GET", "/socket.io/?EIO=4&transport=polling", origin)).isEmpty());
    QVERIFY(m_judge.headersForPages(request("GET", "/", origin)).isEmpty());
    QCOMPARE(m_judge.headersForPages(request("GET", "/api/v1/rooms")).size(), 1); // that it depends on who asks
    QVERIFY(m_judge.headersForPages(HttpRequest()).isEmpty());
}

QTEST_GUILESS_MAIN(TestRequestJudge)
#include "tst_requestjudge.moc"
