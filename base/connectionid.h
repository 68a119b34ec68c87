// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Numbers a connection from 1 in the order of accept, for the life of the program. 0: no connection.
enum class ConnectionId : quint32 {};

} // namespace glasshouse
