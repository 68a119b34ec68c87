// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configfile.h"
#include "app/optiontable.h"
#include "app/settings.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QString sourceFile(const QString &path) { return QStringLiteral(GLASSHOUSE_SOURCE_DIR) + u'/' + path; }

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What is in force without any source. `data` has a default that depends on the machine, so that it is left out.
QString defaultOf(const ProgramOption &entry) { return entry.get(Options()).join(u", "_s); }

} // namespace

class TestSettings final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void obeysTheLayers_data();
    void obeysTheLayers();
    void takesListsFromOneLayer();
    void findsTheFile();
    void takesPathsFromTheFilesFolder();
    void namesFileAndLine_data();
    void namesFileAndLine();
    void findsAllErrors();
    void keepsTheRestOfAListWithAnError();
    void letsOneSecretTakeThePlaceOfTheOther_data();
    void letsOneSecretTakeThePlaceOfTheOther();
    void showsNoSecret_data();
    void showsNoSecret();
    void obeysTheEnvironmentsName_data();
    void obeysTheEnvironmentsName();
    void warnsOfUnknownEnvironments_data();
    void warnsOfUnknownEnvironments();
    void leavesKubernetesItsVariables_data();
    void leavesKubernetesItsVariables();
    void knowsTypingErrorsOfVariables_data();
    void knowsTypingErrorsOfVariables();
    void asksNothingOfWhoWantsHelp();
    void theExampleNamesEveryKey();
    void helpSaysTheDefaults();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_variables;

    [[nodiscard]] QString path() const { return m_folder->filePath(u"my.conf"_s); }
    void write(const QByteArray &text) const;
    [[nodiscard]] Settings read(const QStringList &arguments = {}) const;
    [[nodiscard]] QStringList errors(const QStringList &arguments = {}) const;
};

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_variables = {};
}

void TestSettings::write(const QByteArray &text) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

Settings TestSettings::read(const QStringList &arguments) const
{
    QStringList all{u"serve"_s};
    if (QFile::exists(path()))
        all += {u"--config"_s, path()};
    return Settings::read(all + arguments, m_variables, ServerConfig());
}

QStringList TestSettings::errors(const QStringList &arguments) const
{
    QStringList texts;
    const Settings settings = read(arguments);
    for (const Error<OptionsError> &error : settings.errors())
        texts += QString::fromUtf8(error.text);
    return texts;
}

void TestSettings::obeysTheLayers_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("variables"); // name, value, name, value …
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("from");
    const QByteArray file("\nport = 1\n");
    const QStringList foreign{u"PORT"_s, u"2"_s};
    const QStringList ours{u"GLASSHOUSE_PORT"_s, u"3"_s};
    const QStringList line{u"--port"_s, u"4"_s};
    QTest::newRow("nobody") << QByteArray() << QStringList() << QStringList() << 8080 << u"default"_s;
    QTest::newRow("file") << file << QStringList() << QStringList() << 1 << u"my.conf:2"_s;
    QTest::newRow("foreign variable") << file << foreign << QStringList() << 2 << u"PORT"_s;
    QTest::newRow("our variable") << file << foreign + ours << QStringList() << 3 << u"GLASSHOUSE_PORT"_s;
    QTest::newRow("command line") << file << foreign + ours << line << 4 << u"--port"_s;
    QTest::newRow("last of the command line") << file << ours << line + QStringList{u"--port=5"_s} << 5 << u"--port"_s;
    QTest::newRow("empty variable") << file << QStringList{u"GLASSHOUSE_PORT"_s, QString()} << QStringList() << 1
                                    << u"my.conf:2"_s;
}

void TestSettings::obeysTheLayers()
{
    QFETCH(QByteArray, file);
    QFETCH(QStringList, variables);
    QFETCH(QStringList, arguments);
    QFETCH(QString, from);
    write(file);
    for (qsizetype i = 0; i < variables.size(); i += 2)
        m_variables.insert(variables[i], variables[i + 1]);
    const Settings settings = read(arguments);
    QVERIFY(settings.errors().isEmpty());
    QTEST(int(settings.options().server.port), "port");
    QVERIFY2(settings.originOf(u"port"_s).name.endsWith(from), qPrintable(settings.originOf(u"port"_s).name));
    QCOMPARE(settings.originOf(u"bind"_s).layer, Origin::Layer::Default);
}

void TestSettings::takesListsFromOneLayer()
{
    write("allow-host = a\nport = 1\nallow-host = b, c\nredact-field = pin\n");
    QCOMPARE(read().options().server.allowedHosts, QByteArrayList({"a", "b", "c"}));
    m_variables.insert(u"GLASSHOUSE_ALLOW_HOST"_s, u"d,e"_s);
    QCOMPARE(read().options().server.allowedHosts, QByteArrayList({"d", "e"}));
    const Settings settings = read({u"--allow-host"_s, u"f"_s});
    QCOMPARE(settings.options().server.allowedHosts, QByteArrayList({"f"}));
    QCOMPARE(settings.options().server.redactedFields, QByteArrayList({"pin"}));
}

