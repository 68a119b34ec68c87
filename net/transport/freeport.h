// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace glasshouse {

/// For who can not listen on a port: one at the same address that is free now, and easy to remember. 8080: 8081; 80: 8080; 443:
/// 8443. 0: there is none. Anybody may take it before it is used.
[[nodiscard]] quint16 freePortInstead(const QHostAddress &address, quint16 port);

} // namespace glasshouse
