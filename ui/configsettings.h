// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

class QSettings;

namespace glasshouse {

// The configuration as the windows change it, in the group "server". The keys are those of the command line. Secrets are not
// among them.

/// What is stored, over what was given. Values that can not be right are left out where the type shows it.
[[nodiscard]] ServerConfig loadConfig(const QSettings &settings, ServerConfig config);
/// Stores what is not as it was `before`: the rest may have come from the command line, which is for one time only.
void saveConfig(QSettings &settings, const ServerConfig &config, const ServerConfig &before);

} // namespace glasshouse
