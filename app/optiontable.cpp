// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/optiontable.h"

#include "app/production.h"
#include "app/units.h"
#include "server/config/configfaults.h"
#include "server/games/gamecatalog.h"
#include "server/gate/addresstext.h"
#include "server/gate/tokenkey.h"
#include "server/http/routes.h"

#include <QDir>
#include <limits>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using Kind = OptionEntry::Kind;
template <typename Value>
using Field = Value &(*)(Options &); ///< where an option is kept
using Judge = bool (*)(const QString &);

constexpr const char *aNumber = "a whole number (0 = no limit)";
constexpr const char *aSize = "a size such as 65536, 64k, 1M (0 = no limit)";
constexpr const char *aTime = "a time such as 30, 30s, 2m (0 = no limit)";
constexpr const char *aRate = "a rate such as 60 or 60/s (0 = no limit)";

bool isSomething(const QString &text) { return !text.isEmpty(); }

QByteArray convert(const QString &text, const QByteArray &) { return text.toUtf8(); }
QString convert(const QString &text, const QString &) { return text; }
QString written(const QString &value) { return value; }
QString written(const QByteArray &value) { return QString::fromUtf8(value); }

template <typename Value, typename Parsed>
bool take(Value &target, const std::optional<Parsed> &parsed)
{
    if (!parsed || qint64(*parsed) > qint64(std::numeric_limits<Value>::max()))
        return false;
    target = Value(*parsed);
    return true;
}

template <typename Value>
OptionEntry quantity(const char *name, const char *metavar, const char *takes, Value Limits::*limit, const char *help,
                     std::optional<qint64> (*parse)(QStringView), QString (*print)(qint64))
{
    return {.name = name,
            .metavar = metavar,
            .takes = takes,
            .help = help,
            .set = [limit, parse](Options &o, const QString &t) { return take(o.server.limits.*limit, parse(t)); },
            .get = [limit, print](const Options &o) { return QStringList{print(o.server.limits.*limit)}; }};
}

QString plain(qint64 number) { return QString::number(number); }

OptionEntry number(const char *name, int Limits::*limit, const char *help)
{
    return quantity(
        name, "N", aNumber, limit, help,
        [](QStringView text) -> std::optional<qint64> { return parseNumber(text, 0, std::numeric_limits<int>::max()); },
        plain);
}

OptionEntry size(const char *name, qint64 Limits::*limit, const char *help)
{
    return quantity(name, "SIZE", aSize, limit, help, parseSize, sizeText);
}

OptionEntry seconds(const char *name, int Limits::*limit, const char *help)
{
    return quantity(
        name, "TIME", aTime, limit, help, [](QStringView text) -> std::optional<qint64> { return parseSeconds(text); },
        plain);
}

template <typename Value>
OptionEntry rate(const char *name, Value Limits::*limit, const char *help)
{
    return quantity(name, "RATE", aRate, limit, help, parseRate, sizeText);
}

/// `whenOn`: what the field is when the flag is given.
OptionEntry flag(const char *name, const char *help, Field<bool> field, bool whenOn = true)
{
    return {.name = name,
            .takes = "on or off",
            .help = help,
            .kind = Kind::Flag,
            .set =
                [field, whenOn](Options &options, const QString &text) {
                    const bool on = text == "on"_L1 || text == "1"_L1 || text == "true"_L1;
                    field(options) = on == whenOn;
                    return on || text == "off"_L1 || text == "0"_L1 || text == "false"_L1;
                },
            .get = [field, whenOn](Options o) { return QStringList{field(o) == whenOn ? u"on"_s : u"off"_s}; }};
}

