// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/ending.h"

namespace glasshouse {

/// Which device on the way may have ended a connection that was silent, or has lived, that long (ms): its idle time-out is as
/// long, within 2 s. "AWS ALB, nginx … (60 s)"; empty: none that is known. Names only, nothing to translate. Pure.
[[nodiscard]] QByteArrayView idleTimeoutGuess(qint64 silenceMs, qint64 lifetimeMs);

/// The guess for an ending that a device on the way may have brought about; empty for all others. A connection is silent
/// since its last frame, whichever way it went.
[[nodiscard]] QByteArrayView endingHint(const Ending &ending);

} // namespace glasshouse
