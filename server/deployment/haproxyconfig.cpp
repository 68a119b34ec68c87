// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxytext.h"

namespace glasshouse {

namespace {

constexpr char wholeText[] = R"(global
    # Every player takes two descriptors; maxconn follows their limit (LimitNOFILE of the service).

defaults
    mode http
    timeout connect 5s
    timeout http-request 10s
    timeout client 60s
    timeout server 60s
    # An upgraded connection has a time-out of its own, in both directions.
    timeout tunnel @IDLE@
    timeout client-fin 10s

frontend glasshouse
@BIND@@HEADERS@@PATHS@    default_backend glasshouse

backend glasshouse
    server glasshouse @UPSTREAM@@SEND@
)";

constexpr char forwardedText[] =
    R"(    # The client's address as HAProxy sees it. What clients claim themselves is taken away.
    http-request set-header X-Forwarded-For %[src]
)";

constexpr char headersText[] = R"(    http-request del-header X-Real-IP
    http-request del-header Forwarded
    http-request set-header X-Forwarded-Proto @SCHEME@
    # Host goes through as it is, with its port: a page may connect where its origin is the host that it asked for.
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
)";

// One for each family: with v4v6 the addresses of IPv4 would arrive as ::ffff:a.b.c.d.
QByteArray bindLines(const ProxyFacts &facts)
{
    const QByteArray port = QByteArray::number(facts.publicPort);
    const QByteArray file = facts.certFile.isEmpty() ? "/etc/haproxy/certs/" + facts.host + ".pem" : facts.certFile;
    const QByteArray tls = facts.tls ? " ssl crt " + file + " alpn http/1.1\n" : QByteArray("\n");
    const QByteArray words = facts.tls
        ? "    # The file holds the certificate, its chain and the key; or the key lies beside it, as FILE.key.\n"
        : "";
    return words + "    bind :" + port + tls + "    bind :::" + port + " v6only" + tls;
}

// Conditions look at the path as it is at that line, so the more exact rule stands first.
QByteArray paths(const ProxyFacts &facts)
{
    const QByteArray &prefix = facts.publicPath;
    QByteArray text;
    if (!prefix.isEmpty())
        text += "    http-request redirect code 308 location " + prefix + "/?%[query] if { path " + prefix
            + " } { query -m found }\n    http-request redirect code 308 location " + prefix + "/ if { path " + prefix
            + " }\n    http-request return status 404 unless { path_beg " + prefix + "/ }\n";
    if (!facts.rewrites.isEmpty())
        text += "    # Paths that clients of other servers know.\n";
    for (const PathRewrite &rewrite : facts.rewrites)
        text += "    http-request set-path " + rewrite.to + " if { path " + prefix + rewrite.from + " }\n";
    if (!prefix.isEmpty() && !facts.passesPrefixOn()) {
        QByteArray pattern = prefix;
        pattern.replace('.', "\\.");
        text += "    # The prefix is taken away.\n    http-request replace-path ^" + pattern
            + "/(.*) /\\1 if { path_beg " + prefix + "/ }\n";
    }
    return text;
}

} // namespace

QByteArray haproxyText(const ProxyFacts &facts)
{
    const QByteArray forwarded = facts.proxyProtocol
        ? QByteArray("    # The client's address travels in the PROXY header, see the server's line.\n"
                     "    http-request del-header X-Forwarded-For\n")
        : QByteArray(forwardedText);
    const QByteArray headers = forwarded + headersText;
    return filled(wholeText,
                  {{"BIND", bindLines(facts)},
                   {"HEADERS", headers},
                   {"SCHEME", facts.tls ? "https" : "http"},
                   {"PATHS", paths(facts)},
                   {"IDLE", idleOf(facts)},
                   {"UPSTREAM", upstreamOf(facts)},
                   {"SEND", facts.proxyProtocol ? " send-proxy-v2" : ""}});
}

} // namespace glasshouse
