// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/commandoutput.h"
#include "app/options.h"

#include <QProcessEnvironment>

namespace glasshouse {

/// `glasshouse token mint …` and `token show …`; `arguments` are those behind "token". Options that the server has, too, are
/// read from the environment where they are not given. `now` in seconds since 1970.
[[nodiscard]] CommandOutput runToken(const QStringList &arguments, const QProcessEnvironment &environment, qint64 now);
/// The same for the program: prints, and reads the token of `show -` from standard input, where no list of processes shows it.
[[nodiscard]] int token(const Options &options, const QProcessEnvironment &environment);

} // namespace glasshouse
