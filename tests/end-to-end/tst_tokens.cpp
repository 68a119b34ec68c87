// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"
#include "tests/support/tokenforge.h"

#include <QDateTime>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <algorithm>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QByteArray secret = "correct horse battery staple, 42 of them";
const QByteArray header = R"({"alg":"HS256","typ":"JWT"})";

qint64 now() { return QDateTime::currentSecsSinceEpoch(); }

QByteArray claims(const QByteArray &more = {}, const QByteArray &subject = "ada", qint64 lives = 600)
{
    return R"({"sub":")" + subject + R"(","exp":)" + QByteArray::number(now() + lives) + more + '}';
}

QByteArray signedWith(const QByteArray &head, const QByteArray &body, const QByteArray &key = secret)
{
    const QByteArray text = forge::signedText(head, body);
    return forge::withSignature(text, forge::hmac(text, key));
}

QByteArray good(const QByteArray &more = {}, const QByteArray &subject = "ada", qint64 lives = 600)
{
    return signedWith(header, claims(more, subject, lives));
}

QByteArray inQuery(const QByteArray &token, const QByteArray &room = "blue")
{
    return "/ws/" + room + "?token=" + token.toPercentEncoding();
}

QByteArray authMessage(const QByteArray &token) { return R"({"type":"auth","data":{"token":")" + token + R"("}})"; }

