// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/optiontable.h"
#include "app/settings.h"
#include "server/config/production.h"
#include "server/games/gamecatalog.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

struct Case
{
    const char *name;
    const char *good; ///< null: takes no value
    const char *bad;
    bool (*took)(const Options &);
};

// Every option of the program stands here once.
const Case cases[] = {
    {"config", "no-such-file.conf", "", [](const Options &o) { return o.configFile == "no-such-file.conf"_L1; }},
    {"port", "0", "65536", [](const Options &o) { return o.server.port == 0; }},
    {"bind", "::1", "nowhere", [](const Options &o) { return o.server.bindAddress == "::1"_L1; }},
    {"base-path", "/play", "/play/", [](const Options &o) { return o.server.basePath == "/play"; }},
    {"public-url", "https://play.example", "ftp://play.example",
     [](const Options &o) { return o.server.publicUrl == "https://play.example"; }},
    {"route", "/play/{room}", "/play",
     [](const Options &o) { return o.server.extraRoutes == QStringList{u"/play/{room}"_s}; }},
    {"web-root", "pages", "", [](const Options &o) { return o.server.webRoot == "pages"_L1; }},
    {"data", "captures", "", [](const Options &o) { return o.server.captureDirectory == "captures"_L1; }},
    {"log-file", "log", "", [](const Options &o) { return o.logFile == "log"_L1; }},
    {"log-level", "debug", "loud", [](const Options &o) { return o.logLevel == LogLevel::Debug; }},
    {"log-max-bytes", "3M", "3X", [](const Options &o) { return o.logMaxBytes == 3 * 1024 * 1024; }},
    {"log-keep", "5", "all", [](const Options &o) { return o.logKeep == 5; }},
    {"auth", "token", "maybe", [](const Options &o) { return o.server.auth == AuthMode::Token; }},
    {"jwt-secret-file", "secret", "", [](const Options &o) { return o.server.token.secretFile == "secret"_L1; }},
    {"jwt-public-key", "key.pem", "", [](const Options &o) { return o.server.token.publicKeyFile == "key.pem"_L1; }},
    {"jwt-algorithm", "ES256", "none", [](const Options &o) { return o.server.token.algorithm == "ES256"; }},
    {"jwt-issuer", "us", "", [](const Options &o) { return o.server.token.issuer == "us"; }},
    {"jwt-audience", "you", "", [](const Options &o) { return o.server.token.audience == "you"; }},
    {"operator-token-file", "op", "", [](const Options &o) { return o.server.operatorTokenFile == "op"_L1; }},
    {"reject-with-http", nullptr, "perhaps", [](const Options &o) { return o.server.rejectWithHttp; }},
    {"allow-origin", "https://a.example", "",
     [](const Options &o) { return o.server.allowedOrigins == QByteArrayList{"https://a.example"}; }},
    {"allow-host", "a.example", "",
     [](const Options &o) { return o.server.allowedHosts == QByteArrayList{"a.example"}; }},
    {"trusted-proxy", "10.0.0.0/8", "10.0.0.1/8",
     [](const Options &o) { return o.server.trustedProxies == QByteArrayList{"10.0.0.0/8"}; }},
    {"proxy-protocol", nullptr, "perhaps", [](const Options &o) { return o.server.proxyProtocol; }},
    {"tls-cert", "cert.pem", "", [](const Options &o) { return o.server.tls.certFile == "cert.pem"_L1; }},
    {"tls-key", "key.pem", "", [](const Options &o) { return o.server.tls.keyFile == "key.pem"_L1; }},
    {"plain", "redirect", "forward", [](const Options &o) { return o.server.tls.plain == PlainMode::Redirect; }},
    {"production", nullptr, "perhaps", [](const Options &o) { return o.production; }},
    {"allow-insecure", "open-auth", "everything",
     [](const Options &o) { return o.allowInsecure == QStringList{u"open-auth"_s}; }},
    {"default-game", "code-racer", "chess", [](const Options &o) { return o.server.defaultGame == "code-racer"_L1; }},
    {"no-auto-create", nullptr, "perhaps", [](const Options &o) { return !o.server.autoCreateRooms; }},
    {"capture", "off", "maybe", [](const Options &o) { return !o.server.capture; }},
    {"capture-budget-bytes", "3M", "3X",
     [](const Options &o) { return o.server.captureBudgetBytes == 3 * 1024 * 1024; }},
    {"redact-field", "password", "",
     [](const Options &o) { return o.server.redactedFields == QByteArrayList{"password"}; }},
    {"drain-seconds", "2m", "long", [](const Options &o) { return o.server.drainSeconds == 120; }},
    {"demo", nullptr, "perhaps", [](const Options &o) { return o.demo; }},
    {"no-start", nullptr, "perhaps", [](const Options &o) { return o.noStart; }},
    {"max-connections", "11", "-1", [](const Options &o) { return o.server.limits.connections == 11; }},
    {"max-connections-per-address", "12", "many",
     [](const Options &o) { return o.server.limits.connectionsPerAddress == 12; }},
    {"max-connections-per-token", "33", "few",
     [](const Options &o) { return o.server.limits.connectionsPerToken == 33; }},
    {"connection-rate", "13/s", "13/m",
     [](const Options &o) { return o.server.limits.connectionRatePerAddress == 13; }},
    {"connection-burst", "15", "many", [](const Options &o) { return o.server.limits.connectionBurst == 15; }},
    {"request-rate", "16/s", "16/m", [](const Options &o) { return o.server.limits.requestRate == 16; }},
    {"broken-request-rate", "17/s", "17/m", [](const Options &o) { return o.server.limits.brokenRequestRate == 17; }},
    {"heads-per-address", "14", "1.5", [](const Options &o) { return o.server.limits.headsPerAddress == 14; }},
    {"max-heads", "18", "-1", [](const Options &o) { return o.server.limits.heads == 18; }},
    {"web-root-files", "19", "few", [](const Options &o) { return o.server.limits.webRootFiles == 19; }},
    {"web-root-bytes", "20M", "20X", [](const Options &o) { return o.server.limits.webRootBytes == 20 * 1024 * 1024; }},
    {"head-seconds", "15s", "15x", [](const Options &o) { return o.server.limits.headSeconds == 15; }},
    {"max-head-bytes", "15k", "15 k", [](const Options &o) { return o.server.limits.headBytes == 15 * 1024; }},
    {"max-headers", "17", "99999999999", [](const Options &o) { return o.server.limits.headHeaders == 17; }},
    {"max-body-bytes", "18k", "k", [](const Options &o) { return o.server.limits.bodyBytes == 18 * 1024; }},
    {"auth-seconds", "34", "-34", [](const Options &o) { return o.server.limits.authSeconds == 34; }},
    {"wrong-guesses", "35", "some", [](const Options &o) { return o.server.limits.wrongGuesses == 35; }},
    {"max-message-bytes", "19M", "-19",
     [](const Options &o) { return o.server.limits.messageBytes == 19 * 1024 * 1024; }},
    {"max-fragments", "20", "20k", [](const Options &o) { return o.server.limits.fragments == 20; }},
    {"message-seconds", "2m", "2d", [](const Options &o) { return o.server.limits.messageSeconds == 120; }},
    {"message-rate", "22/s", "fast", [](const Options &o) { return o.server.limits.messageRate == 22; }},
    {"message-burst", "23", "23/s", [](const Options &o) { return o.server.limits.messageBurst == 23; }},
    {"control-rate", "24", "99999999999", [](const Options &o) { return o.server.limits.controlRate == 24; }},
    {"byte-rate", "25k/s", "25k/h", [](const Options &o) { return o.server.limits.byteRate == 25 * 1024; }},
    {"max-queue-bytes", "0", "none", [](const Options &o) { return o.server.limits.queueBytes == 0; }},
    {"max-players", "27", "+27", [](const Options &o) { return o.server.limits.players == 27; }},
    {"max-rooms", "28", "0x1c", [](const Options &o) { return o.server.limits.rooms == 28; }},
    {"json-depth", "29", "deep", [](const Options &o) { return o.server.limits.jsonDepth == 29; }},
    {"bad-messages", "30", "", [](const Options &o) { return o.server.limits.badMessages == 30; }},
    {"heartbeat-seconds", "1h", "1000001", [](const Options &o) { return o.server.limits.heartbeatSeconds == 3'600; }},
    {"pong-seconds", "32", "-32", [](const Options &o) { return o.server.limits.pongSeconds == 32; }},
    {"resume-seconds", "2m", "soon", [](const Options &o) { return o.server.limits.resumeSeconds == 120; }},
    {"empty-room-seconds", "0", "never", [](const Options &o) { return o.server.limits.emptyRoomSeconds == 0; }},
};

QProcessEnvironment environment(const QList<std::pair<QString, QString>> &variables)
{
    QProcessEnvironment result;
    for (const auto &[name, value] : variables)
        result.insert(name, value);
    return result;
}

QString variableOf(const Case &one) { return glasshouse::variableOf(QString::fromLatin1(one.name)); }

// The first error is the result: what there is of others is for tst_settings.
Result<Options, OptionsError> parse(const QStringList &arguments, const QProcessEnvironment &variables = {},
                                    const ServerConfig &base = {})
{
    const Settings settings = Settings::read(arguments, variables, base);
    for (const Error<OptionsError> &error : settings.errors()) {
        if (error.code != OptionsError::BadFile)
            return error;
    }
    return settings.options();
}

QString errorOf(const Result<Options, OptionsError> &result)
{
    return result ? QString() : QString::fromUtf8(result.error().text);
}

} // namespace

class TestOptions final : public QObject
{
    Q_OBJECT

private slots:
    void knowsExactlyTheseOptions();
    void takesGoodValues_data() { addCases(); }
    void takesGoodValues();
    void refusesBadValues_data() { addCases(); }
    void refusesBadValues();
    void namesWhatIsMissing_data() { addCases(); }
    void namesWhatIsMissing();
    void hasHelpForEveryOption_data() { addCases(); }
    void hasHelpForEveryOption();
    void helpNamesTheWordsThatAreTaken_data();
    void helpNamesTheWordsThatAreTaken();
    void keepsTheBaseWhereNothingIsGiven();
    void obeysTheCommandLineBeforeTheEnvironment();
    void obeysOurVariablesBeforeForeignOnes();
    void readsForeignVariables_data();
    void readsForeignVariables();
    void readsLists_data();
    void readsLists();
    void readsFlagsOfTheEnvironment_data();
    void readsFlagsOfTheEnvironment();
    void findsCommands_data();
    void findsCommands();
    void leavesItsArgumentsToToken();
    void hintsAtWhatWasMeant_data();
    void hintsAtWhatWasMeant();
    void turnsFlagsOff();
    void namesWhatHasChanged();

private:
    static void addCases();
    static const Case &current();
};

void TestOptions::addCases()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Case &one : cases)
        QTest::newRow(one.name) << index++;
}

