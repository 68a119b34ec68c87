// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenverifier.h"
#include "tests/support/tokenforge.h"

#include <QTest>

using namespace glasshouse;
using enum TokenError;

Q_DECLARE_METATYPE(glasshouse::TokenAlgorithm)
Q_DECLARE_METATYPE(glasshouse::TokenError)

namespace {

constexpr qint64 now = 1'800'000'000;
const QByteArray secret("a secret of the tests, 32 bytes or more");
const QByteArray hsHeader(R"({"alg":"HS256","typ":"JWT"})");
const QByteArray rsHeader(R"({"alg":"RS256","typ":"JWT"})");
const QByteArray esHeader(R"({"alg":"ES256","typ":"JWT"})");
const QByteArray good(R"({"sub":"ada","exp":1800000600})");
const TokenUse lobby{"lobby", "relay"};

const forge::Key &rsa()
{
    static const forge::Key key = forge::rsaKey();
    return key;
}
const forge::Key &curve()
{
    static const forge::Key key = forge::curveKey();
    return key;
}

QByteArray hs(const QByteArray &header, const QByteArray &claims, const QByteArray &with = secret)
{
    const QByteArray text = forge::signedText(header, claims);
    return forge::withSignature(text, forge::hmac(text, with));
}
QByteArray rs(const QByteArray &header, const QByteArray &claims, const forge::Key &with = rsa())
{
    const QByteArray text = forge::signedText(header, claims);
    return forge::withSignature(text, forge::rsaSignature(text, with));
}
QByteArray es(const QByteArray &header, const QByteArray &claims, const forge::Key &with = curve())
{
    const QByteArray text = forge::signedText(header, claims);
    return forge::withSignature(text, forge::curveSignature(text, with));
}
/// Signed with the right key, so that only the claims can be wrong.
QByteArray claiming(const QByteArray &claims) { return hs(hsHeader, claims); }
/// Signed with the right key, so that only the header can be wrong.
QByteArray headed(const QByteArray &header) { return hs(header, good); }
/// A player and an expiry, and more.
QByteArray with(const QByteArray &members) { return claiming(R"({"sub":"ada","exp":1800000600,)" + members + '}'); }

TokenVerifier verifierOf(TokenAlgorithm algorithm, const TokenRules &rules = {})
{
    const QByteArray keys[] = {secret, forge::publicPem(rsa()), forge::publicPem(curve())};
    return {TokenKey::make(algorithm, KeyPurpose::Verify, keys[int(algorithm)]).value(), rules};
}

const TokenRules strictRules{"https://issuer.example", "glasshouse"};

void columns()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<TokenError>("error");
}
void row(const QByteArray &name, const QByteArray &token, TokenError error)
{
    QTest::newRow(name.constData()) << token << error;
}

} // namespace

class TestTokenVerifier final : public QObject
{
    Q_OBJECT

private slots:
    void refusesBrokenShapes_data();
    void refusesBrokenShapes() { refuses(TokenAlgorithm::HS256); }
    void refusesBadHeaders_data();
    void refusesBadHeaders() { refuses(TokenAlgorithm::HS256); }
    void refusesForgedSecrets_data();
    void refusesForgedSecrets() { refuses(TokenAlgorithm::HS256); }
    void refusesForgedRsa_data();
    void refusesForgedRsa() { refuses(TokenAlgorithm::RS256); }
    void refusesForgedCurves_data();
    void refusesForgedCurves() { refuses(TokenAlgorithm::ES256); }
    void refusesBadClaims_data();
    void refusesBadClaims() { refuses(TokenAlgorithm::HS256); }
    void refusesBadTimes_data();
    void refusesBadTimes() { refuses(TokenAlgorithm::HS256); }
    void refusesOtherIssuersAndAudiences_data();
    void refusesOtherIssuersAndAudiences() { refuses(TokenAlgorithm::HS256, strictRules); }
    void refusesOtherUses_data();
    void refusesOtherUses() { refuses(TokenAlgorithm::HS256); }
    void boundTokensFitNoEmptyUse();
    void refusesEveryFlippedBit_data();
    void refusesEveryFlippedBit();
    void refusesEveryBeginning();
    void takesGoodTokens_data();
    void takesGoodTokens();
    void takesTheIssuerAndAudience_data();
    void takesTheIssuerAndAudience();
    void takesThePublishedExample();
    void saysWhatTheTokenSays();
    void saysHowLateItIs();
    void countsCopiesAsOne();
    void hasAShortReasonForEach();

private:
    static void refuses(TokenAlgorithm algorithm, const TokenRules &rules = {});
};

