// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/configoptions.h"

#include "net/transport/bindaddress.h"
#include "protocol/basepath.h"
#include "protocol/routetemplate.h"
#include "server/games/gamecatalog.h"
#include "server/gate/addresstext.h"
#include "server/gate/webnames.h"

#include <QDir>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using Type = OptionType;
using Rows = std::vector<ConfigOption>;

constexpr qint64 kib = 1024;
constexpr qint64 mib = 1024 * kib;

bool isPrefix(const QString &text) { return isValidBasePath(text.toUtf8()); }
bool isTemplate(const QString &text) { return RouteTemplate::parse(text).has_value(); }
bool isRange(const QString &text) { return AddressRange::parse(text.toUtf8()).ok(); }

QString whyNoRange(const QString &text)
{
    const auto parsed = AddressRange::parse(text.toUtf8());
    return parsed ? QString() : QString::fromUtf8(parsed.error().text);
}

QStringList games()
{
    QStringList names;
    for (const QByteArray &kind : builtInGames().kinds())
        names += QString::fromUtf8(kind);
    return names;
}

const char *defaultGameHelp()
{
    static const QByteArray text = [] {
        QStringList names = games();
        names.sort();
        const QString last = names.takeLast();
        return u"game of a room that nobody named one for: %1 or %2 (relay)"_s.arg(names.join(u", "_s), last).toUtf8();
    }();
    return text.constData();
}

/// One folder for two things. The results may be kept elsewhere, or not at all: a copy keeps that. An empty text is no folder.
OptionField<ServerConfig> dataFolder()
{
    return {[](const ServerConfig &config) {
                return QVariant(QStringList{config.captureDirectory, config.historyFile});
            },
            [](ServerConfig &config, const QVariant &value) {
                const QStringList both = value.toStringList();
                if (both.size() < 2 && both.value(0).isEmpty())
                    return;
                config.captureDirectory = both.value(0);
                config.historyFile =
                    both.size() > 1 ? both.at(1) : QDir(config.captureDirectory).filePath(u"results.sqlite"_s);
            }};
}

Rows placeOptions()
{
    return {
        {{.name = "port",
          .type = Type::Number,
          .expects = "a port (0-65535)",
          .help = "port to listen on; 0 takes a free one (8080; also PORT)",
          .zero = Zero::AnyFree,
          .needsRestart = true,
          .variables = {{"PORT"}}},
         fieldOf(&ServerConfig::port)},
        {{.name = "bind",
          .metavar = "ADDRESS",
          .expects = "an IP address of this machine, or localhost",
          .help = "address to listen on (all, IPv4 and IPv6)",
          .needsRestart = true,
          .normal = normalBindAddress,
          .whyNot = whyNoBindAddress},
         fieldOf(&ServerConfig::bindAddress)},
        {{.name = "base-path",
          .metavar = "/PREFIX",
          .expects = "a path such as /play, without a / at its end",
          .help = "what stands in front of every path, as behind a proxy",
          .isGood = isPrefix},
         fieldOf(&ServerConfig::basePath)},
        {{.name = "public-url",
          .metavar = "URL",
          .expects = "an address such as https://play.example.org",
          .help = "how players reach the server, where that is another address",
          .normal = normalPublicUrl},
         fieldOf(&ServerConfig::publicUrl)},
        {{.name = "route",
          .metavar = "TEMPLATE",
          .expects = "a template such as /play/{room} or /play?match={room}",
          .help = "another player route; may stand several times",
          .isList = true,
          .isGood = isTemplate},
         fieldOf(&ServerConfig::extraRoutes)},
        {{.name = "web-root",
          .type = Type::Path,
          .metavar = "DIR",
          .expects = "a folder",
          .help = "pages that go before those inside the program"},
         fieldOf(&ServerConfig::webRoot)},
        {{.name = "data",
          .type = Type::Path,
          .metavar = "DIR",
          .expects = "a folder",
          .help = "where captures and the results of games are kept",
          .needsRestart = true},
         dataFolder()},
    };
}