const Case &TestOptions::current()
{
    const int index = *static_cast<int *>(QTest::qData("index", qMetaTypeId<int>()));
    return cases[index];
}

void TestOptions::knowsExactlyTheseOptions()
{
    QStringList here;
    for (const Case &one : cases)
        here += QString::fromLatin1(one.name);
    QCOMPARE(here, optionNames());
    QCOMPARE(QSet<QString>(here.begin(), here.end()).size(), here.size());
}

void TestOptions::takesGoodValues()
{
    const Case &one = current();
    const QString option = u"--"_s + QString::fromLatin1(one.name);
    const QString good = QString::fromLatin1(one.good);
    const QProcessEnvironment variables = environment({{variableOf(one), one.good == nullptr ? u"1"_s : good}});
    const auto inTwo =
        parse(one.good == nullptr ? QStringList{u"serve"_s, option} : QStringList{u"serve"_s, option, good});
    const auto inOne = parse({one.good == nullptr ? option : option + u'=' + good});
    const auto fromEnvironment = parse({}, variables);
    for (const auto *result : {&inTwo, &inOne, &fromEnvironment}) {
        QVERIFY2(result->ok(), qPrintable(errorOf(*result)));
        QVERIFY(one.took(result->value()));
    }
}

void TestOptions::refusesBadValues()
{
    const Case &one = current();
    const QString option = u"--"_s + QString::fromLatin1(one.name);
    const QString bad = QString::fromLatin1(one.bad);
    const auto refused = parse({option + u'=' + bad});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, OptionsError::BadValue);
    QVERIFY2(errorOf(refused).contains(option), qPrintable(errorOf(refused)));
    if (bad.isEmpty()) // an empty variable is one that is not set
        return;
    const auto fromEnvironment = parse({}, environment({{variableOf(one), bad}}));
    QVERIFY(!fromEnvironment);
    QCOMPARE(fromEnvironment.error().code, OptionsError::BadValue);
    const QString text = errorOf(fromEnvironment);
    QVERIFY2(text.contains(variableOf(one)) && text.contains(u'"' + bad + u'"') && !text.endsWith(u"is not "_s),
             qPrintable(text));
}

