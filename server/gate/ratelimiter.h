// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <cmath>
#include <optional>

namespace glasshouse {

/// A token bucket: `rate` a second on average, `burst` at once. A rate of 0 lets everything pass. Pure; time is handed in.
class RateLimiter
{
public:
    RateLimiter(double rate, double burst) : m_rate(rate), m_burst(burst), m_tokens(burst) { }

    [[nodiscard]] bool take(qint64 nowMs, double amount = 1)
    {
        if (m_rate <= 0)
            return true;
        fill(nowMs);
        if (m_tokens < amount)
            return false;
        m_tokens -= amount;
        return true;
    }
    /// Takes what is not there yet as well: in how many ms it will be. Nullopt, and nothing taken: not within `mostMs`. So who
    /// waits comes one after the other.
    [[nodiscard]] std::optional<qint64> reserve(qint64 nowMs, qint64 mostMs, double amount = 1)
    {
        if (m_rate <= 0)
            return 0;
        fill(nowMs);
        const qint64 waitMs = m_tokens >= amount ? 0 : qint64(std::ceil((amount - m_tokens) * 1000 / m_rate));
        if (waitMs > mostMs)
            return std::nullopt;
        m_tokens -= amount;
        return waitMs;
    }
    /// What was taken is not used.
    void giveBack(double amount = 1) { m_tokens = std::min(m_burst, m_tokens + amount); }
    /// Another rate from now on: what was used stays used, as far as the new burst goes.
    void setRate(double rate, double burst, qint64 nowMs)
    {
        m_tokens = std::max(0.0, burst - used(nowMs));
        m_rate = rate;
        m_burst = burst;
        m_lastMs = m_lastMs < 0 ? -1 : nowMs;
    }
    /// Would take() succeed?
    [[nodiscard]] bool has(qint64 nowMs, double amount = 1) const
    {
        return m_rate <= 0 || m_tokens + (m_lastMs < 0 ? 0 : m_rate * double(nowMs - m_lastMs) / 1000) >= amount;
    }
    /// Nothing was taken for so long that forgetting the limiter changes nothing.
    [[nodiscard]] bool isFull(qint64 nowMs) const
    {
        return m_rate <= 0 || m_lastMs < 0 || m_tokens + m_rate * double(nowMs - m_lastMs) / 1000 >= m_burst;
    }
    /// How much of the burst is taken; 0 where everything passes.
    [[nodiscard]] double used(qint64 nowMs) const
    {
        if (m_rate <= 0 || m_lastMs < 0)
            return 0;
        return std::max(0.0, m_burst - m_tokens - m_rate * double(nowMs - m_lastMs) / 1000);
    }
    /// What passes at once; 0 where everything does.
    [[nodiscard]] double burst() const { return m_rate <= 0 ? 0 : m_burst; }

private:
    double m_rate;
    double m_burst;
    double m_tokens;
    qint64 m_lastMs = -1;

    void fill(qint64 nowMs)
    {
        if (m_lastMs >= 0)
            m_tokens = std::min(m_burst, m_tokens + m_rate * double(nowMs - m_lastMs) / 1000);
        m_lastMs = nowMs;
    }
};

} // namespace glasshouse
