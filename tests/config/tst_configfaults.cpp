// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/configfaults.h"
#include "server/config/configoptions.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr char goodSecret[] = "kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo";

using Change = std::function<void(ServerConfig &)>;

QByteArray keysOf(const QList<ConfigFault> &faults)
{
    QByteArrayList keys;
    for (const ConfigFault &fault : faults)
        keys += fault.text.isEmpty() ? QByteArray("without a text") : fault.key;
    return keys.join(' ');
}

} // namespace

class TestConfigFaults final : public QObject
{
    Q_OBJECT

private slots:
    void findsContradictions_data();
    void findsContradictions();
    void findsFiles_data();
    void findsFiles();
    void knowsBasePaths_data();
    void knowsBasePaths();
    void keepsNamesInOneForm();
};

void TestConfigFaults::findsContradictions_data()
{
    QTest::addColumn<ServerConfig>("config");
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char *name, const QByteArray &keys, const Change &change) {
        ServerConfig config;
        change(config);
        QTest::newRow(name) << config << keys;
    };
    row("defaults", "", [](ServerConfig &) {});
    row("tokens without a key", "auth", [](ServerConfig &c) { c.auth = AuthMode::Token; });
    row("tokens with a secret", "", [](ServerConfig &c) {
        c.auth = AuthMode::Token;
        c.token.secret = goodSecret;
    });
    row("tokens with a secret's file", "", [](ServerConfig &c) {
        c.auth = AuthMode::Token;
        c.token.secretFile = u"secret"_s;
    });
    row("RS256 without a key", "auth", [](ServerConfig &c) {
        c.auth = AuthMode::Token;
        c.token.algorithm = "RS256";
    });
    row("RS256 with a secret", "jwt-algorithm", [](ServerConfig &c) {
        c.token.algorithm = "RS256";
        c.token.secretFile = u"secret"_s;
    });
    row("HS256 with a public key", "jwt-algorithm", [](ServerConfig &c) { c.token.publicKeyFile = u"key"_s; });
    row("ES256 with a public key", "", [](ServerConfig &c) {
        c.auth = AuthMode::Token;
        c.token.algorithm = "ES256";
        c.token.publicKeyFile = u"key"_s;
    });
    row("a secret and a public key", "jwt-public-key", [](ServerConfig &c) {
        c.token.publicKeyFile = u"key"_s;
        c.token.secret = goodSecret;
    });
    row("an algorithm that is none", "jwt-algorithm", [](ServerConfig &c) { c.token.algorithm = "none"; });
    row("a key without its certificate", "tls-key", [](ServerConfig &c) { c.tls.keyFile = u"key"_s; });
    row("a certificate without its key", "tls-cert", [](ServerConfig &c) { c.tls.certFile = u"cert"_s; });
    row("a redirect to nothing", "plain", [](ServerConfig &c) { c.tls.plain = PlainMode::Redirect; });
    row("PROXY headers from nobody", "proxy-protocol", [](ServerConfig &c) { c.proxyProtocol = true; });
    row("PROXY headers from a proxy", "", [](ServerConfig &c) {
        c.proxyProtocol = true;
        c.trustedProxies = {"127.0.0.1", "fd00::/8"};
    });
    row("a range with loose bits", "trusted-proxy", [](ServerConfig &c) { c.trustedProxies = {"10.0.0.1/8"}; });
    row("everybody as a proxy", "trusted-proxy", [](ServerConfig &c) { c.trustedProxies = {"0.0.0.0/0"}; });
    row("a game of another catalogue", "", [](ServerConfig &c) { c.defaultGame = u"chess"_s; });
    row("several at once", "bind base-path public-url route allow-origin allow-host", [](ServerConfig &c) {
        c.bindAddress = u"nowhere"_s;
        c.basePath = "play";
        c.publicUrl = "play.example";
        c.extraRoutes = {u"/play"_s};
        c.allowedOrigins = {"https://a.example/x"};
        c.allowedHosts = {"a/b"};
    });
}