template <typename Value>
OptionEntry text(Kind kind, const char *name, const char *metavar, const char *takes, const char *help,
                 Field<Value> field, Judge isGood = isSomething)
{
    return {.name = name,
            .metavar = metavar,
            .takes = takes,
            .help = help,
            .kind = kind,
            .set =
                [field, isGood](Options &options, const QString &value) {
                    field(options) = convert(value, field(options));
                    return isGood(value);
                },
            .get = [field](Options o) { return field(o).isEmpty() ? QStringList() : QStringList{written(field(o))}; },
            .clear = [field](Options &o) { field(o).clear(); }};
}

template <typename List>
OptionEntry list(const char *name, const char *metavar, const char *takes, const char *help, Field<List> field,
                 Judge isGood = isSomething)
{
    return {.name = name,
            .metavar = metavar,
            .takes = takes,
            .help = help,
            .kind = Kind::List,
            .set =
                [field, isGood](Options &options, const QString &value) {
                    field(options).append(convert(value, typename List::value_type()));
                    return isGood(value);
                },
            .get =
                [field](Options o) {
                    QStringList values;
                    for (const auto &value : field(o))
                        values += written(value);
                    return values;
                },
            .clear = [field](Options &o) { field(o).clear(); }};
}

/// One of a few words; they stand in the order of the enum.
template <typename Value>
OptionEntry choice(const char *name, const char *metavar, const char *takes, const char *help, Field<Value> field,
                   const QStringList &words)
{
    return {.name = name,
            .metavar = metavar,
            .takes = takes,
            .help = help,
            .set =
                [field, words](Options &options, const QString &word) {
                    field(options) = Value(std::max<qsizetype>(0, words.indexOf(word)));
                    return words.contains(word);
                },
            .get = [field, words](Options o) { return QStringList{words.value(int(field(o)))}; }};
}

/// Of one entry more than the templates above know.
OptionEntry with(OptionEntry entry, const std::function<void(OptionEntry &)> &change)
{
    change(entry);
    return entry;
}

std::vector<OptionEntry> placeOptions()
{
    return {
        text<QString>(Kind::Path, "config", "FILE", "a file", "read options from this file, one key = value a line",
                      [](Options &o) -> QString & { return o.configFile; }),
        {.name = "port",
         .metavar = "N",
         .takes = "a port (0-65535)",
         .help = "port to listen on; 0 takes a free one (8080; also PORT)",
         .set = [](Options &o, const QString &t) { return take(o.server.port, parseNumber(t, 0, 65535)); },
         .get = [](const Options &o) { return QStringList{QString::number(o.server.port)}; }},
        text<QString>(
            Kind::Value, "bind", "ADDRESS", "an IP address", "address to listen on (all, IPv4 and IPv6)",
            [](Options &o) -> QString & { return o.server.bindAddress; },
            [](const QString &t) { return !QHostAddress(t).isNull(); }),
        text<QByteArray>(
            Kind::Value, "base-path", "/PREFIX", "a path such as /play, without a / at its end",
            "what stands in front of every path, as behind a proxy",
            [](Options &o) -> QByteArray & { return o.server.basePath; },
            [](const QString &t) { return isBasePath(t.toUtf8()); }),
        text<QByteArray>(
            Kind::Value, "public-url", "URL", "an address such as https://play.example.org, without a / at its end",
            "how players reach the server, where that is another address",
            [](Options &o) -> QByteArray & { return o.server.publicUrl; }, isPublicUrl),
        list<QStringList>(
            "route", "TEMPLATE", "a template such as /play/{room} or /play?match={room}",
            "another player route; may stand several times",
            [](Options &o) -> QStringList & { return o.server.extraRoutes; }, Routes::isValidTemplate),
        text<QString>(Kind::Path, "web-root", "DIR", "a folder", "pages that go before those inside the program",
                      [](Options &o) -> QString & { return o.server.webRoot; }),
        with(text<QString>(Kind::Path, "data", "DIR", "a folder", "where captures and the results of games are kept",
                           [](Options &o) -> QString & { return o.server.captureDirectory; }),
             [](OptionEntry &entry) {
                 entry.set = [](Options &o, const QString &t) {
                     o.server.captureDirectory = t;
                     o.server.historyFile = QDir(t).filePath(u"results.sqlite"_s);
                     return !t.isEmpty();
                 };
             }),
        text<QString>(Kind::Path, "log-file", "FILE", "a file", "log as JSON, one object a line, appended to this file",
                      [](Options &o) -> QString & { return o.logFile; }),
        choice<LogLevel>("log-level", "error|warning|info|debug", "one of error, warning, info, debug",
                         "what goes to the log (info)", [](Options &o) -> LogLevel & { return o.logLevel; },
                         {u"error"_s, u"warning"_s, u"info"_s, u"debug"_s}),
    };
}