/// Endings with this cause, so far. Clients of tests before may still be ending with others.
int countOf(const ServerProcess &server, const QByteArray &cause)
{
    const QList<QJsonObject> endings = server.endings();
    return int(std::count_if(endings.begin(), endings.end(), [&](const QJsonObject &ending) {
        return ending[u"cause"_s].toString().toLatin1() == cause;
    }));
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

struct Forged
{
    const char *name;
    QByteArray token;
    const char *cause;
};

QList<Forged> wrongAlgorithms()
{
    QList<Forged> all;
    const auto unsignedText = [](const QByteArray &head) { return forge::signedText(head, claims()) + '.'; };
    all += {"none", unsignedText(R"({"alg":"none"})"), "token_wrong_algorithm"};
    all += {"None", unsignedText(R"({"alg":"None"})"), "token_wrong_algorithm"};
    all += {"NONE", unsignedText(R"({"alg":"NONE"})"), "token_wrong_algorithm"};
    all += {"nOnE", unsignedText(R"({"alg":"nOnE"})"), "token_wrong_algorithm"};
    all += {"none, signed all the same", signedWith(R"({"alg":"none"})", claims()), "token_wrong_algorithm"};
    all += {"none, escaped", unsignedText(R"({"alg":"n\u006fne"})"), "token_wrong_algorithm"};
    all += {"no signature", unsignedText(header), "token_wrong_algorithm"};
    for (const char *name : {"HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256", "HS256 ", ""})
        all += {name, signedWith(R"({"alg":")" + QByteArray(name) + R"("})", claims()), "token_wrong_algorithm"};
    all += {"no algorithm", signedWith(R"({"typ":"JWT"})", claims()), "token_wrong_algorithm"};
    all += {"algorithm is null", signedWith(R"({"alg":null})", claims()), "token_wrong_algorithm"};
    all += {"algorithm is a number", signedWith(R"({"alg":256})", claims()), "token_wrong_algorithm"};
    all += {"algorithm is a list", signedWith(R"({"alg":["HS256"]})", claims()), "token_wrong_algorithm"};
    return all;
}

QList<Forged> wrongSignatures()
{
    QList<Forged> all;
    const QByteArray text = forge::signedText(header, claims());
    const QByteArray right = forge::hmac(text, secret);
    const QByteArray token = good();
    for (int bit = 0; bit < 8; ++bit) {
        QByteArray flipped = right;
        flipped[bit * 4] = char(flipped[bit * 4] ^ (1 << bit));
        all += {"one bit is wrong", forge::withSignature(text, flipped), "token_bad_signature"};
    }
    all += {"another secret", signedWith(header, claims(), secret + '!'), "token_bad_signature"};
    all += {"an empty secret", signedWith(header, claims(), {}), "token_bad_signature"};
    all += {"of other claims", forge::withSignature(forge::signedText(header, claims({}, "eve")), right),
            "token_bad_signature"};
    all += {"too short", forge::withSignature(text, right.chopped(1)), "token_bad_signature"};
    all += {"too long", forge::withSignature(text, right + 'x'), "token_bad_signature"};
    all += {"no claims", token.split('.')[0] + ".." + token.split('.')[2], "token_bad_signature"};
    all += {"one byte", forge::withSignature(text, "x"), "token_bad_signature"};
    all += {"SHA-512", forge::withSignature(text, forge::hmac(text, secret, QCryptographicHash::Sha512)),
            "token_bad_signature"};
    all += {"a key of its own", signedWith(R"({"alg":"HS256","jwk":{"kty":"oct","k":"eA"}})", claims(), "x"),
            "token_bad_signature"};
    all += {"a key to fetch", signedWith(R"({"alg":"HS256","jku":"https://example.org/k"})", claims(), "x"),
            "token_bad_signature"};
    all += {"a key in a file", signedWith(R"({"alg":"HS256","kid":"../../../../dev/null"})", claims(), {}),
            "token_bad_signature"};
    return all;
}

QList<Forged> wrongShapes()
{
    QList<Forged> all;
    const QByteArray token = good();
    const QList<QByteArray> parts = token.split('.');
    const auto malformed = [&all](const char *name, const QByteArray &bytes) {
        all += {name, bytes, "token_malformed"};
    };
    malformed("a word", "token");
    malformed("two parts", parts[0] + '.' + parts[1]);
    malformed("four parts", token + '.' + parts[2]);
    malformed("five parts", token + "..");
    malformed("dots", "..");
    malformed("no header", '.' + parts[1] + '.' + parts[2]);
    malformed("a space", token + ' ');
    malformed("a line end", token + '\n');
    malformed("quotation marks", '"' + token + '"');
    malformed("not ASCII", token + "\xC3\xA4");
    malformed("padding", token + '=');
    malformed("the other alphabet", parts[0] + '.' + parts[1] + ".+/" + parts[2].sliced(2));
    malformed("a letter too many", parts[0] + "A." + parts[1] + '.' + parts[2]);
    malformed("too long", parts[0] + '.' + QByteArray(9'000, 'A') + '.' + parts[2]);
    malformed("header is no JSON", signedWith("alg=HS256", claims()));
    malformed("header is a list", signedWith("[]", claims()));
    malformed("header is a string", signedWith("\"HS256\"", claims()));
    malformed("algorithm twice", signedWith(R"({"alg":"HS256","alg":"none"})", claims()));
    malformed("an extension that counts", signedWith(R"({"alg":"HS256","crit":["exp"],"exp":1})", claims()));
    malformed("another type", signedWith(R"({"alg":"HS256","typ":"JWE"})", claims()));
    malformed("a token in a token", signedWith(R"({"alg":"HS256","cty":"JWT"})", claims()));
    malformed("encrypted", signedWith(R"({"alg":"HS256","enc":"A128GCM"})", claims()));
    return all;
}

QList<Forged> wrongClaims()
{
    QList<Forged> all;
    const QByteArray soon = QByteArray::number(now() + 600);
    const auto row = [&all](const char *name, const QByteArray &body, const char *cause) {
        all += {name, signedWith(header, body), cause};
    };
    const auto expiry = [&](const char *name, const QByteArray &value, const char *cause) {
        row(name, R"({"sub":"ada","exp":)" + value + '}', cause);
    };
    row("claims are no JSON", "sub=ada", "token_incomplete");
    row("claims are a list", "[]", "token_incomplete");
    row("no expiry", R"({"sub":"ada"})", "token_incomplete");
    expiry("expiry is text", '"' + soon + '"', "token_incomplete");
    expiry("expiry is null", "null", "token_incomplete");
    expiry("expiry is true", "true", "token_incomplete");
    expiry("expiry is endless", "1e400", "token_incomplete");
    expiry("expiry is a list", '[' + soon + ']', "token_incomplete");
    expiry("expired", QByteArray::number(now() - 3600), "token_expired");
    expiry("expired, behind the leeway", QByteArray::number(now() - 35), "token_expired");
    expiry("expired in 1970", "0", "token_expired");
    row("expiry twice", R"({"sub":"ada","exp":)" + soon + R"(,"exp":)" + soon + '}', "token_malformed");
    row("not valid yet", claims(R"(,"nbf":)" + QByteArray::number(now() + 300)), "token_not_yet_valid");
    row("begin is text", claims(R"(,"nbf":"now")"), "token_incomplete");
    row("no subject", R"({"exp":)" + soon + '}', "token_incomplete");
    row("empty subject", claims({}, ""), "token_incomplete");
    row("subject is a number", R"({"sub":7,"exp":)" + soon + '}', "token_incomplete");
    row("subject is endless", claims({}, QByteArray(300, 'a')), "token_incomplete");
    row("subject holds a bell", claims({}, R"(a\u0007)"), "token_incomplete");
    row("name is a number", claims(R"(,"name":7)"), "token_incomplete");
    row("room is a number", claims(R"(,"room":7)"), "token_incomplete");
    row("another room", claims(R"(,"room":"red")"), "token_wrong_room");
    row("another game", claims(R"(,"game":"horse-race")"), "token_wrong_room");
    return all;
}

} // namespace

/// A server that asks for tokens: who comes in by which way, and that nobody else does.
class TestTokens : public QObject
{
    Q_OBJECT

    QTemporaryDir m_keys;
    std::unique_ptr<ServerProcess> m_server;

    [[nodiscard]] QString secretFile() const { return m_keys.filePath(u"secret"_s); }
    [[nodiscard]] std::unique_ptr<ServerProcess> serverWith(const QStringList &more, bool manyGuesses = true) const
    {
        QStringList arguments{u"--auth"_s, u"token"_s};
        if (manyGuesses)
            arguments += {u"--wrong-guesses"_s, u"0"_s};
        return std::make_unique<ServerProcess>(manyConnections() + arguments + more);
    }
    [[nodiscard]] QStringList bySecret() const { return {u"--jwt-secret-file"_s, secretFile()}; }
    void refusedWith(ServerProcess &server, const QByteArray &target, const QByteArray &extra, int code,
                     const QByteArray &cause) const;

private slots:
    void initTestCase();
    void cleanupTestCase() { QCOMPARE(m_server->stop(), 0); }

    void letsInByFourWays_data();
    void letsInByFourWays();
    void namesThePlayer_data();
    void namesThePlayer();
    void refusesForgeries_data();
    void refusesForgeries();
    void refusesForgeriesInTheFirstMessage();
    void refusesWhatIsSignedForAnotherAlgorithm_data();
    void refusesWhatIsSignedForAnotherAlgorithm();
    void wantsAuthFirst_data();
    void wantsAuthFirst();
    void waitsForAuthNotForEver();
    void endsWithItsToken();
    void asksForIssuerAndAudience_data();
    void asksForIssuerAndAudience();
    void answersByHttpWhereAsked_data();
    void answersByHttpWhereAsked();
    void givesNobodyElsesSeat();
    void limitsConnectionsOfAToken();
    void takesOverWhereItsTokenIsInUse();
    void guardsTheApiUnderEveryBasePath_data();
    void guardsTheApiUnderEveryBasePath();
    void countsNoGoodTokenAsAGuess();
    void slowsGuessing();
    void guardsTheEcho();
    void keepsTokensOutOfEverything();
};

void TestTokens::initTestCase()
{
    write(secretFile(), secret + '\n');
    m_server = serverWith(bySecret());
    QVERIFY2(m_server->start(), m_server->output().constData());
}

void TestTokens::refusedWith(ServerProcess &server, const QByteArray &target, const QByteArray &extra, int code,
                             const QByteArray &cause) const
{
    const int before = countOf(server, cause);
    RawClient client(server.port());
    QVERIFY(client.upgrade(target, extra));
    QVERIFY(client.waitForClose());
    QCOMPARE(int(client.closeCode()), code);
    QVERIFY(!client.closeReason().isEmpty());
    QVERIFY(client.messages().isEmpty());
    QTRY_COMPARE(countOf(server, cause), before + 1);
}

void TestTokens::letsInByFourWays_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("asMessage");
    const QByteArray token = good();
    QTest::newRow("header") << QByteArray("/ws/a") << QByteArray("Authorization: Bearer " + token + "\r\n") << false;
    QTest::newRow("subprotocol") << QByteArray("/ws/b")
                                 << QByteArray("Sec-WebSocket-Protocol: chat, bearer." + token + "\r\n") << false;
    QTest::newRow("query") << inQuery(token, "c") << QByteArray() << false;
    QTest::newRow("first message") << QByteArray("/ws/d") << QByteArray() << true;
    QTest::newRow("header before a query")
        << inQuery("nonsense", "e") << QByteArray("Authorization: Bearer " + token + "\r\n") << false;
    QTest::newRow("a cookie is not looked at")
        << inQuery(token, "f") << QByteArray("Cookie: token=nonsense\r\n") << false;
    QTest::newRow("another route") << QByteArray("/api/match/game?matchId=g&token=" + token) << QByteArray() << false;
}

void TestTokens::letsInByFourWays()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(bool, asMessage);
    RawClient client(m_server->port());
    QVERIFY(client.upgrade(target, headers));
    if (asMessage)
        client.sendText(authMessage(good()));
    const QJsonObject data = client.waitForType(u"connected"_s)[u"data"_s].toObject();
    QCOMPARE(data[u"subject"_s].toString(), u"ada"_s);
    QVERIFY(!client.response().value("Sec-WebSocket-Protocol").contains("bearer"));
}

void TestTokens::namesThePlayer_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QString>("name");
    QTest::newRow("the token's name") << QByteArray(R"(,"name":"Ada Lovelace")") << QByteArray() << u"Ada Lovelace"_s;
    QTest::newRow("the token before the request") << QByteArray(R"(,"name":"Ada")") << QByteArray("Eve") << u"Ada"_s;
    QTest::newRow("the request where the token has none") << QByteArray() << QByteArray("Countess") << u"Countess"_s;
    QTest::newRow("the subject") << QByteArray() << QByteArray() << u"ada"_s;
    QTest::newRow("cleaned") << QByteArray(R"(,"name":"A\u0000\u202Eb  c")") << QByteArray() << u"Ab c"_s;
}