void TestOptions::namesWhatIsMissing()
{
    const Case &one = current();
    if (one.good == nullptr)
        return;
    const QString option = u"--"_s + QString::fromLatin1(one.name);
    const auto result = parse({u"serve"_s, option});
    QVERIFY(!result);
    QCOMPARE(result.error().code, OptionsError::MissingValue);
    QVERIFY(errorOf(result).startsWith(option));
    QVERIFY(errorOf(result).contains(findOption(QString::fromLatin1(one.name))->expected()));
}

void TestOptions::hasHelpForEveryOption()
{
    const QString option = u"  --"_s + QString::fromLatin1(current().name) + u' ';
    QCOMPARE(helpText().count(option), 1);
    const QStringList lines = helpText().split(u'\n');
    QVERIFY(!lines.filter(option).first().mid(option.size()).trimmed().isEmpty());
}

void TestOptions::helpNamesTheWordsThatAreTaken_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QStringList>("words");
    QStringList games;
    for (const QByteArray &game : builtInGames().kinds())
        games += QString::fromLatin1(game);
    QTest::newRow("default-game") << u"default-game"_s << games;
    QTest::newRow("log-level") << u"log-level"_s << QStringList{u"error"_s, u"warning"_s, u"info"_s, u"debug"_s};
    QTest::newRow("auth") << u"auth"_s << QStringList{u"open"_s, u"token"_s};
    QTest::newRow("plain") << u"plain"_s << QStringList{u"serve"_s, u"redirect"_s, u"refuse"_s};
    QTest::newRow("jwt-algorithm") << u"jwt-algorithm"_s << QStringList{u"HS256"_s, u"RS256"_s, u"ES256"_s};
    QTest::newRow("capture") << u"capture"_s << QStringList{u"on"_s, u"off"_s};
    QTest::newRow("allow-insecure") << u"allow-insecure"_s << insecurityNames();
}