std::vector<OptionEntry> gateOptions()
{
    const auto secretFile = text<QString>(Kind::Path, "jwt-secret-file", "FILE", "a file",
                                          "the secret of HS256, at least 32 bytes (or JWT_SECRET)",
                                          [](Options &o) -> QString & { return o.server.token.secretFile; });
    return {
        choice<AuthMode>("auth", "open|token", "open or token", "who may play: everybody, or who brings a token (open)",
                         [](Options &o) -> AuthMode & { return o.server.auth; }, {u"open"_s, u"token"_s}),
        with(secretFile, [](OptionEntry &entry) { entry.rival = "JWT_SECRET"; }),
        text<QString>(Kind::Path, "jwt-public-key", "FILE", "a file", "the key of RS256 or ES256, in PEM",
                      [](Options &o) -> QString & { return o.server.token.publicKeyFile; }),
        text<QByteArray>(
            Kind::Value, "jwt-algorithm", "HS256|RS256|ES256", "HS256, RS256 or ES256", "how tokens are signed (HS256)",
            [](Options &o) -> QByteArray & { return o.server.token.algorithm; },
            [](const QString &t) { return tokenAlgorithm(t.toUtf8()).has_value(); }),
        text<QByteArray>(Kind::Value, "jwt-issuer", "TEXT", "a text", "whose tokens are taken (any)",
                         [](Options &o) -> QByteArray & { return o.server.token.issuer; }),
        text<QByteArray>(Kind::Value, "jwt-audience", "TEXT", "a text", "for whom they must be (any)",
                         [](Options &o) -> QByteArray & { return o.server.token.audience; }),
        text<QString>(Kind::Path, "operator-token-file", "FILE", "a file",
                      "the token of the operator's requests; without it they are taken from this machine only",
                      [](Options &o) -> QString & { return o.server.operatorTokenFile; }),
        flag("reject-with-http", "refuse before the upgrade, by an HTTP status instead of a close code",
             [](Options &o) -> bool & { return o.server.rejectWithHttp; }),
        list<QList<QByteArray>>(
            "allow-origin", "ORIGIN", "an origin such as https://example.org, without a path",
            "pages of this origin may connect; * for all (also CORS_ALLOWED_ORIGINS, FRONTEND_URL)",
            [](Options &o) -> QList<QByteArray> & { return o.server.allowedOrigins; }, isOrigin),
        list<QList<QByteArray>>(
            "allow-host", "HOST", "a host name", "answer only to this Host header; may stand several times",
            [](Options &o) -> QList<QByteArray> & { return o.server.allowedHosts; }, isHostName),
        with(list<QList<QByteArray>>(
                 "trusted-proxy", "CIDR", "an address or a range such as 10.0.0.0/8",
                 "believe this proxy's word about a client's address; may stand several times",
                 [](Options &o) -> QList<QByteArray> & { return o.server.trustedProxies; },
                 [](const QString &t) { return AddressRange::parse(t.toUtf8()).ok(); }),
             [](OptionEntry &entry) {
                 entry.reason = [](const QString &t) {
                     const auto parsed = AddressRange::parse(t.toUtf8());
                     return parsed ? QString() : QString::fromUtf8(parsed.error().text);
                 };
             }),
        flag("proxy-protocol", "connections from trusted proxies begin with a PROXY header",
             [](Options &o) -> bool & { return o.server.proxyProtocol; }),
        text<QString>(Kind::Path, "tls-cert", "FILE", "a file", "the certificate in PEM, the server's own first",
                      [](Options &o) -> QString & { return o.server.tls.certFile; }),
        text<QString>(Kind::Path, "tls-key", "FILE", "a file", "its key in PEM, without a password",
                      [](Options &o) -> QString & { return o.server.tls.keyFile; }),
        choice<PlainMode>("plain", "serve|redirect|refuse", "serve, redirect or refuse",
                          "with TLS: what clients without it get (serve)",
                          [](Options &o) -> PlainMode & { return o.server.tls.plain; },
                          {u"serve"_s, u"redirect"_s, u"refuse"_s}),
        flag("production", "refuse to start with what is unsafe on a public address (also ENVIRONMENT=production)",
             [](Options &o) -> bool & { return o.production; }),
        list<QStringList>(
            "allow-insecure", "NAME", "any-origin, open-auth or weak-secret",
            "in production, what is meant as it is: any-origin, open-auth, weak-secret",
            [](Options &o) -> QStringList & { return o.allowInsecure; },
            [](const QString &t) { return insecurityNames().contains(t); }),
    };
}

