// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/rooms/clock.h"

namespace glasshouse {

/// A clock that stands still until a test turns it.
class TurningClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return m_passed + 5'000'000; }
    [[nodiscard]] qint64 wallMs() const override { return m_passed + 1'700'000'000'000; }
    void turn(qint64 milliseconds) { m_passed += milliseconds; }

private:
    qint64 m_passed = 0;
};

} // namespace glasshouse
