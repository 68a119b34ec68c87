// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace glasshouse {

/// Addresses under which others on the network may find this machine, the likely one first. IPv4 only: nobody types the
/// other kind into a phone. No loopback.
[[nodiscard]] QStringList lanAddresses();

} // namespace glasshouse
