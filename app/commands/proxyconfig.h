// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/commandoutput.h"
#include "app/options.h"

#include <QProcessEnvironment>

namespace glasshouse {

/// `glasshouse proxy-config nginx|haproxy|caddy|traefik [options] [serve options]`; `arguments` are those behind
/// "proxy-config". Its own are few; the rest is read as `serve` reads it, over `base`.
[[nodiscard]] CommandOutput runProxyConfig(const QStringList &arguments, const QProcessEnvironment &environment,
                                           const ServerConfig &base);
/// The same for the program: prints.
[[nodiscard]] int proxyConfigCommand(const Options &options, const QProcessEnvironment &environment);

} // namespace glasshouse
