// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientladder.h"

#include <algorithm>
#include <cmath>

namespace glasshouse {

int TestClientLadder::rung(const TestClientReconnect &policy, int index)
{
    const double wait = policy.firstMs * std::pow(std::max(1.0, policy.factor), index);
    return int(std::clamp(wait, 1.0, double(std::max(1, policy.maxMs)))); // pow may be infinite: clamp before the cast
}

int TestClientLadder::next(double chance)
{
    const int wait = rung(m_policy, m_attempt++);
    const double shift = std::clamp(m_policy.jitter, 0.0, 1.0) * (2 * chance - 1);
    return std::max(1, int(std::lround(wait * (1 + shift))));
}

} // namespace glasshouse
