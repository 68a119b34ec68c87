// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"

namespace glasshouse {

/// How long to wait before the next attempt. Pure; chance is handed in.
class TestClientLadder
{
public:
    explicit TestClientLadder(TestClientReconnect policy = {}) : m_policy(policy) { }

    [[nodiscard]] const TestClientReconnect &policy() const { return m_policy; }
    /// Attempts since the first or the last stable connection.
    [[nodiscard]] int attempt() const { return m_attempt; }
    /// Takes the next rung: milliseconds to wait. `chance` in [0, 1).
    [[nodiscard]] int next(double chance);
    void reset() { m_attempt = 0; }
    /// The wait of a rung (from 0) without jitter.
    [[nodiscard]] static int rung(const TestClientReconnect &policy, int index);

private:
    TestClientReconnect m_policy;
    int m_attempt = 0;
};

} // namespace glasshouse
