// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

/// Who gets to the host of an address, as far as the host alone tells.
enum class Reach : quint8 {
    Others,
    ThisMachine, ///< loopback, a name of it, or the address that stands for all: another device would look on itself
    Link,        ///< link-local: a machine gives it to itself where no network gave it one, and phones do not find it
};

/// `host`: a name or an address, without brackets; in any case, with a dot behind it or not. Empty leads nowhere: ThisMachine.
[[nodiscard]] Reach reachOf(const QString &host);

} // namespace glasshouse
