// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/connectoptions.h"
#include "app/settings.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

LineConversationOptions read(const QStringList &arguments)
{
    const auto request = readConnect(arguments);
    return request ? conversationOf(request.value()).value() : LineConversationOptions();
}

QByteArray fault(const QStringList &arguments)
{
    const auto request = readConnect(arguments);
    if (!request)
        return request.error().text;
    const auto options = conversationOf(request.value());
    return options ? QByteArray() : options.error().text;
}

} // namespace

class TestConnectOptions final : public QObject
{
    Q_OBJECT
private slots:
    void takesAUrl_data();
    void takesAUrl();
    void readsLongAndShortNames_data();
    void readsLongAndShortNames();
    void hasDefaults();
    void readsHowToConnect();
    void waitsAsWritten_data();
    void waitsAsWritten();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void isACommandOfTheProgram();
    void helpsWithEveryOption();
};

void TestConnectOptions::takesAUrl_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("url");
    QTest::newRow("whole") << QStringList{u"wss://host/ws"_s} << u"wss://host/ws"_s;
    QTest::newRow("without a scheme") << QStringList{u"localhost:8080/ws"_s} << u"ws://localhost:8080/ws"_s;
    QTest::newRow("-c") << QStringList{u"-c"_s, u"ws://a"_s} << u"ws://a"_s;
    QTest::newRow("behind options") << QStringList{u"-n"_s, u"-w"_s, u"1"_s, u"ws://a"_s} << u"ws://a"_s;
}

void TestConnectOptions::takesAUrl()
{
    QFETCH(QStringList, arguments);
    QTEST(read(arguments).client.url.toString(), "url");
}

void TestConnectOptions::readsLongAndShortNames_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("long") << QStringList{u"--execute"_s, u"-x"_s, u"--execute=b"_s, u"--no-check"_s,
                                         u"--show-ping-pong"_s};
    QTest::newRow("short") << QStringList{u"-x"_s, u"-x"_s, u"-x"_s, u"b"_s, u"-n"_s, u"-P"_s};
    QTest::newRow("joined") << QStringList{u"-x-x"_s, u"-xb"_s, u"-nP"_s};
    QTest::newRow("joined with a value") << QStringList{u"-nPx"_s, u"-x"_s, u"-xb"_s};
}

void TestConnectOptions::readsLongAndShortNames()
{
    QFETCH(QStringList, arguments);
    const auto options = read(QStringList{u"ws://a"_s} + arguments);
    QCOMPARE(options.execute, (QList<QByteArray>{"-x", "b"}));
    QVERIFY(options.client.ignoreTlsErrors);
    QVERIFY(options.showsPings);
}

void TestConnectOptions::hasDefaults()
{
    const auto options = read({u"ws://a"_s});
    QCOMPARE(options.waitMs, 2'000);
    QVERIFY(!options.client.ignoreTlsErrors && !options.client.reconnect.enabled && !options.takesSlashes);
    QCOMPARE(options.form.kind, LineForm::Kind::Plain);
    QVERIFY(options.client.trust == TlsTrust());
}

void TestConnectOptions::readsHowToConnect()
{
    const auto options = read({u"ws://a"_s, u"-H"_s, u"X-A: b, c"_s, u"-HX-D:e:f"_s, u"-s"_s, u"one"_s, u"-s"_s,
                               u"two"_s, u"-o"_s, u"http://page"_s, u"--token"_s, u"secret"_s, u"--slash"_s,
                               u"--reconnect"_s, u"--json"_s, u"-x"_s, u""_s});
    const HttpHeaders &headers = options.client.headers;
    QCOMPARE(headers.size(), 3);
    QCOMPARE(headers[0].name + '=' + headers[0].value, QByteArray("X-A=b, c"));
    QCOMPARE(headers[1].name + '=' + headers[1].value, QByteArray("X-D=e:f"));
    QCOMPARE(headers[2].name + '=' + headers[2].value, QByteArray("Authorization=Bearer secret"));
    QCOMPARE(options.client.subprotocols, (QList<QByteArray>{"one", "two"}));
    QCOMPARE(options.client.origin, QByteArray("http://page"));
    QCOMPARE(options.execute, QList<QByteArray>{""});
    QVERIFY(options.takesSlashes && options.client.reconnect.enabled);
    QCOMPARE(options.form.kind, LineForm::Kind::Json);
    QCOMPARE(read({u"ws://a"_s, u"--auth=a:b"_s}).client.headers.value(0).value, QByteArray("Basic YTpi"));
}

void TestConnectOptions::waitsAsWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("whole") << u"3"_s << 3'000;
    QTest::newRow("part") << u"0.25"_s << 250;
    QTest::newRow("none") << u"0"_s << 0;
    QTest::newRow("for ever") << u"-1"_s << -1;
}

