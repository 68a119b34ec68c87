// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <deque>
#include <utility>

namespace glasshouse {

/// The rate of a rising counter over the last two seconds.
class RateMeter
{
public:
    void add(qint64 timeMs, quint64 count)
    {
        if (!m_samples.empty() && (count < m_samples.back().second || timeMs < m_samples.back().first))
            m_samples.clear(); // another server, or another clock
        m_samples.emplace_back(timeMs, count);
        while (m_samples.size() > 2 && timeMs - m_samples[1].first >= windowMs)
            m_samples.pop_front();
    }

    /// A second; 0 before two samples are there.
    [[nodiscard]] double rate() const
    {
        if (m_samples.size() < 2 || m_samples.back().first == m_samples.front().first)
            return 0;
        return double(m_samples.back().second - m_samples.front().second) * 1000
            / double(m_samples.back().first - m_samples.front().first);
    }

    void clear() { m_samples.clear(); }

private:
    static constexpr qint64 windowMs = 2000;
    std::deque<std::pair<qint64, quint64>> m_samples;
};

} // namespace glasshouse
