// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

namespace glasshouse {

/// Runs the server without a window until SIGINT or SIGTERM. Exit code of the program.
[[nodiscard]] int serve(const Options &options);

} // namespace glasshouse
