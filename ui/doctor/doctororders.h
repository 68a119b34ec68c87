// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctor.h"
#include "server/snapshot.h"

#include <optional>

namespace glasshouse {

// What a doctor is asked about our own server. Without secrets: tokens of others are not known here.

/// It as the client of this connection saw it: its path, Host, Origin and subprotocols. Only this server is asked, whatever the
/// client called it. Nullopt: nothing is known of what it asked for.
[[nodiscard]] std::optional<DoctorOrder> orderLike(const ConnectionInfo &connection, const ListenInfo &server);
/// It at the address that people use; `asksForToken`: where that is asked for, the way that needs none.
[[nodiscard]] DoctorOrder ownOrder(const ListenInfo &server, bool asksForToken);

/// As long as a silent connection of this order can be watched, in ms: our own server ends some, which says nothing of the way.
[[nodiscard]] qint64 longestIdleMs(const DoctorOrder &order);

} // namespace glasshouse