Rows guestOptions()
{
    return {
        {{.name = "auth",
          .type = Type::Word,
          .help = "who may play: everybody, or who brings a token (open)",
          .words = {u"open"_s, u"token"_s}},
         fieldOf(&ServerConfig::auth)},
        {{.name = "jwt-secret-file",
          .type = Type::Path,
          .help = "the secret of HS256, at least 32 bytes (or JWT_SECRET)",
          .rival = "JWT_SECRET"},
         fieldOf(&ServerConfig::token, &TokenConfig::secretFile)},
        {{.name = "JWT_SECRET",
          .expects = "a secret",
          .isSecret = true,
          .rival = "jwt-secret-file",
          .variables = {{"JWT_SECRET"}}},
         fieldOf(&ServerConfig::token, &TokenConfig::secret)},
        {{.name = "jwt-public-key", .type = Type::Path, .help = "the key of RS256 or ES256, in PEM"},
         fieldOf(&ServerConfig::token, &TokenConfig::publicKeyFile)},
        {{.name = "jwt-algorithm",
          .type = Type::Word,
          .help = "how tokens are signed (HS256)",
          .words = {u"HS256"_s, u"RS256"_s, u"ES256"_s}},
         fieldOf(&ServerConfig::token, &TokenConfig::algorithm)},
        {{.name = "jwt-issuer", .help = "whose tokens are taken (any)"},
         fieldOf(&ServerConfig::token, &TokenConfig::issuer)},
        {{.name = "jwt-audience", .help = "for whom they must be (any)"},
         fieldOf(&ServerConfig::token, &TokenConfig::audience)},
        {{.name = "operator-token-file",
          .type = Type::Path,
          .help = "the token of the operator's requests; without it they are taken from this machine only"},
         fieldOf(&ServerConfig::operatorTokenFile)},
        {{.name = "reject-with-http",
          .type = Type::Flag,
          .help = "refuse before the upgrade, by an HTTP status instead of a close code"},
         fieldOf(&ServerConfig::rejectWithHttp)},
        {{.name = "allow-origin",
          .metavar = "ORIGIN",
          .expects = "an origin such as https://example.org, null or file://",
          .help = "pages of this origin may connect; * for all (also CORS_ALLOWED_ORIGINS, FRONTEND_URL)",
          .isList = true,
          .normal = normalOrigin,
          .whyNot = whyNoOrigin,
          .variables = {{"CORS_ALLOWED_ORIGINS"}, {"FRONTEND_URL", originOfPage}}},
         fieldOf(&ServerConfig::allowedOrigins)},
        {{.name = "allow-host",
          .metavar = "HOST",
          .expects = "a host name such as game.lan",
          .help = "answer to this Host header too; * for all; may stand several times",
          .isList = true,
          .normal = normalHost},
         fieldOf(&ServerConfig::allowedHosts)},
    };
}

Rows proxyOptions()
{
    return {
        {{.name = "trusted-proxy",
          .metavar = "CIDR",
          .expects = "an address or a range such as 10.0.0.0/8",
          .help = "believe this proxy's word about a client's address; may stand several times",
          .isList = true,
          .isGood = isRange,
          .whyNot = whyNoRange},
         fieldOf(&ServerConfig::trustedProxies)},
        {{.name = "proxy-protocol",
          .type = Type::Flag,
          .help = "connections from trusted proxies begin with a PROXY header"},
         fieldOf(&ServerConfig::proxyProtocol)},
    };
}

Rows tlsOptions()
{
    return {
        {{.name = "tls-cert", .type = Type::Path, .help = "the certificate in PEM, the server's own first"},
         fieldOf(&ServerConfig::tls, &TlsConfig::certFile)},
        {{.name = "tls-key", .type = Type::Path, .help = "its key in PEM, without a password"},
         fieldOf(&ServerConfig::tls, &TlsConfig::keyFile)},
        {{.name = "plain",
          .type = Type::Word,
          .help = "with TLS: what clients without it get (serve)",
          .words = {u"serve"_s, u"redirect"_s, u"refuse"_s}},
         fieldOf(&ServerConfig::tls, &TlsConfig::plain)},
    };
}

Rows gameOptions()
{
    return {
        {{.name = "default-game",
          .type = Type::Word,
          .metavar = "GAME",
          .expects = "a game of this program",
          .help = defaultGameHelp(),
          .words = games(),
          .isOpen = true},
         fieldOf(&ServerConfig::defaultGame)},
        {{.name = "no-auto-create", .type = Type::Flag, .help = "a join does not make a room"},
         oppositeOf(fieldOf(&ServerConfig::autoCreateRooms))},
        {{.name = "capture",
          .type = Type::Flag,
          .metavar = "on|off",
          .help = "keep every message on disk (on)",
          .needsRestart = true},
         fieldOf(&ServerConfig::capture)},
        {{.name = "capture-budget-bytes",
          .type = Type::Size,
          .help = "disk space of the capture; the oldest messages go (2G)",
          .unit = mib,
          .needsRestart = true},
         fieldOf(&ServerConfig::captureBudgetBytes)},
        {{.name = "redact-field",
          .metavar = "NAME",
          .expects = "the name of a JSON member",
          .help = "never show or keep the value of this member; may stand several times",
          .isList = true},
         fieldOf(&ServerConfig::redactedFields)},
        {{.name = "drain-seconds",
          .type = Type::Time,
          .help = "how long games may go on after the server was told to end (0)",
          .zero = Zero::NotAtAll},
         fieldOf(&ServerConfig::drainSeconds)},
    };
}

template <typename Value>
ConfigOption limit(const char *name, Type type, Value Limits::*member, const char *help, Zero zero = Zero::NoLimit)
{
    const bool isBytes = type == Type::Size || type == Type::ByteRate;
    return {{.name = name, .type = type, .help = help, .zero = zero, .unit = isBytes ? kib : 1},
            fieldOf(&ServerConfig::limits, member)};
}

