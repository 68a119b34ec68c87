// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenminter.h"

#include "server/gate/tokenverifier.h"
#include "tests/support/tokenforge.h"

#include <QTest>

using namespace glasshouse;

Q_DECLARE_METATYPE(glasshouse::TokenAlgorithm)
Q_DECLARE_METATYPE(glasshouse::TokenGrant)
Q_DECLARE_METATYPE(glasshouse::MintError)
Q_DECLARE_METATYPE(glasshouse::TokenError)

namespace {

constexpr qint64 now = 1'800'000'000;
const QByteArray secret("a secret of the tests, 32 bytes or more");

TokenKey secretKey() { return TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Sign, secret).value(); }

TokenGrant grantTo(const QByteArray &subject)
{
    TokenGrant grant;
    grant.subject = subject;
    grant.issuedAt = now;
    grant.expiresAt = now + 60;
    return grant;
}

} // namespace

class TestTokenMinter final : public QObject
{
    Q_OBJECT

private slots:
    void mintsWhatTheVerifierTakes_data();
    void mintsWhatTheVerifierTakes();
    void writesPlainClaims();
    void refusesBadGrants_data();
    void refusesBadGrants();
    void refusesPublicKeys();
    void describesTokens();
    void describesNoSecrets();
    void describesSafely();
    void describesTimes_data();
    void describesTimes();
    void refusesToDescribeWhatIsNone_data();
    void refusesToDescribeWhatIsNone();
};

void TestTokenMinter::mintsWhatTheVerifierTakes_data()
{
    QTest::addColumn<TokenAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("toSign");
    QTest::addColumn<QByteArray>("toVerify");
    const forge::Key rsa = forge::rsaKey();
    const forge::Key curve = forge::curveKey();
    QTest::newRow("HS256") << TokenAlgorithm::HS256 << secret << secret;
    QTest::newRow("RS256") << TokenAlgorithm::RS256 << forge::privatePem(rsa) << forge::publicPem(rsa);
    QTest::newRow("ES256") << TokenAlgorithm::ES256 << forge::privatePem(curve) << forge::publicPem(curve);
}

void TestTokenMinter::mintsWhatTheVerifierTakes()
{
    QFETCH(TokenAlgorithm, algorithm);
    QFETCH(QByteArray, toSign);
    QFETCH(QByteArray, toVerify);
    TokenGrant grant = grantTo("ada \"the first\" \xE2\x82\xAC");
    grant.name = "Ada";
    grant.room = "lobby";
    grant.game = "relay";
    grant.issuer = "issuer";
    grant.audience = "glasshouse";
    const auto token = mintToken(TokenKey::make(algorithm, KeyPurpose::Sign, toSign).value(), grant);
    QVERIFY(token);
    const TokenVerifier verifier(TokenKey::make(algorithm, KeyPurpose::Verify, toVerify).value(),
                                 {"issuer", "glasshouse"});
    const auto claims = verifier.verify(token.value(), {"lobby", "relay"}, now);
    QVERIFY(claims);
    QCOMPARE(claims.value().subject, grant.subject);
    QCOMPARE(claims.value().name, grant.name);
    QCOMPARE(claims.value().room, grant.room);
    QCOMPARE(claims.value().game, grant.game);
    QCOMPARE(claims.value().expiresAt, grant.expiresAt);
    QCOMPARE(verifier.verify(token.value(), {"other", "relay"}, now).error().code, TokenError::WrongRoom);
    QCOMPARE(verifier.verify(token.value(), {"lobby", "relay"}, now + 90).error().code, TokenError::Expired);
}

void TestTokenMinter::writesPlainClaims()
{
    const QByteArray token = mintToken(secretKey(), grantTo("ada")).value();
    const QByteArray text =
        forge::signedText(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"ada","iat":1800000000,"exp":1800000060})");
    QCOMPARE(token, forge::withSignature(text, forge::hmac(text, secret)));
}

void TestTokenMinter::refusesBadGrants_data()
{
    QTest::addColumn<TokenGrant>("grant");
    QTest::addColumn<MintError>("error");
    QTest::newRow("no subject") << grantTo("") << MintError::NoSubject;
    QTest::newRow("long subject") << grantTo(QByteArray(256, 'a')) << MintError::BadText;
    QTest::newRow("line end") << grantTo("ada\n") << MintError::BadText;
    QTest::newRow("NUL") << grantTo(QByteArray("a\0a", 3)) << MintError::BadText;
    QTest::newRow("not UTF-8") << grantTo("\xFF") << MintError::BadText;
    TokenGrant unseen = grantTo("ada");
    unseen.name = "\xE3\x85\xA4 \xE2\x80\x8B";
    QTest::newRow("a name that nobody can see") << unseen << MintError::BadText;
    TokenGrant grant = grantTo("ada");
    grant.room = "lobby\t";
    QTest::newRow("room with a tab") << grant << MintError::BadText;
    grant = grantTo("ada");
    grant.expiresAt = grant.issuedAt;
    QTest::newRow("expires at once") << grant << MintError::BadTimes;
    grant.issuedAt = -1;
    QTest::newRow("issued before 1970") << grant << MintError::BadTimes;
    grant = grantTo("ada");
    grant.name = QByteArray(8000, 'x');
    QTest::newRow("too long") << grant << MintError::TooLong;
}