void TestConfigFaults::findsContradictions()
{
    QFETCH(ServerConfig, config);
    QTEST(keysOf(configFaults(config)), "keys");
}

void TestConfigFaults::findsFiles_data()
{
    QTest::addColumn<QByteArray>("contents");                                      // of the file "here"
    QTest::addColumn<QByteArray>("wrong");                                         // keys whose value is that file
    QTest::newRow("a secret") << QByteArray(goodSecret) << QByteArray("tls-cert"); // it is no certificate
    QTest::newRow("short") << QByteArray("short") << QByteArray("jwt-secret-file tls-cert operator-token-file");
    QTest::newRow("empty") << QByteArray() << QByteArray("jwt-secret-file tls-cert tls-key operator-token-file");
}

void TestConfigFaults::findsFiles()
{
    QFETCH(QByteArray, contents);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"here"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size());
    file.close();
    ServerConfig config;
    config.token.secretFile = config.tls.certFile = config.tls.keyFile = config.operatorTokenFile = file.fileName();
    config.webRoot = folder.path();
    QTEST(keysOf(fileFaults(config)), "wrong");
    const QString missing = folder.filePath(u"missing"_s);
    config.token.secretFile = config.tls.certFile = config.tls.keyFile = config.operatorTokenFile = missing;
    config.webRoot = file.fileName();
    config.token.secret = "short";
    QCOMPARE(keysOf(fileFaults(config)), "jwt-secret-file JWT_SECRET tls-cert tls-key operator-token-file web-root");
    for (const ConfigFault &fault : fileFaults(config))
        QVERIFY2(!fault.text.contains(u"\"short\""_s), qPrintable(fault.text));
    config.token = {};
    config.token.algorithm = "ES256";
    config.token.publicKeyFile = file.fileName();
    QVERIFY(keysOf(fileFaults(config)).startsWith("jwt-public-key ")); // whatever it holds, it is no key in PEM
}

namespace {

void addTexts(const QList<const char *> &good, const QList<const char *> &bad)
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char *text : good)
        QTest::newRow(text) << QString::fromUtf8(text) << true;
    for (const char *text : bad)
        QTest::newRow(*text == '\0' ? "empty" : text) << QString::fromUtf8(text) << false;
}

} // namespace

void TestConfigFaults::knowsBasePaths_data()
{
    addTexts({"/play", "/a/b", "/api/match", "/~x/v1.0", "/a..b"},
             {"", "/", "play", "/play/", "//", "/a//b", "/..", "/a/../b", "/.", "/a?b", "/a#b", "/a b", "/a%2Fb",
              "http://a/b", "/ä", "/a\nb"});
}

void TestConfigFaults::knowsBasePaths()
{
    QFETCH(QString, text);
    QTEST(findRow(configOptions(), u"base-path")->takes(text), "good");
}

// Whoever wrote them: a file, a program, a dialogue.
void TestConfigFaults::keepsNamesInOneForm()
{
    ServerConfig written;
    written.bindAddress = u"[::1]"_s;
    written.publicUrl = "HTTPS://Play.Example:443/";
    written.allowedOrigins = {"https://A.example/", "https://b.example:443", "FILE:///", "no origin"};
    written.allowedHosts = {"Game.LAN/", "::1"};
    ServerConfig kept;
    kept.bindAddress = u"::1"_s;
    kept.publicUrl = "https://play.example";
    kept.allowedOrigins = {"https://a.example", "https://b.example", "file://", "no origin"};
    kept.allowedHosts = {"game.lan", "[::1]"};
    QCOMPARE(normalised(written), kept);
    QCOMPARE(normalised(ServerConfig()), ServerConfig());
    QCOMPARE(keysOf(configFaults(written)), "allow-origin");
}

QTEST_GUILESS_MAIN(TestConfigFaults)
#include "tst_configfaults.moc"
