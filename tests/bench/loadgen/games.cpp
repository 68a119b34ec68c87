// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A full house: one room of typists and rooms of people who watch horses run. How even is the beat of the races?
#include "tests/bench/loadgen/jobs.h"
#include "tests/bench/loadgen/meter.h"
#include "tests/bench/loadgen/swarm.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace loadgen {

namespace {

constexpr size_t racers = 64;
constexpr size_t bettors = 200;
constexpr size_t derbies = 4;
constexpr int64_t reportNs = 125'000'000; // between two reports of a typist
constexpr int64_t beatNs = 100'000'000;   // between two race_syncs
constexpr int64_t patienceNs = 40'000'000'000;
constexpr std::string_view beat = R"({"type":"race_sync")";

/// Makes a room; false: the server did not say 201.
bool makeRoom(uint16_t port, const std::string &json)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string request = "POST /api/v1/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                "Content-Length: "
        + std::to_string(json.size()) + "\r\n\r\n" + json;
    char answer[16] = {};
    const bool ok = connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
        && write(fd, request.data(), request.size()) == ssize_t(request.size())
        && recv(fd, answer, 12, MSG_WAITALL) == 12 && std::string_view(answer, 12) == "HTTP/1.1 201";
    close(fd);
    return ok;
}

/// A room of bettors; notes how far each beat is from its time.
struct Derby
{
    std::unique_ptr<Swarm> swarm;
    int64_t lastBeat = 0;
};

std::string progress(int errors)
{
    return maskedFrame(R"({"type":"progress","data":{"position":50,"errors":)" + std::to_string(errors) + "}}");
}

class FullHouse
{
public:
    explicit FullHouse(const Options &options)
        : m_options(options),
          m_typists(options, "/ws/bench-race"),
          m_meter(options)
    { }

    [[nodiscard]] Report run()
    {
        if (!open())
            return {.ok = false};
        m_typists.send(*m_typists.clients().front(), maskedFrame(R"({"type":"start"})"));
        for (const int64_t end = now() + patienceNs; !allRunning();) {
            if (now() > end)
                return {.ok = false};
            turn(false);
        }
        m_meter.begin();
        for (const int64_t end = now() + int64_t(m_options.seconds * 1e9); now() < end;)
            turn(true);
        return m_meter.end(lost() == 0);
    }

private:
    const Options &m_options;
    Swarm m_typists;
    std::vector<Derby> m_derbies;
    Meter m_meter;
    int64_t m_nextReport = 0;
    int64_t m_racingSince = 0;
    int m_reports = 0;

    bool open()
    {
        m_derbies.resize(derbies);
        bool ok = makeRoom(m_options.port, R"({"game":"code-racer","room":"bench-race","options":{"length":"long"}})")
            && m_typists.connectAll(racers);
        m_typists.received = [this](Client &, size_t count, std::string_view) { m_meter.add(count); };
        for (size_t i = 0; i < derbies && ok; ++i) {
            const std::string room = "bench-derby-" + std::to_string(i);
            ok = makeRoom(m_options.port,
                          R"({"game":"horse-race","room":")" + room + R"(","options":{"betSeconds":5}})");
            m_derbies[i].swarm = std::make_unique<Swarm>(m_options, "/ws/" + room);
            ok = ok && m_derbies[i].swarm->connectAll(bettors / derbies);
            m_derbies[i].swarm->received = [this, i](Client &client, size_t count, std::string_view last) {
                heard(m_derbies[i], client, count, last);
            };
        }
        return ok;
    }

    void heard(Derby &derby, const Client &client, size_t count, std::string_view last)
    {
        m_meter.add(count);
        if (client.index != 0 || !last.starts_with(beat))
            return;
        const int64_t time = now();
        const int64_t gap = time - std::exchange(derby.lastBeat, time);
        if (gap < 10 * beatNs) // else a race came to its end in between
            m_meter.addLatency(std::abs(gap - beatNs));
    }

    [[nodiscard]] bool allRunning() const
    {
        return std::ranges::all_of(m_derbies, [](const Derby &derby) { return derby.lastBeat != 0; });
    }

    [[nodiscard]] size_t lost() const
    {
        size_t lost = m_typists.lost();
        for (const Derby &derby : m_derbies)
            lost += derby.swarm->lost();
        return lost;
    }

    void turn(bool typing)
    {
        if (typing && now() >= m_nextReport) {
            m_nextReport = now() + reportNs;
            const std::string frame = progress(++m_reports);
            for (const auto &client : m_typists.clients())
                m_typists.send(*client, frame);
        }
        m_typists.poll(0);
        for (size_t i = 0; i < m_derbies.size(); ++i)
            m_derbies[i].swarm->poll(i == 0 ? 1 : 0);
    }
};

} // namespace

Report games(const Options &options) { return FullHouse(options).run(); }

} // namespace loadgen
