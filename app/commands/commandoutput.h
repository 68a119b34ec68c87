// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcessEnvironment>

namespace glasshouse {

/// What a command that ends at once has to say.
struct CommandOutput
{
    int exitCode = 0;
    QByteArray out;   ///< for standard output
    QByteArray error; ///< for standard error, without the program's name
};

/// Prints it for the program; returns the exit code.
int print(const CommandOutput &output);

/// Does whoever sits at a terminal want colours there? NO_COLOR and TERM=dumb say no.
[[nodiscard]] bool wantsColours(const QProcessEnvironment &environment);

} // namespace glasshouse
