// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"

namespace glasshouse {

/// Runs the server without a window until SIGINT or SIGTERM; a second one does not wait for games. SIGHUP reads all settings
/// again, over the same environment. Exit code of the program.
[[nodiscard]] int serve(const Settings &settings, const QProcessEnvironment &environment);

} // namespace glasshouse
