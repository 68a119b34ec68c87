// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/proxyconfig.h"

#include "app/defaults.h"
#include "server/deployment/proxyconfig.h"
#include "server/gate/addresstext.h"
#include "server/net/routes.h"

#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;

constexpr char usage[] =
    "glasshouse proxy-config nginx|haproxy|caddy|traefik [options]    prints the proxy's configuration\n"
    "  --public-url URL           how players reach it: https://play.example.org or …/prefix\n"
    "  --base-path PATH           the server knows the prefix; else the proxy takes it away\n"
    "  --trusted-proxy ADDRESS    of the proxy, as the server sees it (127.0.0.1)\n"
    "  --proxy-protocol           the player's address travels in a PROXY header\n"
    "  --upstream HOST:PORT       the server, as the proxy reaches it (127.0.0.1 and --port)\n"
    "  --cert FILE, --key FILE    of the proxy, in PEM\n"
    "  --rewrite FROM=TO          another path; may stand several times (/api/match/game=/api/game; none: no path)\n"
    "and the options of serve, such as --port and --heartbeat-seconds.\n";

// What the command itself reads, and all else for the options of serve.
struct Given
{
    QMap<QString, QString> values;
    QStringList rewrites;
    QStringList rest;
};

CommandOutput usageError(const QString &text) { return {wrongUsage, {}, text.toUtf8()}; }

Result<Given, OptionsError> takeOwn(QStringList arguments)
{
    static const QStringList own{u"--public-url"_s, u"--base-path"_s, u"--trusted-proxy"_s, u"--upstream"_s,
                                 u"--cert"_s,       u"--key"_s,       u"--rewrite"_s};
    Given given;
    while (!arguments.isEmpty()) {
        const QString argument = arguments.takeFirst();
        const QString name = argument.section(u'=', 0, 0);
        if (argument == "--proxy-protocol"_L1) {
            given.values.insert(argument, {});
        } else if (!own.contains(name)) {
            given.rest += argument;
        } else if (!argument.contains(u'=') && arguments.isEmpty()) {
            return Error<OptionsError>{OptionsError::MissingValue, (name + u" needs a value"_s).toUtf8()};
        } else {
            const QString value = argument.contains(u'=') ? argument.section(u'=', 1) : arguments.takeFirst();
            if (name == "--rewrite"_L1)
                given.rewrites += value;
            else
                given.values.insert(name, value);
        }
    }
    return given;
}

// Text of the first fault; empty: none.
QString applyToConfig(ServerConfig &config, const Given &given)
{
    const auto has = [&](const char *name) { return given.values.contains(QLatin1StringView(name)); };
    const auto text = [&](const char *name) { return given.values.value(QLatin1StringView(name)).toUtf8(); };
    if (has("--public-url"))
        config.publicUrl = text("--public-url");
    if (has("--base-path"))
        config.basePath = text("--base-path");
    if (has("--trusted-proxy"))
        config.trustedProxies = {text("--trusted-proxy")};
    config.proxyProtocol = config.proxyProtocol || has("--proxy-protocol");
    if (!config.publicUrl.isEmpty() && publicSocketUrl(config.publicUrl, {}).isEmpty())
        return u"--public-url: \"%1\" is not an address such as https://play.example.org"_s.arg(
            QString::fromUtf8(config.publicUrl));
    if (!isValidBasePath(config.basePath))
        return u"--base-path: \"%1\" is not a path such as /prefix"_s.arg(QString::fromUtf8(config.basePath));
    if (has("--trusted-proxy") && !AddressRange::parse(text("--trusted-proxy")))
        return u"--trusted-proxy: \"%1\" is not an address or a range"_s.arg(
            QString::fromUtf8(text("--trusted-proxy")));
    return {};
}

QString applyUpstream(ProxyFacts &facts, const QByteArray &upstream)
{
    const qsizetype colon = upstream.lastIndexOf(':');
    const auto port = colon > 0 ? strictPort(upstream.sliced(colon + 1)) : std::nullopt;
    if (!port || *port == 0)
        return u"--upstream: \"%1\" is not HOST:PORT"_s.arg(QString::fromUtf8(upstream));
    facts.upstreamHost = upstream.first(colon);
    facts.upstreamPort = *port;
    return {};
}

QString applyRewrites(ProxyFacts &facts, const QStringList &rewrites)
{
    if (!rewrites.isEmpty())
        facts.rewrites.clear();
    for (const QString &rewrite : rewrites) {
        const QByteArray from = rewrite.section(u'=', 0, 0).toUtf8();
        const QByteArray to = rewrite.section(u'=', 1).toUtf8();
        if (rewrite == "none"_L1)
            continue;
        if (!from.startsWith('/') || !to.startsWith('/') || !isValidBasePath(from) || !isValidBasePath(to))
            return u"--rewrite: \"%1\" is not FROM=TO, two paths such as /api/match/game=/api/game"_s.arg(rewrite);
        facts.rewrites.append({from, to});
    }
    return {};
}

} // namespace

CommandOutput runProxyConfig(const QStringList &arguments, const QProcessEnvironment &environment,
                             const ServerConfig &base)
{
    if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s))
        return {0, usage, {}};
    const auto kind = proxyKind(arguments.value(0).toUtf8());
    if (!kind)
        return usageError(u"proxy-config needs nginx, haproxy, caddy or traefik; proxy-config --help says more"_s);
    const auto given = takeOwn(arguments.mid(1));
    if (!given)
        return {wrongUsage, {}, given.error().text};
    const auto options = parseOptions(QStringList{u"serve"_s} + given.value().rest, environment, base);
    if (!options)
        return {wrongUsage, {}, options.error().text};
    ServerConfig config = options.value().server;
    QString fault = applyToConfig(config, given.value());
    ProxyFacts facts = proxyFacts(config);
    facts.certFile = given.value().values.value(u"--cert"_s).toUtf8();
    facts.keyFile = given.value().values.value(u"--key"_s).toUtf8();
    if (fault.isEmpty() && given.value().values.contains(u"--upstream"_s))
        fault = applyUpstream(facts, given.value().values.value(u"--upstream"_s).toUtf8());
    if (fault.isEmpty())
        fault = applyRewrites(facts, given.value().rewrites);
    return fault.isEmpty() ? CommandOutput{0, proxyConfig(*kind, facts), {}} : usageError(fault);
}

int proxyConfigCommand(const Options &options)
{
    const CommandOutput output =
        runProxyConfig(options.arguments, QProcessEnvironment::systemEnvironment(), defaultConfig());
    std::fputs(output.out.constData(), stdout);
    if (!output.error.isEmpty())
        std::fprintf(stderr, "glasshouse: %s\n", output.error.constData());
    return output.exitCode;
}

} // namespace glasshouse