void TestSettings::findsTheFile()
{
    write("port = 1\n");
    m_variables.insert(u"GLASSHOUSE_CONFIG"_s, path());
    QCOMPARE(Settings::read({}, m_variables, ServerConfig()).options().server.port, 1);
    m_variables.insert(u"GLASSHOUSE_CONFIG"_s, u"no such file"_s);
    QCOMPARE(read().options().server.port, 1);
    const QStringList texts = errors({u"--config=no such file"_s});
    QCOMPARE(texts.size(), 1);
    QVERIFY2(texts.first().startsWith(u"no such file: "_s), qPrintable(texts.first()));
}

void TestSettings::takesPathsFromTheFilesFolder()
{
    const QString absolute = QDir::rootPath() + u"secret"_s;
    write("web-root = ../pages\ndata = keep\njwt-secret-file = " + absolute.toUtf8() + "\nlog-file = ./x/log\n");
    const QDir folder(m_folder->path());
    const Options options = read({u"--tls-key"_s, u"key.pem"_s}).options();
    QCOMPARE(options.server.webRoot, QDir::cleanPath(folder.filePath(u"../pages"_s)));
    QCOMPARE(options.server.captureDirectory, folder.filePath(u"keep"_s));
    QCOMPARE(options.server.historyFile, folder.filePath(u"keep/results.sqlite"_s));
    QCOMPARE(options.server.token.secretFile, absolute);
    QCOMPARE(options.logFile, folder.filePath(u"x/log"_s));
    QCOMPARE(options.server.tls.keyFile, u"key.pem"_s);
}

void TestSettings::namesFileAndLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("error"); // behind file and line
    QTest::newRow("unknown key") << QByteArray("max-conections = 5")
                                 << u"unknown key max-conections; did you mean max-connections?"_s;
    QTest::newRow("key with dashes") << QByteArray("--bind = ::1") << u"unknown key --bind; did you mean bind?"_s;
    QTest::newRow("a secret itself") << QByteArray("jwt-secret = canary")
                                     << u"unknown key jwt-secret; did you mean jwt-secret-file?"_s;
    QTest::newRow("nothing like it") << QByteArray("xylophone = 5") << u"unknown key xylophone"_s;
    QTest::newRow("bad value") << QByteArray("max-rooms = many")
                               << u"max-rooms: \"many\" is not a whole number (0 = no limit)"_s;
    QTest::newRow("bad flag") << QByteArray("production = yes") << u"production: \"yes\" is not on or off"_s;
    QTest::newRow("bad range")
        << QByteArray("trusted-proxy = 10.0.0.1/8")
        << u"trusted-proxy: \"10.0.0.1/8\" has bits behind its length; is it a host or a range?"_s;
    QTest::newRow("twice") << QByteArray("port = 2") << u"port stands in line 1 already"_s;
    QTest::newRow("another file") << QByteArray("config = other.conf")
                                  << u"a configuration file can not name another"_s;
    QTest::newRow("no key") << QByteArray("port") << u"this is not key = value"_s;
}

void TestSettings::namesFileAndLine()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, error);
    write("port = 1\n\n" + line + '\n');
    QCOMPARE(errors(), QStringList{path() + u":3: "_s + error});
    QCOMPARE(read().options().server.port, 1);
}

void TestSettings::findsAllErrors()
{
    write("port = x\nbnid = ::1\nbind\n");
    m_variables.insert(u"GLASSHOUSE_MAX_ROOMS"_s, u"many"_s);
    m_variables.insert(u"PORT"_s, u"http"_s);
    const QString all = errors({u"--max-players=-1"_s, u"--prot"_s, u"5"_s, u"--tls-key"_s}).join(u'\n');
    for (const auto &part : {u":1: port"_s, u":2: unknown key bnid"_s, u":3: "_s, u"GLASSHOUSE_MAX_ROOMS: "_s,
                             u"PORT: "_s, u"--max-players: "_s, u"unknown option --prot"_s, u"--tls-key needs"_s})
        QVERIFY2(all.contains(part), qPrintable(part + u" is not in\n"_s + all));
    QCOMPARE(all.count(u'\n'), 7);
}

void TestSettings::keepsTheRestOfAListWithAnError()
{
    const QStringList arguments{u"--trusted-proxy=10.0.0.1/8,127.0.0.1"_s, u"--trusted-proxy"_s, u"::1"_s};
    QCOMPARE(errors(arguments).size(), 1);
    QCOMPARE(read(arguments).options().server.trustedProxies, QByteArrayList({"127.0.0.1", "::1"}));
}

