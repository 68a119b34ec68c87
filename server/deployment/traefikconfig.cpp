// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxytext.h"

namespace glasshouse {

namespace {

constexpr char staticText[] =
    R"(# Traefik reads this through a file provider. Its static configuration needs the entry point as well:
#   entryPoints:
#     @ENTRY@:
#       address: ":@PORT@"
#       transport:
#         respondingTimeouts:
#           readTimeout: 0s      # 60 s since 2.11.2, which cuts uploads and, in some versions, open connections
#           idleTimeout: @IDLE@
#   providers:
#     file:
#       directory: /etc/traefik/dynamic
# Upgrade, Connection and Host go through by themselves. X-Forwarded-For, -Proto and X-Real-IP are set anew, unless the
# entry point trusts its clients (forwardedHeaders): do not do that at the edge.
)";

constexpr char httpText[] = R"(http:
  routers:
@ROUTERS@
  middlewares:
@MIDDLEWARES@
  services:
    glasshouse:
      loadBalancer:
        passHostHeader: true
        servers:
          - url: "http://@UPSTREAM@"
)";

// A PROXY header goes with TCP routers only; those change no paths.
constexpr char tcpText[] = R"yaml(# A PROXY header goes with TCP routers only, and those change no paths: @PATH@
tcp:
  routers:
    glasshouse:
      rule: "HostSNI(`@SNI@`)"
      entryPoints:
        - @ENTRY@
      service: glasshouse
@TLS@
  services:
    glasshouse:
      loadBalancer:
        proxyProtocol:
          version: 2
        servers:
          - address: "@UPSTREAM@"
)yaml";

QByteArray hostOf(const ProxyFacts &facts)
{
    QByteArray host = facts.host;
    return host.replace('[', "").replace(']', "");
}

QByteArray router(const ProxyFacts &facts, const QByteArray &name, const QByteArray &path,
                  const QByteArray &middlewares)
{
    return "    " + name + ":\n      rule: \"Host(`" + hostOf(facts) + "`)" + path
        + "\"\n      entryPoints:\n        - " + (facts.tls ? "websecure" : "web")
        + "\n      middlewares:\n        - glasshouse-headers\n" + middlewares + "      service: glasshouse\n"
        + (facts.tls ? "      tls: {}\n" : "");
}

// The longer rule wins where Traefik is not told otherwise.
QByteArray routers(const ProxyFacts &facts)
{
    QByteArray text;
    for (qsizetype at = 0; at < facts.rewrites.size(); ++at) {
        const QByteArray name = "glasshouse-path-" + QByteArray::number(at + 1);
        text += router(facts, name, " && Path(`" + facts.publicPath + facts.rewrites[at].from + "`)",
                       "        - " + name + '\n');
    }
    const bool strips = !facts.publicPath.isEmpty() && !facts.passesPrefixOn();
    const QByteArray path = facts.publicPath.isEmpty() ? QByteArray() : " && PathPrefix(`" + facts.publicPath + "/`)";
    return text + router(facts, "glasshouse", path, strips ? "        - glasshouse-strip\n" : "");
}

QByteArray middlewares(const ProxyFacts &facts)
{
    QByteArray text =
        "    # What clients claim themselves in a header that Traefik does not set is taken away.\n"
        "    glasshouse-headers:\n      headers:\n        customRequestHeaders:\n          Forwarded: \"\"\n";
    if (!facts.rewrites.isEmpty())
        text += "    # Paths that clients of other servers know.\n";
    for (qsizetype at = 0; at < facts.rewrites.size(); ++at)
        text += "    glasshouse-path-" + QByteArray::number(at + 1) + ":\n      replacePath:\n        path: \""
            + facts.rewrites[at].to + "\"\n";
    if (!facts.publicPath.isEmpty() && !facts.passesPrefixOn())
        text += "    # The prefix is taken away.\n    glasshouse-strip:\n      stripPrefix:\n        prefixes:\n"
                "          - \""
            + facts.publicPath + "\"\n";
    return text;
}

QByteArray certificates(const ProxyFacts &facts)
{
    if (!facts.tls)
        return {};
    const QByteArray cert = facts.certFile.isEmpty() ? "/etc/ssl/certs/" + facts.host + ".pem" : facts.certFile;
    const QByteArray key = facts.keyFile.isEmpty() ? "/etc/ssl/private/" + facts.host + ".key" : facts.keyFile;
    return "\ntls:\n  certificates:\n    - certFile: \"" + cert + "\"\n      keyFile: \"" + key + "\"\n";
}

} // namespace

QByteArray traefikText(const ProxyFacts &facts)
{
    const QByteArray path = facts.publicPath.isEmpty() ? QByteArray("the whole entry point is the game's.")
                                                       : "start the server with --base-path " + facts.publicPath + '.';
    const QByteArray main = facts.proxyProtocol ? tcpText : httpText;
    return filled(staticText + main,
                  {{"ROUTERS", routers(facts)},
                   {"MIDDLEWARES", middlewares(facts)},
                   {"ENTRY", facts.tls ? "websecure" : "web"},
                   {"PORT", QByteArray::number(facts.publicPort)},
                   {"IDLE", idleOf(facts)},
                   {"SNI", facts.tls ? hostOf(facts) : QByteArray("*")},
                   {"TLS", facts.tls ? "      tls: {}" : ""},
                   {"PATH", path},
                   {"UPSTREAM", upstreamOf(facts)}})
        + certificates(facts);
}

} // namespace glasshouse
