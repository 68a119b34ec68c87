// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <functional>
#include <vector>

namespace glasshouse {

/// One option: the single place that knows its name, what it takes, where it goes and how it is written.
struct OptionEntry
{
    enum class Kind : quint8 {
        Value,
        List,   ///< may stand several times, or hold commas
        Flag,   ///< on unless "off" is said
        Path,   ///< in a configuration file relative to that file
        Secret, ///< comes from the environment only and is never shown
    };
    const char *name = nullptr;
    const char *metavar = nullptr; ///< null: takes no value
    const char *takes = nullptr;   ///< "a port (0-65535)": the end of "… is not …"
    const char *help = nullptr;
    Kind kind = Kind::Value;
    std::function<bool(Options &, const QString &)> set = nullptr; ///< of a list: adds one; false: not a value for it
    std::function<QStringList(Options)> get = nullptr; ///< as it would be written; nothing: not set. Secret: "(set)"
    std::function<void(Options &)> clear = nullptr;    ///< of a list, or of what another option can take the place of
    const char *rival = nullptr;                       ///< the option that this one takes the place of
    std::function<QString(const QString &)> reason = nullptr; ///< says more exactly than `takes` why a value is none
};

/// In the order of --help.
[[nodiscard]] const std::vector<OptionEntry> &optionTable();
/// JWT_SECRET, which has no name on the command line or in a file.
[[nodiscard]] const OptionEntry &secretEntry();
[[nodiscard]] const OptionEntry *findOption(QStringView name);
[[nodiscard]] QStringList optionNames();
/// Those whose values differ, JWT_SECRET too; in the order of the table.
[[nodiscard]] QStringList changedOptions(const Options &before, const Options &after);
/// "max-rooms" as GLASSHOUSE_MAX_ROOMS.
[[nodiscard]] QString variableOf(const QString &option);

} // namespace glasshouse
