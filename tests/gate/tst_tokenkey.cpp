// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenkey.h"
#include "tests/support/tokenforge.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <openssl/err.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(glasshouse::TokenAlgorithm)
Q_DECLARE_METATYPE(glasshouse::KeyPurpose)
Q_DECLARE_METATYPE(glasshouse::KeyError)

class TestTokenKey final : public QObject
{
    Q_OBJECT

private slots:
    void namesAlgorithms();
    void refusesBadSecrets_data();
    void refusesBadSecrets();
    void refusesBadKeys_data();
    void refusesBadKeys();
    void takesGoodKeys_data();
    void takesGoodKeys();
    void signsOnlyWithPrivateKeys();
    void ignoresOneLineEndBehindASecret();
    void namesTheFile();
    void leavesNoErrorsForTls();
};

void TestTokenKey::namesAlgorithms()
{
    for (const auto algorithm : {TokenAlgorithm::HS256, TokenAlgorithm::RS256, TokenAlgorithm::ES256})
        QCOMPARE(tokenAlgorithm(nameOf(algorithm)), std::optional(algorithm));
    for (const char *name : {"", "none", "hs256", "HS256 ", "HS384", "PS256", "ES384", "EdDSA"})
        QVERIFY(!tokenAlgorithm(name));
}

void TestTokenKey::refusesBadSecrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<KeyError>("error");
    QTest::newRow("empty") << QByteArray() << KeyError::SecretTooShort;
    QTest::newRow("a line end") << QByteArray("\n") << KeyError::SecretTooShort;
    QTest::newRow("31 bytes") << QByteArray("0123456789abcdefghijklmnopqrstu") << KeyError::SecretTooShort;
    QTest::newRow("31 bytes and a line end")
        << QByteArray("0123456789abcdefghijklmnopqrstu\n") << KeyError::SecretTooShort;
    QTest::newRow("one letter") << QByteArray(64, 'a') << KeyError::SecretTooSimple;
    QTest::newRow("a word again and again") << QByteArray("secret").repeated(10) << KeyError::SecretTooSimple;
    QTest::newRow("zeros") << QByteArray(32, '\0') << KeyError::SecretTooSimple;
    QTest::newRow("a public key") << forge::publicPem(forge::curveKey()) << KeyError::SecretIsPem;
    QTest::newRow("a certificate") << QByteArray("-----BEGIN CERTIFICATE-----\nMIIBlDCCATugAwIBAgI=\n")
                                   << KeyError::SecretIsPem;
    QTest::newRow("a file") << QByteArray(65'537, 'x') << KeyError::TooLong;
}

void TestTokenKey::refusesBadSecrets()
{
    QFETCH(QByteArray, secret);
    for (const auto purpose : {KeyPurpose::Verify, KeyPurpose::Sign}) {
        const auto key = TokenKey::make(TokenAlgorithm::HS256, purpose, secret);
        QVERIFY(!key);
        QTEST(key.error().code, "error");
        QVERIFY(key.error().text.size() > 20);
        QVERIFY(secret.size() < 32 || !key.error().text.contains(secret.left(16)));
    }
}

