// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxytext.h"

namespace glasshouse {

namespace {

// Caddy passes Upgrade, Connection and Host (with its port) on by itself, sets X-Forwarded-For, -Proto and -Host, and believes
// what clients claim in them from nobody (global option trusted_proxies).
constexpr char wholeText[] = R"((glasshouse) {
    reverse_proxy @UPSTREAM@ {
        # Host, Upgrade and X-Forwarded-* are right without a word. What clients claim in other headers is taken away.
        header_up -X-Real-IP
        header_up -Forwarded
        transport http {
            versions 1.1
            dial_timeout 5s
@PROXY@        }
        # An open WebSocket has no idle time-out here. Reloading Caddy cuts all of them at once, and players come back by
        # themselves; from Caddy 2.7 on this spreads it:
        # stream_close_delay 5m
    }
}

@SITE@ {
@TLS@@PATHS@}
)";

QByteArray tlsLine(const ProxyFacts &facts)
{
    if (!facts.tls)
        return {};
    if (!facts.certFile.isEmpty() && !facts.keyFile.isEmpty())
        return "    tls " + facts.certFile + ' ' + facts.keyFile + "\n\n";
    return "    # Caddy gets a certificate for a public name by itself. For one of yours:\n    # tls /etc/ssl/certs/"
        + facts.host + ".pem /etc/ssl/private/" + facts.host + ".key\n\n";
}

QByteArray handle(const QByteArray &head, const QByteArray &rewrite)
{
    return "    " + head + " {\n" + (rewrite.isEmpty() ? QByteArray() : "        rewrite * " + rewrite + '\n')
        + "        import glasshouse\n    }\n";
}

QByteArray paths(const ProxyFacts &facts)
{
    const QByteArray &prefix = facts.publicPath;
    QByteArray text;
    if (!prefix.isEmpty())
        text += "    @bare path " + prefix + "\n    redir @bare " + prefix + "/?{query} 308\n";
    if (!facts.rewrites.isEmpty())
        text += "    # Paths that clients of other servers know.\n";
    for (const PathRewrite &rewrite : facts.rewrites)
        text += handle("handle " + prefix + rewrite.from, rewrite.to);
    if (prefix.isEmpty())
        return text + handle("handle", {});
    const bool passesOn = facts.passesPrefixOn();
    text += passesOn ? "    # The server knows the prefix (--base-path).\n" : "    # The prefix is taken away.\n";
    return text + handle((passesOn ? "handle " : "handle_path ") + prefix + "/*", {})
        + "    handle {\n        respond 404\n    }\n";
}

} // namespace

QByteArray caddyText(const ProxyFacts &facts)
{
    const QByteArray site =
        (facts.tls ? "https://" : "http://") + facts.host + ':' + QByteArray::number(facts.publicPort);
    return filled(
        wholeText,
        {{"SITE", site},
         {"TLS", tlsLine(facts)},
         {"PATHS", paths(facts)},
         {"PROXY", facts.proxyProtocol ? "            # Caddy 2.7 or newer\n            proxy_protocol v2\n" : ""},
         {"UPSTREAM", upstreamOf(facts)}});
}

} // namespace glasshouse
