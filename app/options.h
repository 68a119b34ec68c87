// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/protocol/result.h"
#include "server/serverconfig.h"

#include <QProcessEnvironment>

namespace glasshouse {

enum class LogLevel : quint8 { Error, Warning, Info, Debug };

/// What the program was asked to do.
struct Options
{
    enum class Command : quint8 { Window, Serve, Token, ProxyConfig, Certificate, Help, Version };
    Command command = Command::Window;
    ServerConfig server;
    QString logFile; ///< empty: standard error
    LogLevel logLevel = LogLevel::Info;
    bool noStart = false;  ///< window: do not start the server at once
    bool demo = false;     ///< rooms with bots
    QStringList given;     ///< options that were set by the command line or the environment
    QStringList arguments; ///< of a command that reads its own
};

enum class OptionsError : quint8 { UnknownCommand, UnknownOption, MissingValue, BadValue };

/// Command line > environment (GLASSHOUSE_<OPTION>, PORT, CORS_ALLOWED_ORIGINS, FRONTEND_URL) > `base`. An error names the
/// option and what it takes.
[[nodiscard]] Result<Options, OptionsError>
parseOptions(const QStringList &arguments, const QProcessEnvironment &environment, const ServerConfig &base);
/// Text of --help.
[[nodiscard]] QString helpText();

} // namespace glasshouse
