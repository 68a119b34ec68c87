// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

namespace glasshouse {

/// What a command that ends at once has to say.
struct CommandOutput
{
    int exitCode = 0;
    QByteArray out;   ///< for standard output
    QByteArray error; ///< for standard error, without the program's name
};

/// `glasshouse token mint …` and `token show …`; `arguments` are those behind "token". Options that the server has, too, are
/// read from the environment where they are not given. `now` in seconds since 1970.
[[nodiscard]] CommandOutput runToken(const QStringList &arguments, const QProcessEnvironment &environment, qint64 now);
/// The same for the program: prints, and reads the token of `show -` from standard input, where no list of processes shows it.
[[nodiscard]] int token(const Options &options);

} // namespace glasshouse
