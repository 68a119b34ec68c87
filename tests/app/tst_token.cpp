// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/token.h"

#include "server/gate/tokenverifier.h"
#include "tests/support/tokenforge.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'800'000'000;
const QByteArray secret("a secret of the tests, 32 bytes or more");

} // namespace

class TestToken final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void mintsForAnHour();
    void mintsAllThatIsAskedFor();
    void mintsWithAPrivateKey_data();
    void mintsWithAPrivateKey();
    void readsTheSecretFromTheEnvironment();
    void readsTheServersOptionsFromTheEnvironment();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void showsTokens();
    void failsToShowWhatIsNone();
    void helps();

private:
    QTemporaryDir m_folder;
    QString m_secretFile;

    QString write(const QString &name, const QByteArray &contents) const;
    [[nodiscard]] CommandOutput mint(const QStringList &more) const;
    [[nodiscard]] static QByteArray minted(const CommandOutput &output);
    [[nodiscard]] static TokenVerifier verifier(const TokenRules &rules = {});
};

QString TestToken::write(const QString &name, const QByteArray &contents) const
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        qFatal("can not write %s", qPrintable(path));
    return path;
}

CommandOutput TestToken::mint(const QStringList &more) const
{
    return runToken(QStringList{u"mint"_s, u"--sub"_s, u"ada"_s, u"--jwt-secret-file"_s, m_secretFile} + more, {}, now);
}

QByteArray TestToken::minted(const CommandOutput &output)
{
    return output.exitCode == 0 && output.out.count('\n') == 1 ? output.out.chopped(1) : QByteArray();
}

TokenVerifier TestToken::verifier(const TokenRules &rules)
{
    return {TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Verify, secret).value(), rules};
}

void TestToken::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_secretFile = write(u"secret"_s, secret + '\n');
    write(u"short"_s, "short\n");
}

void TestToken::mintsForAnHour()
{
    const CommandOutput output = mint({});
    QCOMPARE(output.error, "");
    const auto claims = verifier().verify(minted(output), {}, now);
    QVERIFY(claims);
    QCOMPARE(claims.value().subject, "ada");
    QCOMPARE(claims.value().expiresAt, now + 3600);
    QCOMPARE(claims.value().room, "");
}

void TestToken::mintsAllThatIsAskedFor()
{
    const CommandOutput output =
        mint({u"--name=Ada € = 1"_s, u"--room"_s, u"lobby"_s, u"--game=relay"_s, u"--expires"_s, u"2m"_s,
              u"--jwt-issuer"_s, u"me"_s, u"--jwt-audience=you"_s, u"--jwt-algorithm"_s, u"HS256"_s});
    const auto claims = verifier({"me", "you"}).verify(minted(output), {"lobby", "relay"}, now);
    QVERIFY2(claims.ok(), output.error.constData());
    QCOMPARE(claims.value().name, "Ada \xE2\x82\xAC = 1");
    QCOMPARE(claims.value().room, "lobby");
    QCOMPARE(claims.value().game, "relay");
    QCOMPARE(claims.value().expiresAt, now + 120);
}

void TestToken::mintsWithAPrivateKey_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("toSign");
    QTest::addColumn<QByteArray>("toVerify");
    const forge::Key rsa = forge::rsaKey();
    const forge::Key curve = forge::curveKey();
    QTest::newRow("RS256") << u"RS256"_s << forge::privatePem(rsa) << forge::publicPem(rsa);
    QTest::newRow("ES256") << u"ES256"_s << forge::privatePem(curve) << forge::publicPem(curve);
}

void TestToken::mintsWithAPrivateKey()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, toSign);
    QFETCH(QByteArray, toVerify);
    const QString file = write(u"key"_s, toSign);
    const CommandOutput output =
        runToken({u"mint"_s, u"--sub"_s, u"ada"_s, u"--jwt-algorithm"_s, name, u"--jwt-private-key"_s, file}, {}, now);
    const auto algorithm = tokenAlgorithm(name.toLatin1()).value();
    const TokenVerifier checked(TokenKey::make(algorithm, KeyPurpose::Verify, toVerify).value(), {});
    QVERIFY2(checked.verify(minted(output), {}, now), output.error.constData());
}

void TestToken::readsTheSecretFromTheEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"JWT_SECRET"_s, QString::fromUtf8(secret));
    const QStringList mint{u"mint"_s, u"--sub=ada"_s};
    const CommandOutput output = runToken(mint, environment, now);
    QVERIFY2(verifier().verify(minted(output), {}, now), output.error.constData());
    const QString shortFile = m_folder.filePath(u"short"_s); // a file counts more
    QVERIFY(runToken(mint + QStringList{u"--jwt-secret-file"_s, shortFile}, environment, now).error.contains("32"));
    QVERIFY(runToken(mint + QStringList{u"--jwt-algorithm=RS256"_s}, environment, now).error.contains("private-key"));
    environment.insert(u"JWT_SECRET"_s, u"canary"_s);
    const QByteArray error = runToken(mint, environment, now).error;
    QVERIFY2(error.startsWith("JWT_SECRET: ") && !error.contains("canary"), error.constData());
}

void TestToken::readsTheServersOptionsFromTheEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"GLASSHOUSE_JWT_SECRET_FILE"_s, m_secretFile);
    environment.insert(u"GLASSHOUSE_JWT_ISSUER"_s, u"environment"_s);
    environment.insert(u"GLASSHOUSE_JWT_AUDIENCE"_s, u"environment"_s);
    environment.insert(u"GLASSHOUSE_SUB"_s, u"eve"_s);
    environment.insert(u"GLASSHOUSE_ROOM"_s, u"lobby"_s);
    const auto output = runToken({u"mint"_s, u"--sub=ada"_s, u"--jwt-audience=given"_s}, environment, now);
    const auto claims = verifier({"environment", "given"}).verify(minted(output), {}, now);
    QVERIFY2(claims.ok(), output.error.constData());
    QCOMPARE(claims.value().subject, "ada");
    QCOMPARE(runToken({u"mint"_s}, environment, now).exitCode, 2);
    environment.insert(u"GLASSHOUSE_JWT_ALGORITHM"_s, u"none"_s);
    QCOMPARE(runToken({u"mint"_s, u"--sub=ada"_s}, environment, now).error,
             "GLASSHOUSE_JWT_ALGORITHM: \"none\" is not HS256, RS256 or ES256");
    QCOMPARE(runToken({u"mint"_s, u"--sub=ada"_s, u"--jwt-algorithm=HS256"_s}, environment, now).exitCode, 0);
}

void TestToken::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("text"); // in the message
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &text) {
        QTest::newRow(name) << arguments << text;
    };
    const QStringList start{u"mint"_s, u"--sub"_s, u"ada"_s};
    const QStringList whole = start + QStringList{u"--jwt-secret-file"_s, m_secretFile};
    const QString shortFile = m_folder.filePath(u"short"_s);

    row("nothing", {}, "mint or show");
    row("another action", {u"steal"_s}, "steal");
    row("no player", {u"mint"_s, u"--jwt-secret-file"_s, m_secretFile}, "--sub");
    row("empty player", {u"mint"_s, u"--sub="_s}, "--sub");
    row("no secret", start, "--jwt-secret-file");
    row("no private key", start + QStringList{u"--jwt-algorithm=ES256"_s}, "--jwt-private-key");
    row("secret for RS256", whole + QStringList{u"--jwt-algorithm=RS256"_s}, "--jwt-private-key");
    row("secret as a private key",
        start + QStringList{u"--jwt-algorithm=RS256"_s, u"--jwt-private-key"_s, m_secretFile}, "PEM");
    row("no such file", start + QStringList{u"--jwt-secret-file=/nowhere/secret"_s}, "/nowhere/secret");
    row("short secret", start + QStringList{u"--jwt-secret-file"_s, shortFile}, "32");
    row("none", whole + QStringList{u"--jwt-algorithm=none"_s}, "none");
    row("small letters", whole + QStringList{u"--jwt-algorithm=hs256"_s}, "hs256");
    row("no value", whole + QStringList{u"--room"_s}, "--room");
    row("bad room", whole + QStringList{u"--room=a b"_s}, "--room");
    row("bad time", whole + QStringList{u"--expires=tomorrow"_s}, "tomorrow");
    row("no time at all", whole + QStringList{u"--expires=0"_s}, "--expires");
    row("negative time", whole + QStringList{u"--expires=-1h"_s}, "-1h");
    row("player with a line end", {u"mint"_s, u"--sub=a\nb"_s, u"--jwt-secret-file"_s, m_secretFile}, "sub");
    row("twice", whole + QStringList{u"--sub"_s, u"eve"_s}, "twice");
    row("typing error", whole + QStringList{u"--expire=1h"_s}, "did you mean --expires?");
    row("nothing like it", whole + QStringList{u"--xylophone"_s}, "--help");
    row("a word too many", whole + QStringList{u"now"_s}, "now");
    row("secret on the command line", start + QStringList{u"--jwt-secret=x"_s}, "unknown option --jwt-secret");
    row("show without a token", {u"show"_s}, "token show needs a token: glasshouse token show TOKEN, or ");
    row("show with two", {u"show"_s, u"a"_s, u"b"_s}, "one token");
}

void TestToken::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, text);
    const CommandOutput output = runToken(arguments, {}, now);
    QCOMPARE(output.exitCode, 2);
    QCOMPARE(output.out, "");
    QVERIFY2(output.error.contains(text), output.error.constData());
    QVERIFY(!output.error.contains(secret.left(10)));
}

void TestToken::showsTokens()
{
    const QByteArray token = minted(mint({u"--room=lobby"_s}));
    const CommandOutput output = runToken({u"show"_s, QString::fromLatin1(token) + u'\n'}, {}, now + 7200);
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.error, "");
    QVERIFY(output.out.contains("  alg: \"HS256\"\n") && output.out.contains("  room: \"lobby\"\n"));
    QVERIFY(output.out.contains("expired"));
    QVERIFY(!output.out.contains(token.sliced(token.lastIndexOf('.') + 1)));
}

void TestToken::failsToShowWhatIsNone()
{
    const CommandOutput output = runToken({u"show"_s, u"token"_s}, {}, now);
    QCOMPARE(output.exitCode, 1);
    QCOMPARE(output.out, "");
    QVERIFY(output.error.contains("header.claims.signature"));
}

void TestToken::helps()
{
    for (const QStringList &arguments : {QStringList{u"--help"_s}, QStringList{u"mint"_s, u"-h"_s}}) {
        const CommandOutput output = runToken(arguments, {}, now);
        QCOMPARE(output.exitCode, 0);
        QVERIFY(output.out.contains("--jwt-secret-file") && output.out.contains("token show"));
    }
}

QTEST_GUILESS_MAIN(TestToken)
#include "tst_token.moc"