Rows limitOptions()
{
    return {
        limit("max-connections", Type::Number, &Limits::connections, "connections in all (10000)"),
        limit("max-connections-per-address", Type::Number, &Limits::connectionsPerAddress,
              "WebSocket connections from one address (64)"),
        limit("max-connections-per-token", Type::Number, &Limits::connectionsPerToken,
              "connections with one player token (8)"),
        limit("connection-rate", Type::Rate, &Limits::connectionRatePerAddress,
              "new WebSocket connections a second from one address, on average (10)"),
        limit("connection-burst", Type::Number, &Limits::connectionBurst,
              "new WebSocket connections at once from one address (40)"),
        limit("request-rate", Type::Rate, &Limits::requestRate, "HTTP requests a second from one address (2000)"),
        limit("broken-request-rate", Type::Rate, &Limits::brokenRequestRate,
              "requests a second that break HTTP or TLS, from one address (20)"),
        limit("heads-per-address", Type::Number, &Limits::headsPerAddress,
              "half-open requests from one address; the oldest gives way (256)"),
        limit("max-heads", Type::Number, &Limits::heads, "half-open requests in all; the oldest gives way (2048)"),
        limit("web-root-files", Type::Number, &Limits::webRootFiles,
              "large files of the web root at once to one address; others wait (4)"),
        limit("web-root-bytes", Type::Size, &Limits::webRootBytes,
              "bytes of the web root a minute to one address; more come slowly (64M)"),
        limit("head-seconds", Type::Time, &Limits::headSeconds, "time for a request head (5)"),
        limit("max-head-bytes", Type::Size, &Limits::headBytes, "size of a request head (16k)"),
        limit("max-headers", Type::Number, &Limits::headHeaders, "headers of a request (100)"),
        limit("max-body-bytes", Type::Size, &Limits::bodyBytes, "body of an HTTP request (64k)"),
        limit("auth-seconds", Type::Time, &Limits::authSeconds, "time for the message that brings a token (10)"),
        limit("wrong-guesses", Type::Number, &Limits::wrongGuesses,
              "wrong room codes and tokens a minute from one address (20)"),
        limit("max-message-bytes", Type::Size, &Limits::messageBytes, "size of a message (64k)"),
        limit("max-fragments", Type::Number, &Limits::fragments, "frames of a message (1024)"),
        limit("message-seconds", Type::Time, &Limits::messageSeconds, "time for a message, from its first byte (10)"),
        limit("message-rate", Type::Rate, &Limits::messageRate,
              "messages a second of a client, on average; each of a batch counts (150)"),
        limit("message-burst", Type::Number, &Limits::messageBurst, "messages at once (300)"),
        limit("control-rate", Type::Rate, &Limits::controlRate, "control frames a second of a client (50)"),
        limit("byte-rate", Type::ByteRate, &Limits::byteRate, "bytes a second of a client, on average (256k)"),
        limit("max-queue-bytes", Type::Size, &Limits::queueBytes,
              "bytes that wait for a client that reads slowly (1M)"),
        limit("max-players", Type::Number, &Limits::players, "players of a room (64)"),
        limit("max-rooms", Type::Number, &Limits::rooms, "rooms (1000)"),
        limit("json-depth", Type::Number, &Limits::jsonDepth, "nesting of a message (32)"),
        limit("bad-messages", Type::Number, &Limits::badMessages, "messages in a row that can not be understood (20)"),
        limit("heartbeat-seconds", Type::Time, &Limits::heartbeatSeconds, "between pings; 0 = none (25)", Zero::Never),
        limit("pong-seconds", Type::Time, &Limits::pongSeconds, "time to answer a ping (20)"),
        limit("resume-seconds", Type::Time, &Limits::resumeSeconds,
              "the seat of a player who dropped waits; 0 = does not (30)", Zero::NotAtAll),
        limit("empty-room-seconds", Type::Time, &Limits::emptyRoomSeconds, "how long an empty room lives (60)"),
    };
}

void add(Rows &all, OptionGroup group, const Rows &rows)
{
    for (ConfigOption row : rows) {
        row.group = group;
        all.push_back(std::move(row));
    }
}

} // namespace

const std::vector<ConfigOption> &configOptions()
{
    static const Rows table = [] {
        Rows all;
        add(all, OptionGroup::Place, placeOptions());
        add(all, OptionGroup::Guests, guestOptions());
        add(all, OptionGroup::Proxies, proxyOptions());
        add(all, OptionGroup::Tls, tlsOptions());
        add(all, OptionGroup::Games, gameOptions());
        add(all, OptionGroup::Limits, limitOptions());
        return all;
    }();
    return table;
}

ServerConfig normalised(ServerConfig config)
{
    for (const ConfigOption &option : configOptions())
        option.normalise(config);
    return config;
}

} // namespace glasshouse
