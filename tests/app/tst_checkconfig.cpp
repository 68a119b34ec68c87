// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/checkconfig.h"
#include "app/optiontable.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr char canary[] = "canary-kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo";

CommandOutput check(const QStringList &arguments, const QProcessEnvironment &variables = {})
{
    return checkConfig(Settings::read(QStringList{u"check-config"_s} + arguments, variables, ServerConfig()));
}

QStringList lines(const QByteArray &text) { return QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts); }

/// The words of this option's line.
QStringList lineOf(const CommandOutput &output, const QString &option)
{
    for (const QString &line : lines(output.out)) {
        const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
        if (words.first() == option)
            return words;
    }
    return {};
}

QList<QJsonObject> objects(const CommandOutput &output)
{
    QList<QJsonObject> result;
    for (const QString &line : lines(output.out))
        result += QJsonDocument::fromJson(line.toUtf8()).object();
    return result;
}

} // namespace

class TestCheckConfig final : public QObject
{
    Q_OBJECT

private slots:
    void showsEveryOption();
    void saysWhereAValueIsFrom();
    void alignsItsColumns();
    void speaksJson();
    void saysAllThatIsWrong();
    void findsWhatAStartWouldFind_data();
    void findsWhatAStartWouldFind();
    void showsNoSecret();
    void showsWhatATerminalWouldObey();
    void warnsBesides();
};

void TestCheckConfig::showsEveryOption()
{
    const CommandOutput output = check({});
    QCOMPARE(output.exitCode, 0);
    QVERIFY(output.error.isEmpty());
    QStringList options;
    for (const QString &line : lines(output.out))
        options += line.section(u' ', 0, 0);
    QCOMPARE(options, optionNames());
    QCOMPARE(lineOf(output, u"port"_s), QStringList({u"port"_s, u"8080"_s, u"default"_s}));
    QCOMPARE(lineOf(output, u"bind"_s), QStringList({u"bind"_s, u"-"_s, u"default"_s}));
    QCOMPARE(lineOf(output, u"byte-rate"_s), QStringList({u"byte-rate"_s, u"256k"_s, u"default"_s}));
}

void TestCheckConfig::saysWhereAValueIsFrom()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"my.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("# mine\nmax-rooms = 0x\nmax-players = 7\n") > 0);
    file.close();
    QProcessEnvironment variables;
    variables.insert(u"PORT"_s, u"5000"_s);
    const CommandOutput output =
        check({u"--config"_s, file.fileName(), u"--allow-host=a"_s, u"--allow-host"_s, u"b"_s}, variables);
    QCOMPARE(lineOf(output, u"port"_s), QStringList({u"port"_s, u"5000"_s, u"PORT"_s}));
    QCOMPARE(lineOf(output, u"max-players"_s), QStringList({u"max-players"_s, u"7"_s, file.fileName() + u":3"_s}));
    QCOMPARE(lineOf(output, u"allow-host"_s), QStringList({u"allow-host"_s, u"a,"_s, u"b"_s, u"--allow-host"_s}));
    QCOMPARE(lineOf(output, u"max-rooms"_s), QStringList({u"max-rooms"_s, u"1000"_s, u"default"_s}));
    QCOMPARE(output.exitCode, 2);
    QVERIFY2(output.error.startsWith(file.fileName().toUtf8() + ":2: max-rooms: "), output.error.constData());
}

void TestCheckConfig::alignsItsColumns()
{
    QSet<qsizetype> starts;
    for (const QString &line : lines(check({u"--data=a-very-long-name-of-a-folder"_s}).out)) {
        if (line.endsWith(u"  default"_s))
            starts.insert(line.size());
    }
    QCOMPARE(starts.size(), 1);
}

void TestCheckConfig::speaksJson()
{
    const QList<QJsonObject> found = objects(check({u"--json"_s, u"--port=0"_s, u"--tls-key=key.pem"_s}));
    QCOMPARE(found.first().value(u"option"_s), u"config"_s);
    QVERIFY(found.first().value(u"value"_s).isNull());
    QCOMPARE(found.at(1),
             (QJsonObject{{u"option"_s, u"port"_s},
                          {u"value"_s, u"0"_s},
                          {u"layer"_s, u"command line"_s},
                          {u"from"_s, u"--port"_s}}));
    QVERIFY(std::any_of(found.begin(), found.end(), [](const QJsonObject &object) {
        return object.value(u"option"_s) == u"route"_s && object.value(u"value"_s).isArray();
    }));
    QCOMPARE(found.size(), qsizetype(optionTable().size()) + 2); // no certificate, and no such file
    QVERIFY(found.last().value(u"error"_s).toString().startsWith(u"--tls-key: "_s));
}

