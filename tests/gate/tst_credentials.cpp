// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/selfsigned.h"
#include "server/config/serverconfig.h"
#include "server/gate/credentials.h"
#include "tests/support/requests.h"
#include "tests/support/tokenforge.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestCredentials final : public QObject
{
    Q_OBJECT

private slots:
    void needNothingForAnOpenServer();
    void readKeys_data();
    void readKeys();
    void refuseKeys_data();
    void refuseKeys();
    void readTheOperatorsToken_data();
    void readTheOperatorsToken();
    void readTrustedNetworks();
    void readCertificates();
    void knowTheOperator_data();
    void distrustProxies_data();
    void distrustProxies();
    void knowTheOperator();

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString file(const QString &name, const QByteArray &contents) const;
};

QString TestCredentials::file(const QString &name, const QByteArray &contents) const
{
    QFile made(m_folder.filePath(name));
    if (!made.open(QIODevice::WriteOnly) || made.write(contents) != contents.size())
        qFatal("no place for a file");
    return made.fileName();
}

void TestCredentials::needNothingForAnOpenServer()
{
    const auto credentials = loadCredentials({});
    QVERIFY(credentials);
    QVERIFY(!credentials.value().verifier && !credentials.value().tls);
    QVERIFY(credentials.value().trustsThisMachine);
    QVERIFY(credentials.value().operatorToken.isEmpty() && credentials.value().trustedProxies.isEmpty());
}

void TestCredentials::readKeys_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("secret") << QByteArray("HS256") << QByteArray("0123456789abcdefghijklmnopqrstuv\n");
    QTest::newRow("RSA") << QByteArray("RS256") << forge::publicPem(forge::rsaKey());
    QTest::newRow("curve") << QByteArray("ES256") << forge::publicPem(forge::curveKey());
}

void TestCredentials::readKeys()
{
    QFETCH(QByteArray, algorithm);
    QFETCH(QByteArray, contents);
    ServerConfig config;
    config.auth = AuthMode::Token;
    config.token.algorithm = algorithm;
    (algorithm == "HS256" ? config.token.secretFile : config.token.publicKeyFile) = file(u"key"_s, contents);
    const auto credentials = loadCredentials(config);
    QVERIFY2(credentials, credentials ? "" : credentials.error().text.constData());
    QVERIFY(credentials.value().verifier);
}

void TestCredentials::refuseKeys_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<CredentialsError>("error");
    using enum CredentialsError;
    QTest::newRow("no secret") << QByteArray("HS256") << QByteArray() << NoKey;
    QTest::newRow("no key") << QByteArray("ES256") << QByteArray() << NoKey;
    QTest::newRow("short secret") << QByteArray("HS256") << QByteArray("hunter2") << BadKey;
    QTest::newRow("simple secret") << QByteArray("HS256") << QByteArray(64, 'x') << BadKey;
    QTest::newRow("short RSA key") << QByteArray("RS256") << forge::publicPem(forge::rsaKey(1024)) << BadKey;
    QTest::newRow("a private key") << QByteArray("RS256") << forge::privatePem(forge::rsaKey()) << BadKey;
    QTest::newRow("a key of another kind") << QByteArray("RS256") << forge::publicPem(forge::curveKey()) << BadKey;
    QTest::newRow("none") << QByteArray("none") << QByteArray("x") << BadAlgorithm;
}

void TestCredentials::refuseKeys()
{
    QFETCH(QByteArray, algorithm);
    QFETCH(QByteArray, contents);
    ServerConfig config;
    config.auth = AuthMode::Token;
    config.token.algorithm = algorithm;
    if (!contents.isEmpty())
        (algorithm == "HS256" ? config.token.secretFile : config.token.publicKeyFile) = file(u"key"_s, contents);
    const auto credentials = loadCredentials(config);
    QVERIFY(!credentials);
    QTEST(credentials.error().code, "error");
    QVERIFY(!credentials.error().text.isEmpty() && !credentials.error().text.contains("hunter2"));
}

void TestCredentials::readTheOperatorsToken_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("a line") << QByteArray("0123456789abcdef\n") << QByteArray("0123456789abcdef");
    QTest::newRow("too short") << QByteArray("0123456789\n") << QByteArray();
    QTest::newRow("two words") << QByteArray("01234567 89abcdefgh") << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("endless") << QByteArray(10'000, 'a') << QByteArray();
    QTest::newRow("not ASCII") << QByteArray("0123456789abcdef\xC3\xA4") << QByteArray();
}

void TestCredentials::readTheOperatorsToken()
{
    QFETCH(QByteArray, contents);
    QFETCH(QByteArray, token);
    ServerConfig config;
    config.operatorTokenFile = file(u"operator"_s, contents);
    const auto credentials = loadCredentials(config);
    QCOMPARE(credentials.ok(), !token.isEmpty());
    if (!credentials) {
        QCOMPARE(credentials.error().code, CredentialsError::BadOperatorToken);
        return;
    }
    QCOMPARE(credentials.value().operatorToken, token);
    QVERIFY(credentials.value().isOperator(token));
    QVERIFY(!credentials.value().isOperator(token.chopped(1)) && !credentials.value().isOperator({}));
    QVERIFY(!credentials.value().isOperator("0123456789abcdeF"));
}

