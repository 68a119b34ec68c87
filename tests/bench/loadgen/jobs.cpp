// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/loadgen/jobs.h"

#include "tests/bench/loadgen/swarm.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace loadgen {

namespace {

constexpr std::string_view envelopeStart = R"({"type":"m","data":")";
constexpr size_t timeDigits = 20;

double generatorCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double serverCpuSeconds(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 1)));
    std::string skipped;
    double user = 0;
    double system = 0;
    for (int i = 3; i < 14; ++i) // fields 14 and 15, counted from 1, are what we want; the name was 2
        fields >> skipped;
    fields >> user >> system;
    return (user + system) / double(sysconf(_SC_CLK_TCK));
}

double serverResidentBytes(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * double(sysconf(_SC_PAGESIZE));
}

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
        m_generator = generatorCpuSeconds();
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
        report.generatorCpu = (generatorCpuSeconds() - m_generator) / seconds;
        report.serverCpu = (serverCpuSeconds(m_pid) - m_server) / seconds;
        return report;
    }

private:
    int m_pid;
    uint64_t m_count = 0;
    int64_t m_start = 0;
    double m_generator = 0;
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

void pollFor(Swarm &swarm, double seconds)
{
    const int64_t end = now() + int64_t(seconds * 1e9);
    while (now() < end)
        swarm.poll(1);
}

Report echo(const Options &options)
{
    Swarm swarm(options.port, options.path);
    if (!swarm.connectAll(options.clients))
        return {.ok = false};
    Meter meter(options);
    const std::string frame = maskedFrame(std::string(options.size, 'x'));
    std::string burst;
    for (size_t i = 0; i < options.inFlight; ++i)
        burst += frame;
    const auto sendNow = [&](Client &client, size_t count, int64_t time) {
        for (size_t i = 0; i < count; ++i)
            client.sentAt[(client.oldest + options.inFlight - count + i) % options.inFlight] = time;
        swarm.send(client, std::string_view(burst).substr(0, frame.size() * count));
    };
    swarm.received = [&](Client &client, size_t count, std::string_view) {
        const int64_t time = now();
        for (size_t i = 0; i < count; ++i)
            meter.addLatency(time - client.sentAt[(client.oldest + i) % options.inFlight]);
        client.oldest = (client.oldest + count) % options.inFlight;
        meter.add(count);
        sendNow(client, count, time);
    };
    for (const auto &client : swarm.clients()) {
        client->sentAt.resize(options.inFlight);
        sendNow(*client, options.inFlight, now());
    }
    pollFor(swarm, options.warmUp);
    meter.begin();
    pollFor(swarm, options.seconds);
    return meter.end(swarm.lost() == 0);
}

std::string envelope(int64_t time, size_t size)
{
    char digits[timeDigits + 1];
    std::snprintf(digits, sizeof digits, "%020lld", static_cast<long long>(time));
    return std::string(envelopeStart) + digits + std::string(size - std::min(size, timeDigits), 'x') + "\"}";
}

// The first client sends, all others get it. Every server here leaves the beginning of the envelope as it was, so the
// time at which a message was meant to leave comes back in it.
Report fanout(const Options &options)
{
    constexpr double window = 4; // broadcasts that are not delivered yet
    Swarm swarm(options.port, options.path);
    if (!swarm.connectAll(options.clients + 1))
        return {.ok = false};
    swarm.waitForQuiet(500); // everybody has been told of everybody
    Meter meter(options);
    uint64_t sent = 0;
    uint64_t delivered = 0;
    swarm.received = [&](Client &, size_t count, std::string_view last) {
        delivered += count;
        meter.add(count);
        if (last.size() >= envelopeStart.size() + timeDigits && last.starts_with(envelopeStart))
            meter.addLatency(now() - std::atoll(std::string(last.substr(envelopeStart.size(), timeDigits)).c_str()));
    };
    Client &sender = *swarm.clients().front();
    int64_t start = now();
    const auto sendDue = [&] {
        const int64_t time = now();
        const auto due = [&] {
            return options.rate > 0 ? start + int64_t(double(sent) * 1e9 / options.rate) <= time
                                    : double(sent) - double(delivered) / double(options.clients) < window;
        };
        for (; due(); ++sent)
            swarm.send(
                sender,
                maskedFrame(envelope(options.rate > 0 ? start + int64_t(double(sent) * 1e9 / options.rate) : time,
                                     options.size)));
    };
    const auto loop = [&](double seconds) {
        for (const int64_t end = now() + int64_t(seconds * 1e9); now() < end;) {
            sendDue();
            swarm.poll(1);
        }
    };
    loop(options.warmUp);
    meter.begin();
    loop(options.seconds);
    return meter.end(swarm.lost() == 0);
}

Report idle(const Options &options)
{
    Swarm swarm(options.port, options.path);
    if (!swarm.connectAll(100)) // what the first ones cost is not the price of the next one
        return {.ok = false};
    swarm.waitForQuiet(500);
    const double before = serverResidentBytes(options.serverPid);
    Meter meter(options);
    meter.begin();
    const bool ok = swarm.connectAll(options.clients);
    swarm.waitForQuiet(500);
    Report report = meter.end(ok && swarm.lost() == 0);
    report.perSecond = 0;
    report.bytesPerClient = (serverResidentBytes(options.serverPid) - before) / double(options.clients);
    return report;
}

Report accepts(const Options &options)
{
    Swarm swarm(options.port, options.path);
    Meter meter(options);
    std::vector<Client *> done;
    swarm.opened = [&](Client &client) {
        meter.add(1);
        done.push_back(&client);
    };
    const auto loop = [&](double seconds) {
        for (const int64_t end = now() + int64_t(seconds * 1e9); now() < end;) {
            while (swarm.clients().size() < options.clients)
                swarm.add();
            swarm.poll(1);
            for (Client *client : done)
                swarm.drop(*client);
            done.clear();
            swarm.removeDropped();
        }
    };
    loop(options.warmUp);
    meter.begin();
    loop(options.seconds);
    return meter.end(swarm.lost() == 0);
}

} // namespace

Report run(const Options &options)
{
    if (options.job == "echo")
        return echo(options);
    if (options.job == "fanout")
        return fanout(options);
    if (options.job == "idle")
        return idle(options);
    if (options.job == "accepts")
        return accepts(options);
    std::fprintf(stderr, "unknown job: %s\n", options.job.c_str());
    std::exit(2);
}

} // namespace loadgen
