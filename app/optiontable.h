// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"
#include "server/config/optionrow.h"

namespace glasshouse {

using ProgramOption = OptionRow<Options>;

/// The options of the server and of the program around it, in the order of --help. Their names hold for command line,
/// environment and file.
[[nodiscard]] const std::vector<ProgramOption> &optionTable();
/// What no command line and no file takes: it comes from variables of its own.
[[nodiscard]] const std::vector<ProgramOption> &secretOptions();
/// Of both.
[[nodiscard]] const ProgramOption *findOption(QStringView name);
/// Those of optionTable().
[[nodiscard]] QStringList optionNames();
/// Those whose values differ, of both.
[[nodiscard]] QStringList changedOptions(const Options &before, const Options &after);
/// "max-rooms" as GLASSHOUSE_MAX_ROOMS.
[[nodiscard]] QString variableOf(const QString &option);

} // namespace glasshouse
