// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/events/fault.h"

#include <optional>

namespace glasshouse {

/// What can be done at once about a start that failed: a button.
struct Remedy
{
    QString text;
    QString toolTip;
    std::optional<ServerConfig> config; ///< to start with; none: somebody has to look at the settings
    bool once = false;                  ///< only this time
};
/// The best first. `config`: what failed.
[[nodiscard]] QList<Remedy> remediesFor(const Fault &fault, const ServerConfig &config);

} // namespace glasshouse