std::vector<OptionEntry> playOptions()
{
    return {
        text<QString>(
            Kind::Value, "default-game", "GAME", "a game of this program",
            "game of a room that nobody named one for: code-racer, horse-race or relay (relay)",
            [](Options &o) -> QString & { return o.server.defaultGame; },
            [](const QString &t) { return gameKinds().contains(t.toUtf8()); }),
        flag(
            "no-auto-create", "a join does not make a room",
            [](Options &o) -> bool & { return o.server.autoCreateRooms; }, false),
        choice<bool>("capture", "on|off", "on or off", "keep every message on disk (on)",
                     [](Options &o) -> bool & { return o.server.capture; }, {u"off"_s, u"on"_s}),
        {.name = "capture-budget-bytes",
         .metavar = "SIZE",
         .takes = aSize,
         .help = "disk space of the capture; the oldest messages go (2G)",
         .set = [](Options &o, const QString &t) { return take(o.server.captureBudgetBytes, parseSize(t)); },
         .get = [](const Options &o) { return QStringList{sizeText(o.server.captureBudgetBytes)}; }},
        list<QList<QByteArray>>("redact-field", "NAME", "the name of a JSON member",
                                "never show or keep the value of this member; may stand several times",
                                [](Options &o) -> QList<QByteArray> & { return o.server.redactedFields; }),
        {.name = "drain-seconds",
         .metavar = "TIME",
         .takes = "a time such as 30, 30s, 2m (0 = do not wait)",
         .help = "how long games may go on after the server was told to end (0)",
         .set = [](Options &o, const QString &t) { return take(o.server.drainSeconds, parseSeconds(t)); },
         .get = [](const Options &o) { return QStringList{QString::number(o.server.drainSeconds)}; }},
        flag("demo", "open a room of each game, with bots that play; without data, nothing of it is kept",
             [](Options &o) -> bool & { return o.demo; }),
        flag("no-start", "window: do not start the server at once", [](Options &o) -> bool & { return o.noStart; }),
    };
}

