// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/turnclock.h"

#include <chrono>

namespace glasshouse {

qint64 steadyWallUs()
{
    using namespace std::chrono;
    const auto steadyUs = [] { return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count(); };
    // The wall clock is looked at once: a later correction of it must not turn frames around.
    static const qint64 offset =
        duration_cast<microseconds>(system_clock::now().time_since_epoch()).count() - steadyUs();
    return offset + steadyUs();
}

} // namespace glasshouse
