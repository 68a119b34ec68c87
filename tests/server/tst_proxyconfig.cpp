// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxyconfig.h"

#include <QRegularExpression>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(glasshouse::ProxyKind)

class TestProxyConfig final : public QObject
{
    Q_OBJECT

private slots:
    void knowsItsProxies();
    void readsTheConfiguration_data();
    void readsTheConfiguration();
    void outlivesTheHeartbeat_data();
    void outlivesTheHeartbeat();
    void namesTheOptionsThatGoWithIt_data() { addKinds(); }
    void namesTheOptionsThatGoWithIt();
    void fillsEveryPlace_data();
    void fillsEveryPlace();
    void saysWhatMatters_data();
    void saysWhatMatters();
    void letsNothingBreakOut_data();
    void letsNothingBreakOut();
    void writesYamlForTraefik_data();
    void writesYamlForTraefik();

private:
    static void addKinds();
};

namespace {

ProxyFacts factsWithPrefix()
{
    ProxyFacts facts;
    facts.host = "play.example.org";
    facts.publicPath = "/prefix";
    return facts;
}

} // namespace

void TestProxyConfig::addKinds()
{
    QTest::addColumn<ProxyKind>("kind");
    for (const ProxyKind kind : proxyKinds)
        QTest::newRow(proxyName(kind).constData()) << kind;
}

void TestProxyConfig::knowsItsProxies()
{
    for (const ProxyKind kind : proxyKinds)
        QCOMPARE(proxyKind(proxyName(kind).toLower()), kind);
    QVERIFY(!proxyKind("apache") && !proxyKind("") && !proxyKind("NGINX"));
}

void TestProxyConfig::readsTheConfiguration_data()
{
    QTest::addColumn<QByteArray>("publicUrl");
    QTest::addColumn<QByteArray>("basePath");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("passesOn");
    const auto row = [](const char *publicUrl, const char *basePath, const char *url, bool passesOn) {
        QTest::addRow("%s and %s", publicUrl, basePath)
            << QByteArray(publicUrl) << QByteArray(basePath) << QByteArray(url) << passesOn;
    };
    row("", "", "https://play.example.org", true);
    row("https://games.example.net", "", "https://games.example.net", true);
    row("https://games.example.net:443/", "", "https://games.example.net", true);
    row("http://games.example.net:8000/play/", "", "http://games.example.net:8000/play", false);
    row("https://games.example.net/play", "/play", "https://games.example.net/play", true);
    row("https://games.example.net", "/play", "https://games.example.net/play", true);
    row("wss://[fd00::1]:8443", "", "https://[fd00::1]:8443", true);
    row("nonsense", "", "https://play.example.org", true);
}

void TestProxyConfig::readsTheConfiguration()
{
    QFETCH(QByteArray, publicUrl);
    QFETCH(QByteArray, basePath);
    ServerConfig config;
    config.publicUrl = publicUrl;
    config.basePath = basePath;
    config.port = 0;
    config.bindAddress = u"::1"_s;
    const ProxyFacts facts = proxyFacts(config, 4711);
    QCOMPARE(facts.upstreamPort, 4711);
    QCOMPARE(facts.upstreamHost, "[::1]");
    QTEST(publicUrlOf(facts), "url");
    QTEST(facts.passesPrefixOn(), "passesOn");
}

void TestProxyConfig::outlivesTheHeartbeat_data()
{
    QTest::addColumn<int>("heartbeat");
    QTest::addColumn<int>("pong");
    QTest::addColumn<int>("idle");
    QTest::newRow("as it is") << 25 << 20 << 60;
    QTest::newRow("slow") << 300 << 60 << 375;
    QTest::newRow("no limit for the answer") << 25 << 0 << 65;
    QTest::newRow("none") << 0 << 20 << 3600;
    QTest::newRow("absurd") << 2'000'000'000 << 2'000'000'000 << 86'400;
}