void TestConnectOptions::waitsAsWritten()
{
    QFETCH(QString, text);
    QTEST(read({u"ws://a"_s, u"-w"_s, text}).waitMs, "milliseconds");
}

void TestConnectOptions::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const QString url = u"ws://a"_s;
    QTest::newRow("nothing") << QStringList() << QByteArray("connect needs a URL");
    QTest::newRow("two URLs") << QStringList{url, url} << QByteArray("one URL");
    QTest::newRow("server and URL") << QStringList{url, u"-l"_s, u"1"_s} << QByteArray("--listen takes no URL");
    QTest::newRow("server and message") << QStringList{u"-l"_s, u"1"_s, u"-x"_s, u"a"_s}
                                        << QByteArray("does not go with --execute");
    QTest::newRow("no port") << QStringList{u"--listen=70000"_s} << QByteArray("not a port");
    QTest::newRow("unknown") << QStringList{url, u"--heder"_s, u"x"_s} << QByteArray("did you mean --header?");
    QTest::newRow("unknown letter") << QStringList{url, u"-q"_s}
                                    << QByteArray("unknown option -q; connect --help lists them");
    QTest::newRow("unknown letter behind one") << QStringList{url, u"-nq"_s} << QByteArray("unknown option -q");
    QTest::newRow("no value") << QStringList{url, u"-w"_s} << QByteArray("--wait needs a value");
    QTest::newRow("twice") << QStringList{url, u"-w"_s, u"1"_s, u"--wait=2"_s} << QByteArray("--wait stands twice");
    QTest::newRow("no number") << QStringList{url, u"-w"_s, u"soon"_s} << QByteArray("not a number of seconds");
    QTest::newRow("negative") << QStringList{url, u"-w"_s, u"-2"_s} << QByteArray("not a number of seconds");
    QTest::newRow("no header") << QStringList{url, u"-H"_s, u"X"_s} << QByteArray("not a header");
    QTest::newRow("header that can not be sent") << QStringList{url, u"-H"_s, u"X Y:z"_s} << QByteArray("X Y");
    QTest::newRow("subprotocol") << QStringList{url, u"-s"_s, u"a b"_s} << QByteArray("a b");
    QTest::newRow("page") << QStringList{u"http://a/"_s} << QByteArray("try ws://a/");
    QTest::newRow("scheme") << QStringList{u"ftp://a/"_s} << QByteArray("ftp");
    QTest::newRow("two tokens") << QStringList{url, u"--token=x"_s, u"-HAuthorization:y"_s} << QByteArray("only one");
    QTest::newRow("certificate without a key") << QStringList{url, u"--cert=a.pem"_s} << QByteArray("go together");
    QTest::newRow("no such file") << QStringList{url, u"--ca=/none.pem"_s} << QByteArray("/none.pem");
}

void TestConnectOptions::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const QByteArray said = fault(arguments);
    QVERIFY2(said.contains(words), said.constData());
    QVERIFY(!said.contains('\n'));
}

void TestConnectOptions::isACommandOfTheProgram()
{
    const Settings settings = Settings::read({u"connect"_s, u"ws://a"_s, u"-n"_s}, {}, {});
    QCOMPARE(settings.options().command, Options::Command::Connect);
    QCOMPARE(settings.options().arguments, (QStringList{u"ws://a"_s, u"-n"_s}));
    QVERIFY(helpText().contains(u"glasshouse connect URL"_s));
}

void TestConnectOptions::helpsWithEveryOption()
{
    const QByteArray help = connectHelp();
    for (const char *option : {"-c, --connect URL",
                               "-l, --listen PORT",
                               "-H, --header NAME:VALUE",
                               "-s, --subprotocol",
                               "-o, --origin",
                               "--token TOKEN",
                               "--token-file FILE",
                               "--token-as PLACE",
                               "--auth",
                               "-n, --no-check ",
                               "--ca FILE",
                               "--cert FILE",
                               "--key FILE",
                               "-x, --execute",
                               "-w, --wait",
                               "-P, --show-ping-pong ",
                               "--slash ",
                               "--reconnect ",
                               "--json ",
                               "--no-color "})
        QCOMPARE(help.count(option), 1);
}

QTEST_GUILESS_MAIN(TestConnectOptions)
#include "tst_connectoptions.moc"
