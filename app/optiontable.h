// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <functional>
#include <vector>

namespace glasshouse {

/// One option: the single place that knows its name, what it takes, and where it goes.
struct OptionEntry
{
    const char *name;
    const char *metavar; ///< null: takes no value
    const char *takes;   ///< "a port (0-65535)": the end of "… is not …"; null: takes no value
    const char *help;
    std::function<bool(Options &, const QString &)> set; ///< false: not a value for it
    std::function<void(Options &)> clear = nullptr;      ///< lists only: they may stand several times, or hold commas
};

[[nodiscard]] const std::vector<OptionEntry> &optionTable();
[[nodiscard]] const OptionEntry *findOption(QStringView name);
[[nodiscard]] QStringList optionNames();

} // namespace glasshouse
