// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/optiontable.h"

#include "app/units.h"
#include "server/games/gamecatalog.h"
#include "server/net/routes.h"

#include <QDir>
#include <QHostAddress>
#include <limits>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *aNumber = "a whole number (0 = no limit)";
constexpr const char *aSize = "a size such as 65536, 64k, 1M (0 = no limit)";
constexpr const char *aTime = "a time such as 30, 30s, 2m (0 = no limit)";
constexpr const char *aRate = "a rate such as 60 or 60/s (0 = no limit)";

template <typename Value, typename Parsed>
bool take(Value &target, const std::optional<Parsed> &parsed)
{
    if (!parsed || qint64(*parsed) > qint64(std::numeric_limits<Value>::max()))
        return false;
    target = Value(*parsed);
    return true;
}

OptionEntry number(const char *name, int Limits::*limit, const char *help)
{
    return {name, "N", aNumber, help, [limit](Options &options, const QString &text) {
                return take(options.server.limits.*limit, parseNumber(text, 0, std::numeric_limits<int>::max()));
            }};
}

OptionEntry size(const char *name, qint64 Limits::*limit, const char *help)
{
    return {name, "SIZE", aSize, help, [limit](Options &options, const QString &text) {
                return take(options.server.limits.*limit, parseSize(text));
            }};
}

OptionEntry seconds(const char *name, int Limits::*limit, const char *help)
{
    return {name, "TIME", aTime, help, [limit](Options &options, const QString &text) {
                return take(options.server.limits.*limit, parseSeconds(text));
            }};
}

template <typename Value>
OptionEntry rate(const char *name, Value Limits::*limit, const char *help)
{
    return {name, "RATE", aRate, help, [limit](Options &options, const QString &text) {
                return take(options.server.limits.*limit, parseRate(text));
            }};
}

OptionEntry flag(const char *name, const char *help, std::function<void(Options &)> set)
{
    return {name, nullptr, nullptr, help, [set = std::move(set)](Options &options, const QString &text) {
                const bool on = text.isEmpty() || text == "1"_L1 || text == "true"_L1 || text == "on"_L1;
                if (on)
                    set(options);
                return on || text == "0"_L1 || text == "false"_L1 || text == "off"_L1;
            }};
}

bool setBind(Options &options, const QString &text)
{
    const bool ok = !QHostAddress(text).isNull();
    options.server.bindAddress = text;
    return ok;
}

bool setGame(Options &options, const QString &text)
{
    options.server.defaultGame = text;
    return gameKinds().contains(text.toUtf8());
}

bool setCapture(Options &options, const QString &text)
{
    options.server.capture = text == "on"_L1;
    return text == "on"_L1 || text == "off"_L1;
}

bool setLogLevel(Options &options, const QString &text)
{
    const QStringList names{u"error"_s, u"warning"_s, u"info"_s, u"debug"_s};
    options.logLevel = LogLevel(qMax<qsizetype>(0, names.indexOf(text)));
    return names.contains(text);
}

bool addRoute(Options &options, const QString &text)
{
    options.server.extraRoutes.append(text);
    return Routes::isValidTemplate(text);
}

std::vector<OptionEntry> serverOptions()
{
    return {
        {"port", "N", "a port (0-65535)", "port to listen on; 0 takes a free one (8080; also PORT)",
         [](Options &o, const QString &t) { return take(o.server.port, parseNumber(t, 0, 65535)); }},
        {"bind", "ADDRESS", "an IP address", "address to listen on (all, IPv4 and IPv6)", setBind},
        {"route", "TEMPLATE", "a template such as /play/{room} or /play?match={room}",
         "another player route; may stand several times", addRoute, [](Options &o) { o.server.extraRoutes.clear(); }},
        {"data", "DIR", "a folder", "where captures and the results of games are kept",
         [](Options &o, const QString &t) {
             o.server.captureDirectory = t;
             o.server.historyFile = QDir(t).filePath(QStringLiteral("results.sqlite"));
             return !t.isEmpty();
         }},
        {"log-file", "FILE", "a file", "log as JSON, one object a line, appended to this file",
         [](Options &o, const QString &t) {
             o.logFile = t;
             return !t.isEmpty();
         }},
        {"log-level", "LEVEL", "one of error, warning, info, debug", "what goes to the log (info)", setLogLevel},
        {"default-game", "GAME", "a game of this program", "game of a room that nobody named one for (relay)", setGame},
        flag("no-auto-create", "a join does not make a room", [](Options &o) { o.server.autoCreateRooms = false; }),
        flag("reject-with-http", "refuse before the upgrade, by an HTTP status instead of a close code",
             [](Options &o) { o.server.rejectWithHttp = true; }),
        {"allow-origin", "ORIGIN", "an origin such as https://example.org",
         "pages of this origin may connect; * for all (also CORS_ALLOWED_ORIGINS, FRONTEND_URL)",
         [](Options &o, const QString &t) {
             o.server.allowedOrigins.append(t.toUtf8());
             return !t.isEmpty();
         },
         [](Options &o) { o.server.allowedOrigins.clear(); }},
        {"allow-host", "HOST", "a host name", "answer only to this Host header; may stand several times",
         [](Options &o, const QString &t) {
             o.server.allowedHosts.append(t.toUtf8());
             return !t.isEmpty();
         },
         [](Options &o) { o.server.allowedHosts.clear(); }},
        {"capture", "on|off", "on or off", "keep every message on disk (on)", setCapture},
        {"capture-budget-bytes", "SIZE", aSize, "disk space of the capture; the oldest messages go (2G)",
         [](Options &o, const QString &t) { return take(o.server.captureBudgetBytes, parseSize(t)); }},
        flag("demo", "open a room of each game, with bots that play", [](Options &o) { o.demo = true; }),
        flag("no-start", "window: do not start the server at once", [](Options &o) { o.noStart = true; }),
    };
}

std::vector<OptionEntry> limitOptions()
{
    return {
        number("max-connections", &Limits::connections, "connections in all (10000)"),
        number("max-connections-per-address", &Limits::connectionsPerAddress, "connections from one address (64)"),
        rate("connection-rate", &Limits::connectionRatePerAddress,
             "new WebSocket connections a second from one address (10)"),
        number("heads-per-address", &Limits::headsPerAddress, "half-open requests from one address (16)"),
        seconds("head-seconds", &Limits::headSeconds, "time for a request head (5)"),
        size("max-head-bytes", &Limits::headBytes, "size of a request head (16k)"),
        number("max-headers", &Limits::headHeaders, "headers of a request (100)"),
        size("max-body-bytes", &Limits::bodyBytes, "body of an HTTP request (64k)"),
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
        std::vector<OptionEntry> all = serverOptions();
        for (OptionEntry &entry : limitOptions())
            all.push_back(std::move(entry));
        return all;
    }();
    return table;
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

} // namespace glasshouse
