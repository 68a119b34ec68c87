// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/webnames.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestWebNames final : public QObject
{
    Q_OBJECT

private slots:
    void spellsPublicUrls_data();
    void spellsPublicUrls();
    void spellsOrigins_data();
    void spellsOrigins();
    void spellsHosts_data();
    void spellsHosts();
    void findsTheOriginOfAPage_data();
    void findsTheOriginOfAPage();
    void saysWhyItIsNoOrigin_data();
    void saysWhyItIsNoOrigin();
    void takesHostsApart_data();
    void takesHostsApart();
};

namespace {

/// `normal` empty: it is none.
void row(const char *text, const char *normal)
{
    QTest::newRow(*text == '\0' ? "empty" : text) << QString::fromUtf8(text) << QString::fromUtf8(normal);
}

void columns()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normal");
}

} // namespace

void TestWebNames::spellsPublicUrls_data()
{
    columns();
    for (const char *same : {"https://play.example.org", "http://10.0.0.1:8080", "https://[::1]:8443",
                             "https://a.example/play", "https://a.example:8443/play/b", "http://game_server:81"})
        row(same, same);
    row("HTTPS://Play.Example.ORG", "https://play.example.org");
    row("https://a.example:443", "https://a.example");
    row("http://a.example:80/", "http://a.example");
    row("http://a.example:443", "http://a.example:443");
    row("https://a.example/", "https://a.example");
    row("https://a.example/Play/", "https://a.example/Play");
    row("https://[0:0:0:0:0:0:0:1]/", "https://[::1]");
    row("https://[2001:DB8::A]:443", "https://[2001:db8::a]");
    row("https://münchen.example", "https://xn--mnchen-3ya.example");
    for (const char *bad :
         {"", "play.example.org", "https://", "ftp://a.example", "https://a.example?x=1", "https://a.example#x",
          "https://u:p@a.example", "https://@a.example", "https://a b", "wss://a.example", "https://*.example",
          "https://a.example/a b", "https://a.example/..", "https://a.example:0", "https://a.example:99999",
          "https://[fe80::1%25eth0]", "https://a;b", "https://a'b"})
        row(bad, "");
}

void TestWebNames::spellsPublicUrls()
{
    QFETCH(QString, text);
    QTEST(normalPublicUrl(text).value_or(QString()), "normal");
}

void TestWebNames::spellsOrigins_data()
{
    columns();
    for (const char *same :
         {"*", "null", "file://", "https://example.org", "http://[::1]:3000", "app://game", "capacitor://localhost",
          "chrome-extension://abcdefgh", "http://localhost:3000", "app://-"})
        row(same, same);
    row("App://-/", "app://-");
    row("http://[::ffff:1.2.3.4]", "http://[::ffff:102:304]");
    row("NULL", "null");
    row("File://", "file://");
    row("file:///", "file://");
    row("file:", "file://");
    row("HTTPS://Example.org:8443", "https://example.org:8443");
    row("https://example.org/", "https://example.org");
    row("https://example.org:443", "https://example.org");
    row("https://example.org:443/", "https://example.org");
    row("http://example.org:80", "http://example.org");
    row("http://example.org:443", "http://example.org:443");
    row("http://[0:0::0001]:80/", "http://[::1]");
    row("http://[2001:DB8::A]", "http://[2001:db8::a]");
    row("https://bücher.example", "https://xn--bcher-kva.example");
    row("https://xn--bcher-kva.example", "https://xn--bcher-kva.example");
    for (const char *bad :
         {"", "**", "https://*.example.org", "example.org", "localhost:3000", "https://example.org/app",
          "https://u@example.org", "https://example.org?x", "https://a b", "wss://example.org", "ws://example.org",
          "https://", "//example.org", "https://example.org:http", "https://example.org,https://b.example",
          "[\"https://example.org\"]", "file:///home"})
        row(bad, "");
}

void TestWebNames::spellsOrigins()
{
    QFETCH(QString, text);
    QTEST(normalOrigin(text).value_or(QString()), "normal");
}

void TestWebNames::spellsHosts_data()
{
    columns();
    for (const char *same : {"*", "example.org", "example.org:8443", "127.0.0.1", "[::1]", "[::1]:8080", "localhost",
                             "game_server", "example.org:80"})
        row(same, same);
    row("Example.ORG:8443", "example.org:8443");
    row("example.org/", "example.org");
    row("example.org.", "example.org");
    row("::1", "[::1]");
    row("2001:DB8:0:0::1", "[2001:db8::1]");
    row("[2001:DB8::1]:81", "[2001:db8::1]:81");
    row("bücher.example", "xn--bcher-kva.example");
    for (const char *bad :
         {"", "http://example.org", "example.org/play", "a b", "a@b", "example.org:http", "*.example.org",
          "example.org:0", "a;b", "$(id)", "a,b", "[fe80::1%25eth0]", ".", "a?b", "a#b"})
        row(bad, "");
}

void TestWebNames::spellsHosts()
{
    QFETCH(QString, text);
    QTEST(normalHost(text).value_or(QString()), "normal");
}

void TestWebNames::findsTheOriginOfAPage_data()
{
    columns();
    row("https://www.example.org/app/?x=1#top", "https://www.example.org");
    row("HTTPS://www.Example.org:443/app", "https://www.example.org");
    row("http://localhost:3000", "http://localhost:3000");
    row("nothing", "nothing");
}

void TestWebNames::findsTheOriginOfAPage()
{
    QFETCH(QString, text);
    QTEST(originOfPage(text), "normal");
}

void TestWebNames::saysWhyItIsNoOrigin_data()
{
    columns();
    row("wss://a.example", "is an address of a WebSocket");
    row("a.example", "https://a.example");
    row("localhost:3000", "https://localhost:3000");
    row("https://a.example/x", "has a path, and no origin has one: https://a.example");
    row("https://*.a.example", "* for all");
    row("https://a b", "");
}

void TestWebNames::saysWhyItIsNoOrigin()
{
    QFETCH(QString, text);
    QFETCH(QString, normal);
    const QString reason = whyNoOrigin(text);
    QCOMPARE(reason.isEmpty(), normal.isEmpty());
    QVERIFY2(reason.contains(normal), qPrintable(reason));
}

void TestWebNames::takesHostsApart_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("port");
    QTest::newRow("a.example:81") << QByteArray("a.example") << QByteArray("81");
    QTest::newRow("a.example") << QByteArray("a.example") << QByteArray();
    QTest::newRow("a.example.:81") << QByteArray("a.example") << QByteArray("81");
    QTest::newRow("[::1]:81") << QByteArray("[::1]") << QByteArray("81");
    QTest::newRow("[::1]") << QByteArray("[::1]") << QByteArray();
}

void TestWebNames::takesHostsApart()
{
    const QByteArray host = QTest::currentDataTag();
    QTEST(nameInHost(host).toByteArray(), "name");
    QTEST(portInHost(host).toByteArray(), "port");
}

QTEST_GUILESS_MAIN(TestWebNames)
#include "tst_webnames.moc"
