// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/events/fault.h"

#include <functional>

namespace glasshouse {

/// What can be done at once about a start that failed: a button.
struct Remedy
{
    QString text;
    QString toolTip;
    /// Of what is configured when the button is pressed; none: somebody has to look at the settings.
    std::function<void(ServerConfig &)> change;
    bool once = false; ///< only this time
};
/// The best first.
[[nodiscard]] QList<Remedy> remediesFor(const Fault &fault);

} // namespace glasshouse
