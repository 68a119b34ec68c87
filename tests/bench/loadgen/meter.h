// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/loadgen/jobs.h"
#include "tests/bench/loadgen/swarm.h"

#include <algorithm>

namespace loadgen {

[[nodiscard]] double serverCpuSeconds(int pid);
[[nodiscard]] double serverResidentBytes(int pid);

/// Time, processor and latencies between begin() and end().
class Meter
{
public:
    explicit Meter(const Options &options) : m_pid(options.serverPid) { m_latencies.reserve(4'000'000); }

    void begin()
    {
        m_latencies.clear();
        m_count = 0;
        m_start = now();
        m_idle = idleNs();
        m_server = serverCpuSeconds(m_pid);
    }
    void add(size_t count) { m_count += count; }
    void addLatency(int64_t nanoseconds)
    {
        if (m_latencies.size() < m_latencies.capacity())
            m_latencies.push_back(float(nanoseconds) / 1000);
    }
    Report end(bool ok)
    {
        const double seconds = double(now() - m_start) / 1e9;
        Report report;
        report.ok = ok;
        report.perSecond = double(m_count) / seconds;
        report.p50Us = percentile(0.50);
        report.p99Us = percentile(0.99);
        report.generatorBusy = 1 - double(idleNs() - m_idle) / 1e9 / seconds;
        report.serverCpu = (serverCpuSeconds(m_pid) - m_server) / seconds;
        return report;
    }

private:
    int m_pid;
    uint64_t m_count = 0;
    int64_t m_start = 0;
    int64_t m_idle = 0;
    double m_server = 0;
    std::vector<float> m_latencies; // microseconds

    double percentile(double share)
    {
        if (m_latencies.empty())
            return 0;
        const auto at = m_latencies.begin() + std::ptrdiff_t(double(m_latencies.size() - 1) * share);
        std::nth_element(m_latencies.begin(), at, m_latencies.end());
        return double(*at);
    }
};

} // namespace loadgen
