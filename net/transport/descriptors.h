// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// File descriptors of this process. On systems that do not tell, the numbers are −1 and nothing is ever short.

/// Descriptors that are kept free for files of our own.
constexpr int descriptorReserve = 24;
/// Connections that a server has to have room for, or it is none.
constexpr int leastConnections = 8;

/// Raises the soft limit to the hard one. Returns the limit in force.
int raiseDescriptorLimit();
[[nodiscard]] int descriptorLimit();
/// In use; walks a directory, so not for every turn.
[[nodiscard]] int openDescriptors();
/// The limit that a program needs that has opened as much as this one: or it would accept nobody.
[[nodiscard]] int leastDescriptors();
/// Systems hand out the lowest free number, so a socket's own number tells how full the table is below it.
[[nodiscard]] bool leavesReserve(qintptr descriptor);
/// Is there room for another connection now?
[[nodiscard]] bool hasReserve();

} // namespace glasshouse
