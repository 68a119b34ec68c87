// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/proxyconfig.h"

#include "app/defaults.h"
#include "app/settings.h"
#include "protocol/basepath.h"
#include "server/deployment/proxyconfig.h"
#include "server/gate/addresstext.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;

constexpr char usage[] =
    "glasshouse proxy-config nginx|haproxy|caddy|traefik [options]    prints the proxy's configuration\n"
    "  --upstream HOST:PORT       the server, as the proxy reaches it (127.0.0.1 and --port)\n"
    "  --cert FILE, --key FILE    of the proxy, in PEM\n"
    "  --rewrite FROM=TO          another path; may stand several times (/api/match/game=/api/game; none: no path)\n"
    "and the options of serve. These matter here: --port, --public-url, --base-path, --trusted-proxy, "
    "--proxy-protocol,\n"
    "--heartbeat-seconds, --pong-seconds.\n";

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
    static const QStringList own{u"--upstream"_s, u"--cert"_s, u"--key"_s, u"--rewrite"_s};
    Given given;
    while (!arguments.isEmpty()) {
        const QString argument = arguments.takeFirst();
        const QString name = argument.section(u'=', 0, 0);
        if (!own.contains(name)) {
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
    const Settings settings = Settings::read(QStringList{u"serve"_s} + given.value().rest, environment, base);
    if (!settings.errors().isEmpty())
        return usageError(QString::fromUtf8(settings.errors().first().text));
    QString fault;
    ProxyFacts facts = proxyFacts(settings.options().server);
    facts.certFile = given.value().values.value(u"--cert"_s).toUtf8();
    facts.keyFile = given.value().values.value(u"--key"_s).toUtf8();
    if (given.value().values.contains(u"--upstream"_s))
        fault = applyUpstream(facts, given.value().values.value(u"--upstream"_s).toUtf8());
    if (fault.isEmpty())
        fault = applyRewrites(facts, given.value().rewrites);
    return fault.isEmpty() ? CommandOutput{0, proxyConfig(*kind, facts), {}} : usageError(fault);
}

int proxyConfigCommand(const Options &options, const QProcessEnvironment &environment)
{
    return print(runProxyConfig(options.arguments, environment, defaultConfig()));
}

} // namespace glasshouse
