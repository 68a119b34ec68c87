// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxytext.h"

namespace glasshouse {

namespace {

// Through "stream" nginx passes bytes on: the only way in which it sends a PROXY header. Paths can not be changed there.
constexpr char streamText[] =
    R"(# A PROXY header goes through nginx's "stream" only (Debian: libnginx-mod-stream). This part does not go into conf.d but into
# /etc/nginx/nginx.conf, beside "http". Paths can not be changed here: @PATH@
stream {
    server {
        listen @PORT@@SSL@;
        listen [::]:@PORT@@SSL@;
@CERTIFICATE@        proxy_pass @UPSTREAM@;
        proxy_protocol on;
        proxy_connect_timeout 5s;
        proxy_timeout @IDLE@;
    }
}
)";

constexpr char serverText[] =
    R"(# "Connection: upgrade" where the client asks for an upgrade, else "close": nginx passes neither header on by itself.
map $http_upgrade $glasshouse_connection {
    default upgrade;
    ''      close;
}

server {
    listen @PORT@@SSL@;
    listen [::]:@PORT@@SSL@;
    server_name @NAME@;
@CERTIFICATE@
    # WebSocket needs HTTP/1.1 and both headers.
    proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $glasshouse_connection;

    # With its port ($host drops it): a page may connect where its origin is the host that it asked for.
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;

    # The client's address as nginx sees it. What clients claim themselves is taken away. Behind another proxy, set
    # set_real_ip_from and real_ip_header as well.
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Real-IP "";
    proxy_set_header Forwarded "";

    proxy_connect_timeout 5s;
    proxy_read_timeout @IDLE@;
    proxy_send_timeout @IDLE@;
    absolute_redirect off;

@LOCATIONS@}
# Every player takes two connections of a worker: see worker_connections (768 in Debian's nginx.conf).
)";

QByteArray certificate(const ProxyFacts &facts, const QByteArray &indent)
{
    if (!facts.tls)
        return {};
    const QByteArray cert = facts.certFile.isEmpty() ? "/etc/ssl/certs/" + facts.host + ".pem" : facts.certFile;
    const QByteArray key = facts.keyFile.isEmpty() ? "/etc/ssl/private/" + facts.host + ".key" : facts.keyFile;
    return indent + "ssl_certificate " + cert + ";\n" + indent + "ssl_certificate_key " + key + ";\n";
}

QByteArray rewrites(const ProxyFacts &facts)
{
    QByteArray text;
    for (const PathRewrite &rewrite : facts.rewrites)
        text += "    location = " + facts.publicPath + rewrite.from + " {\n        proxy_pass http://"
            + upstreamOf(facts) + rewrite.to + ";\n    }\n";
    return text.isEmpty() ? text : "    # Paths that clients of other servers know.\n" + text + '\n';
}

// proxy_pass with a path replaces that of the location by it.
QByteArray locations(const ProxyFacts &facts)
{
    if (facts.publicPath.isEmpty())
        return rewrites(facts) + "    location / {\n        proxy_pass http://" + upstreamOf(facts) + ";\n    }\n";
    const bool passesOn = facts.passesPrefixOn();
    return "    location = " + facts.publicPath + " {\n        return 308 " + facts.publicPath
        + "/$is_args$args;\n    }\n" + rewrites(facts)
        + (passesOn ? "    # The server knows the prefix (--base-path).\n" : "    # The prefix is taken away.\n")
        + "    location " + facts.publicPath + "/ {\n        proxy_pass http://" + upstreamOf(facts)
        + (passesOn ? "" : "/") + ";\n    }\n";
}

} // namespace

QByteArray nginxText(const ProxyFacts &facts)
{
    const QByteArray path = facts.publicPath.isEmpty() ? QByteArray("the whole port is the game's.")
                                                       : "start the server with --base-path " + facts.publicPath + '.';
    const QList<std::pair<QByteArray, QByteArray>> values{
        {"PORT", QByteArray::number(facts.publicPort)},
        {"SSL", facts.tls ? " ssl" : ""},
        {"NAME", facts.host},
        {"UPSTREAM", upstreamOf(facts)},
        {"IDLE", idleOf(facts)},
        {"PATH", path},
        {"CERTIFICATE", certificate(facts, facts.proxyProtocol ? "        " : "    ")},
        {"LOCATIONS", locations(facts)}};
    return filled(facts.proxyProtocol ? streamText : serverText, values);
}

} // namespace glasshouse
