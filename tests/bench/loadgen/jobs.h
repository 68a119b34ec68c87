// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loadgen {

struct Options
{
    std::string job; ///< echo, fanout, games, idle or accepts
    std::string path = "/echo";
    std::string header; ///< of every request, a whole line without its end
    bool tls = false;
    uint16_t port = 0;
    int serverPid = 0; ///< its memory and processor time are read from /proc
    size_t clients = 50;
    size_t size = 64; ///< bytes of a payload
    size_t inFlight = 1;
    double rate = 0; ///< fanout: broadcasts a second; 0: as fast as they are delivered
    double seconds = 3;
    double warmUp = 0.5;
};

struct Report
{
    bool ok = true;       ///< every client got in and stayed
    double perSecond = 0; ///< messages, deliveries or connections
    double p50Us = 0;
    double p99Us = 0;
    double bytesPerClient = 0; ///< idle
    double generatorBusy = 0;  ///< share of the time; it never sleeps
    double serverCpu = 0;      ///< share of one core
};

/// A full Code Racer room and 200 people at Horse Races; the latencies say how far the beat of the races is off.
[[nodiscard]] Report games(const Options &options);
[[nodiscard]] Report run(const Options &options);

} // namespace loadgen
