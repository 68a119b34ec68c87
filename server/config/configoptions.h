// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/optionrow.h"
#include "server/config/serverconfig.h"

namespace glasshouse {

using ConfigOption = OptionRow<ServerConfig>;

/// Every option of a server, in the order of --help. JWT_SECRET, which is a variable only, is among them.
[[nodiscard]] const std::vector<ConfigOption> &configOptions();

/// The same with its names and addresses in the form in which they are compared, however they were written.
[[nodiscard]] ServerConfig normalised(ServerConfig config);

} // namespace glasshouse
