// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/commandoutput.h"
#include "app/settings.h"

namespace glasshouse {

/// `glasshouse check-config`: every option with the value in force and where that came from, in columns or, with --json, as
/// objects `{"option","value","layer","from"}`; then all that would keep the server from starting: with --json as objects
/// `{"error"}`, else as lines for standard error. Exit code 2 if there is such a thing. Secrets show as "(set)".
[[nodiscard]] CommandOutput checkConfig(const Settings &settings);

} // namespace glasshouse