void TestTokenVerifier::refuses(TokenAlgorithm algorithm, const TokenRules &rules)
{
    QFETCH(QByteArray, token);
    const auto result = verifierOf(algorithm, rules).verify(token, lobby, now);
    QVERIFY(!result);
    QTEST(result.error().code, "error");
}

void TestTokenVerifier::refusesBrokenShapes_data()
{
    columns();
    const QByteArray token = claiming(good);
    const QList<QByteArray> parts = token.split('.');
    row("nothing", "", Missing);
    row("too long, else right", with(R"("name":")" + QByteArray(6200, 'x') + '"'), TooLong);
    row("a megabyte", QByteArray(1 << 20, 'A'), TooLong);
    row("a space", " ", BadCharacter);
    row("space in front", ' ' + token, BadCharacter);
    row("space behind", token + ' ', BadCharacter);
    row("line end behind", token + '\n', BadCharacter);
    row("tab within", QByteArray(token).insert(30, '\t'), BadCharacter);
    row("folded", QByteArray(token).insert(30, "\r\n "), BadCharacter);
    row("in quotation marks", '"' + token + '"', BadCharacter);
    row("with its scheme", "Bearer " + token, BadCharacter);
    row("NUL behind", token + '\0', BadCharacter);
    row("NUL within", QByteArray(token).insert(20, '\0'), BadCharacter);
    row("percent-encoded dot", QByteArray(token).replace('.', "%2E"), BadCharacter);
    row("two tokens in a list", token + ',' + token, BadCharacter);
    row("not ASCII", token + "\xC3\xA9", BadCharacter);
    row("not UTF-8", token + '\xFF', BadCharacter);
    row("full-width dot", QByteArray(token).replace('.', "\xEF\xBC\x8E"), BadCharacter);
    row("JSON form", R"({"payload":"e30","protected":"e30","signature":"AA"})", BadCharacter);
    row("one part", parts[0], NotThreeParts);
    row("two parts", parts[0] + '.' + parts[1], NotThreeParts);
    row("four parts", token + ".AAAA", NotThreeParts);
    row("six parts", token + '.' + token, NotThreeParts);
    row("dot behind", token + '.', NotThreeParts);
    row("dot in front", '.' + token, NotThreeParts);
    row("a dot", ".", NotThreeParts);
    row("a hundred dots", QByteArray(100, '.'), NotThreeParts);
    row("five parts", token + ".AAAA.AAAA", Encrypted);
    row("encrypted", forge::base64Url(R"({"alg":"dir","enc":"A256GCM"})") + "..AAAA.AAAA.AAAA", Encrypted);
    row("two dots", "..", BadHeader);
    row("no header", '.' + parts[1] + '.' + parts[2], BadHeader);
    row("padded header", parts[0] + "=." + parts[1] + '.' + parts[2], BadEncoding);
    row("padded claims", parts[0] + '.' + parts[1] + "==." + parts[2], BadEncoding);
    row("padded signature", token + '=', BadEncoding);
    row("padding alone", parts[0] + '.' + parts[1] + ".====", BadEncoding);
    row("ordinary base64, plus", parts[0] + '.' + parts[1] + ".++++", BadEncoding);
    row("ordinary base64, slash", parts[0] + '.' + parts[1] + ".////", BadEncoding);
    row("a letter too many", parts[0] + '.' + parts[1] + ".AAAAA", BadEncoding);
    // 32 bytes take 43 letters, and the last letter has two bits to spare; 16 bytes leave four
    const QByteArray letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    row("spare bits of the signature", token.chopped(1) + letters[letters.indexOf(token.back()) ^ 1], BadEncoding);
    row("spare bits of the header",
        forge::base64Url(R"({"alg":"HS256" })").chopped(1) + "R." + parts[1] + '.' + parts[2], BadEncoding);
}

void TestTokenVerifier::refusesBadHeaders_data()
{
    columns();
    row("no JSON", headed("alg=HS256"), BadHeader);
    row("cut off", headed(R"({"alg":"HS256")"), BadHeader);
    row("something behind", headed(R"({"alg":"HS256"}x)"), BadHeader);
    row("two objects", headed(R"({"alg":"HS256"}{"alg":"HS256"})"), BadHeader);
    row("array", headed(R"([{"alg":"HS256"}])"), BadHeader);
    row("string", headed(R"("HS256")"), BadHeader);
    row("number", headed("256"), BadHeader);
    row("null", headed("null"), BadHeader);
    row("byte-order mark", headed("\xEF\xBB\xBF{\"alg\":\"HS256\"}"), BadHeader);
    row("comment", headed(R"({"alg":"HS256"/*none*/})"), BadHeader);
    row("single quotation marks", headed("{'alg':'HS256'}"), BadHeader);
    row("comma behind", headed(R"({"alg":"HS256",})"), BadHeader);
    row("NUL behind", headed(QByteArray(R"({"alg":"HS256"})") + '\0'), BadHeader);
    row("not UTF-8", headed("{\"alg\":\"HS256\",\"x\":\"\xFF\"}"), BadHeader);
    row("UTF-16", headed(QByteArray("{\0\"\0a\0l\0g\0", 10)), BadHeader);
    row("surrogate in UTF-8", headed("{\"alg\":\"HS256\",\"x\":\"\xED\xA0\x80\"}"), BadHeader);
    row("half a character as a name", headed(R"({"alg":"HS256","\ud800":1})"), BadHeader);
    row("deep", headed(R"({"alg":"HS256","x":)" + QByteArray(40, '[') + QByteArray(40, ']') + '}'), BadHeader);
    row("alg twice", headed(R"({"alg":"none","alg":"HS256"})"), DuplicateMember);
    row("alg twice, none behind", headed(R"({"alg":"HS256","alg":"none"})"), DuplicateMember);
    row("alg twice, once with escapes", headed(R"({"\u0061lg":"none","alg":"HS256"})"), DuplicateMember);
    row("kid twice", headed(R"({"alg":"HS256","kid":"a","kid":"b"})"), DuplicateMember);
    row("no alg", headed(R"({"typ":"JWT"})"), NoAlgorithm);
    row("empty", headed("{}"), NoAlgorithm);
    row("alg in capitals", headed(R"({"ALG":"HS256"})"), NoAlgorithm);
    row("alg null", headed(R"({"alg":null})"), NoAlgorithm);
    row("alg number", headed(R"({"alg":256})"), NoAlgorithm);
    row("alg boolean", headed(R"({"alg":true})"), NoAlgorithm);
    row("alg array", headed(R"({"alg":["HS256"]})"), NoAlgorithm);
    row("alg object", headed(R"({"alg":{"alg":"HS256"}})"), NoAlgorithm);
    for (const char *none : {"none", "None", "NONE", "nOnE"}) {
        const QByteArray header = QByteArray(R"({"alg":")") + none + R"(","typ":"JWT"})";
        const QByteArray text = forge::signedText(header, good);
        row(QByteArray(none) + ", no signature", text + '.', Unsigned);
        row(QByteArray(none) + ", signed", headed(header), Unsigned);
    }
    row("right alg, no signature", forge::signedText(hsHeader, good) + '.', Unsigned);
    for (const char *name : {"", "hs256", "HS256 ", " HS256", "HS256\\u0000", "HS25", "HS2567", "HS384", "HS512",
                             "RS256", "ES256", "PS256", "ES256K", "EdDSA", "dir", "none ", "HS256,RS256"})
        row("alg " + QByteArray(name), headed(QByteArray(R"({"alg":")") + name + R"("})"), WrongAlgorithm);
    const QByteArray longer = forge::signedText(R"({"alg":"HS512"})", good);
    row("signed by HS512", forge::withSignature(longer, forge::hmac(longer, secret, QCryptographicHash::Sha512)),
        WrongAlgorithm);
    row("encryption in three parts", headed(R"({"alg":"RSA-OAEP","enc":"A256GCM"})"), Encrypted);
    row("enc beside the right alg", headed(R"({"alg":"HS256","enc":"A256GCM"})"), Encrypted);
    for (const char *type : {R"("JWE")", R"("JOSE")", R"("dpop+jwt")", R"("logout+jwt")", R"("")", R"("JWT ")", "null",
                             "1", R"(["JWT"])", R"("application/")"})
        row("typ " + QByteArray(type), headed(QByteArray(R"({"alg":"HS256","typ":)") + type + '}'), WrongType);
    row("nested", headed(R"({"alg":"HS256","cty":"JWT"})"), Nested);
    row("crit", headed(R"({"alg":"HS256","crit":["exp"],"exp":1})"), CriticalHeader);
    row("crit, empty", headed(R"({"alg":"HS256","crit":[]})"), CriticalHeader);
    row("unencoded claims", headed(R"({"alg":"HS256","b64":false,"crit":["b64"]})"), CriticalHeader);
    row("unencoded claims, not critical", headed(R"({"alg":"HS256","b64":false})"), CriticalHeader);
    row("compressed", headed(R"({"alg":"HS256","zip":"DEF"})"), CriticalHeader);
}

void TestTokenVerifier::refusesForgedSecrets_data()
{
    columns();
    const QByteArray text = forge::signedText(hsHeader, good);
    const QByteArray right = forge::hmac(text, secret);
    const auto signedBy = [&](const QByteArray &signature) { return forge::withSignature(text, signature); };
    row("another secret", hs(hsHeader, good, "another secret of 32 bytes or more than that"), BadSignature);
    row("no secret", hs(hsHeader, good, ""), BadSignature);
    row("something behind the secret", hs(hsHeader, good, secret + 'x'), BadSignature);
    row("beginning of the secret", hs(hsHeader, good, secret.chopped(1)), BadSignature);
    row("secret in base64", hs(hsHeader, good, secret.toBase64()), BadSignature);
    row("public key as the secret", hs(hsHeader, good, forge::publicPem(rsa())), BadSignature);
    row("SHA-1", signedBy(forge::hmac(text, secret, QCryptographicHash::Sha1)), BadSignature);
    row("SHA-512", signedBy(forge::hmac(text, secret, QCryptographicHash::Sha512)), BadSignature);
    row("SHA-512, cut", signedBy(forge::hmac(text, secret, QCryptographicHash::Sha512).left(32)), BadSignature);
    row("a hash without a key", signedBy(QCryptographicHash::hash(text + secret, QCryptographicHash::Sha256)),
        BadSignature);
    row("a byte missing", signedBy(right.chopped(1)), BadSignature);
    row("a byte too many", signedBy(right + '\0'), BadSignature);
    row("one byte", signedBy(right.left(1)), BadSignature);
    row("zeros", signedBy(QByteArray(32, '\0')), BadSignature);
    row("in hexadecimal", signedBy(right.toHex()), BadSignature);
    row("of another token", signedBy(forge::hmac(forge::signedText(hsHeader, "{}"), secret)), BadSignature);
    row("claims changed", forge::withSignature(forge::signedText(hsHeader, R"({"sub":"eve","exp":1800000600})"), right),
        BadSignature);
    row("header changed", forge::withSignature(forge::signedText(R"({"alg":"HS256"})", good), right), BadSignature);
    row("of the claims alone", signedBy(forge::hmac(forge::base64Url(good), secret)), BadSignature);
    row("forged and expired", hs(hsHeader, R"({"sub":"ada","exp":1})", "another"), BadSignature);
    row("forged and no JSON", hs(hsHeader, "x", "another"), BadSignature);
    row("key by file name", hs(R"({"alg":"HS256","kid":"../../../dev/null"})", good, ""), BadSignature);
    row("key by query", hs(R"({"alg":"HS256","kid":"' UNION SELECT 'x"})", good, "x"), BadSignature);
    row("secret brought along", hs(R"({"alg":"HS256","jwk":{"kty":"oct","k":"eA"}})", good, "x"), ForeignKey);
    row("RS256, signed with RSA", rs(rsHeader, good), WrongAlgorithm);
    row("ES256, signed with EC", es(esHeader, good), WrongAlgorithm);
    row("HS256 said, signed with RSA", rs(hsHeader, good), BadSignature);
    row("HS256 said, signed with EC", es(hsHeader, good), BadSignature);
}

void TestTokenVerifier::refusesForgedRsa_data()
{
    columns();
    const QByteArray text = forge::signedText(rsHeader, good);
    const QByteArray right = forge::rsaSignature(text, rsa());
    const auto signedBy = [&](const QByteArray &signature) { return forge::withSignature(text, signature); };
    const forge::Key mine = forge::rsaKey();
    const QByteArray pem = forge::publicPem(rsa());
    row("HS256 with the public key", hs(hsHeader, good, pem), WrongAlgorithm);
    row("HS256 with the public key, trimmed", hs(hsHeader, good, pem.trimmed()), WrongAlgorithm);
    row("RS256 said, HMAC with the public key", hs(rsHeader, good, pem), BadSignature);
    row("RS256 said, HMAC with the trimmed key", hs(rsHeader, good, pem.trimmed()), BadSignature);
    row("another key", rs(rsHeader, good, mine), BadSignature);
    row("key brought along", rs(R"({"alg":"RS256","jwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}})", good, mine),
        ForeignKey);
    row("address of a key", rs(R"({"alg":"RS256","jku":"https://evil.example/keys"})", good, mine), ForeignKey);
    row("address of a certificate", rs(R"({"alg":"RS256","x5u":"https://evil.example/"})", good, mine), ForeignKey);
    row("certificate brought along", rs(R"({"alg":"RS256","x5c":["MIIB"]})", good, mine), ForeignKey);
    row("key by its name", rs(R"({"alg":"RS256","kid":"mine"})", good, mine), BadSignature);
    row("padding of PS256", signedBy(forge::rsaSignature(text, rsa(), RSA_PKCS1_PSS_PADDING)), BadSignature);
    row("SHA-512", signedBy(forge::rsaSignature(text, rsa(), RSA_PKCS1_PADDING, EVP_sha512())), BadSignature);
    row("SHA-1", signedBy(forge::rsaSignature(text, rsa(), RSA_PKCS1_PADDING, EVP_sha1())), BadSignature);
    row("zeros", signedBy(QByteArray(256, '\0')), BadSignature);
    row("one", signedBy(QByteArray(255, '\0') + '\1'), BadSignature);
    row("larger than the key", signedBy(QByteArray(256, '\xFF')), BadSignature);
    row("a byte missing", signedBy(right.chopped(1)), BadSignature);
    row("a zero in front", signedBy('\0' + right), BadSignature);
    row("as long as a token may be", signedBy(QByteArray(5000, 'x')), BadSignature);
    row("claims changed", forge::withSignature(forge::signedText(rsHeader, R"({"sub":"eve","exp":1800000600})"), right),
        BadSignature);
    row("no signature", text + '.', Unsigned);
    row("none", forge::signedText(R"({"alg":"none"})", good) + '.', Unsigned);
    row("ES256, signed with EC", es(esHeader, good), WrongAlgorithm);
    row("RS256 said, signed with EC", es(rsHeader, good), BadSignature);
    row("RS384 said", rs(R"({"alg":"RS384"})", good), WrongAlgorithm);
    row("PS256 said", rs(R"({"alg":"PS256"})", good), WrongAlgorithm);
}

void TestTokenVerifier::refusesForgedCurves_data()
{
    columns();
    const QByteArray text = forge::signedText(esHeader, good);
    const QByteArray right = forge::curveSignature(text, curve());
    const auto signedBy = [&](const QByteArray &signature) { return forge::withSignature(text, signature); };
    const QByteArray zero(32, '\0');
    const QByteArray order = QByteArray::fromHex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    row("HS256 with the public key", hs(hsHeader, good, forge::publicPem(curve())), WrongAlgorithm);
    row("ES256 said, HMAC with the public key", hs(esHeader, good, forge::publicPem(curve())), BadSignature);
    row("another key", es(esHeader, good, forge::curveKey()), BadSignature);
    row("key brought along", es(R"({"alg":"ES256","jwk":{"kty":"EC","crv":"P-256"}})", good, forge::curveKey()),
        ForeignKey);
    row("zeros", signedBy(zero + zero), BadSignature);
    row("first number zero", signedBy(zero + right.right(32)), BadSignature);
    row("second number zero", signedBy(right.left(32) + zero), BadSignature);
    row("the order of the curve", signedBy(order + order), BadSignature);
    row("order and zero", signedBy(order + zero), BadSignature);
    row("ones", signedBy(QByteArray(64, '\xFF')), BadSignature);
    row("numbers swapped", signedBy(right.right(32) + right.left(32)), BadSignature);
    row("in DER", signedBy(forge::derSignature(text, curve())), BadSignature);
    row("a byte missing", signedBy(right.chopped(1)), BadSignature);
    row("a byte too many", signedBy(right + '\0'), BadSignature);
    row("half of it", signedBy(right.left(32)), BadSignature);
    row("twice", signedBy(right + right), BadSignature);
    row("by P-384", signedBy(forge::curveSignature(text, forge::curveKey("P-384"), 48)), BadSignature);
    row("ES384 said", es(R"({"alg":"ES384"})", good), WrongAlgorithm);
    row("RS256, signed with RSA", rs(rsHeader, good), WrongAlgorithm);
    row("ES256 said, signed with RSA", rs(esHeader, good), BadSignature);
    row("no signature", text + '.', Unsigned);
    row("none", forge::signedText(R"({"alg":"nOnE"})", good) + '.', Unsigned);
}

void TestTokenVerifier::refusesBadClaims_data()
{
    columns();
    row("nothing", claiming(""), BadClaims);
    row("no JSON", claiming("sub=ada"), BadClaims);
    row("array", claiming("[" + good + "]"), BadClaims);
    row("string", claiming(R"("ada")"), BadClaims);
    row("null", claiming("null"), BadClaims);
    row("token in a token", claiming(claiming(good)), BadClaims);
    row("something behind", claiming(good + "}"), BadClaims);
    row("cut off", claiming(good.chopped(1)), BadClaims);
    row("not UTF-8", with("\"name\":\"\xFF\""), BadClaims);
    row("NUL behind", claiming(good + '\0'), BadClaims);
    row("deep", with(R"("x":)" + QByteArray(40, '[') + QByteArray(40, ']')), BadClaims);
    row("sub twice", with(R"("sub":"eve")"), DuplicateMember);
    row("sub twice, once with escapes", with(R"("s\u0075b":"eve")"), DuplicateMember);
    row("exp twice", with(R"("exp":9999999999)"), DuplicateMember);
    row("something twice", with(R"("x":1,"x":1)"), DuplicateMember);
    row("no sub", claiming(R"({"exp":1800000600})"), NoSubject);
    row("sub in capitals", claiming(R"({"SUB":"ada","exp":1800000600})"), NoSubject);
    row("sub within", claiming(R"({"user":{"sub":"ada"},"exp":1800000600})"), NoSubject);
    for (const QByteArray &subject :
         {QByteArray("null"), QByteArray("7"), QByteArray("true"), QByteArray(R"(["ada"])"),
          QByteArray(R"({"id":"ada"})"), QByteArray(R"("")"), QByteArray(R"("a\u0000b")"), QByteArray(R"("a\nb")"),
          QByteArray(R"("a\u007fb")"), QByteArray('"' + QByteArray(256, 'a') + '"')})
        row("sub " + subject.left(20), claiming(R"({"exp":1800000600,"sub":)" + subject + '}'), BadSubject);
    for (const char *name : {"null", "7", "[]", R"({"first":"Ada"})"})
        row("name " + QByteArray(name), with(QByteArray(R"("name":)") + name), BadClaim);
    for (const char *claim : {"sub", "name", "room", "game", "other"})
        row("half a surrogate in " + QByteArray(claim), with('"' + QByteArray(claim) + R"(":"\ud800")"), BadClaims);
}

void TestTokenVerifier::refusesBadTimes_data()
{
    columns();
    const auto expiring = [](const QByteArray &time) { return claiming(R"({"sub":"ada","exp":)" + time + '}'); };
    row("no exp", claiming(R"({"sub":"ada"})"), NoExpiry);
    row("no claims", claiming("{}"), NoExpiry);
    row("exp in capitals", claiming(R"({"sub":"ada","EXP":1800000600})"), NoExpiry);
    row("expired", expiring("1799999000"), Expired);
    row("expired, leeway over", expiring("1799999970"), Expired);
    row("zero", expiring("0"), Expired);
    row("one", expiring("1"), Expired);
    row("expired with a fraction", expiring("1799999970.999"), Expired);
    row("half a second", expiring("0.5"), Expired);
    for (const char *time : {"null",
                             "true",
                             "[]",
                             "[1800000600]",
                             R"({"seconds":1800000600})",
                             R"("1800000600")",
                             R"("")",
                             R"("never")",
                             R"("2027-01-15T08:10:00Z")",
                             "-1",
                             "-0",
                             "-1800000600",
                             "1.8e9",
                             "18e8",
                             "1E400",
                             "1e-400",
                             "1.0E+10",
                             "-1e400",
                             "1800000600000",
                             "253402300800",
                             "9223372036854775807",
                             "9223372036854775808",
                             "18446744073709551616",
                             "99999999999999999999999999999999999999999999"})
        row("exp " + QByteArray(time), expiring(time), BadTime);
    for (const char *time : {"NaN", "Infinity", "-Infinity", "0x6B49D458", "01800000600", "+1800000600",
                             "1_800_000_600", "1800000600.", ".5", "1800000600n", "undefined"})
        row("exp " + QByteArray(time), expiring(time), BadClaims);
    row("not yet", with(R"("nbf":1800000031)"), NotYetValid);
    row("in a year", with(R"("nbf":1831536000)"), NotYetValid);
    row("expired before it began", claiming(R"({"sub":"ada","nbf":1800000600,"exp":1799990000})"), Expired);
    for (const char *time : {"null", R"("1700000000")", "-1", "1e9", "1700000000000", "false"}) {
        row("nbf " + QByteArray(time), with(QByteArray(R"("nbf":)") + time), BadTime);
        row("iat " + QByteArray(time), with(QByteArray(R"("iat":)") + time), BadTime);
    }
}

void TestTokenVerifier::refusesOtherIssuersAndAudiences_data()
{
    columns();
    const QByteArray issuer = R"("iss":"https://issuer.example")";
    const QByteArray audience = R"("aud":"glasshouse")";
    row("neither", claiming(good), WrongIssuer);
    row("no issuer", with(audience), WrongIssuer);
    for (const char *other : {R"("https://evil.example")", R"("https://issuer.example/")", R"("https://issuer.exampl")",
                              R"("HTTPS://ISSUER.EXAMPLE")", R"("")", "null", "7", R"(["https://issuer.example"])"})
        row("iss " + QByteArray(other), with(audience + R"(,"iss":)" + other), WrongIssuer);
    row("no audience", with(issuer), WrongAudience);
    for (const char *other :
         {R"("other")", R"("glasshouse2")", R"("glass")", R"("Glasshouse")", R"("")", "null", "7", R"(["other"])", "[]",
          R"([["glasshouse"]])", R"({"glasshouse":true})", R"("glasshouse other")"})
        row("aud " + QByteArray(other), with(issuer + R"(,"aud":)" + other), WrongAudience);
}

void TestTokenVerifier::refusesOtherUses_data()
{
    columns();
    for (const char *room :
         {R"("other")", R"("Lobby")", R"("lobby ")", R"("lobb")", R"("")", R"("*")", R"("lobby\u0000")"})
        row("room " + QByteArray(room), with(QByteArray(R"("room":)") + room), WrongRoom);
    for (const char *game : {R"("chess")", R"("RELAY")", R"("")", R"("*")"})
        row("game " + QByteArray(game), with(QByteArray(R"("game":)") + game), WrongGame);
    for (const char *mistyped : {"null", "7", "false", R"(["lobby"])", R"({"lobby":true})"}) {
        row("room " + QByteArray(mistyped), with(QByteArray(R"("room":)") + mistyped), BadClaim);
        row("game " + QByteArray(mistyped), with(QByteArray(R"("game":)") + mistyped), BadClaim);
    }
    row("right room, wrong game", with(R"("room":"lobby","game":"chess")"), WrongGame);
}

void TestTokenVerifier::boundTokensFitNoEmptyUse()
{
    const TokenVerifier verifier = verifierOf(TokenAlgorithm::HS256);
    QVERIFY(verifier.verify(claiming(good), {}, now));
    QCOMPARE(verifier.verify(with(R"("room":"lobby")"), {}, now).error().code, WrongRoom);
    QCOMPARE(verifier.verify(with(R"("room":"")"), {}, now).error().code, WrongRoom);
    QCOMPARE(verifier.verify(with(R"("game":"relay")"), {"lobby", {}}, now).error().code, WrongGame);
}

void TestTokenVerifier::refusesEveryFlippedBit_data()
{
    QTest::addColumn<TokenAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("HS256") << TokenAlgorithm::HS256 << claiming(good);
    QTest::newRow("RS256") << TokenAlgorithm::RS256 << rs(rsHeader, good);
    QTest::newRow("ES256") << TokenAlgorithm::ES256 << es(esHeader, good);
}

void TestTokenVerifier::refusesEveryFlippedBit()
{
    QFETCH(TokenAlgorithm, algorithm);
    QFETCH(QByteArray, token);
    const TokenVerifier verifier = verifierOf(algorithm);
    QVERIFY(verifier.verify(token, lobby, now));
    for (qsizetype bit = 0; bit < token.size() * 8; ++bit) {
        QByteArray flipped = token;
        flipped[bit / 8] = char(flipped[bit / 8] ^ (1 << bit % 8));
        QVERIFY2(!verifier.verify(flipped, lobby, now), qPrintable(QString::number(bit)));
    }
}

void TestTokenVerifier::refusesEveryBeginning()
{
    const QByteArray token = claiming(good);
    const TokenVerifier verifier = verifierOf(TokenAlgorithm::HS256);
    for (qsizetype size = 0; size < token.size(); ++size)
        QVERIFY(!verifier.verify(token.left(size), lobby, now));
}

void TestTokenVerifier::takesGoodTokens_data()
{
    QTest::addColumn<TokenAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("token");
    const auto takes = [](const char *name, const QByteArray &token) {
        QTest::newRow(name) << TokenAlgorithm::HS256 << token;
    };
    QTest::newRow("RS256") << TokenAlgorithm::RS256 << rs(rsHeader, good);
    QTest::newRow("ES256") << TokenAlgorithm::ES256 << es(esHeader, good);
    takes("HS256", claiming(good));
    takes("no typ", headed(R"({"alg":"HS256"})"));
    takes("typ in small letters", headed(R"({"typ":"jwt","alg":"HS256"})"));
    takes("typ with its tree", headed(R"({"typ":"application/jwt","alg":"HS256"})"));
    takes("access token", headed(R"({"typ":"at+jwt","alg":"HS256"})"));
    takes("kid, which nobody looks at", headed(R"({"alg":"HS256","kid":"../../x","x5t":"AAAA"})"));
    takes("a key brought along that nobody needs", headed(R"({"alg":"HS256","jwk":{"kty":"oct","k":"eA"}})"));
    takes("white space in the JSON",
          hs("{\"alg\" :\r\n\t\"HS256\" }", "\n { \"exp\":1800000600 , \"sub\":\"ada\" }\n"));
    takes("escapes", claiming(R"({"s\u0075b":"\u0061da","exp":1800000600})"));
    takes("leeway at the end", claiming(R"({"sub":"ada","exp":1799999971})"));
    takes("leeway at the beginning", with(R"("nbf":1800000030)"));
    takes("a fraction of a second", claiming(R"({"sub":"ada","exp":1800000600.25})"));
    takes("the year 9999", claiming(R"({"sub":"ada","exp":253402300799})"));
    takes("issued in the future", with(R"("iat":1800009999)"));
    takes("issuer and audience that nobody asked for", with(R"("iss":7,"aud":{})"));
    takes("room and game", with(R"("room":"lobby","game":"relay","name":"Ada")"));
    takes("other claims", with(R"("admin":true,"roles":["a",{"b":[1]}],"":null)"));
    takes("sub of 255 bytes", claiming(R"({"exp":1800000600,"sub":")" + QByteArray(255, 'a') + R"("})"));
}

void TestTokenVerifier::takesGoodTokens()
{
    QFETCH(TokenAlgorithm, algorithm);
    QFETCH(QByteArray, token);
    const auto result = verifierOf(algorithm).verify(token, lobby, now);
    QVERIFY2(result.ok(), result ? "" : result.error().text.constData());
}

void TestTokenVerifier::takesTheIssuerAndAudience_data()
{
    QTest::addColumn<QByteArray>("audience");
    QTest::newRow("text") << QByteArray(R"("glasshouse")");
    QTest::newRow("only one of a list") << QByteArray(R"(["glasshouse"])");
    QTest::newRow("last of a list") << QByteArray(R"([7,null,"other","glasshouse"])");
}

void TestTokenVerifier::takesTheIssuerAndAudience()
{
    QFETCH(QByteArray, audience);
    const QByteArray token = with(R"("iss":"https://issuer.example","aud":)" + audience);
    QVERIFY(verifierOf(TokenAlgorithm::HS256, strictRules).verify(token, lobby, now));
}

// RFC 7515 appendix A.1: its signature is right, only it names no player.
void TestTokenVerifier::takesThePublishedExample()
{
    const QByteArray key =
        QByteArray::fromBase64("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
                               QByteArray::Base64UrlEncoding);
    const QByteArray token(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    const TokenVerifier verifier(TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Verify, key).value(), {"joe", {}});
    QCOMPARE(verifier.verify(token, {}, 1'300'819'379).error().code, NoSubject);
    QCOMPARE(verifier.verify(token, {}, 1'300'819'410).error().code, Expired);
}

void TestTokenVerifier::saysWhatTheTokenSays()
{
    const QByteArray token = with(R"("name":"Ada \u20ac","room":"lobby","game":"relay")");
    const TokenClaims claims = verifierOf(TokenAlgorithm::HS256).verify(token, lobby, now).value();
    QCOMPARE(claims.subject, "ada");
    QCOMPARE(claims.name, "Ada \xE2\x82\xAC");
    QCOMPARE(claims.room, "lobby");
    QCOMPARE(claims.game, "relay");
    QCOMPARE(claims.expiresAt, now + 600);
    QCOMPARE(claims.notAfter, now + 630);
    QCOMPARE(verifierOf(TokenAlgorithm::HS256).verify(token, lobby, claims.notAfter - 1).ok(), true);
    QCOMPARE(verifierOf(TokenAlgorithm::HS256).verify(token, lobby, claims.notAfter).error().code, Expired);
}

void TestTokenVerifier::saysHowLateItIs()
{
    const TokenVerifier verifier = verifierOf(TokenAlgorithm::HS256);
    const QByteArray token = with(R"("nbf":1800000000)");
    QVERIFY(verifier.verify(token, lobby, now + 700).error().text.contains(" 100 s ago"));
    QVERIFY(verifier.verify(token, lobby, now - 45).error().text.contains(" 45 s "));
    QVERIFY(verifier.verify(claiming(R"({"sub":"a","exp":1800000600000})"), lobby, now)
                .error()
                .text.contains("milliseconds"));
    QVERIFY(verifier.verify(with(R"("nbf":"x")"), lobby, now).error().text.contains("\"nbf\""));
}

void TestTokenVerifier::countsCopiesAsOne()
{
    const auto fingerprint = [](const QByteArray &token) {
        return verifierOf(TokenAlgorithm::ES256).verify(token, lobby, now).value().fingerprint;
    };
    QCOMPARE(fingerprint(es(esHeader, good)), fingerprint(es(esHeader, good))); // ECDSA signs differently each time
    QVERIFY(fingerprint(es(esHeader, good)) != fingerprint(es(esHeader, R"({"sub":"eve","exp":1800000600})")));
}

void TestTokenVerifier::hasAShortReasonForEach()
{
    QList<QByteArray> texts;
    for (int code = 0; code <= int(WrongGame); ++code) {
        const QByteArray text = describe(TokenError(code)).toByteArray();
        QVERIFY(text.size() > 10 && text.size() <= 123 && !texts.contains(text));
        texts += text;
    }
    QVERIFY(describe(TokenError(int(WrongGame) + 1)).isEmpty());
}

QTEST_GUILESS_MAIN(TestTokenVerifier)
#include "tst_tokenverifier.moc"
