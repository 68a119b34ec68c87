// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"

namespace glasshouse {

/// All reasons not to start with these settings: what could not be read, and what judge() says. Each is a sentence that begins
/// with the place, with nothing in it that a terminal would obey. Reads files.
[[nodiscard]] QStringList startFaults(const Settings &settings);
/// What is no reason not to start, and should be known: the same in form. Reads files.
[[nodiscard]] QStringList startWarnings(const Settings &settings);
/// In production: why this configuration is unsafe and nobody said that it is meant. It need not be that of the options (the
/// window has changed it). Reads the secret's file.
[[nodiscard]] QStringList productionRefusals(const Options &options, const ServerConfig &config);

} // namespace glasshouse
