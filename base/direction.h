// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Seen from this side: In came from the peer (for a server, its client).
enum class Direction : quint8 { In, Out };

} // namespace glasshouse