void TestTokenMinter::refusesBadGrants()
{
    QFETCH(TokenGrant, grant);
    const auto token = mintToken(secretKey(), grant);
    QVERIFY(!token);
    QTEST(token.error().code, "error");
    QVERIFY(!token.error().text.isEmpty());
}

void TestTokenMinter::refusesPublicKeys()
{
    const auto key = TokenKey::make(TokenAlgorithm::ES256, KeyPurpose::Verify, forge::publicPem(forge::curveKey()));
    QCOMPARE(mintToken(key.value(), grantTo("ada")).error().code, MintError::KeyCanNotSign);
}

void TestTokenMinter::describesTokens()
{
    const QByteArray text = forge::signedText(R"({"alg":"HS256","kid":"k"})",
                                              R"({"sub":"ada","exp":1800000060,"n":[1, 2],"sub":"eve","big":1e400})");
    const auto shown = describeToken(forge::withSignature(text, "no signature"), now);
    QVERIFY(shown);
    QCOMPARE(shown.value(),
             "header\n"
             "  alg: \"HS256\"\n"
             "  kid: \"k\"\n"
             "claims\n"
             "  sub: \"ada\"\n"
             "  exp: 1800000060  (2027-01-15T08:01:00Z)\n"
             "  n: [1, 2]\n"
             "  sub: \"eve\"\n"
             "  big: 1e400\n"
             "signature\n"
             "  12 bytes, not checked\n");
}

// Whoever sees the output over a shoulder must not be able to put the token together.
void TestTokenMinter::describesNoSecrets()
{
    const QByteArray token = mintToken(secretKey(), grantTo("ada")).value();
    const QByteArray signature = token.sliced(token.lastIndexOf('.') + 1);
    const QByteArray shown = describeToken(token, now).value();
    QVERIFY(!shown.contains(signature));
    QVERIFY(!shown.contains(forge::hmac(token.left(token.lastIndexOf('.')), secret).toHex()));
    QVERIFY(!shown.contains(secret));
}

void TestTokenMinter::describesSafely()
{
    const QByteArray text =
        forge::signedText("{\n\"alg\":\"none\"}", "{\"sub\":\"\x7F\xC2\x9B\xE2\x80\xAE\",\"a\\u001bb\":\n[1,\n2]}");
    const QByteArray shown = describeToken(text + '.', now).value();
    QVERIFY(shown.contains("sub: \"\\u007f\\u009b\\u202e\""));
    QVERIFY(shown.contains("  a\\u001bb: [1,\\u000a2]\n"));
    QVERIFY(shown.contains("  0 bytes, not checked"));
}

void TestTokenMinter::describesTimes_data()
{
    QTest::addColumn<QByteArray>("claim");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const QByteArray &claim, const QByteArray &line) {
        QTest::newRow(claim.constData()) << claim << line;
    };
    row(R"("exp":1800000001)", "exp: 1800000001  (2027-01-15T08:00:01Z)");
    row(R"("exp":1800000000)", "exp: 1800000000  (2027-01-15T08:00:00Z, expired)");
    row(R"("nbf":0)", "nbf: 0  (1970-01-01T00:00:00Z)");
    row(R"("iat":-1)", "iat: -1");
    row(R"("exp":"1800000001")", "exp: \"1800000001\"");
    row(R"("exp":1800000001.5)", "exp: 1800000001.5");
    row(R"("exp":99999999999999999999)", "exp: 99999999999999999999");
    row(R"("exp":1800000001000)", "exp: 1800000001000");
    row(R"("other":1800000001)", "other: 1800000001");
}

void TestTokenMinter::describesTimes()
{
    QFETCH(QByteArray, claim);
    QFETCH(QByteArray, line);
    const QByteArray token = forge::signedText("{}", '{' + claim + '}') + ".AAAA";
    QVERIFY(describeToken(token, now).value().contains("claims\n  " + line + "\nsignature"));
}

void TestTokenMinter::refusesToDescribeWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<TokenError>("error");
    QTest::newRow("nothing") << QByteArray() << TokenError::Missing;
    QTest::newRow("a word") << QByteArray("token") << TokenError::NotThreeParts;
    QTest::newRow("no JSON") << QByteArray("AAAA.AAAA.AAAA") << TokenError::BadHeader;
    QTest::newRow("claims are a list") << forge::signedText("{}", "[]") + '.' << TokenError::BadClaims;
    QTest::newRow("header is a list") << forge::signedText("[]", "{}") + '.' << TokenError::BadHeader;
}

void TestTokenMinter::refusesToDescribeWhatIsNone()
{
    QFETCH(QByteArray, token);
    const auto shown = describeToken(token, now);
    QVERIFY(!shown);
    QTEST(shown.error().code, "error");
}

QTEST_GUILESS_MAIN(TestTokenMinter)
#include "tst_tokenminter.moc"
