// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctoroptions.h"
#include "app/settings.h"

#include <QTemporaryFile>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

DoctorOrder read(const QStringList &arguments)
{
    const auto request = readDoctor(arguments);
    return request ? orderOf(request.value()).value() : DoctorOrder();
}

QByteArray fault(const QStringList &arguments)
{
    const auto request = readDoctor(arguments);
    if (!request)
        return request.error().text;
    const auto order =
        request.value().self ? Result<DoctorOrder, OptionsError>(DoctorOrder()) : orderOf(request.value());
    return order ? QByteArray() : order.error().text;
}

QByteArray header(const DoctorOrder &order, const QByteArray &name)
{
    for (const HttpHeader &one : order.client.headers) {
        if (one.name == name)
            return one.value;
    }
    return {};
}

} // namespace

class TestDoctorOptions final : public QObject
{
    Q_OBJECT

private slots:
    void takesAUrl_data();
    void takesAUrl();
    void readsHowToConnect();
    void putsTheTokenInItsPlace_data();
    void putsTheTokenInItsPlace();
    void readsATokenFromAFile();
    void watchesAsLongAsItIsTold_data();
    void watchesAsLongAsItIsTold();
    void choosesAForm_data();
    void choosesAForm();
    void leavesTheRestToServe();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void leavesTheAddressToTheDoctor_data();
    void leavesTheAddressToTheDoctor();
    void isACommandOfTheProgram();
    void helpsWithEveryOption();
};

void TestDoctorOptions::takesAUrl_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("url");
    QTest::newRow("whole") << QStringList{u"wss://host/ws"_s} << u"wss://host/ws"_s;
    QTest::newRow("without a scheme") << QStringList{u"localhost:8080/ws"_s} << u"ws://localhost:8080/ws"_s;
    QTest::newRow("behind options") << QStringList{u"-n"_s, u"--idle"_s, u"1"_s, u"ws://a"_s} << u"ws://a"_s;
}

void TestDoctorOptions::takesAUrl()
{
    QFETCH(QStringList, arguments);
    QTEST(read(arguments).client.url.toString(), "url");
}

void TestDoctorOptions::readsHowToConnect()
{
    const DoctorOrder order = read({u"ws://a"_s, u"-HX-A: b"_s, u"-s"_s, u"one"_s, u"-o"_s, u"http://page"_s, u"-n"_s});
    QCOMPARE(header(order, "X-A"), QByteArray("b"));
    QCOMPARE(order.client.subprotocols, QList<QByteArray>{"one"});
    QCOMPARE(order.client.origin, QByteArray("http://page"));
    QVERIFY(order.client.ignoreTlsErrors);
    QVERIFY(order.token.isEmpty());
}

void TestDoctorOptions::putsTheTokenInItsPlace_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("header") << u"header"_s;
    QTest::newRow("query") << u"query"_s;
    QTest::newRow("subprotocol") << u"subprotocol"_s;
    QTest::newRow("message") << u"message"_s;
}

void TestDoctorOptions::putsTheTokenInItsPlace()
{
    QFETCH(QString, place);
    const DoctorOrder order = read({u"ws://a/?x=1"_s, u"--token"_s, u"a.b.c"_s, u"--token-as"_s, place});
    QCOMPARE(order.token, QByteArray("a.b.c"));
    QCOMPARE(header(order, "Authorization"), place == "header"_L1 ? QByteArray("Bearer a.b.c") : QByteArray());
    QCOMPARE(order.client.url.query(), place == "query"_L1 ? u"x=1&token=a.b.c"_s : u"x=1"_s);
    QCOMPARE(order.client.subprotocols.contains("bearer.a.b.c"), place == "subprotocol"_L1);
    QCOMPARE(order.client.first.value(0).bytes,
             place == "message"_L1 ? QByteArray("{\"type\":\"auth\",\"data\":{\"token\":\"a.b.c\"}}") : QByteArray());
    QCOMPARE(header(read({u"ws://a"_s, u"--token=t"_s}), "Authorization"), QByteArray("Bearer t"));
}

void TestDoctorOptions::readsATokenFromAFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("  a.b.c \r\nmore\n");
    file.close();
    QCOMPARE(read({u"ws://a"_s, u"--token-file"_s, file.fileName()}).token, QByteArray("a.b.c"));
    QVERIFY(file.open());
    file.resize(0);
    file.close();
    QVERIFY(fault({u"ws://a"_s, u"--token-file"_s, file.fileName()}).contains("no token in its first line"));
}

