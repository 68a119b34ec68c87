// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse::persistence {

/// Persistent connections (RFC 9112, section 9.3). Constants, until somebody needs one of them to be an option.

constexpr int idleSeconds =
    10; ///< between two requests: a page asks for what it needs within seconds, then it has a socket
constexpr qint64 lingerMs = 2'000; ///< for the peer to take an answer behind which the connection ends
constexpr int requests = 100;      ///< of one connection: whoever asks more begins anew, and is counted anew
constexpr int idleConnections =
    1'024; ///< in all. They do not count as connections, and go first when descriptors are short
constexpr int idlePerAddress =
    192; ///< thirty browsers with six each behind one router; others connect anew, which costs little
constexpr qint64 smallBytes = 16 * 1024;        ///< that came in: for so many there is always memory
constexpr qsizetype pipelinedBytes = 64 * 1024; ///< that wait for their turn; more is left in the system

} // namespace glasshouse::persistence
