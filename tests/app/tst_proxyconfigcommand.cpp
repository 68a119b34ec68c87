// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/proxyconfig.h"
#include "app/settings.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestProxyConfigCommand final : public QObject
{
    Q_OBJECT

private slots:
    void takesItsOwnOptionsAndThoseOfServe();
    void rewritesWhatItIsTold();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void helps();
    void isACommandOfTheProgram();
};

namespace {

CommandOutput run(const QString &arguments)
{
    return runProxyConfig(arguments.split(u' ', Qt::SkipEmptyParts), {}, {});
}

} // namespace

void TestProxyConfigCommand::takesItsOwnOptionsAndThoseOfServe()
{
    const CommandOutput output = run(
        u"nginx --port 9000 --public-url https://games.example.net/play --heartbeat-seconds=100 --cert /c.pem --key=/k.pem"_s);
    QCOMPARE(output.error, "");
    QCOMPARE(output.exitCode, 0);
    for (const char *text : {"proxy_pass http://127.0.0.1:9000/;", "server_name games.example.net;",
                             "proxy_read_timeout 135s;", "ssl_certificate /c.pem;", "ssl_certificate_key /k.pem;"})
        QVERIFY2(output.out.contains(text), output.out.constData());
    QVERIFY(run(u"haproxy --proxy-protocol"_s).out.contains("send-proxy-v2"));
    QVERIFY(run(u"haproxy --upstream [fd00::5]:81"_s).out.contains("server glasshouse [fd00::5]:81"));
    QVERIFY(run(u"caddy --trusted-proxy 10.0.0.0/8"_s).out.contains("--trusted-proxy 10.0.0.0/8"));
    QVERIFY(run(u"caddy --base-path /x"_s).out.contains("handle /x/*"));
}

void TestProxyConfigCommand::rewritesWhatItIsTold()
{
    const QByteArray told = run(u"nginx --rewrite /a=/ws/a --rewrite /b=/ws/b"_s).out;
    QVERIFY(told.contains("location = /a {\n        proxy_pass http://127.0.0.1:8080/ws/a;"));
    QVERIFY(told.contains("location = /b {") && !told.contains("/api/match/game"));
    QVERIFY(!run(u"nginx --rewrite none"_s).out.contains("location = "));
    QVERIFY(run(u"nginx"_s).out.contains("location = /api/match/game {"));
}

void TestProxyConfigCommand::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const QString &arguments, const char *text) {
        QTest::newRow(qPrintable(arguments)) << arguments << QByteArray(text);
    };
    row(u""_s, "nginx, haproxy, caddy or traefik");
    row(u"apache"_s, "nginx, haproxy, caddy or traefik");
    row(u"--port 1"_s, "nginx, haproxy, caddy or traefik");
    row(u"nginx --public-url"_s, "--public-url needs a value");
    row(u"nginx --public-url play.example.org"_s, "--public-url");
    row(u"nginx --public-url ftp://x"_s, "--public-url");
    row(u"nginx --base-path x"_s, "--base-path");
    row(u"nginx --base-path /x/"_s, "--base-path");
    row(u"nginx --trusted-proxy proxy"_s, "--trusted-proxy");
    row(u"nginx --upstream 127.0.0.1"_s, "--upstream");
    row(u"nginx --upstream 127.0.0.1:0"_s, "--upstream");
    row(u"nginx --rewrite /a"_s, "--rewrite");
    row(u"nginx --rewrite a=b"_s, "--rewrite");
    row(u"nginx --rewrite /a=/b;"_s, "--rewrite");
    row(u"nginx --prot 1"_s, "did you mean --port?");
    row(u"nginx --port many"_s, "--port");
}

void TestProxyConfigCommand::refusesWrongUsage()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArray, text);
    const CommandOutput output = run(arguments);
    QCOMPARE(output.exitCode, 2);
    QCOMPARE(output.out, "");
    QVERIFY2(output.error.contains(text), output.error.constData());
}

void TestProxyConfigCommand::helps()
{
    const CommandOutput output = run(u"nginx --help"_s);
    QCOMPARE(output.exitCode, 0);
    QVERIFY(output.out.contains("--public-url") && output.out.contains("traefik"));
}

void TestProxyConfigCommand::isACommandOfTheProgram()
{
    const Settings settings = Settings::read({u"proxy-config"_s, u"nginx"_s, u"--port"_s, u"1"_s}, {}, {});
    QVERIFY(settings.errors().isEmpty());
    QCOMPARE(settings.options().command, Options::Command::ProxyConfig);
    QCOMPARE(settings.options().arguments, (QStringList{u"nginx"_s, u"--port"_s, u"1"_s}));
}

QTEST_GUILESS_MAIN(TestProxyConfigCommand)
#include "tst_proxyconfigcommand.moc"