void TestDoctorOptions::watchesAsLongAsItIsTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("nothing said") << QString() << qint64(150'000);
    QTest::newRow("not at all") << u"0"_s << qint64(0);
    QTest::newRow("seconds") << u"90"_s << qint64(90'000);
    QTest::newRow("minutes") << u"15m"_s << qint64(900'000);
    QTest::newRow("hours") << u"2h"_s << qint64(7'200'000);
}

void TestDoctorOptions::watchesAsLongAsItIsTold()
{
    QFETCH(QString, text);
    QTEST(read(QStringList{u"ws://a"_s} + (text.isNull() ? QStringList() : QStringList{u"--idle"_s, text})).idleMs,
          "milliseconds");
}

void TestDoctorOptions::choosesAForm_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("kind");
    QTest::newRow("text") << QStringList() << int(DoctorReport::Kind::Text);
    QTest::newRow("JSON") << QStringList{u"--json"_s} << int(DoctorReport::Kind::Json);
    QTest::newRow("Markdown") << QStringList{u"--markdown"_s} << int(DoctorReport::Kind::Markdown);
}

void TestDoctorOptions::choosesAForm()
{
    QFETCH(QStringList, arguments);
    QTEST(int(reportOf(readDoctor(QStringList{u"ws://a"_s} + arguments).value()).kind), "kind");
}

void TestDoctorOptions::leavesTheRestToServe()
{
    const auto request = readDoctor(
        {u"--self"_s, u"--port"_s, u"9000"_s, u"--json"_s, u"--idle=5"_s, u"--auth"_s, u"token"_s, u"-Hx:y"_s});
    QVERIFY(request.ok());
    QVERIFY(request.value().self && request.value().json);
    QCOMPARE(request.value().serveOptions, (QStringList{u"--port"_s, u"9000"_s, u"--auth"_s, u"token"_s, u"-Hx:y"_s}));
    QCOMPARE(idleMsOf(request.value(), 0), 5'000);
}

void TestDoctorOptions::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const QString url = u"ws://a"_s;
    QTest::newRow("nothing") << QStringList() << QByteArray("doctor needs a URL");
    QTest::newRow("two URLs") << QStringList{url, url} << QByteArray("doctor takes one URL");
    QTest::newRow("unknown") << QStringList{url, u"--idel"_s, u"x"_s} << QByteArray("did you mean --idle?");
    QTest::newRow("no time") << QStringList{url, u"--idle"_s, u"soon"_s} << QByteArray("not a time such as 30s");
    QTest::newRow("twice") << QStringList{url, u"--idle=1"_s, u"--idle=2"_s} << QByteArray("stands twice");
    QTest::newRow("two forms") << QStringList{url, u"--json"_s, u"--markdown"_s} << QByteArray("does not go with");
    QTest::newRow("two tokens") << QStringList{url, u"--token=x"_s, u"-HAuthorization:y"_s} << QByteArray("only one");
    QTest::newRow("token twice") << QStringList{url, u"--token=x"_s, u"--token-file=y"_s} << QByteArray("only one");
    QTest::newRow("no token file") << QStringList{url, u"--token-file=/none"_s} << QByteArray("/none");
    QTest::newRow("place") << QStringList{url, u"--token=x"_s, u"--token-as=cookie"_s}
                           << QByteArray("header, query, subprotocol or message");
    QTest::newRow("certificate without a key") << QStringList{url, u"--cert=a.pem"_s} << QByteArray("go together");
    QTest::newRow("no such file") << QStringList{url, u"--ca=/none.pem"_s} << QByteArray("/none.pem");
}

void TestDoctorOptions::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const QByteArray said = fault(arguments);
    QVERIFY2(said.contains(words), said.constData());
    QVERIFY(!said.contains('\n'));
}

void TestDoctorOptions::leavesTheAddressToTheDoctor_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("page") << u"http://a/"_s;
    QTest::newRow("another scheme") << u"ftp://a/"_s;
    QTest::newRow("fragment") << u"ws://a/#b"_s;
    QTest::newRow("no host") << u"ws://"_s;
}

void TestDoctorOptions::leavesTheAddressToTheDoctor()
{
    QFETCH(QString, url);
    QCOMPARE(fault({url}), QByteArray());
}

void TestDoctorOptions::isACommandOfTheProgram()
{
    const Settings settings = Settings::read({u"doctor"_s, u"ws://a"_s, u"-n"_s}, {}, {});
    QCOMPARE(settings.options().command, Options::Command::Doctor);
    QCOMPARE(settings.options().arguments, (QStringList{u"ws://a"_s, u"-n"_s}));
    QVERIFY(helpText().contains(u"glasshouse doctor URL"_s));
}

void TestDoctorOptions::helpsWithEveryOption()
{
    const QByteArray help = doctorHelp();
    for (const char *option : {"-H, --header NAME:VALUE", "-s, --subprotocol", "-o, --origin", "--token TOKEN",
                               "--token-file FILE", "--token-as PLACE", "--auth", "-n, --no-check ", "--ca FILE",
                               "--cert FILE", "--key FILE", "--idle TIME", "--json ", "--markdown ", "--no-color "})
        QCOMPARE(help.count(option), 1);
    QVERIFY(help.contains("--self"));
}

QTEST_GUILESS_MAIN(TestDoctorOptions)
#include "tst_doctoroptions.moc"