void TestSettings::letsOneSecretTakeThePlaceOfTheOther_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("variable"); // of the file's name
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("from"); // where the file's name is from; empty: JWT_SECRET counts
    QTest::newRow("alone") << QByteArray() << QString() << QStringList() << QString();
    QTest::newRow("before the file") << QByteArray("jwt-secret-file = s") << QString() << QStringList() << QString();
    QTest::newRow("behind our variable") << QByteArray() << u"s"_s << QStringList() << u"GLASSHOUSE_JWT_SECRET_FILE"_s;
    QTest::newRow("behind the command line")
        << QByteArray() << QString() << QStringList{u"--jwt-secret-file=s"_s} << u"--jwt-secret-file"_s;
}

void TestSettings::letsOneSecretTakeThePlaceOfTheOther()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, variable);
    QFETCH(QStringList, arguments);
    QFETCH(QString, from);
    write(file);
    m_variables.insert(u"JWT_SECRET"_s, u" canary "_s);
    m_variables.insert(u"GLASSHOUSE_JWT_SECRET_FILE"_s, variable);
    const Settings settings = read(arguments);
    const TokenConfig token = settings.options().server.token;
    QCOMPARE(token.secret, from.isEmpty() ? QByteArray(" canary ") : QByteArray());
    QCOMPARE(token.secretFile, from.isEmpty() ? QString() : u"s"_s);
    QCOMPARE(settings.originOf(u"JWT_SECRET"_s).name, from.isEmpty() ? u"JWT_SECRET"_s : u"default"_s);
    QCOMPARE(settings.originOf(u"jwt-secret-file"_s).name, from.isEmpty() ? u"default"_s : from);
}

void TestSettings::showsNoSecret_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("apart") << QStringList{u"--jwt-secret"_s, u"canary"_s};
    QTest::newRow("in one") << QStringList{u"--jwt-secret=canary"_s};
    QTest::newRow("with a name that is close") << QStringList{u"--jwt-secret-fil"_s, u"canary"_s};
}

void TestSettings::showsNoSecret()
{
    QFETCH(QStringList, arguments);
    write("jwt-secret = canary\n");
    m_variables.insert(u"JWT_SECRET"_s, u"canary"_s);
    m_variables.insert(u"GLASSHOUSE_JWT_SECRET"_s, u"canary"_s);
    const QStringList texts = errors(arguments);
    QCOMPARE(texts.size(), 3);
    for (const QString &text : texts)
        QVERIFY2(!text.contains(u"canary"_s) && text.contains(u"FILE"_s, Qt::CaseInsensitive), qPrintable(text));
}

void TestSettings::obeysTheEnvironmentsName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("ours");
    QTest::addColumn<bool>("production");
    const auto row = [](const char *tag, const QString &name, bool production, const QByteArray &file = {},
                        const QString &ours = {}) { QTest::newRow(tag) << name << file << ours << production; };
    row("production", u"production"_s, true);
    row("in capitals", u"PRODUCTION"_s, true);
    row("as a word", u"Production"_s, true);
    row("with spaces", u" production\n"_s, true);
    row("short", u"prod"_s, true);
    row("short, in capitals", u"PROD "_s, true);
    row("development", u"development"_s, false);
    row("none", QString(), false);
    row("spaces", u"  "_s, false);
    row("ours says off", u"production"_s, false, {}, u"off"_s);
    row("ours says on", u"development"_s, true, {}, u"on"_s);
    row("development takes nothing back", u"development"_s, true, "production = on\n");
    row("unknown takes nothing back", u"prodution"_s, true, "production = on\n");
}

void TestSettings::obeysTheEnvironmentsName()
{
    QFETCH(QString, name);
    QFETCH(QString, ours);
    QFETCH(QByteArray, file);
    if (!file.isEmpty())
        write(file);
    m_variables.insert(u"ENVIRONMENT"_s, name);
    m_variables.insert(u"GLASSHOUSE_PRODUCTION"_s, ours);
    QTEST(read().options().production, "production");
    QCOMPARE(errors(), QStringList());
}

void TestSettings::warnsOfUnknownEnvironments_data()
{
    QTest::addColumn<bool>("warning");
    for (const char *name :
         {"production", "PROD", "development", "Dev", " staging ", "test", "TESTING", "local", "ci", " "})
        QTest::newRow(name) << false;
    for (const char *name : {"prodution", "production1", "live"})
        QTest::newRow(name) << true;
}

