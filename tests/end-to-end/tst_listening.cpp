// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QHostAddress>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// What a server says of itself when it starts is true, however its address was written; what it can not take it names.
class TestListening final : public QObject
{
    Q_OBJECT

private slots:
    void announcesWhatAnswers_data();
    void announcesWhatAnswers();
    void refusesByName_data();
    void refusesByName();
    void warnsOfWhatIsOdd();

private:
    [[nodiscard]] static int statusFrom(const QHostAddress &address, quint16 port, const QByteArray &host);
};

int TestListening::statusFrom(const QHostAddress &address, quint16 port, const QByteArray &host)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    if (!socket.waitForConnected(3000))
        return 0;
    socket.write("GET /api/v1/config HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(3000))
        answer += socket.readAll();
    return answer.mid(9, 3).toInt();
}

void TestListening::announcesWhatAnswers_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QStringList>("answers");
    const QString ipv4 = u"127.0.0.1"_s;
    const QString ipv6 = u"::1"_s;
    QTest::newRow("::") << u"::"_s << QStringList{ipv4, ipv6};
    QTest::newRow("[::]") << u"[::]"_s << QStringList{ipv4, ipv6};
    QTest::newRow("0.0.0.0") << u"0.0.0.0"_s << QStringList{ipv4};
    QTest::newRow("localhost") << u"localhost"_s << QStringList{ipv4};
    QTest::newRow("[::1]") << u"[::1]"_s << QStringList{ipv6};
    QTest::newRow("0:0:0:0:0:0:0:1") << u"0:0:0:0:0:0:0:1"_s << QStringList{ipv6};
}

void TestListening::announcesWhatAnswers()
{
    QFETCH(QString, bind);
    QFETCH(QStringList, answers);
    QTcpSocket here;
    if (answers.contains(u"::1"_s) && !here.bind(QHostAddress(QHostAddress::LocalHostIPv6)))
        QSKIP("this machine has no IPv6");
    ServerProcess server(QStringList{u"--bind"_s, bind});
    QVERIFY2(server.start(), server.output().constData());
    for (const auto &key : {u"http"_s, u"webSocket"_s}) {
        const QUrl said(server.listening()[key].toString(), QUrl::StrictMode);
        QVERIFY(said.isValid());
        QCOMPARE(said.port(), int(server.port()));
        QCOMPARE(statusFrom(QHostAddress(said.host()), server.port(), said.authority().toLatin1()), 200);
    }
    for (const QString &address : std::as_const(answers)) {
        QCOMPARE(statusFrom(QHostAddress(address), server.port(), "localhost"), 200);
        QCOMPARE(statusFrom(QHostAddress(address), server.port(), "evil.example"), 421);
    }
}

void TestListening::refusesByName_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *option, const char *value, const char *words) {
        QTest::addRow("%s %s", option, value)
            << QStringList{QString::fromLatin1(option), QString::fromLatin1(value)} << QByteArray(words);
    };
    row("--bind", "127.0.0.1:8080", "\"127.0.0.1:8080\" is not an IP address");
    row("--bind", "fe80::1", "fe80::1%eth0");
    row("--allow-origin", "example.org", "https://example.org");
    row("--allow-origin", "https://example.org/app", "--allow-origin: ");
    row("--allow-origin", "https://*.example.org", "* for all");
    row("--allow-host", "https://example.org", "--allow-host: ");
    row("--public-url", "play.example.org", "--public-url: ");
}

void TestListening::refusesByName()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    QProcess program;
    program.start(qEnvironmentVariable("GLASSHOUSE"), QStringList{u"serve"_s, u"--port"_s, u"0"_s} + arguments);
    QVERIFY(program.waitForFinished(10000));
    QCOMPARE(program.exitCode(), 2);
    const QByteArray error = program.readAllStandardError();
    QVERIFY2(error.contains(words), error.constData());
}

void TestListening::warnsOfWhatIsOdd()
{
    qputenv("ENVIRONMENT", "prodution\x1b[2J");
    qputenv("GLASSHOUSE_PORT", "tcp://10.0.0.1:8080");
    ServerProcess server;
    const bool started = server.start();
    qunsetenv("ENVIRONMENT");
    qunsetenv("GLASSHOUSE_PORT");
    QVERIFY2(started, server.output().constData());
    QTRY_VERIFY(!server.log(u"message"_s).isEmpty());
    const QString text = server.log(u"message"_s).first()[u"text"_s].toString();
    QVERIFY2(text.contains(u"ENVIRONMENT: \"prodution\\u{1B}[2J\""_s), qPrintable(text));
    QCOMPARE(server.stop(), 0);
}

QTEST_GUILESS_MAIN(TestListening)
#include "tst_listening.moc"