void TestTokens::namesThePlayer()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, asked);
    static int room = 0; // one for each, or the seat of the last would have the name
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/names" + QByteArray::number(++room) + "?name=" + asked + "&token=" + good(more)));
    const QJsonObject data = client.waitForType(u"connected"_s)[u"data"_s].toObject();
    QTEST(data[u"name"_s].toString(), "name");
}

void TestTokens::refusesForgeries_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("cause");
    int number = 0;
    for (const Forged &forged : wrongAlgorithms() + wrongSignatures() + wrongShapes() + wrongClaims())
        QTest::addRow("%d %s", ++number, forged.name) << forged.token << QByteArray(forged.cause);
    QVERIFY(number >= 80);
}

void TestTokens::refusesForgeries()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, cause);
    const bool isLong = token.size() > 8'000; // for an address
    refusedWith(*m_server, isLong ? QByteArray("/ws/blue") : inQuery(token),
                isLong ? "Authorization: Bearer " + token + "\r\n" : QByteArray(), 4001, cause);
    RawClient rooms(m_server->port()); // and it left no room behind
    QVERIFY(rooms.request("GET /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QVERIFY(!rooms.body().contains("\"blue\""));
}

void TestTokens::refusesForgeriesInTheFirstMessage()
{
    int tried = 0;
    for (const Forged &forged : wrongAlgorithms() + wrongSignatures() + wrongClaims()) {
        const int before = countOf(*m_server, forged.cause);
        RawClient client(m_server->port());
        QVERIFY(client.upgrade("/ws/blue"));
        client.sendText(authMessage(forged.token));
        client.sendText(R"({"type":"chat","data":{"text":"here I am"}})");
        QVERIFY(client.waitForClose());
        QCOMPARE(client.closeCode(), 4001);
        QVERIFY(client.messages().isEmpty());
        QTRY_COMPARE(countOf(*m_server, forged.cause), before + 1);
        ++tried;
    }
    QVERIFY(tried > 50);
}

