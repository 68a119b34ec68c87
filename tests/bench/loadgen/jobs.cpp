// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/loadgen/jobs.h"

#include "tests/bench/loadgen/meter.h"
#include "tests/bench/loadgen/swarm.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace loadgen {

namespace {

constexpr std::string_view envelopeStart = R"({"type":"m","data":")";
constexpr size_t timeDigits = 20;

void pollFor(Swarm &swarm, double seconds)
{
    const int64_t end = now() + int64_t(seconds * 1e9);
    while (now() < end)
        swarm.poll(1);
}

/// Frames that follow each other, none like the one before: nobody shall win by having seen a payload just now.
std::string distinctFrames(size_t count, size_t size)
{
    std::string frames;
    for (size_t i = 0; i < count; ++i) {
        char number[9];
        std::snprintf(number, sizeof number, "%08zu", i);
        std::string payload(size, 'x');
        frames += maskedFrame(payload.replace(0, std::min<size_t>(size, 8), number, std::min<size_t>(size, 8)));
    }
    return frames;
}

Report echo(const Options &options)
{
    Swarm swarm(options, options.path);
    if (!swarm.connectAll(options.clients))
        return {.ok = false};
    Meter meter(options);
    const size_t frameSize = maskedFrame(std::string(options.size, 'x')).size();
    const std::string frames = distinctFrames(options.clients + options.inFlight, options.size);
    const auto sendNow = [&](Client &client, size_t count, int64_t time) {
        for (size_t i = 0; i < count; ++i)
            client.sentAt[(client.oldest + options.inFlight - count + i) % options.inFlight] = time;
        swarm.send(client, std::string_view(frames).substr(frameSize * client.index, frameSize * count));
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
    Swarm swarm(options, options.path);
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
    Swarm swarm(options, options.path);
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
    Swarm swarm(options, options.path);
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
    if (options.job == "games")
        return games(options);
    if (options.job == "accepts")
        return accepts(options);
    std::fprintf(stderr, "unknown job: %s\n", options.job.c_str());
    std::exit(2);
}

} // namespace loadgen
