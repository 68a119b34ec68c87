// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"
#include "app/startcheck.h"
#include "server/config/production.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr char goodSecret[] = "kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo";

ServerConfig safe()
{
    ServerConfig config;
    config.auth = AuthMode::Token;
    config.token.secret = goodSecret;
    return config;
}

QStringList namesOf(const ServerConfig &config)
{
    QStringList names;
    for (const ProductionFault &fault : productionFaults(config)) {
        names += nameOf(fault.what);
        if (fault.text.isEmpty() || fault.help.isEmpty() || fault.keys.isEmpty())
            names += u"without words"_s;
    }
    return names;
}

} // namespace

class TestProduction final : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatIsUnsafe_data();
    void findsWhatIsUnsafe();
    void judgesSecrets_data();
    void judgesSecrets();
    void neverShowsTheSecret();
    void refusesInProductionOnly();
    void letsBeWhatIsNamed();
    void readsTheSecretsFile();
    void mindsWhoElseReads_data();
    void mindsWhoElseReads();
    void everyHintHelps_data();
    void everyHintHelps();
    void guessesNothingFromWhatItCouldNotRead();
};

void TestProduction::findsWhatIsUnsafe_data()
{
    QTest::addColumn<ServerConfig>("config");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("safe") << safe() << QStringList();
    QTest::newRow("defaults") << ServerConfig() << QStringList{u"open-auth"_s};
    const auto row = [](const char *name, const QStringList &names, const std::function<void(ServerConfig &)> &change) {
        ServerConfig config = safe();
        change(config);
        QTest::newRow(name) << config << names;
    };
    row("any origin", {u"any-origin"_s}, [](ServerConfig &c) { c.allowedOrigins = {"https://a.example", "*"}; });
    row("some origins", {}, [](ServerConfig &c) { c.allowedOrigins = {"https://a.example"}; });
    row("all at once", {u"any-origin"_s, u"open-auth"_s}, [](ServerConfig &c) {
        c.allowedOrigins = {"*"};
        c.auth = AuthMode::Open;
    });
    for (const QString &bind : {u"127.0.0.1"_s, u"127.1.2.3"_s, u"::1"_s, u"::ffff:127.0.0.1"_s}) {
        row(qPrintable(u"open on "_s + bind), {}, [bind](ServerConfig &c) {
            c.auth = AuthMode::Open;
            c.bindAddress = bind;
        });
    }
    for (const QString &bind : {QString(), u"0.0.0.0"_s, u"::"_s, u"192.168.1.2"_s, u"10.0.0.1"_s}) {
        row(qPrintable(u"open on \""_s + bind + u'"'), {u"open-auth"_s}, [bind](ServerConfig &c) {
            c.auth = AuthMode::Open;
            c.bindAddress = bind;
        });
    }
    // What is refused with or without permission is no matter of permission.
    row("no secret", {}, [](ServerConfig &c) { c.token.secret.clear(); });
    row("a secret of 31 bytes", {}, [](ServerConfig &c) { c.token.secret.chop(1); });
    row("a secret of one letter", {}, [](ServerConfig &c) { c.token.secret.fill('x'); });
    row("a weak secret that nobody asks for", {u"open-auth"_s}, [](ServerConfig &c) {
        c.token.secret = "secret";
        c.auth = AuthMode::Open;
    });
    row("a public key has no secret", {}, [](ServerConfig &c) {
        c.token = {};
        c.token.algorithm = "RS256";
        c.token.publicKeyFile = u"key.pem"_s;
    });
}

void TestProduction::findsWhatIsUnsafe()
{
    QFETCH(ServerConfig, config);
    QTEST(namesOf(config), "names");
}

void TestProduction::judgesSecrets_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("good");
    QTest::newRow("letters and digits by chance") << QByteArray(goodSecret) << true;
    QTest::newRow("with a line end") << QByteArray(goodSecret) + "\r\n" << true;
    QTest::newRow("16 bytes in hex") << QByteArray("9f86d081884c7d659a2feaa0c55ad015") << true;
    QTest::newRow("32 bytes in hex") << QByteArray("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                                     << true;
    QTest::newRow("any bytes") << QByteArray::fromHex(
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                               << true;
    QTest::newRow("from an example") << QByteArray("your-256-bit-secret-your-256-bit-secret") << false;
    QTest::newRow("in capitals") << QByteArray("CHANGEME kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo") << false;
    QTest::newRow("a repeated word") << QByteArray("gameservice").repeated(5) << false;
    QTest::newRow("a repeated stretch with many letters") << QByteArray("kG7qX2vN9bLz4T").repeated(4) << false;
    QTest::newRow("digits in their order") << QByteArray("0123456789abcdefghijklmnopqrstuvwxyz") << false;
}

void TestProduction::judgesSecrets()
{
    QFETCH(QByteArray, secret);
    ServerConfig config = safe();
    config.token.secret = secret;
    QTEST(namesOf(config).isEmpty(), "good");
}

void TestProduction::neverShowsTheSecret()
{
    ServerConfig config = safe();
    config.token.secret = "canary-changeme-kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo";
    QCOMPARE(productionFaults(config).size(), 1);
    for (const ProductionFault &fault : productionFaults(config))
        QVERIFY(!fault.text.contains(u"canary"_s));
}

void TestProduction::refusesInProductionOnly()
{
    const auto refusals = [](const QStringList &arguments) {
        const Settings settings = Settings::read(arguments, {}, ServerConfig());
        return startFaults(settings);
    };
    QCOMPARE(refusals({u"serve"_s}), QStringList());
    const QStringList texts = refusals({u"serve"_s, u"--production"_s});
    QCOMPARE(texts.size(), 1);
    QVERIFY2(texts.first().contains(u"--allow-insecure open-auth"_s), qPrintable(texts.first()));
}

void TestProduction::letsBeWhatIsNamed()
{
    const auto count = [](const QStringList &more) {
        QStringList arguments{u"serve"_s, u"--production"_s, u"--allow-origin"_s, u"*"_s};
        return startFaults(Settings::read(arguments + more, {}, ServerConfig())).size();
    };
    QCOMPARE(count({}), 2);
    QCOMPARE(count({u"--allow-insecure"_s, u"any-origin"_s}), 1);
    QCOMPARE(count({u"--allow-insecure"_s, u"any-origin"_s, u"--allow-insecure"_s, u"open-auth"_s}), 0);
    QCOMPARE(count({u"--allow-insecure"_s, u"weak-secret"_s}), 2);
}

void TestProduction::readsTheSecretsFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"secret"_s);
    const auto faults = [&path](const QByteArray &secret) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(secret) != secret.size())
            return QStringList{u"not written"_s};
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return startFaults(
            Settings::read({u"serve"_s, u"--production"_s, u"--auth"_s, u"token"_s, u"--jwt-secret-file"_s, path}, {},
                           ServerConfig()));
    };
    QCOMPARE(faults(goodSecret), QStringList());
    QCOMPARE(faults(QByteArray("kG7qX2vN9bLz4T").repeated(4)).size(), 1);
}