void TestTokens::refusesWhatIsSignedForAnotherAlgorithm_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QByteArray>("publicKey");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("cause");
    const forge::Key rsa = forge::rsaKey();
    const forge::Key curve = forge::curveKey();
    const QByteArray rsText = forge::signedText(R"({"alg":"RS256"})", claims());
    const QByteArray esText = forge::signedText(R"({"alg":"ES256"})", claims());
    const auto row = [](const char *name, const char *algorithm, const forge::Key &key, const QByteArray &token,
                        const QByteArray &cause) {
        QTest::newRow(name) << QString::fromLatin1(algorithm) << forge::publicPem(key) << token << cause;
    };
    const QByteArray good = "connected";
    row("RS256", "RS256", rsa, forge::withSignature(rsText, forge::rsaSignature(rsText, rsa)), good);
    row("ES256", "ES256", curve, forge::withSignature(esText, forge::curveSignature(esText, curve)), good);
    row("the public key as a secret", "RS256", rsa, signedWith(header, claims(), forge::publicPem(rsa)),
        "token_wrong_algorithm");
    row("the public key as a secret, and a lie", "RS256", rsa,
        signedWith(R"({"alg":"RS256"})", claims(), forge::publicPem(rsa)), "token_bad_signature");
    row("another RSA key", "RS256", rsa, forge::withSignature(rsText, forge::rsaSignature(rsText, forge::rsaKey())),
        "token_bad_signature");
    row("PSS padding", "RS256", rsa,
        forge::withSignature(rsText, forge::rsaSignature(rsText, rsa, RSA_PKCS1_PSS_PADDING)), "token_bad_signature");
    row("nothing but zeros", "ES256", curve, forge::withSignature(esText, QByteArray(64, '\0')), "token_bad_signature");
    row("the other form of a signature", "ES256", curve,
        forge::withSignature(esText, forge::derSignature(esText, curve)), "token_bad_signature");
    row("another curve", "ES256", curve,
        forge::withSignature(esText, forge::curveSignature(esText, forge::curveKey("P-384"), 48)),
        "token_bad_signature");
    row("none", "ES256", curve, forge::signedText(R"({"alg":"none"})", claims()) + '.', "token_wrong_algorithm");
}

