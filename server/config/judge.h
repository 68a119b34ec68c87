// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/configfaults.h"

namespace glasshouse {

/// How a configuration came about, and what it is for.
struct ConfigIntent
{
    bool production = false;        ///< it is for a public address
    QStringList allowInsecure = {}; ///< names of what is unsafe and meant
    QStringList given = {};         ///< options that somebody gave a value; the rest are defaults
    QStringList unread = {};        ///< options whose value is none, so that it is not known what was meant
};

/// All that is wrong, as a start would find it: values, alone and beside each other; files; in production what is unsafe.
/// Reads files.
[[nodiscard]] QList<ConfigFault> judge(const ServerConfig &config, const ConfigIntent &intent = {});
/// What is no reason not to start and should be known: secrets in files that others may read, unless that is refused above, or
/// allowed by its name. Asks the disk.
[[nodiscard]] QList<ConfigFault> warnings(const ServerConfig &config, const ConfigIntent &intent = {});
/// The last part of it: why this is nothing for production and nobody said that it is meant. Of no single option. Reads the
/// secret's file.
[[nodiscard]] QList<ConfigFault> refusedInProduction(ServerConfig config, const ConfigIntent &intent);

} // namespace glasshouse
