// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/token.h"

namespace glasshouse {

/// `glasshouse proxy-config nginx|haproxy|caddy|traefik [options] [serve options]`; `arguments` are those behind
/// "proxy-config". What concerns the proxy is read here, the rest as `serve` reads it, over `base`.
[[nodiscard]] CommandOutput runProxyConfig(const QStringList &arguments, const QProcessEnvironment &environment,
                                           const ServerConfig &base);
/// The same for the program: prints.
[[nodiscard]] int proxyConfigCommand(const Options &options);

} // namespace glasshouse