void TestTokens::refusesWhatIsSignedForAnotherAlgorithm()
{
    QFETCH(QString, algorithm);
    QFETCH(QByteArray, publicKey);
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, cause);
    const QString file = m_keys.filePath(u"public.pem"_s);
    write(file, publicKey);
    const auto server = serverWith({u"--jwt-algorithm"_s, algorithm, u"--jwt-public-key"_s, file});
    QVERIFY2(server->start(), server->output().constData());
    if (cause != "connected")
        return refusedWith(*server, inQuery(token), {}, 4001, cause);
    RawClient client(server->port());
    QVERIFY(client.upgrade(inQuery(token)));
    QVERIFY(!client.waitForType(u"connected"_s).isEmpty());
}

void TestTokens::wantsAuthFirst_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("chat") << QByteArray(R"({"type":"chat","data":{"text":"hi"}})");
    QTest::newRow("ping") << QByteArray(R"({"type":"ping"})");
    QTest::newRow("auth without a token") << QByteArray(R"({"type":"auth"})");
    QTest::newRow("token is a number") << QByteArray(R"({"type":"auth","data":{"token":7}})");
    QTest::newRow("in a batch") << QByteArray(R"({"type":"batch","data":[)" + authMessage(good()) + "]}");
    QTest::newRow("no JSON") << QByteArray("hello");
}