void TestCheckConfig::saysAllThatIsWrong()
{
    const CommandOutput output =
        check({u"--port=x"_s, u"--auth=token"_s, u"--proxy-protocol"_s, u"--production"_s, u"--allow-origin=*"_s});
    QCOMPARE(output.exitCode, 2);
    const QString text = QString::fromUtf8(output.error);
    for (const auto &part : {u"--port: \"x\""_s, u"--auth: tokens need a key"_s, u"--proxy-protocol: "_s,
                             u"--allow-insecure any-origin"_s})
        QVERIFY2(text.contains(part), qPrintable(part + u" is not in\n"_s + text));
    QCOMPARE(lines(output.error).size(), 4);
}

void TestCheckConfig::findsWhatAStartWouldFind_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("error"); // begins with it
    QTest::newRow("no secret file") << QStringList{u"--auth=token"_s, u"--jwt-secret-file=missing"_s}
                                    << u"--jwt-secret-file: missing: "_s;
    QTest::newRow("no public key") << QStringList{u"--auth=token"_s, u"--jwt-algorithm=RS256"_s,
                                                  u"--jwt-public-key=missing"_s}
                                   << u"--jwt-public-key: missing: "_s;
    QTest::newRow("wrong kind of key") << QStringList{u"--auth=token"_s, u"--jwt-public-key=missing"_s}
                                       << u"jwt-algorithm: HS256 takes a secret"_s;
    QTest::newRow("an issuer, and nobody is asked")
        << QStringList{u"--jwt-issuer=me"_s} << u"--jwt-issuer: nobody is asked for a token"_s;
    QTest::newRow("no operator token") << QStringList{u"--operator-token-file=missing"_s}
                                       << u"--operator-token-file: missing: "_s;
    QTest::newRow("no folder of pages") << QStringList{u"--web-root=missing"_s} << u"--web-root: missing "_s;
    QTest::newRow("a redirect without TLS") << QStringList{u"--plain=redirect"_s} << u"--plain: "_s;
    QTest::newRow("a bad template") << QStringList{u"--route=/play"_s} << u"--route: \"/play\""_s;
}

void TestCheckConfig::findsWhatAStartWouldFind()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, error);
    const CommandOutput output = check(arguments);
    QCOMPARE(output.exitCode, 2);
    QVERIFY2(QString::fromUtf8(output.error).startsWith(error), output.error.constData());
    QCOMPARE(lines(output.error).size(), 1);
}

void TestCheckConfig::showsNoSecret()
{
    QProcessEnvironment variables;
    variables.insert(u"JWT_SECRET"_s, QString::fromLatin1(canary));
    for (const QStringList &arguments : {QStringList{u"--auth=token"_s}, {u"--json"_s}, {u"--jwt-algorithm=RS256"_s}}) {
        const CommandOutput output = check(arguments, variables);
        QVERIFY(output.out.contains("JWT_SECRET") && output.out.contains("(set)"));
        QVERIFY(!output.out.contains("canary") && !output.error.contains("canary"));
    }
    variables.insert(u"JWT_SECRET"_s, u"canary"_s); // too short
    const CommandOutput output = check({u"--auth=token"_s}, variables);
    QCOMPARE(output.exitCode, 2);
    QVERIFY(!output.out.contains("canary") && !output.error.contains("canary"));
}

void TestCheckConfig::showsWhatATerminalWouldObey()
{
    const QStringList arguments{u"--jwt-issuer=me\x1b[2J\u202E"_s, u"--auth=open"_s, u"--web-root=no\nwhere"_s};
    const CommandOutput output = check(arguments);
    QVERIFY2(lineOf(output, u"jwt-issuer"_s).contains(u"me\\u{1B}[2J\\u{202E}"_s), output.out.constData());
    QVERIFY2(output.error.startsWith("--web-root: no\\u{A}where "), output.error.constData());
    for (const QJsonObject &object : objects(check(arguments + QStringList{u"--json"_s}))) {
        if (object[u"option"_s] == u"jwt-issuer"_s)
            QCOMPARE(object[u"value"_s].toString(), u"me\x1b[2J\u202E"_s);
    }
    QVERIFY(!check(arguments + QStringList{u"--json"_s}).out.contains("\u202E"));
}

void TestCheckConfig::warnsBesides()
{
    QProcessEnvironment variables;
    variables.insert(u"ENVIRONMENT"_s, u"prodution"_s);
    const CommandOutput output = check({}, variables);
    QCOMPARE(output.exitCode, 0);
    QVERIFY2(output.error.startsWith("warning: ENVIRONMENT: \"prodution\""), output.error.constData());
    const QList<QJsonObject> found = objects(check({u"--json"_s}, variables));
    QVERIFY(found.last()[u"warning"_s].toString().startsWith(u"ENVIRONMENT: "_s));
}

QTEST_GUILESS_MAIN(TestCheckConfig)
#include "tst_checkconfig.moc"
