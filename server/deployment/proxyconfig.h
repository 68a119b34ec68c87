// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

#include <optional>

namespace glasshouse {

enum class ProxyKind : quint8 { Nginx, Haproxy, Caddy, Traefik };

constexpr ProxyKind proxyKinds[] = {ProxyKind::Nginx, ProxyKind::Haproxy, ProxyKind::Caddy, ProxyKind::Traefik};

/// "nginx", "HAProxy", "Caddy", "Traefik"; in small letters on the command line.
[[nodiscard]] QByteArray proxyName(ProxyKind kind);
[[nodiscard]] std::optional<ProxyKind> proxyKind(QByteArrayView name);
/// What the file is called where it usually lies: "/etc/nginx/conf.d/glasshouse.conf".
[[nodiscard]] QByteArray proxyFile(ProxyKind kind);

struct PathRewrite
{
    QByteArray from; ///< behind the public path: "/api/match/game"
    QByteArray to;   ///< at the server: "/api/game"
    bool operator==(const PathRewrite &) const = default;
};

/// What a proxy's configuration is made from.
struct ProxyFacts
{
    QByteArray host = "play.example.org"; ///< under which players come; IPv6 in brackets
    quint16 publicPort = 443;
    bool tls = true;       ///< players speak TLS with the proxy
    QByteArray certFile;   ///< PEM; empty: a place holder, or the proxy gets one by itself
    QByteArray keyFile;    ///< PEM
    QByteArray publicPath; ///< "/prefix", in front of everything at the proxy; empty: the whole host is the game's
    QByteArray basePath;   ///< the server's own; the prefix is passed on where both are the same, else taken away
    QByteArray upstreamHost = "127.0.0.1"; ///< of the server, as the proxy reaches it; IPv6 in brackets
    quint16 upstreamPort = 8080;
    QByteArray proxyAddress = "127.0.0.1"; ///< of the proxy, as the server sees it
    QList<PathRewrite> rewrites{{"/api/match/game", "/api/game"}};
    bool proxyProtocol = false; ///< the client's address travels in a PROXY header instead of X-Forwarded-For
    Limits limits;              ///< the heartbeat decides the time-outs; the rest is for the comments

    [[nodiscard]] bool passesPrefixOn() const { return basePath == publicPath; }
    bool operator==(const ProxyFacts &) const = default;
};

/// From a configuration that may be running; `port`: where it really listens (0: as configured). What is not known stays a
/// place holder that is easy to see.
[[nodiscard]] ProxyFacts proxyFacts(const ServerConfig &config, quint16 port = 0);
/// How long a proxy has to let a silent connection live, in seconds: longer than the heartbeat and its answer take together.
/// Without a heartbeat an hour: nobody else keeps it alive.
[[nodiscard]] int proxyIdleSeconds(const Limits &limits);
/// The address that players use: "https://play.example.org/prefix", without the port that goes without saying.
[[nodiscard]] QByteArray publicUrlOf(const ProxyFacts &facts);
/// The options of `glasshouse serve` that go with the configuration.
[[nodiscard]] QByteArray serveOptions(const ProxyFacts &facts);

/// A complete, commented configuration. A fact that could break out of its place in the file (white space, quotes, braces) is
/// replaced by the place holder.
[[nodiscard]] QByteArray proxyConfig(ProxyKind kind, const ProxyFacts &facts);

} // namespace glasshouse
