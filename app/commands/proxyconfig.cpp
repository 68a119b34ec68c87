// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/proxyconfig.h"

#include "app/commands/ownoptions.h"
#include "app/defaults.h"
#include "app/settings.h"
#include "protocol/basepath.h"
#include "server/deployment/proxyconfig.h"
#include "server/gate/webnames.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;

CommandOutput usageError(const QByteArray &text) { return {wrongUsage, {}, text}; }

bool isPath(const QByteArray &text) { return !text.isEmpty() && isValidBasePath(text); }

constexpr QLatin1StringView noRewrite("none");

PathRewrite rewriteOf(const QString &text)
{
    return {text.section(u'=', 0, 0).toUtf8(), text.section(u'=', 1).toUtf8()};
}

bool isRewrite(const QString &text)
{
    const PathRewrite rewrite = rewriteOf(text);
    return text == noRewrite || (isPath(rewrite.from) && isPath(rewrite.to));
}

/// "game.lan:8080", "[::1]:8080". Nullopt: it is none, or has no port.
std::optional<QString> normalUpstream(const QString &text)
{
    const auto host = normalHost(text);
    return host && !portInHost(host->toUtf8()).isEmpty() ? host : std::nullopt;
}

/// What the command reads itself; all else is for the options of serve.
struct ProxyRequest
{
    QString upstream;
    QByteArray certFile;
    QByteArray keyFile;
    QStringList rewrites;
};

std::vector<OptionRow<ProxyRequest>> ownOptions()
{
    return {
        {{.name = "upstream",
          .metavar = "HOST:PORT",
          .expects = "HOST:PORT",
          .help = "the server, as the proxy reaches it (127.0.0.1 and --port)",
          .normal = normalUpstream},
         fieldOf(&ProxyRequest::upstream)},
        {{.name = "cert", .type = OptionType::Path, .help = "the certificate of the proxy, in PEM"},
         fieldOf(&ProxyRequest::certFile)},
        {{.name = "key", .type = OptionType::Path, .help = "its key, in PEM"}, fieldOf(&ProxyRequest::keyFile)},
        {{.name = "rewrite",
          .metavar = "FROM=TO",
          .expects = "FROM=TO, two paths such as /api/match/game=/api/game",
          .help = "another path; may stand several times (/api/match/game=/api/game; none: no path)",
          .isList = true,
          .isGood = isRewrite},
         fieldOf(&ProxyRequest::rewrites)},
    };
}

QByteArray usage()
{
    QString text =
        u"glasshouse proxy-config nginx|haproxy|caddy|traefik [options]    prints the proxy's configuration\n"_s;
    for (const auto &option : ownOptions())
        text += helpLine(option);
    return text.toUtf8()
        + "and the options of serve. These matter here: --port, --public-url, --base-path, --trusted-proxy, "
          "--proxy-protocol,\n"
          "--heartbeat-seconds, --pong-seconds.\n";
}

void apply(const ProxyRequest &request, ProxyFacts &facts)
{
    facts.certFile = request.certFile;
    facts.keyFile = request.keyFile;
    if (const QByteArray upstream = request.upstream.toLatin1(); !upstream.isEmpty()) {
        facts.upstreamHost = nameInHost(upstream).toByteArray();
        facts.upstreamPort = portInHost(upstream).toUShort();
    }
    if (!request.rewrites.isEmpty())
        facts.rewrites.clear();
    for (const QString &rewrite : request.rewrites) {
        if (rewrite != noRewrite)
            facts.rewrites.append(rewriteOf(rewrite));
    }
}

} // namespace

CommandOutput runProxyConfig(const QStringList &arguments, const QProcessEnvironment &environment,
                             const ServerConfig &base)
{
    if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s))
        return {0, usage(), {}};
    const auto kind = proxyKind(arguments.value(0).toUtf8());
    if (!kind)
        return usageError("proxy-config needs nginx, haproxy, caddy or traefik; proxy-config --help says more");
    ProxyRequest request;
    const auto read = readOwn(ownOptions(), arguments.mid(1), request);
    if (!read)
        return usageError(read.error().text);
    const Settings settings = Settings::read(QStringList{u"serve"_s} + read.value().rest, environment, base);
    if (!settings.errors().isEmpty())
        return usageError(settings.errors().first().text);
    ProxyFacts facts = proxyFacts(settings.options().server);
    apply(request, facts);
    return {0, proxyConfig(*kind, facts), {}};
}

int proxyConfigCommand(const Options &options, const QProcessEnvironment &environment)
{
    return print(runProxyConfig(options.arguments, environment, defaultConfig()));
}

} // namespace glasshouse
