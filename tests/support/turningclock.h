// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

namespace glasshouse {

/// A clock that stands still until a test turns it. Its wall clock can be set, as by NTP.
class TurningClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return m_passed + 5'000'000; }
    [[nodiscard]] qint64 wallMs() const override { return m_passed + m_wallMs; }
    void turn(qint64 milliseconds) { m_passed += milliseconds; }
    void setWall(qint64 wallMs) { m_wallMs = wallMs - m_passed; }

private:
    qint64 m_passed = 0;
    qint64 m_wallMs = 1'700'000'000'000; ///< at the start
};

} // namespace glasshouse
