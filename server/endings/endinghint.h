// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/ending.h"

namespace glasshouse {

/// Which device on the way may have brought an ending about, by its time-out ("AWS ALB (60 s)"); empty: none that is known, or the
/// ending was no device's. A connection is silent since its last frame, whichever way it went. Pure.
[[nodiscard]] QByteArray endingHint(const Ending &ending);

} // namespace glasshouse
