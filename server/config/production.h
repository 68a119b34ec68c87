// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

namespace glasshouse {

/// What nobody should offer the world by accident. Each can be allowed by its name (--allow-insecure).
enum class Insecurity : quint8 {
    AnyOrigin,  ///< pages of all origins may connect
    OpenAuth,   ///< everybody may play, and not from this machine only
    WeakSecret, ///< tokens can be forged by whoever guesses it
    OpenFiles,  ///< a secret stands in a file that others may read
};
[[nodiscard]] QString nameOf(Insecurity insecurity);
[[nodiscard]] QStringList insecurityNames();

struct ProductionFault
{
    Insecurity what{};
    QString text;     ///< for people
    QString help;     ///< what to do about it, for people
    QStringList keys; ///< options that it follows from
};

/// Why this configuration is nothing for a public address. Asks the disk how open its files are, and reads none: where tokens
/// are checked with a secret, `token.secret` has to hold it, also if it comes from a file. A secret that no start takes,
/// allowed or not (none, or a short one), is not judged here: configFaults() and fileFaults() name it.
[[nodiscard]] QList<ProductionFault> productionFaults(const ServerConfig &config);

} // namespace glasshouse