void TestTokens::wantsAuthFirst()
{
    QFETCH(QByteArray, first);
    const int before = countOf(*m_server, "token_missing");
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/first"));
    client.sendText(first);
    QVERIFY(client.waitForClose());
    QCOMPARE(client.closeCode(), 4001);
    QTRY_COMPARE(countOf(*m_server, "token_missing"), before + 1);
}

void TestTokens::waitsForAuthNotForEver()
{
    const auto server = serverWith(bySecret() + QStringList{u"--auth-seconds"_s, u"1"_s});
    QVERIFY2(server->start(), server->output().constData());
    refusedWith(*server, "/ws/late", {}, 4010, "auth_timeout");
}

void TestTokens::endsWithItsToken()
{
    RawClient client(m_server->port());
    const int before = countOf(*m_server, "token_ran_out");
    QVERIFY(client.upgrade(inQuery(good({}, "ada", -28)))); // two seconds of the leeway are left
    QVERIFY(!client.waitForType(u"connected"_s).isEmpty());
    QVERIFY(client.waitForClose());
    QCOMPARE(client.closeCode(), 4001);
    QTRY_COMPARE(countOf(*m_server, "token_ran_out"), before + 1);
}

void TestTokens::asksForIssuerAndAudience_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<bool>("fits");
    QTest::newRow("both") << QByteArray(R"(,"iss":"me","aud":"game")") << true;
    QTest::newRow("one of several audiences") << QByteArray(R"(,"iss":"me","aud":["web","game"])") << true;
    QTest::newRow("no issuer") << QByteArray(R"(,"aud":"game")") << false;
    QTest::newRow("no audience") << QByteArray(R"(,"iss":"me")") << false;
    QTest::newRow("another issuer") << QByteArray(R"(,"iss":"you","aud":"game")") << false;
    QTest::newRow("issuer in capitals") << QByteArray(R"(,"iss":"ME","aud":"game")") << false;
    QTest::newRow("another audience") << QByteArray(R"(,"iss":"me","aud":["web"])") << false;
}

void TestTokens::asksForIssuerAndAudience()
{
    QFETCH(QByteArray, more);
    QFETCH(bool, fits);
    const auto server =
        serverWith(bySecret() + QStringList{u"--jwt-issuer"_s, u"me"_s, u"--jwt-audience"_s, u"game"_s});
    QVERIFY2(server->start(), server->output().constData());
    if (!fits)
        return refusedWith(*server, inQuery(good(more)), {}, 4001, "token_wrong_issuer");
    RawClient client(server->port());
    QVERIFY(client.upgrade(inQuery(good(more))));
    QVERIFY(!client.waitForType(u"connected"_s).isEmpty());
}

void TestTokens::answersByHttpWhereAsked_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray("/ws/blue") << 401;
    QTest::newRow("nonsense") << inQuery("nonsense") << 401;
    QTest::newRow("expired") << inQuery(good({}, "ada", -600)) << 401;
    QTest::newRow("another room") << inQuery(good(R"(,"room":"red")")) << 403;
}

void TestTokens::answersByHttpWhereAsked()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    const auto server = serverWith(bySecret() + QStringList{u"--reject-with-http"_s});
    QVERIFY2(server->start(), server->output().constData());
    RawClient client(server->port());
    QVERIFY(client.request(RawClient::upgradeHead(target)));
    QCOMPARE(client.response().status, status);
    QCOMPARE(client.response().value("WWW-Authenticate") == "Bearer", status == 401);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.answerIsFramed());
}

