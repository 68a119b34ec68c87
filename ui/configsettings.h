// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/serverconfig.h"

class QSettings;

namespace glasshouse {

// The part of the configuration that has fields in the windows, in the group "server". The keys are those of the command line.

/// What is stored, over what was given.
[[nodiscard]] ServerConfig loadConfig(const QSettings &settings, ServerConfig config);
void saveConfig(QSettings &settings, const ServerConfig &config);

} // namespace glasshouse