void TestTokenKey::refusesBadKeys_data()
{
    QTest::addColumn<TokenAlgorithm>("algorithm");
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<KeyError>("error");
    const auto rs = TokenAlgorithm::RS256;
    const auto es = TokenAlgorithm::ES256;
    const auto verify = KeyPurpose::Verify;
    const auto sign = KeyPurpose::Sign;
    const forge::Key rsa = forge::rsaKey();
    const forge::Key curve = forge::curveKey();
    QByteArray broken = forge::publicPem(rsa);
    broken[100] = broken[100] == 'A' ? 'B' : 'A';
    broken[40] = '?';

    QTest::newRow("empty") << rs << verify << QByteArray() << KeyError::NotPem;
    QTest::newRow("a secret") << rs << verify << QByteArray("0123456789abcdefghijklmnopqrstuvwxyz") << KeyError::NotPem;
    QTest::newRow("broken") << rs << verify << broken << KeyError::NotPem;
    QTest::newRow("cut off") << rs << verify << forge::publicPem(rsa).left(200) << KeyError::NotPem;
    QTest::newRow("an address of keys") << rs << verify << QByteArray(R"({"keys":[{"kty":"RSA"}]})")
                                        << KeyError::NotPem;
    QTest::newRow("a file") << rs << verify << QByteArray(65'537, 'x') << KeyError::TooLong;
    QTest::newRow("two keys") << rs << verify << forge::publicPem(rsa) + forge::publicPem(forge::rsaKey())
                              << KeyError::SeveralKeys;
    QTest::newRow("a certificate") << rs << verify
                                   << QByteArray("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
                                   << KeyError::IsCertificate;
    QTest::newRow("private to verify, RSA") << rs << verify << forge::privatePem(rsa) << KeyError::IsPrivate;
    QTest::newRow("private to verify, EC") << es << verify << forge::privatePem(curve) << KeyError::IsPrivate;
    QTest::newRow("public to sign") << es << sign << forge::publicPem(curve) << KeyError::IsPublic;
    QTest::newRow("locked") << rs << sign << forge::privatePem(rsa, "password") << KeyError::Encrypted;
    QTest::newRow("EC for RS256") << rs << verify << forge::publicPem(curve) << KeyError::WrongType;
    QTest::newRow("RSA for ES256") << es << verify << forge::publicPem(rsa) << KeyError::WrongType;
    QTest::newRow("EC for RS256, to sign") << rs << sign << forge::privatePem(curve) << KeyError::WrongType;
    QTest::newRow("Ed25519 for ES256") << es << verify << forge::publicPem(forge::otherKey("ED25519"))
                                       << KeyError::WrongType;
    QTest::newRow("Ed25519 for RS256") << rs << verify << forge::publicPem(forge::otherKey("ED25519"))
                                       << KeyError::WrongType;
    QTest::newRow("1024 bits") << rs << verify << forge::publicPem(forge::rsaKey(1024)) << KeyError::TooShort;
    QTest::newRow("2047 bits") << rs << verify << forge::publicPem(forge::rsaKey(2047)) << KeyError::TooShort;
    QTest::newRow("1024 bits, to sign") << rs << sign << forge::privatePem(forge::rsaKey(1024)) << KeyError::TooShort;
    QTest::newRow("P-384") << es << verify << forge::publicPem(forge::curveKey("P-384")) << KeyError::WrongCurve;
    QTest::newRow("secp256k1") << es << verify << forge::publicPem(forge::curveKey("secp256k1"))
                               << KeyError::WrongCurve;
    QTest::newRow("exponent of 1") << rs << verify << forge::publicPem(forge::rsaKeyThatSignsNothing(rsa))
                                   << KeyError::Unsound;
}

void TestTokenKey::refusesBadKeys()
{
    QFETCH(TokenAlgorithm, algorithm);
    QFETCH(KeyPurpose, purpose);
    QFETCH(QByteArray, pem);
    const auto key = TokenKey::make(algorithm, purpose, pem);
    QVERIFY(!key);
    QTEST(key.error().code, "error");
    QVERIFY(key.error().text.size() > 15);
}

void TestTokenKey::takesGoodKeys_data()
{
    QTest::addColumn<TokenAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("toSign");
    QTest::addColumn<QByteArray>("toVerify");
    const QByteArray secret("0123456789abcdefghijklmnopqrstuv");
    const forge::Key rsa = forge::rsaKey();
    const forge::Key odd = forge::rsaKey(3000);
    const forge::Key curve = forge::curveKey();
    QTest::newRow("HS256") << TokenAlgorithm::HS256 << secret << secret;
    QTest::newRow("RS256") << TokenAlgorithm::RS256 << forge::privatePem(rsa) << forge::publicPem(rsa);
    QTest::newRow("RS256 of 3000 bits") << TokenAlgorithm::RS256 << forge::privatePem(odd) << forge::publicPem(odd);
    QTest::newRow("ES256") << TokenAlgorithm::ES256 << forge::privatePem(curve) << forge::publicPem(curve);
}

void TestTokenKey::takesGoodKeys()
{
    QFETCH(TokenAlgorithm, algorithm);
    QFETCH(QByteArray, toSign);
    QFETCH(QByteArray, toVerify);
    const auto signer = TokenKey::make(algorithm, KeyPurpose::Sign, toSign);
    const auto verifier = TokenKey::make(algorithm, KeyPurpose::Verify, toVerify);
    QVERIFY(signer && verifier);
    QCOMPARE(verifier.value().algorithm(), algorithm);
    for (int i = 0; i < 20; ++i) { // the numbers of a signature begin with zeros now and then
        const QByteArray text = "text " + QByteArray::number(i);
        const auto signature = signer.value().signatureOf(text);
        QVERIFY(signature);
        QVERIFY(verifier.value().verifies(text, *signature));
        QVERIFY(signer.value().verifies(text, *signature));
        QVERIFY(!verifier.value().verifies(text + ' ', *signature));
        QVERIFY(!verifier.value().verifies(text, signature->chopped(1)));
        QVERIFY(!verifier.value().verifies(text, {}));
    }
}

void TestTokenKey::signsOnlyWithPrivateKeys()
{
    const auto rsa = TokenKey::make(TokenAlgorithm::RS256, KeyPurpose::Verify, forge::publicPem(forge::rsaKey()));
    const auto curve = TokenKey::make(TokenAlgorithm::ES256, KeyPurpose::Verify, forge::publicPem(forge::curveKey()));
    QVERIFY(!rsa.value().signatureOf("text"));
    QVERIFY(!curve.value().signatureOf("text"));
}

void TestTokenKey::ignoresOneLineEndBehindASecret()
{
    const QByteArray secret("0123456789abcdefghijklmnopqrstuv");
    const auto signatureBy = [](const QByteArray &bytes) {
        return *TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Sign, bytes).value().signatureOf("text");
    };
    QCOMPARE(signatureBy(secret), forge::hmac("text", secret));
    QCOMPARE(signatureBy(secret + '\n'), forge::hmac("text", secret));
    QCOMPARE(signatureBy(secret + "\r\n"), forge::hmac("text", secret));
    QCOMPARE(signatureBy(secret + "\n\n"), forge::hmac("text", secret + '\n'));
    QCOMPARE(signatureBy(secret + ' '), forge::hmac("text", secret + ' '));
}

void TestTokenKey::namesTheFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"key"_s);
    const auto load = [&] { return TokenKey::load(TokenAlgorithm::HS256, KeyPurpose::Verify, path); };
    QCOMPARE(load().error().code, KeyError::Unreadable);
    QVERIFY(load().error().text.startsWith(path.toUtf8() + ": "));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("short");
    file.flush();
    QCOMPARE(load().error().code, KeyError::SecretTooShort);
    QVERIFY(load().error().text.startsWith(path.toUtf8() + ": "));
    file.write(" no longer, since it has enough bytes now");
    file.flush();
    QVERIFY(load());
    QCOMPARE(TokenKey::load(TokenAlgorithm::HS256, KeyPurpose::Verify, folder.path()).error().code,
             KeyError::Unreadable);
}

// A TLS connection of the same thread reads the queue after each of its calls.
void TestTokenKey::leavesNoErrorsForTls()
{
    ERR_clear_error();
    QVERIFY(!TokenKey::make(TokenAlgorithm::RS256, KeyPurpose::Verify,
                            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
    const auto rsa = TokenKey::make(TokenAlgorithm::RS256, KeyPurpose::Verify, forge::publicPem(forge::rsaKey()));
    const auto curve = TokenKey::make(TokenAlgorithm::ES256, KeyPurpose::Verify, forge::publicPem(forge::curveKey()));
    QVERIFY(!rsa.value().verifies("text", QByteArray(256, 'x')));
    QVERIFY(!curve.value().verifies("text", QByteArray(64, '\xFF')));
    QCOMPARE(ERR_peek_error(), 0UL);
}

QTEST_GUILESS_MAIN(TestTokenKey)
#include "tst_tokenkey.moc"