void TestOptions::helpNamesTheWordsThatAreTaken()
{
    QFETCH(QString, option);
    QFETCH(QStringList, words);
    const QStringList lines = helpText().split(u'\n').filter(u"  --%1 "_s.arg(option));
    QCOMPARE(lines.size(), 1);
    const QStringList shown = lines.first().split(QRegularExpression(u"[^A-Za-z0-9-]+"_s));
    for (const QString &word : words) {
        Options options;
        QVERIFY(findOption(option)->set(options, word));
        QVERIFY2(shown.contains(word), qPrintable(lines.first()));
    }
}

void TestOptions::keepsTheBaseWhereNothingIsGiven()
{
    ServerConfig base;
    base.port = 1234;
    base.allowedOrigins = {"https://base.example"};
    base.limits.rooms = 5;
    const auto result = parse({u"--max-players"_s, u"3"_s}, {}, base);
    QVERIFY(result);
    base.limits.players = 3;
    QVERIFY(result.value().server == base);
    QCOMPARE(result.value().logLevel, LogLevel::Info);
}

void TestOptions::obeysTheCommandLineBeforeTheEnvironment()
{
    const auto variables =
        environment({{u"GLASSHOUSE_PORT"_s, u"1111"_s}, {u"GLASSHOUSE_MAX_ROOMS"_s, u"7"_s}, {u"PORT"_s, u"2222"_s}});
    const auto result = parse({u"--port"_s, u"3333"_s}, variables);
    QVERIFY(result);
    QCOMPARE(result.value().server.port, 3333);
    QCOMPARE(result.value().server.limits.rooms, 7);
    const auto last = parse({u"--port"_s, u"3333"_s, u"--port=4444"_s});
    QCOMPARE(last.value().server.port, 4444);
}

void TestOptions::obeysOurVariablesBeforeForeignOnes()
{
    QCOMPARE(parse({}, environment({{u"PORT"_s, u"2222"_s}, {u"GLASSHOUSE_PORT"_s, u"1111"_s}})).value().server.port,
             1111);
}

