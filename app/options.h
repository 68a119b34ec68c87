// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

#include <QStringList>

namespace glasshouse {

enum class LogLevel : quint8 { Error, Warning, Info, Debug };

/// What the program was asked to do.
struct Options
{
    enum class Command : quint8 {
        Window,
        Serve,
        CheckConfig,
        Token,
        Certificate,
        ProxyConfig,
        Connect,
        Doctor,
        Help,
        Version
    };
    Command command = Command::Window;
    ServerConfig server;
    QString configFile; ///< empty: none
    QString logFile;    ///< empty: standard error
    LogLevel logLevel = LogLevel::Info;
    qint64 logMaxBytes = 64LL * 1024 * 1024; ///< then the file is put aside; 0: never
    int logKeep = 4;                         ///< files that were put aside
    bool production = false;                 ///< refuses what productionFaults() finds
    QStringList allowInsecure;               ///< names of faults that are meant
    bool noStart = false;                    ///< window: do not start the server at once
    bool demo = false;                       ///< rooms with bots
    bool json = false;                       ///< of a command: one object a line
    QStringList arguments; ///< of a command that reads its own (Token, Certificate, ProxyConfig, Connect, Doctor)
};

enum class OptionsError : quint8 { UnknownCommand, UnknownOption, MissingValue, BadValue, StandsTwice, BadFile };

struct OptionFacts;

/// An option in a text of help; the words for people begin behind `width` letters.
[[nodiscard]] QString helpLine(const OptionFacts &option, int width = 28);
/// Text of --help.
[[nodiscard]] QString helpText();

} // namespace glasshouse