void TestProduction::mindsWhoElseReads_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("refusals");
    QTest::addColumn<int>("warnings");
    const QStringList production{u"--production"_s};
    QTest::newRow("not in production") << QStringList() << 0 << 1;
    QTest::newRow("in production") << production << 1 << 0;
    QTest::newRow("in production, meant") << production + QStringList{u"--allow-insecure=open-files"_s} << 0 << 0;
    QTest::newRow("meant") << QStringList{u"--allow-insecure=open-files"_s} << 0 << 0;
}

void TestProduction::mindsWhoElseReads()
{
    QFETCH(QStringList, arguments);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"secret"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(goodSecret) > 0);
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const Settings settings =
        Settings::read(QStringList{u"serve"_s, u"--auth=token"_s, u"--jwt-secret-file"_s, file.fileName()} + arguments,
                       {}, ServerConfig());
    QTEST(int(startFaults(settings).size()), "refusals");
    QTEST(int(startWarnings(settings).size()), "warnings");
    for (const QString &text : startFaults(settings) + startWarnings(settings))
        QVERIFY2(text.contains(u"jwt-secret-file"_s) && text.contains(u"chmod 600"_s), qPrintable(text));
}

void TestProduction::everyHintHelps_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("secret"); // JWT_SECRET
    QTest::addColumn<int>("count");
    const QStringList token{u"--auth=token"_s};
    QTest::newRow("open") << QStringList() << QByteArray() << 1;
    QTest::newRow("open, any origin") << QStringList{u"--allow-origin=*"_s} << QByteArray() << 2;
    QTest::newRow("a guess") << token << QByteArray("changeme-kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo") << 1;
    QTest::newRow("no secret") << token << QByteArray() << 1;
    QTest::newRow("a short secret") << token << QByteArray("short") << 1;
    QTest::newRow("one letter") << token << QByteArray(64, 'x') << 1;
    QTest::newRow("a key in PEM") << token << QByteArray("-----BEGIN PUBLIC KEY-----\nkG7qX2vN9bLz4TfHw8RmYc1") << 1;
    QTest::newRow("all at once") << QStringList{u"--auth=token"_s, u"--allow-origin=*"_s, u"--tls-key=missing.pem"_s}
                                 << QByteArray("short") << 4;
}

// Where --allow-insecure is offered it removes the complaint, and only that one; where it would not, it is not offered.
void TestProduction::everyHintHelps()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, secret);
    QProcessEnvironment variables;
    if (!secret.isEmpty())
        variables.insert(u"JWT_SECRET"_s, QString::fromLatin1(secret));
    arguments = QStringList{u"serve"_s, u"--production"_s} + arguments;
    const auto faults = [&](const QStringList &more) {
        return startFaults(Settings::read(arguments + more, variables, ServerConfig()));
    };
    const QStringList before = faults({});
    QTEST(int(before.size()), "count");
    for (const QString &fault : before) {
        QVERIFY(!fault.contains(u'\n'));
        const QString name = fault.section(u"--allow-insecure "_s, 1).section(u')', 0, 0);
        QCOMPARE(fault.contains(u"--allow-insecure"_s), !name.isEmpty());
        if (name.isEmpty())
            continue;
        QStringList left = before;
        left.removeOne(fault);
        const QStringList after = faults({u"--allow-insecure"_s, name});
        QCOMPARE(after.size(), left.size());
        for (const QString &other : after) // but for the names in the hint
            QVERIFY(left.filter(other.section(u" (if"_s, 0, 0)).size() == 1);
    }
}

void TestProduction::guessesNothingFromWhatItCouldNotRead()
{
    const auto faults = [](const QStringList &arguments) {
        return startFaults(Settings::read(QStringList{u"serve"_s, u"--production"_s} + arguments, {}, ServerConfig()));
    };
    // Open is the default, and not what was asked for.
    QCOMPARE(faults({u"--auth=tokn"_s}), QStringList{u"--auth: \"tokn\" is not open or token"_s});
    QCOMPARE(faults({u"--bind=127.0.0.1x"_s}).size(), 1);
    QCOMPARE(faults({u"--auth"_s}).size(), 1);
    QCOMPARE(faults({u"--max-rooms=many"_s}).size(), 2);
}

QTEST_GUILESS_MAIN(TestProduction)
#include "tst_production.moc"
