// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

namespace glasshouse {

/// What is wrong with a configuration.
struct ConfigFault
{
    QByteArray key; ///< the option's name: "tls-key"; empty: it is of several
    QString text;   ///< for people, to stand behind the name and a colon
    bool operator==(const ConfigFault &) const = default;
};

/// Values that can not be right, alone or beside each other. Pure; the order is that of the dialogue and of the options.
[[nodiscard]] QList<ConfigFault> configFaults(const ServerConfig &config);
/// Reads the files that a start would read: can they be read, and are the keys long enough and of the right kind?
/// Does the certificate go with its key?
[[nodiscard]] QList<ConfigFault> fileFaults(const ServerConfig &config);
/// Can be written what has to be kept? Makes nothing. fileFaults() has these as well.
[[nodiscard]] QList<ConfigFault> dataFaults(const ServerConfig &config);
/// The folders that a server with this configuration writes to; none: it keeps nothing.
[[nodiscard]] QStringList dataFoldersOf(const ServerConfig &config);

} // namespace glasshouse
