// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxyconfig.h"

#include "net/transport/bindaddress.h"
#include "protocol/basepath.h"
#include "server/deployment/proxytext.h"

#include <QUrl>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr int marginSeconds = 15;
constexpr int withoutHeartbeatSeconds = 3600;

bool holdsOnly(const QByteArray &text, QByteArrayView extra)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || extra.contains(c);
    });
}

bool isCleanPath(const QByteArray &path) { return path.startsWith('/') && holdsOnly(path, "/-._~"); }

// What stands between these letters can not end a directive, a string or a line in any of the four files.
ProxyFacts cleaned(ProxyFacts facts)
{
    const ProxyFacts standard;
    if (!holdsOnly(facts.host, "-.:[]_"))
        facts.host = standard.host;
    if (!holdsOnly(facts.upstreamHost, "-.:[]_"))
        facts.upstreamHost = standard.upstreamHost;
    if (!holdsOnly(facts.proxyAddress, "-.:/"))
        facts.proxyAddress = standard.proxyAddress;
    for (QByteArray *file : {&facts.certFile, &facts.keyFile}) {
        if (!file->isEmpty() && !holdsOnly(*file, "/\\:-._~+@"))
            file->clear();
    }
    for (QByteArray *path : {&facts.publicPath, &facts.basePath}) {
        if (!isValidBasePath(*path))
            path->clear();
    }
    facts.rewrites.removeIf(
        [](const PathRewrite &rewrite) { return !isCleanPath(rewrite.from) || !isCleanPath(rewrite.to); });
    return facts;
}

void takePublicUrl(ProxyFacts &facts, const QByteArray &text)
{
    const QUrl url(QString::fromUtf8(text), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return;
    const QString scheme = url.scheme();
    facts.host = hostInUrl(url.host(QUrl::FullyEncoded)).toLatin1();
    facts.tls = scheme != QLatin1StringView("http") && scheme != QLatin1StringView("ws");
    facts.publicPort = quint16(url.port(facts.tls ? 443 : 80));
    facts.publicPath = url.path(QUrl::FullyEncoded).toLatin1();
    while (facts.publicPath.endsWith('/'))
        facts.publicPath.chop(1);
}

QByteArray addressCaps(const Limits &limits)
{
    return "--max-connections-per-address " + QByteArray::number(limits.connectionsPerAddress) + " --connection-rate "
        + QByteArray::number(limits.connectionRatePerAddress) + " --heads-per-address "
        + QByteArray::number(limits.headsPerAddress) + " --request-rate " + QByteArray::number(limits.requestRate);
}

QByteArray heartbeatWords(const Limits &limits)
{
    if (limits.heartbeatSeconds == 0)
        return "# The heartbeat is off (--heartbeat-seconds 0): whoever is silent for an hour is cut by the proxy.\n";
    return "# A silent connection shows life every " + QByteArray::number(limits.heartbeatSeconds)
        + " s (--heartbeat-seconds) and has " + QByteArray::number(limits.pongSeconds)
        + " s to answer;\n# the idle time-out below is longer than both.\n";
}

QByteArray topComment(ProxyKind kind, const ProxyFacts &facts)
{
    return "# Glasshouse behind " + proxyName(kind) + ", for players at " + publicUrlOf(facts) + "/\n# As "
        + proxyFile(kind) + ". Start the server with:\n#   glasshouse serve " + serveOptions(facts)
        + "\n# With --trusted-proxy the limits by address hold for each player by itself; these are in force:\n#   "
        + addressCaps(facts.limits)
        + "\n# Without it all players share the proxy's address: enough for about sixty, and for more these limits "
          "have to be "
          "0.\n"
        + heartbeatWords(facts.limits);
}

} // namespace

QByteArray filled(QByteArray text, const QList<std::pair<QByteArray, QByteArray>> &values)
{
    for (const auto &[name, value] : values)
        text.replace('@' + name + '@', value);
    return text;
}

QByteArray proxyName(ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::Nginx:
        return "nginx";
    case ProxyKind::Haproxy:
        return "HAProxy";
    case ProxyKind::Caddy:
        return "Caddy";
    case ProxyKind::Traefik:
        return "Traefik";
    }
    return {};
}

std::optional<ProxyKind> proxyKind(QByteArrayView name)
{
    for (const ProxyKind kind : proxyKinds) {
        if (name == QByteArrayView(proxyName(kind).toLower()))
            return kind;
    }
    return std::nullopt;
}

QByteArray proxyFile(ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::Nginx:
        return "/etc/nginx/conf.d/glasshouse.conf";
    case ProxyKind::Haproxy:
        return "/etc/haproxy/haproxy.cfg";
    case ProxyKind::Caddy:
        return "/etc/caddy/Caddyfile";
    case ProxyKind::Traefik:
        return "/etc/traefik/dynamic/glasshouse.yaml";
    }
    return {};
}

ProxyFacts proxyFacts(const ServerConfig &config, quint16 port)
{
    ProxyFacts facts;
    takePublicUrl(facts, config.publicUrl);
    if (facts.publicPath.isEmpty())
        facts.publicPath = config.basePath;
    facts.basePath = config.basePath;
    facts.upstreamHost = hostInUrl(hostFromHere(config.bindAddress)).toLatin1();
    facts.upstreamPort = port != 0 ? port : config.port;
    if (!config.trustedProxies.isEmpty())
        facts.proxyAddress = config.trustedProxies.constFirst();
    facts.proxyProtocol = config.proxyProtocol;
    facts.limits = config.limits;
    return facts;
}

int proxyIdleSeconds(const Limits &limits)
{
    if (limits.heartbeatSeconds == 0)
        return withoutHeartbeatSeconds;
    const qint64 answer = limits.pongSeconds > 0 ? limits.pongSeconds : limits.heartbeatSeconds;
    return int(std::min<qint64>(limits.heartbeatSeconds + answer + marginSeconds, 24LL * 3600));
}

QByteArray publicUrlOf(const ProxyFacts &facts)
{
    const bool isUsual = facts.publicPort == (facts.tls ? 443 : 80);
    return (facts.tls ? "https://" : "http://") + facts.host
        + (isUsual ? QByteArray() : ':' + QByteArray::number(facts.publicPort)) + facts.publicPath;
}

QByteArray serveOptions(const ProxyFacts &facts)
{
    QByteArray upstream = facts.upstreamHost;
    upstream.replace('[', "").replace(']', "");
    QByteArray options = "--bind " + upstream + " --port " + QByteArray::number(facts.upstreamPort) + " --public-url "
        + publicUrlOf(facts) + " --trusted-proxy " + facts.proxyAddress;
    if (!facts.basePath.isEmpty())
        options += " --base-path " + facts.basePath;
    if (facts.proxyProtocol)
        options += " --proxy-protocol";
    return options;
}

QByteArray proxyConfig(ProxyKind kind, const ProxyFacts &facts)
{
    const ProxyFacts clean = cleaned(facts);
    const auto text = [&] {
        switch (kind) {
        case ProxyKind::Nginx:
            return nginxText(clean);
        case ProxyKind::Haproxy:
            return haproxyText(clean);
        case ProxyKind::Caddy:
            return caddyText(clean);
        case ProxyKind::Traefik:
            return traefikText(clean);
        }
        return QByteArray();
    };
    return topComment(kind, clean) + '\n' + text();
}

} // namespace glasshouse
