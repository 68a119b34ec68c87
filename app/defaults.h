// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

namespace glasshouse {

/// What is in force without any option: captures go to the user's data folder.
[[nodiscard]] ServerConfig defaultConfig();

} // namespace glasshouse
