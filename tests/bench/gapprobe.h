// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <ctime>
#include <utility>
#include <vector>

namespace glasshouse {

inline double threadCpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

inline double atShare(std::vector<double> values, double share)
{
    if (values.empty())
        return -1;
    std::sort(values.begin(), values.end());
    return values[size_t(share * double(values.size() - 1))];
}

/// Notes how long after the last time a timer of 1 ms came, and how much of that the thread was at work: on a busy machine
/// it also waits for a processor.
class GapProbe
{
public:
    GapProbe()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { note(); });
    }
    void start()
    {
        m_clock.start();
        m_cpuBefore = threadCpuMs();
        m_timer.start();
    }
    [[nodiscard]] double gapMs(double share) const { return atShare(m_gaps, share); }
    [[nodiscard]] double workMs(double share) const { return atShare(m_works, share); }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_cpuBefore = 0;
    std::vector<double> m_gaps, m_works;

    void note()
    {
        const double cpu = threadCpuMs();
        m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6);
        m_works.push_back(cpu - std::exchange(m_cpuBefore, cpu));
        m_clock.start();
    }
};

} // namespace glasshouse
