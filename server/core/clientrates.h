// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/gate/ratelimiter.h"

namespace glasshouse {

/// How much one client may send.
struct ClientRates
{
    RateLimiter messages{0, 0};
    RateLimiter bytes{0, 0};
    RateLimiter controlFrames{0, 0};

    /// What was used stays used.
    void setLimits(const Limits &limits, qint64 nowMs);
};

} // namespace glasshouse
