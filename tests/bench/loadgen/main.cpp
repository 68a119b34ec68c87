// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A load generator for WebSocket servers on this machine; see scripts/bench. Prints one JSON object.
#include "tests/bench/loadgen/jobs.h"

#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

namespace {

constexpr auto usage = "loadgen --port N --job echo|fanout|games|idle|accepts [--path P] [--header LINE] [--tls on] "
                       "[--pid PID] [--clients N] [--size BYTES]\n"
                       "        [--in-flight N] [--rate BROADCASTS/S] [--seconds S] [--warm-up S]\n";

bool take(loadgen::Options &options, const std::string &name, const char *value)
{
    if (name == "--port")
        options.port = uint16_t(std::atoi(value));
    else if (name == "--job")
        options.job = value;
    else if (name == "--path")
        options.path = value;
    else if (name == "--header")
        options.header = value;
    else if (name == "--tls")
        options.tls = std::string(value) == "on";
    else if (name == "--pid")
        options.serverPid = std::atoi(value);
    else if (name == "--clients")
        options.clients = size_t(std::atoll(value));
    else if (name == "--size")
        options.size = size_t(std::atoll(value));
    else if (name == "--in-flight")
        options.inFlight = size_t(std::atoll(value));
    else if (name == "--rate")
        options.rate = std::atof(value);
    else if (name == "--seconds")
        options.seconds = std::atof(value);
    else if (name == "--warm-up")
        options.warmUp = std::atof(value);
    else
        return false;
    return true;
}

void allowManyDescriptors()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char **argv)
{
    loadgen::Options options;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc || !take(options, argv[i], argv[i + 1])) {
            std::fputs(usage, stderr);
            return 2;
        }
    }
    if (options.port == 0 || options.clients == 0 || options.inFlight == 0) {
        std::fputs(usage, stderr);
        return 2;
    }
    allowManyDescriptors();
    const loadgen::Report report = loadgen::run(options);
    std::printf(
        "{\"ok\":%s,\"perSecond\":%.1f,\"p50Us\":%.1f,\"p99Us\":%.1f,\"bytesPerClient\":%.1f,\"generatorBusy\":%"
        ".3f,\"serverCpu\":%.3f}\n",
        report.ok ? "true" : "false", report.perSecond, report.p50Us, report.p99Us, report.bytesPerClient,
        report.generatorBusy, report.serverCpu);
    return report.ok ? 0 : 1;
}