void TestCredentials::readTrustedNetworks()
{
    ServerConfig config;
    config.trustedProxies = {"10.0.0.0/8", "::1"};
    const auto credentials = loadCredentials(config);
    QVERIFY(credentials);
    QVERIFY(!credentials.value().trustsThisMachine); // whoever comes from here may come through a proxy
    QVERIFY(isInRanges(credentials.value().trustedProxies, QHostAddress(u"10.1.2.3"_s)));
    QVERIFY(!isInRanges(credentials.value().trustedProxies, QHostAddress(u"11.1.2.3"_s)));
    config.trustedProxies += "everybody";
    QCOMPARE(loadCredentials(config).error().code, CredentialsError::BadRange);
}

void TestCredentials::readCertificates()
{
    ServerConfig config;
    config.tls.certFile = m_folder.filePath(u"cert.pem"_s);
    config.tls.keyFile = m_folder.filePath(u"key.pem"_s);
    QCOMPARE(loadCredentials(config).error().code, CredentialsError::BadTls);
    QVERIFY(
        makeSelfSigned({.names = {u"localhost"_s}, .certFile = config.tls.certFile, .keyFile = config.tls.keyFile}));
    QVERIFY(loadCredentials(config).value().tls);
}

void TestCredentials::knowTheOperator_data()
{
    QTest::addColumn<bool>("withToken");
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("isOperator");
    const auto row = [](const char *name, bool withToken, const char *peer, const QByteArray &headers, bool is) {
        QTest::newRow(name) << withToken << QString::fromLatin1(peer) << headers << is;
    };
    row("from here", false, "127.0.0.1", "Host: localhost:8080\r\n", true);
    row("from here, by address", false, "::1", "Host: [::1]:8080\r\n", true);
    row("from here, by another address", false, "127.0.0.1", "Host: 127.0.0.1\r\n", true);
    row("from here, by another name: rebinding", false, "127.0.0.1", "Host: evil.example\r\n", false);
    row("from here, from another page", false, "127.0.0.1", "Host: localhost\r\nOrigin: http://evil.example\r\n",
        false);
    row("from here, from our page", false, "127.0.0.1", "Host: localhost\r\nOrigin: http://localhost\r\n", true);
    row("through a proxy here", false, "127.0.0.1", "Host: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n", false);
    row("through another proxy here", false, "127.0.0.1", "Host: localhost\r\nVia: 1.1 x\r\n", false);
    row("from elsewhere", false, "192.0.2.1", "Host: localhost\r\n", false);
    row("token", true, "192.0.2.1", "Host: a\r\nAuthorization: Bearer 0123456789abcdef\r\n", true);
    row("token, another spelling", true, "192.0.2.1", "Host: a\r\nAuthorization: bearer  0123456789abcdef\r\n", true);
    row("wrong token", true, "127.0.0.1", "Host: localhost\r\nAuthorization: Bearer 0123456789abcdeF\r\n", false);
    row("another scheme", true, "127.0.0.1", "Host: localhost\r\nAuthorization: Basic 0123456789abcdef\r\n", false);
    row("no token, from here", true, "127.0.0.1", "Host: localhost\r\n", false);
}

void TestCredentials::knowTheOperator()
{
    QFETCH(bool, withToken);
    QFETCH(QString, peer);
    QFETCH(QByteArray, headers);
    Credentials credentials;
    if (withToken) {
        credentials.operatorToken = "0123456789abcdef";
        credentials.trustsThisMachine = false;
    }
    const HttpHead head = requestHead("GET", "/metrics", headers);
    QVERIFY(!head.target.isEmpty());
    QFETCH(bool, isOperator);
    QCOMPARE(isOperatorRequest(head, QHostAddress(peer), credentials), isOperator);
}

void TestCredentials::distrustProxies_data()
{
    QTest::addColumn<bool>("isOperator");
    for (const char *name : {"Forwarded",
                             "Via",
                             "X-Real-IP",
                             "X-Forwarded-For",
                             "X-Forwarded-Proto",
                             "X-Forwarded-Prefix",
                             "x-forwarded-by",
                             "X-Forwarded",
                             "X-Forward-For",
                             "Forwarded-For",
                             "CF-Connecting-IP",
                             "CF-Ray",
                             "cdn-loop",
                             "True-Client-IP",
                             "X-Client-IP",
                             "X-Cluster-Client-IP",
                             "Fastly-Client-IP",
                             "Fly-Client-IP",
                             "X-Original-Forwarded-For",
                             "X-Original-URL",
                             "X-Envoy-External-Address",
                             "X-Amzn-Trace-Id",
                             "X-Azure-ClientIP",
                             "X-Arr-Ssl",
                             "Tailscale-User-Login",
                             "X-Scheme"})
        QTest::newRow(name) << false;
    for (const char *name : {"Accept", "User-Agent", "X-Requested-With", "Via-Ferrata", "Connection", "X-Api-Key"})
        QTest::newRow(name) << true;
}

// Every stranger comes over loopback then.
void TestCredentials::distrustProxies()
{
    const QByteArray header = QByteArray(QTest::currentDataTag()) + ": 1\r\n";
    const HttpHead head = requestHead("GET", "/metrics", "Host: localhost\r\n" + header);
    QVERIFY(!head.target.isEmpty());
    QFETCH(bool, isOperator);
    QCOMPARE(isOperatorRequest(head, QHostAddress(QHostAddress::LocalHost), Credentials()), isOperator);
}

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