void TestOptions::readsForeignVariables_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("valid");
    QTest::newRow("PORT") << u"PORT"_s << u"5000"_s << true;
    QTest::newRow("PORT that is none") << u"PORT"_s << u"http"_s << false;
    QTest::newRow("origins") << u"CORS_ALLOWED_ORIGINS"_s << u"https://a.example,https://b.example"_s << true;
    QTest::newRow("frontend") << u"FRONTEND_URL"_s << u"https://a.example"_s << true;
    QTest::newRow("origin that is none") << u"CORS_ALLOWED_ORIGINS"_s << u"https://a.example/app"_s << false;
    QTest::newRow("empty") << u"PORT"_s << QString() << true;
}

void TestOptions::readsForeignVariables()
{
    QFETCH(QString, variable);
    QFETCH(QString, value);
    const auto result = parse({}, environment({{variable, value}}));
    QTEST(result.ok(), "valid");
    if (!result) {
        QVERIFY(errorOf(result).startsWith(variable));
    } else if (variable == "PORT"_L1) {
        QCOMPARE(result.value().server.port, value.isEmpty() ? 8080 : 5000);
    } else {
        QCOMPARE(result.value().server.allowedOrigins, value.toLatin1().split(','));
    }
}

void TestOptions::readsLists_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("variables"); // name, value, name, value …
    QTest::addColumn<QByteArrayList>("origins");
    const QString option = u"--allow-origin"_s;
    const QString foreign = u"CORS_ALLOWED_ORIGINS"_s;
    const QString ours = u"GLASSHOUSE_ALLOW_ORIGIN"_s;
    QTest::newRow("none") << QStringList() << QStringList() << QByteArrayList{"base"};
    QTest::newRow("one in place of the base")
        << QStringList{option, u"http://a"_s} << QStringList() << QByteArrayList{"http://a"};
    QTest::newRow("several times") << QStringList{option, u"http://a"_s, option, u"http://b"_s} << QStringList()
                                   << QByteArrayList{"http://a", "http://b"};
    QTest::newRow("with commas") << QStringList{option, u"http://a, http://b,,http://c"_s} << QStringList()
                                 << QByteArrayList{"http://a", "http://b", "http://c"};
    QTest::newRow("command line in place of the environment")
        << QStringList{option, u"http://a"_s} << QStringList{foreign, u"*"_s, ours, u"*"_s}
        << QByteArrayList{"http://a"};
    QTest::newRow("ours in place of foreign ones")
        << QStringList() << QStringList{foreign, u"*"_s, ours, u"http://a"_s} << QByteArrayList{"http://a"};
    QTest::newRow("both foreign ones") << QStringList()
                                       << QStringList{foreign, u"http://a"_s, u"FRONTEND_URL"_s, u"http://b"_s}
                                       << QByteArrayList{"http://a", "http://b"};
}

void TestOptions::readsLists()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, variables);
    QProcessEnvironment set;
    for (qsizetype i = 0; i < variables.size(); i += 2)
        set.insert(variables[i], variables[i + 1]);
    ServerConfig base;
    base.allowedOrigins = {"base"};
    const auto result = parse(arguments, set, base);
    QVERIFY2(result.ok(), qPrintable(errorOf(result)));
    QTEST(result.value().server.allowedOrigins, "origins");
}

void TestOptions::readsFlagsOfTheEnvironment_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("on");
    for (const auto &value : {u"1"_s, u"true"_s, u"on"_s})
        QTest::newRow(qPrintable(value)) << value << true;
    for (const auto &value : {QString(), u"0"_s, u"false"_s, u"off"_s})
        QTest::newRow(qPrintable(value)) << value << false;
}

void TestOptions::readsFlagsOfTheEnvironment()
{
    QFETCH(QString, value);
    const auto result = parse({}, environment({{u"GLASSHOUSE_REJECT_WITH_HTTP"_s, value}}));
    QVERIFY(result);
    QTEST(result.value().server.rejectWithHttp, "on");
}