void TestProxyConfig::outlivesTheHeartbeat()
{
    QFETCH(int, heartbeat);
    QFETCH(int, pong);
    Limits limits;
    limits.heartbeatSeconds = heartbeat;
    limits.pongSeconds = pong;
    QTEST(proxyIdleSeconds(limits), "idle");
}

void TestProxyConfig::namesTheOptionsThatGoWithIt()
{
    QFETCH(ProxyKind, kind);
    ProxyFacts facts = factsWithPrefix();
    facts.limits.connectionsPerAddress = 77;
    const QByteArray text = proxyConfig(kind, facts);
    QVERIFY(text.contains("--bind 127.0.0.1 --port 8080 --public-url https://play.example.org/prefix"));
    QVERIFY(text.contains("--trusted-proxy 127.0.0.1"));
    QVERIFY(text.contains("--max-connections-per-address 77 --connection-rate 10 --heads-per-address 256"));
    QVERIFY(!text.contains("--base-path"));
    facts.basePath = "/prefix";
    facts.proxyProtocol = true;
    QVERIFY(proxyConfig(kind, facts).contains("--base-path /prefix --proxy-protocol"));
}

void TestProxyConfig::fillsEveryPlace_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<ProxyFacts>("facts");
    for (const ProxyKind kind : proxyKinds) {
        for (int bits = 0; bits < 16; ++bits) {
            ProxyFacts facts;
            facts.tls = (bits & 1) != 0;
            facts.publicPath = (bits & 2) != 0 ? "/prefix" : "";
            facts.basePath = (bits & 4) != 0 ? "/prefix" : "";
            facts.proxyProtocol = (bits & 8) != 0;
            facts.certFile = (bits & 2) != 0 ? "/etc/tls/cert.pem" : "";
            facts.keyFile = (bits & 2) != 0 ? "/etc/tls/key.pem" : "";
            QTest::addRow("%s %d", proxyName(kind).constData(), bits) << kind << facts;
        }
    }
}

// No place holder is left, braces are paired, and lines end in no white space.
void TestProxyConfig::fillsEveryPlace()
{
    QFETCH(ProxyKind, kind);
    QFETCH(ProxyFacts, facts);
    const QByteArray text = proxyConfig(kind, facts);
    static const QRegularExpression left(u"@[A-Z]+@"_s);
    QVERIFY2(!left.match(QString::fromUtf8(text)).hasMatch(), text.constData());
    QCOMPARE(text.count('{'), text.count('}'));
    QVERIFY2(!text.contains(" \n") && !text.contains("\n\n\n") && text.endsWith('\n'), text.constData());
    QVERIFY(text.startsWith("# Glasshouse behind " + proxyName(kind)));
    QVERIFY(text.contains("127.0.0.1:8080"));
}

void TestProxyConfig::saysWhatMatters_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](ProxyKind kind, const char *text) {
        QTest::addRow("%s: %s", proxyName(kind).constData(), text) << kind << QByteArray(text);
    };
    for (const char *text :
         {"proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;",
          "proxy_set_header Connection $glasshouse_connection;", "proxy_set_header Host $http_host;",
          "proxy_set_header X-Forwarded-For $remote_addr;", "proxy_set_header X-Forwarded-Proto $scheme;",
          "proxy_set_header X-Real-IP \"\";", "proxy_read_timeout 60s;", "listen 443 ssl;",
          "server_name play.example.org;", "location /prefix/ {\n        proxy_pass http://127.0.0.1:8080/;",
          "location = /prefix/api/match/game {\n        proxy_pass http://127.0.0.1:8080/api/game;"})
        row(ProxyKind::Nginx, text);
    for (const char *text :
         {"timeout tunnel 60s", "http-request set-header X-Forwarded-For %[src]", "http-request del-header X-Real-IP",
          "http-request set-header X-Forwarded-Proto https", "replace-path ^/prefix/(.*) /\\1",
          "set-path /api/game if { path /prefix/api/match/game }", "bind :443 ssl crt", "alpn http/1.1"})
        row(ProxyKind::Haproxy, text);
    for (const char *text : {"https://play.example.org:443 {", "handle_path /prefix/* {", "rewrite * /api/game",
                             "reverse_proxy 127.0.0.1:8080", "versions 1.1", "header_up -X-Real-IP"})
        row(ProxyKind::Caddy, text);
    for (const char *text :
         {"Host(`play.example.org`) && PathPrefix(`/prefix/`)", "stripPrefix:", "replacePath:", "path: \"/api/game\"",
          "url: \"http://127.0.0.1:8080\"", "idleTimeout: 60s", "passHostHeader: true", "certFile: "})
        row(ProxyKind::Traefik, text);
}

