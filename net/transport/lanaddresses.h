// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace glasshouse {

/// Addresses under which others on the network may find this machine, the likely one first. IPv4 only: nobody types the
/// other kind into a phone. No loopback.
[[nodiscard]] QStringList lanAddresses();

/// Does an interface that runs have this address? Unlike lanAddresses() it knows of both families and of loopback, which may have
/// an address that others get to as well.
[[nodiscard]] bool isOnInterface(const QString &address);

/// Names under which others on the network may find this machine, in lower case: its host name, with the domain that the system
/// is configured with, and with ".local" (multicast DNS). Asks nobody. "localhost" is not among them.
[[nodiscard]] QStringList machineNames();

} // namespace glasshouse