void TestOptions::findsCommands_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Options::Command>("command");
    QTest::newRow("window") << QStringList() << Options::Command::Window;
    QTest::newRow("window with an option") << QStringList{u"--no-start"_s} << Options::Command::Window;
    QTest::newRow("serve") << QStringList{u"serve"_s} << Options::Command::Serve;
    QTest::newRow("check-config") << QStringList{u"check-config"_s, u"--json"_s} << Options::Command::CheckConfig;
    QTest::newRow("token") << QStringList{u"token"_s, u"mint"_s} << Options::Command::Token;
    QTest::newRow("help of token") << QStringList{u"token"_s, u"--help"_s} << Options::Command::Token;
    QTest::newRow("help") << QStringList{u"--help"_s} << Options::Command::Help;
    QTest::newRow("short help") << QStringList{u"-h"_s} << Options::Command::Help;
    QTest::newRow("help of serve") << QStringList{u"serve"_s, u"--port=1"_s, u"--help"_s} << Options::Command::Help;
    QTest::newRow("version") << QStringList{u"--version"_s} << Options::Command::Version;
}

void TestOptions::findsCommands()
{
    QFETCH(QStringList, arguments);
    const auto result = parse(arguments);
    QVERIFY2(result.ok(), qPrintable(errorOf(result)));
    QTEST(result.value().command, "command");
}

// A bad variable of the server is nothing to a command without one.
void TestOptions::leavesItsArgumentsToToken()
{
    const auto result =
        parse({u"token"_s, u"mint"_s, u"--sub"_s, u"ada"_s}, environment({{u"GLASSHOUSE_PORT"_s, u"http"_s}}));
    QVERIFY(result);
    QCOMPARE(result.value().arguments, QStringList({u"mint"_s, u"--sub"_s, u"ada"_s}));
}

void TestOptions::hintsAtWhatWasMeant_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<OptionsError>("error");
    QTest::addColumn<QString>("text"); // in the message
    QTest::newRow("an option") << QStringList{u"--prot"_s, u"1"_s} << OptionsError::UnknownOption << u"--port"_s;
    QTest::newRow("an option with a value")
        << QStringList{u"--max-conections=1"_s} << OptionsError::UnknownOption << u"--max-connections?"_s;
    QTest::newRow("an option with one dash") << QStringList{u"-port"_s} << OptionsError::UnknownOption << u"--port"_s;
    QTest::newRow("nothing like it") << QStringList{u"--xylophone"_s} << OptionsError::UnknownOption << u"--help"_s;
    QTest::newRow("a word too many") << QStringList{u"serve"_s, u"now"_s} << OptionsError::UnknownOption << u"now"_s;
    QTest::newRow("a command") << QStringList{u"sevre"_s} << OptionsError::UnknownCommand << u"did you mean serve?"_s;
    QTest::newRow("a command with a dash")
        << QStringList{u"check-confg"_s} << OptionsError::UnknownCommand << u"did you mean check-config?"_s;
    QTest::newRow("another command") << QStringList{u"tokn"_s} << OptionsError::UnknownCommand
                                     << u"did you mean token?"_s;
    QTest::newRow("no command") << QStringList{u"dance"_s} << OptionsError::UnknownCommand << u"dance"_s;
}

void TestOptions::hintsAtWhatWasMeant()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, text);
    const auto result = parse(arguments);
    QVERIFY(!result);
    QTEST(result.error().code, "error");
    QVERIFY2(errorOf(result).contains(text), qPrintable(errorOf(result)));
}

void TestOptions::turnsFlagsOff()
{
    const auto variables = environment({{u"GLASSHOUSE_PROXY_PROTOCOL"_s, u"on"_s}});
    QVERIFY(parse({}, variables).value().server.proxyProtocol);
    QVERIFY(!parse({u"--proxy-protocol=off"_s}, variables).value().server.proxyProtocol);
}

void TestOptions::namesWhatHasChanged()
{
    for (const Case &one : cases) {
        Options after;
        QVERIFY(findOption(QString::fromLatin1(one.name))->set(after, QString::fromLatin1(one.good ? one.good : "on")));
        QVERIFY2(changedOptions({}, after) == QStringList{QString::fromLatin1(one.name)}, one.name);
        QCOMPARE(changedOptions(after, after), QStringList());
    }
    Options before;
    Options after;
    before.server.token.secret = "one";
    after.server.token.secret = "another"; // both are shown as "(set)"
    QCOMPARE(changedOptions(before, after), QStringList{u"JWT_SECRET"_s});
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