std::vector<OptionEntry> limitOptions()
{
    return {
        number("max-connections", &Limits::connections, "connections in all (10000)"),
        number("max-connections-per-address", &Limits::connectionsPerAddress, "connections from one address (64)"),
        number("max-connections-per-token", &Limits::connectionsPerToken, "connections with one player token (8)"),
        rate("connection-rate", &Limits::connectionRatePerAddress,
             "new WebSocket connections a second from one address (10)"),
        number("heads-per-address", &Limits::headsPerAddress, "half-open requests from one address (16)"),
        seconds("head-seconds", &Limits::headSeconds, "time for a request head (5)"),
        size("max-head-bytes", &Limits::headBytes, "size of a request head (16k)"),
        number("max-headers", &Limits::headHeaders, "headers of a request (100)"),
        size("max-body-bytes", &Limits::bodyBytes, "body of an HTTP request (64k)"),
        seconds("auth-seconds", &Limits::authSeconds, "time for the message that brings a token (10)"),
        number("wrong-guesses", &Limits::wrongGuesses, "wrong room codes and tokens a minute from one address (20)"),
        size("max-message-bytes", &Limits::messageBytes, "size of a message (64k)"),
        number("max-fragments", &Limits::fragments, "frames of a message (1024)"),
        seconds("message-seconds", &Limits::messageSeconds, "time for a message, from its first byte (10)"),
        rate("message-rate", &Limits::messageRate, "messages a second of a client, on average (60)"),
        number("message-burst", &Limits::messageBurst, "messages at once (120)"),
        rate("control-rate", &Limits::controlRate, "control frames a second of a client (50)"),
        rate("byte-rate", &Limits::byteRate, "bytes a second of a client, on average (256k)"),
        size("max-queue-bytes", &Limits::queueBytes, "bytes that wait for a client that reads slowly (1M)"),
        number("max-players", &Limits::players, "players of a room (64)"),
        number("max-rooms", &Limits::rooms, "rooms (1000)"),
        number("json-depth", &Limits::jsonDepth, "nesting of a message (32)"),
        number("bad-messages", &Limits::badMessages, "messages in a row that can not be understood (20)"),
        seconds("heartbeat-seconds", &Limits::heartbeatSeconds, "between pings; 0 = none (25)"),
        seconds("pong-seconds", &Limits::pongSeconds, "time to answer a ping (20)"),
        seconds("resume-seconds", &Limits::resumeSeconds, "the seat of a player who dropped waits; 0 = does not (30)"),
        seconds("empty-room-seconds", &Limits::emptyRoomSeconds, "how long an empty room lives (60)"),
    };
}

} // namespace

const std::vector<OptionEntry> &optionTable()
{
    static const std::vector<OptionEntry> table = [] {
        std::vector<OptionEntry> all;
        for (auto part : {placeOptions(), gateOptions(), playOptions(), limitOptions()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return table;
}

const OptionEntry &secretEntry()
{
    static const OptionEntry entry = {
        .name = "JWT_SECRET",
        .takes = "a secret",
        .kind = Kind::Secret,
        .set =
            [](Options &o, const QString &t) {
                o.server.token.secret = t.toUtf8();
                return true;
            },
        .get =
            [](const Options &o) { return o.server.token.secret.isEmpty() ? QStringList() : QStringList{u"(set)"_s}; },
        .clear = [](Options &o) { o.server.token.secret.clear(); },
        .rival = "jwt-secret-file",
    };
    return entry;
}

const OptionEntry *findOption(QStringView name)
{
    for (const OptionEntry &entry : optionTable()) {
        if (name == QLatin1StringView(entry.name))
            return &entry;
    }
    return nullptr;
}

QStringList optionNames()
{
    QStringList names;
    for (const OptionEntry &entry : optionTable())
        names.append(QString::fromLatin1(entry.name));
    return names;
}

QStringList changedOptions(const Options &before, const Options &after)
{
    QStringList names;
    for (const OptionEntry &entry : optionTable()) {
        if (entry.get(before) != entry.get(after))
            names.append(QString::fromLatin1(entry.name));
    }
    if (before.server.token.secret != after.server.token.secret) // its entry shows only whether there is one
        names.append(QString::fromLatin1(secretEntry().name));
    return names;
}

QString variableOf(const QString &option) { return u"GLASSHOUSE_"_s + option.toUpper().replace(u'-', u'_'); }

} // namespace glasshouse