void TestSettings::warnsOfUnknownEnvironments()
{
    QFETCH(bool, warning);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    m_variables.insert(u"ENVIRONMENT"_s, name);
    const QStringList warnings = read().warnings();
    QCOMPARE(warnings.size(), warning ? 1 : 0);
    QVERIFY(!warning || warnings.first().startsWith(u"ENVIRONMENT: \"%1\""_s.arg(name)));
    QCOMPARE(errors(), QStringList());
}

void TestSettings::knowsTypingErrorsOfVariables_data()
{
    QTest::addColumn<bool>("error");
    QTest::newRow("GLASSHOUSE_MAX_CONECTIONS") << true;
    QTest::newRow("GLASSHOUSE_PORTABLE_TRANSPORT") << false; // read elsewhere
    QTest::newRow("GLASHOUSE_PORT") << false;
    QTest::newRow("GLASSHOUSE_IMAGE_TAG") << false;
}

void TestSettings::knowsTypingErrorsOfVariables()
{
    QString variable = QString::fromLatin1(QTest::currentDataTag());
    m_variables.insert(variable, u"5"_s);
    const QStringList texts = errors();
    QTEST(!texts.isEmpty(), "error");
    if (!texts.isEmpty())
        QCOMPARE(texts.first(),
                 variable.prepend(u"unknown variable "_s) + u"; did you mean GLASSHOUSE_MAX_CONNECTIONS?"_s);
}

void TestSettings::leavesKubernetesItsVariables_data()
{
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const char *value) { QTest::newRow(name) << QString::fromLatin1(value); };
    row("GLASSHOUSE_PORT", "tcp://10.0.0.1:8080");
    row("GLASSHOUSE_SERVICE_HOST", "10.0.0.1");
    row("GLASSHOUSE_SERVICE_PORT", "8080");
    row("GLASSHOUSE_SERVICE_PORT_HTTP", "8080");
    row("GLASSHOUSE_PORT_8080_TCP", "tcp://10.0.0.1:8080");
    row("GLASSHOUSE_PORT_8080_TCP_PROTO", "tcp");
    row("GLASSHOUSE_PORT_8080_TCP_PORT", "8080");
    row("GLASSHOUSE_PORT_8080_TCP_ADDR", "10.0.0.1");
    row("GLASSHOUSE_PORT_7_UDP", "udp://10.0.0.1:7");
    row("GLASSHOUSE_WEB_PORT", "tcp://10.0.0.1:80"); // of a service named glasshouse-web
    row("GLASSHOUSE_BIND_SERVICE_HOST", "10.0.0.1");
}

void TestSettings::leavesKubernetesItsVariables()
{
    QFETCH(QString, value);
    m_variables.insert(QString::fromLatin1(QTest::currentDataTag()), value);
    QCOMPARE(errors(), QStringList());
    QCOMPARE(read().warnings(), QStringList());
    QCOMPARE(read().options().server.port, 8080);
    QCOMPARE(read().given(), QStringList());
}

void TestSettings::asksNothingOfWhoWantsHelp()
{
    write("port = x\n");
    const Settings settings = read({u"--prot"_s, u"--help"_s});
    QVERIFY(settings.errors().isEmpty());
    QCOMPARE(settings.options().command, Options::Command::Help);
}

// Every key stands in the example with its default, switched off; switched on, all of it is what is in force anyway.
void TestSettings::theExampleNamesEveryKey()
{
    const QString text = contents(sourceFile(u"installer/glasshouse.conf"_s));
    QVERIFY(ConfigFile::parse(text.toUtf8(), u"f"_s).errors.isEmpty());
    static const QRegularExpression line(u"^#([a-z-]+) =(?: (.*))?$"_s, QRegularExpression::MultilineOption);
    QStringList keys;
    QByteArray on; // every line that has a value
    QRegularExpressionMatchIterator matches = line.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const ProgramOption *entry = findOption(match.captured(1));
        QVERIFY2(entry != nullptr, qPrintable(match.captured(1)));
        QCOMPARE(match.captured(2), defaultOf(*entry));
        keys += match.captured(1);
        if (!match.captured(2).isEmpty())
            on += match.captured().mid(1).toUtf8() + '\n';
    }
    write(on);
    QCOMPARE(errors(), QStringList());
    QVERIFY(read().options().server == ServerConfig());
    QStringList names = optionNames();
    names.removeOne(u"config"_s); // a file can not name another
    QCOMPARE(keys, names);
}

void TestSettings::helpSaysTheDefaults()
{
    for (const ProgramOption &entry : optionTable()) {
        const QString value = defaultOf(entry);
        const QString help = QString::fromUtf8(entry.help);
        if (entry.type != OptionType::Flag && !value.isEmpty())
            QVERIFY2(help.contains(u'(' + value), entry.name);
    }
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