void TestTokens::givesNobodyElsesSeat()
{
    RawClient ada(m_server->port());
    QVERIFY(ada.upgrade(inQuery(good(), "seats")));
    const QJsonObject first = ada.waitForType(u"connected"_s)[u"data"_s].toObject();
    ada.resetStream();
    const QByteArray resume = "&seq=1&resume=" + first[u"resume"_s].toString().toLatin1();
    RawClient eve(m_server->port());
    QVERIFY(eve.upgrade(inQuery(good({}, "eve"), "seats") + resume));
    const QJsonObject stranger = eve.waitForType(u"connected"_s)[u"data"_s].toObject();
    QVERIFY(!stranger[u"resumed"_s].toBool());
    QVERIFY(stranger[u"playerId"_s] != first[u"playerId"_s]);
    RawClient again(m_server->port());
    QVERIFY(again.upgrade(inQuery(good(), "seats") + resume));
    const QJsonObject back = again.waitForType(u"connected"_s)[u"data"_s].toObject();
    QVERIFY(back[u"resumed"_s].toBool());
    QCOMPARE(back[u"playerId"_s], first[u"playerId"_s]);
}

void TestTokens::limitsConnectionsOfAToken()
{
    const auto server = serverWith(bySecret() + QStringList{u"--max-connections-per-token"_s, u"2"_s});
    QVERIFY2(server->start(), server->output().constData());
    const QByteArray token = good();
    RawClient first(server->port());
    RawClient second(server->port());
    QVERIFY(first.upgrade(inQuery(token)));
    QVERIFY(second.upgrade(inQuery(token)));
    refusedWith(*server, inQuery(token), {}, 4002, "too_many_from_token");
    first.sendClose(1000);
    QVERIFY(first.waitForEnd());
    QVERIFY(!server->ending(2).isEmpty());
    RawClient third(server->port());
    QVERIFY(third.upgrade(inQuery(token)));
    QVERIFY(!third.waitForType(u"connected"_s).isEmpty());
}

// A phone is back in another network before its old connection is known to be dead.
void TestTokens::takesOverWhereItsTokenIsInUse()
{
    const auto server = serverWith(bySecret() + QStringList{u"--max-connections-per-token"_s, u"1"_s});
    QVERIFY2(server->start(), server->output().constData());
    const QByteArray token = good();
    RawClient first(server->port());
    QVERIFY(first.upgrade(inQuery(token)));
    const QJsonObject before = first.waitForType(u"connected"_s)[u"data"_s].toObject();
    RawClient second(server->port());
    QVERIFY(second.upgrade(inQuery(token) + "&seq=1&resume=" + before[u"resume"_s].toString().toLatin1()));
    QVERIFY(second.waitForType(u"connected"_s)[u"data"_s][u"resumed"_s].toBool());
    QVERIFY(first.waitForClose());
    QCOMPARE(first.closeCode(), 4008);
}

void TestTokens::guardsTheApiUnderEveryBasePath_data()
{
    QTest::addColumn<QString>("basePath");
    QTest::newRow("none") << QString();
    QTest::newRow("of its own") << u"/play"_s;
    QTest::newRow("that the API begins with") << u"/api"_s;
    QTest::newRow("that the API begins with, longer") << u"/api/v1"_s;
}