void TestProxyConfig::saysWhatMatters()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QByteArray, text);
    const QByteArray whole = proxyConfig(kind, factsWithPrefix());
    QVERIFY2(whole.contains(text), whole.constData());
}

void TestProxyConfig::letsNothingBreakOut_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QByteArray>("bad");
    for (const ProxyKind kind : proxyKinds) {
        for (const char *bad : {"canary;", "canary\n", "canary }", "\"canary", "canary`", "#canary", "canary$x",
                                "canary{", "canary'x", "/canary @PORT@"})
            QTest::addRow("%s: %s", proxyName(kind).constData(), bad) << kind << QByteArray(bad);
    }
}

void TestProxyConfig::letsNothingBreakOut()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QByteArray, bad);
    for (QByteArray ProxyFacts::*member :
         {&ProxyFacts::host, &ProxyFacts::certFile, &ProxyFacts::keyFile, &ProxyFacts::publicPath,
          &ProxyFacts::basePath, &ProxyFacts::upstreamHost, &ProxyFacts::proxyAddress}) {
        ProxyFacts facts;
        facts.certFile = facts.keyFile = "/x.pem";
        facts.*member = bad;
        QVERIFY(!proxyConfig(kind, facts).contains("canary"));
    }
    ProxyFacts facts;
    facts.rewrites = {{bad, "/x"}, {"/x", bad}, {"/" + bad, "/x"}};
    QVERIFY(!proxyConfig(kind, facts).contains("canary"));
}

void TestProxyConfig::writesYamlForTraefik_data()
{
    QTest::addColumn<bool>("proxyProtocol");
    QTest::newRow("http") << false;
    QTest::newRow("tcp") << true;
}

// Traefik is not at hand: what can be held is the shape. Each line is a key, a key with a value, or an entry of a list, and
// goes in by two at most.
void TestProxyConfig::writesYamlForTraefik()
{
    QFETCH(bool, proxyProtocol);
    ProxyFacts facts = factsWithPrefix();
    facts.proxyProtocol = proxyProtocol;
    static const QRegularExpression good(
        u"^ *(?:- )?(?:[a-zA-Z][a-zA-Z0-9-]*:(?: (?:\"[^\"]*\"|[a-z0-9]+|\\{\\}))?|[a-z0-9-]+|\"[^\"]*\")$"_s);
    qsizetype before = 0;
    const QList<QByteArray> lines = proxyConfig(ProxyKind::Traefik, facts).split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith('#'))
            continue;
        const qsizetype indent = line.indexOf(trimmed);
        QVERIFY2(good.match(QString::fromUtf8(line)).hasMatch(), line.constData());
        QVERIFY2(indent % 2 == 0 && indent <= before + 2, line.constData());
        before = indent + (trimmed.startsWith("- ") ? 2 : 0);
    }
    const QByteArray text = lines.join('\n');
    QCOMPARE(text.contains("proxyProtocol:\n          version: 2"), proxyProtocol);
    QCOMPARE(text.contains("\nhttp:\n"), !proxyProtocol);
}

QTEST_GUILESS_MAIN(TestProxyConfig)
#include "tst_proxyconfig.moc"
