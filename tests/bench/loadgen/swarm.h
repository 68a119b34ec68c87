// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/loadgen/jobs.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct epoll_event;
struct ssl_ctx_st;
struct ssl_st;

namespace loadgen {

/// Nanoseconds of the monotonic clock.
[[nodiscard]] int64_t now();
/// Nanoseconds in which poll() found nothing to do.
[[nodiscard]] int64_t idleNs();
/// A masked text frame. The key is fixed, but never zero: the server has to unmask.
[[nodiscard]] std::string maskedFrame(std::string_view payload);

/// One WebSocket client. Reads frames without keeping them; writes bytes that others own until they are sent.
struct Client
{
    enum class State { Connecting, Handshaking, Upgrading, Open, Gone };

    int fd = -1;
    ssl_st *tls = nullptr; ///< null: plain
    size_t index = 0;
    State state = State::Connecting;
    uint8_t headSize = 0; ///< bytes of a frame header that came without its rest
    uint64_t payloadLeft = 0;
    unsigned char head[10] = {};
    uint64_t messages = 0; ///< received
    std::string unsent;
    std::vector<int64_t> sentAt; ///< ring: the jobs note when a message left
    size_t oldest = 0;
};

/// Many clients on one epoll descriptor, on the calling thread.
class Swarm
{
public:
    Swarm(const Options &options, const std::string &path);
    ~Swarm();
    Swarm(const Swarm &) = delete;
    Swarm &operator=(const Swarm &) = delete;

    /// Called once for each client, when its upgrade is done.
    std::function<void(Client &)> opened;
    /// `count` whole messages came in one read; `last` holds the beginning of the last one's payload, if it was there.
    std::function<void(Client &, size_t count, std::string_view last)> received;

    Client &add();
    /// Adds `count` clients, at most 200 of them half-open, and waits for all. False: some did not get in.
    [[nodiscard]] bool connectAll(size_t count);
    void send(Client &client, std::string_view bytes);
    void drop(Client &client); ///< with RST, so that no port stays taken
    void removeDropped();
    /// One turn of the loop.
    void poll(int milliseconds);
    /// Polls until nothing came for `milliseconds`.
    void waitForQuiet(int milliseconds);

    [[nodiscard]] const std::vector<std::unique_ptr<Client>> &clients() const { return m_clients; }
    [[nodiscard]] size_t lost() const { return m_lost; } ///< that the server or the network ended

private:
    int m_epoll = -1;
    ssl_ctx_st *m_tls = nullptr;
    uint16_t m_port;
    std::string m_request;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<char> m_buffer;
    size_t m_open = 0;
    size_t m_lost = 0;
    int64_t m_lastByte = 0;

    [[nodiscard]] int await(std::span<epoll_event> events, int milliseconds);
    void watch(Client &client, bool alsoWritable);
    void flush(Client &client);
    [[nodiscard]] bool shakeHands(Client &client);
    void read(Client &client);
    void take(Client &client, std::string_view bytes);
    [[nodiscard]] size_t takeUpgrade(Client &client, std::string_view bytes);
    void takeFrames(Client &client, std::string_view bytes);
    [[nodiscard]] size_t takeHeader(Client &client, std::string_view bytes);
    void lose(Client &client, const char *why);
};

} // namespace loadgen
