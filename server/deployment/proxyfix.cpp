// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxytest.h"

namespace glasshouse {

namespace {

struct Lines
{
    const char *nginx;
    const char *haproxy;
    const char *caddy;
    const char *traefik;
};

QByteArray lineFor(const Lines &lines, ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::Nginx:
        return lines.nginx;
    case ProxyKind::Haproxy:
        return lines.haproxy;
    case ProxyKind::Caddy:
        return lines.caddy;
    case ProxyKind::Traefik:
        return lines.traefik;
    }
    return {};
}

constexpr Lines upgrade{"proxy_http_version 1.1;\n"
                        "proxy_set_header Upgrade $http_upgrade;\n"
                        "proxy_set_header Connection $glasshouse_connection;  # see the map in the generated file",
                        "mode http        # and no: http-request del-header Upgrade, option httpclose",
                        "reverse_proxy passes upgrades on; look for: header_up -Upgrade",
                        "Traefik passes upgrades on; look for a middleware that sets Connection or Upgrade"};
constexpr Lines oldHttp{"proxy_http_version 1.1;", "mode http", "transport http {\n    versions 1.1\n}",
                        "nothing in Traefik: look for another proxy behind it"};
constexpr Lines host{"proxy_set_header Host $http_host;   # not $host, which drops the port, and not $proxy_host",
                     "no: http-request set-header Host …", "no: header_up Host …", "passHostHeader: true"};
constexpr Lines address{"proxy_set_header X-Forwarded-For $remote_addr;\n"
                        "proxy_set_header X-Real-IP \"\";\nproxy_set_header Forwarded \"\";",
                        "http-request set-header X-Forwarded-For %[src]\n"
                        "http-request del-header X-Real-IP\nhttp-request del-header Forwarded",
                        "header_up -X-Real-IP\nheader_up -Forwarded     # X-Forwarded-For is set by Caddy itself",
                        "customRequestHeaders:\n  Forwarded: \"\"     # and no forwardedHeaders.insecure"};
constexpr Lines scheme{"proxy_set_header X-Forwarded-Proto $scheme;", "http-request set-header X-Forwarded-Proto https",
                       "no: header_up X-Forwarded-Proto …", "no: customRequestHeaders with X-Forwarded-Proto"};
constexpr Lines path{
    "location /prefix/ { proxy_pass http://127.0.0.1:8080/; }   # the last slash takes the prefix away",
    "http-request replace-path ^/prefix/(.*) /\\1 if { path_beg /prefix/ }", "handle_path /prefix/* { … }",
    "stripPrefix:\n  prefixes:\n    - \"/prefix\""};
constexpr Lines idle{"proxy_read_timeout 60s;\nproxy_send_timeout 60s;", "timeout tunnel 60s",
                     "no time-out of Caddy's: look for another proxy in front of it",
                     "respondingTimeouts:\n  readTimeout: 0s\n  idleTimeout: 60s"};
constexpr Lines compression{"gzip off;", "no: compression algo", "no: encode", "no compress middleware"};
constexpr Lines upstream{"proxy_pass http://127.0.0.1:8080;", "server glasshouse 127.0.0.1:8080",
                         "reverse_proxy 127.0.0.1:8080", "servers:\n  - url: \"http://127.0.0.1:8080\""};
constexpr Lines redirect{"no: return 301, rewrite … permanent for the paths of the game", "no: http-request redirect",
                         "no: redir", "no redirectScheme, redirectRegex middleware"};

} // namespace

QByteArray proxyFix(ProxyFault fault, ProxyKind kind)
{
    switch (fault) {
    case ProxyFault::UpstreamDown:
        return lineFor(upstream, kind) + "\n# or tell the server where to listen: --bind, --port";
    case ProxyFault::Redirected:
        return lineFor(redirect, kind);
    case ProxyFault::OldHttp:
        return lineFor(oldHttp, kind);
    case ProxyFault::UnknownPath:
        return lineFor(path, kind) + "\n# or tell the server: --base-path /prefix";
    case ProxyFault::PathRewritten:
    case ProxyFault::QueryChanged:
        return lineFor(path, kind);
    case ProxyFault::HostChanged:
    case ProxyFault::PortLost:
        return lineFor(host, kind);
    case ProxyFault::OriginRefused:
        return lineFor(host, kind) + "\n# or tell the server: --allow-origin https://play.example.org";
    case ProxyFault::HostRefused:
        return "# tell the server: --public-url https://play.example.org, or --allow-host play.example.org";
    case ProxyFault::AddressLost:
        return lineFor(address, kind);
    case ProxyFault::ProxyNotTrusted:
        return "# tell the server: --trusted-proxy ADDRESS (that of the connection)";
    case ProxyFault::AddressDoubtful:
    case ProxyFault::ForgeryBelieved:
    case ProxyFault::ForgeryPassedOn:
        return lineFor(address, kind);
    case ProxyFault::SchemeLost:
        return lineFor(scheme, kind) + "\n# and tell the server: --trusted-proxy ADDRESS (that of the connection)";
    case ProxyFault::Compressed:
        return lineFor(compression, kind);
    case ProxyFault::UpgradeDropped:
    case ProxyFault::UpgradeBroken:
        return lineFor(upgrade, kind);
    case ProxyFault::IdleTooShort:
        return lineFor(idle, kind) + "\n# or tell the server: --heartbeat-seconds, less than half of the time found";
    case ProxyFault::Unreachable:
    case ProxyFault::OtherServer:
    case ProxyFault::NonceRefused:
    case ProxyFault::PrefixKept:
    case ProxyFault::PrefixStripped:
    case ProxyFault::BodyAltered:
    case ProxyFault::SocketRefused:
    case ProxyFault::SocketUnreachable:
    case ProxyFault::EchoLost:
    case ProxyFault::IdleFound:
    case ProxyFault::IdleNone:
    case ProxyFault::SocketFine:
    case ProxyFault::HttpFine:
        return {};
    }
    return {};
}

} // namespace glasshouse