void TestTokens::guardsTheApiUnderEveryBasePath()
{
    QFETCH(QString, basePath);
    const QStringList option = basePath.isEmpty() ? QStringList() : QStringList{u"--base-path"_s, basePath};
    const auto server = serverWith(bySecret() + option);
    QVERIFY2(server->start(), server->output().constData());
    for (const QByteArray &prefix : {QByteArray(), basePath.toLatin1()}) {
        for (const char *path : {"/api/v1/rooms", "/api/v1/results"}) {
            RawClient client(server->port());
            QVERIFY(client.request("GET " + prefix + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            QCOMPARE(client.response().status, 401);
        }
    }
}

// The pages ask for the list of rooms again and again.
void TestTokens::countsNoGoodTokenAsAGuess()
{
    const auto server = serverWith(bySecret() + QStringList{u"--wrong-guesses"_s, u"3"_s}, false);
    QVERIFY2(server->start(), server->output().constData());
    const QByteArray bound = good(R"(,"room":"blue")");
    const auto ask = [&](const QByteArray &token) {
        RawClient client(server->port());
        const bool isAnswered =
            client.request("GET /api/v1/rooms?token=" + token + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return isAnswered ? client.response().status : 0;
    };
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(ask(bound), 403);
        QCOMPARE(ask(good({}, "ada", -600)), 401);
    }
    RawClient client(server->port());
    QVERIFY(client.upgrade(inQuery(bound)));
    QVERIFY(!client.waitForType(u"connected"_s).isEmpty());
    QTRY_COMPARE(countOf(*server, "token_wrong_room"), 6);
    QTRY_COMPARE(countOf(*server, "token_expired"), 6);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(ask("guess"), 401);
    QCOMPARE(ask("guess"), 429);
}

void TestTokens::slowsGuessing()
{
    const auto server = serverWith(bySecret() + QStringList{u"--wrong-guesses"_s, u"3"_s}, false);
    QVERIFY2(server->start(), server->output().constData());
    for (int i = 0; i < 3; ++i)
        refusedWith(*server, inQuery("guess"), {}, 4001, "token_malformed");
    RawClient client(server->port());
    QVERIFY(client.request(RawClient::upgradeHead(inQuery(good())))); // even a good one waits now
    QCOMPARE(client.response().status, 429);
    QCOMPARE(client.response().value("Retry-After"), "60");
    QCOMPARE(server->ending(4)[u"cause"_s].toString(), u"guessing_too_fast"_s);
}

void TestTokens::guardsTheEcho()
{
    // From this machine itself it would be the operator, who needs none.
    refusedWith(*m_server, "/echo?token=x", "Via: 1.1 somewhere\r\n", 4001, "token_malformed");
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/echo?token=" + good(), "Via: 1.1 somewhere\r\n"));
    client.sendText("hello");
    QVERIFY(client.waitForMessages(1));
    QCOMPARE(client.messages().first().payload, "hello");
}

// What was sent in any way, right or wrong, is in none of the files, in no output and in no title of the process.
void TestTokens::keepsTokensOutOfEverything()
{
    const auto server = serverWith(bySecret());
    QVERIFY2(server->start(), server->output().constData());
    const QByteArray token = good({}, "canary-bird");
    const QByteArray wrong = signedWith(header, claims({}, "canary-bird"), "another secret");
    for (const QByteArray &sent : {token, wrong}) {
        for (const QByteArray &extra : {QByteArray("Authorization: Bearer " + sent + "\r\n"),
                                        QByteArray("Sec-WebSocket-Protocol: bearer." + sent + ", chat\r\n"),
                                        QByteArray("Cookie: session=" + sent + "\r\n"), QByteArray()}) {
            RawClient client(server->port());
            QVERIFY(client.upgrade(extra.isEmpty() ? inQuery(sent) : QByteArray("/ws/blue"), extra));
            if (extra.startsWith("Cookie"))
                client.sendText(sent); // where a token is awaited: somebody forgot to wrap it
            client.sendText(authMessage(sent));
            client.sendFrame(Opcode::Text, authMessage(sent).first(30), false);
            client.sendFrame(Opcode::Continuation, authMessage(sent).sliced(30));
            client.sendClose(1000);
            QVERIFY(client.waitForEnd());
        }
    }
    QVERIFY(!server->ending(8).isEmpty());
    QFile title(u"/proc/%1/cmdline"_s.arg(server->pid()));
    QVERIFY(title.open(QIODevice::ReadOnly));
    QVERIFY(!title.readAll().contains(secret));
    QCOMPARE(server->stop(), 0);
    int files = 0;
    const auto holds = [&](const QByteArray &bytes) {
        return bytes.contains(token.last(30)) || bytes.contains(wrong.last(30)) || bytes.contains(token.first(60))
            || bytes.contains(secret);
    };
    QDirIterator all(server->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!holds(file.readAll()), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files >= 3); // a log, a segment, results
    QVERIFY(!holds(server->output()));
}

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
