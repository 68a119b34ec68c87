// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/draftoptions.h"
#include "client/drafts/importedconnection.h"
#include "client/drafts/shellwords.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(ImportFault)

class TestImportedConnection final : public QObject
{
    Q_OBJECT
private slots:
    void takesWordsApart_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("plain") << u" a  b\tc "_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("single quotes") << u"a 'b \"c\\' d"_s << QStringList{u"a"_s, u"b \"c\\"_s, u"d"_s};
        QTest::newRow("double quotes") << u"\"a \\\" \\n $x\""_s << QStringList{u"a \" \\n $x"_s};
        QTest::newRow("joined") << u"a'b'\"c\""_s << QStringList{u"abc"_s};
        QTest::newRow("empty") << u"a '' b"_s << QStringList{u"a"_s, u""_s, u"b"_s};
        QTest::newRow("goes on") << u"a \\\n  b \\\r\n c"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("backslash") << u"a\\ b"_s << QStringList{u"a b"_s};
        QTest::newRow("dollar quotes") << u"$'a\\n\\u0041\\x42\\'c'"_s << QStringList{u"a\nAB'c"_s};
        QTest::newRow("ends at a pipe") << u"a b | c"_s << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("a quoted pipe") << u"a '|&;'"_s << QStringList{u"a"_s, u"|&;"_s};
        QTest::newRow("nothing") << u""_s << QStringList{};
        QTest::newRow("backslash at the end") << u"a\\"_s << QStringList{u"a"_s};
    }
    void takesWordsApart()
    {
        QFETCH(QString, line);
        QVERIFY(shellWords(line));
        QTEST(*shellWords(line), "words");
    }

    void reads_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("options"); // JSON
        QTest::addColumn<QStringList>("notTaken");
        const auto row = [](const char *name, const QString &line, const QString &address, const QByteArray &options,
                            const QStringList &notTaken = {}) {
            QTest::newRow(name) << line << address << options << notTaken;
        };
        row("wscat", u"wscat -c ws://h/x"_s, u"ws://h/x"_s, "{}");
        row("npx", u"npx wscat -c ws://h/x"_s, u"ws://h/x"_s, "{}");
        row("wscat, long", u"wscat --connect=ws://h/x?a=b"_s, u"ws://h/x?a=b"_s, "{}");
        row("wscat, all",
            u"wscat -c ws://h -H 'X-A: b' -H X-C:d -s one -s two -o http://o -L -x '{\"a\":1}' --no-color -P"_s,
            u"ws://h"_s,
            "{\"headers\":[{\"name\":\"X-A\",\"value\":\"b\"},{\"name\":\"X-C\",\"value\":\"d\"}],\"subprotocols\":["
            "\"one\",\"two\"], \"origin\":\"http://o\",\"maxRedirects\":10,\"first\":[{\"text\":\"{\\\"a\\\":1}\"}]}");
        row("wscat, TLS", u"wscat -c wss://h --ca a.pem --cert c.pem --key k.pem"_s, u"wss://h"_s,
            "{\"trust\":{\"system\":false,\"authorities\":\"a.pem\",\"certificate\":\"c.pem\",\"key\":\"k.pem\"}}");
        row("wscat, auth", u"wscat --auth user:pass -c ws://h"_s, u"ws://h"_s,
            "{\"headers\":[{\"name\":\"Authorization\",\"value\":\"Basic dXNlcjpwYXNz\"}]}");
        row("wscat, not all", u"wscat -c ws://h -w 5 --passphrase x -p 13"_s, u"ws://h"_s, "{}",
            {u"-w"_s, u"--passphrase"_s, u"-p"_s});
        row("wscat, proxy", u"wscat --proxy http://u:p@proxy:3128 -c ws://h"_s, u"ws://h"_s,
            "{\"proxy\":{\"kind\":\"http\",\"host\":\"proxy\",\"port\":3128,\"user\":\"u\"}}");
        row("ours", u"/usr/bin/glasshouse connect h:8080/x -s a --reconnect"_s, u"h:8080/x"_s,
            "{\"subprotocols\":[\"a\"],\"reconnect\":true}");
        row("curl", u"curl http://h/x"_s, u"ws://h/x"_s, "{}");
        row("curl, secure", u"curl.exe -sN HTTPS://h/x"_s, u"wss://h/x"_s, "{}");
        row("curl from a browser",
            u"curl 'wss://h/ws?t=1' \\\n  -H 'Upgrade: websocket' -H 'Origin: https://o' -H 'Connection: Upgrade' \\\n"
            "  -H 'Sec-WebSocket-Key: abc==' -H 'Sec-WebSocket-Version: 13' \\\n"
            "  -H 'Sec-WebSocket-Protocol: a, b' -H 'Sec-WebSocket-Extensions: permessage-deflate; "
            "client_max_window_bits' \\\n"
            "  -H 'User-Agent: Moz: 1' --compressed"_s,
            u"wss://h/ws?t=1"_s,
            "{\"origin\":\"https://"
            "o\",\"subprotocols\":[\"a\",\"b\"],\"headers\":[{\"name\":\"User-Agent\",\"value\":\"Moz: 1\"}], "
            "\"deflate\":{\"offered\":true,\"serverNoContextTakeover\":false,\"clientNoContextTakeover\":false, "
            "\"serverMaxWindowBits\":15,\"clientMaxWindowBits\":15}}",
            {u"--compressed"_s});
        row("curl, letters", u"curl -kLHX-A:b https://h -xproxy:1 --cacert a.pem --max-redirs 3"_s, u"wss://h"_s,
            "{\"headers\":[{\"name\":\"X-A\",\"value\":\"b\"}],\"maxRedirects\":3,\"proxy\":{\"kind\":\"http\","
            "\"host\":\"proxy\",\"port\":1,\"user\":\"\"}, "
            "\"trust\":{\"system\":false,\"authorities\":\"a.pem\",\"certificate\":\"\",\"key\":\"\"}}");
        row("curl, SOCKS", u"curl -x socks5h://h:9 https://h"_s, u"wss://h"_s,
            "{\"proxy\":{\"kind\":\"socks5\",\"host\":\"h\",\"port\":9,\"user\":\"\"}}");
        row("wscat, a proxy without a port", u"wscat --proxy http://p -c ws://h"_s, u"ws://h"_s,
            "{\"proxy\":{\"kind\":\"http\",\"host\":\"p\",\"port\":80,\"user\":\"\"}}");
        row("curl, a proxy without a port", u"curl -x p http://h"_s, u"ws://h"_s,
            "{\"proxy\":{\"kind\":\"http\",\"host\":\"p\",\"port\":1080,\"user\":\"\"}}");
        row("curl, a proxy of HTTP without a port", u"curl -x http://p http://h"_s, u"ws://h"_s,
            "{\"proxy\":{\"kind\":\"http\",\"host\":\"p\",\"port\":1080,\"user\":\"\"}}");
        row("curl, a proxy of HTTPS without a port", u"curl -x https://p http://h"_s, u"ws://h"_s,
            "{\"proxy\":{\"kind\":\"http\",\"host\":\"p\",\"port\":443,\"user\":\"\"}}");
        row("curl, SOCKS without a port", u"curl --socks5 p http://h"_s, u"ws://h"_s,
            "{\"proxy\":{\"kind\":\"socks5\",\"host\":\"p\",\"port\":1080,\"user\":\"\"}}");
        row("curl, data", u"curl https://h -d '{\"secret\":1}' --limit-rate 1k"_s, u"wss://h"_s, "{}",
            {u"-d"_s, u"--limit-rate"_s});
        row("a header without a value", u"curl https://h -H 'X-Empty;'"_s, u"wss://h"_s, "{}", {u"X-Empty"_s});
        row("braces are no variables", u"wscat -c ws://h/{{x}} -x '{{y}}'"_s, u"ws://h/{{{{x}}"_s,
            "{\"first\":[{\"text\":\"{{{{y}}\"}]}");
        row("an odd limit", u"curl https://h --connect-timeout 1e99 --max-redirs -5"_s, u"wss://h"_s,
            "{\"openingMs\":600000}");
    }
    void reads()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, options);
        const auto read = importLine(line);
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().text.constData());
        const ImportedConnection &one = read.value();
        QTEST(one.draft.address, "address");
        QTEST(one.notTaken, "notTaken");
        const QJsonDocument wanted = QJsonDocument::fromJson(options);
        QVERIFY(!wanted.isNull());
        const QByteArray got = QJsonDocument(draftOptionsJson(one.draft.options)).toJson();
        QCOMPARE(got, wanted.toJson());
        QCOMPARE(one.draft.options.ignoreTlsErrors, line.contains(" -k"_L1));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<ImportFault>("fault");
        QTest::newRow("nothing") << u"  \n "_s << ImportFault::Nothing;
        QTest::newRow("an open quote") << u"curl 'https://h"_s << ImportFault::OpenQuote;
        QTest::newRow("another program") << u"telnet h 80"_s << ImportFault::UnknownProgram;
        QTest::newRow("another command of ours") << u"glasshouse serve"_s << ImportFault::UnknownProgram;
        QTest::newRow("no address") << u"wscat -n"_s << ImportFault::NoAddress;
        QTest::newRow("no value") << u"wscat -c"_s << ImportFault::NoValue;
        QTest::newRow("no value at the end") << u"curl https://h -H"_s << ImportFault::NoValue;
        QTest::newRow("too long") << u"curl '"_s + QString(longestImport, u'x') + u"'"_s << ImportFault::OpenQuote;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, line);
        QFETCH(ImportFault, fault);
        const auto read = importLine(line);
        QVERIFY(!read.ok());
        QCOMPARE(int(read.error().code), int(fault));
        QVERIFY(!importFaultText(fault, QString::fromUtf8(read.error().text)).isEmpty());
    }

    void readsARequestThatWasSeen()
    {
        HttpHead request;
        request.headers = {{"Host", "h"},
                           {"Upgrade", "websocket"},
                           {"Origin", "https://o"},
                           {"Sec-WebSocket-Protocol", "chat, bearer.[redacted]"},
                           {"Authorization", "[redacted]"},
                           {"X-Room", "{{7}}"}};
        const ImportedConnection one = importRequest(u"ws://h/x?token=[redacted]&name=Bob"_s, request, "[redacted]");
        QCOMPARE(one.draft.address, u"ws://h/x?name=Bob"_s);
        QCOMPARE(one.draft.options.origin, "https://o"_ba);
        QCOMPARE(one.draft.options.subprotocols, QList<QByteArray>{"chat"});
        QCOMPARE(one.draft.options.headers.size(), 1);
        QCOMPARE(one.draft.options.headers[0].value, "{{{{7}}"_ba);
        QCOMPARE(one.notTaken, QStringList({u"?token"_s, u"Sec-WebSocket-Protocol"_s, u"Authorization"_s}));
        QVERIFY(!one.lacksAddress);
    }

    void knowsAnAddressThatIsNotWhole_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("in a path") << u"ws://h/[redacted]"_s;
        QTest::newRow("in an encoded path") << u"ws://h/%5Bredacted%5D?a=1"_s;
        QTest::newRow("a parameter without a name") << u"ws://h/x?[redacted]"_s;
        QTest::newRow("another one") << u"ws://h/x?a=1&%5Bredacted%5D"_s;
    }
    void knowsAnAddressThatIsNotWhole()
    {
        QFETCH(QString, address);
        QVERIFY(importRequest(address, {}, "[redacted]").lacksAddress);
    }
};

QTEST_APPLESS_MAIN(TestImportedConnection)
#include "tst_importedconnection.moc"
