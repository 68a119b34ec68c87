// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/loadgen/swarm.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

namespace loadgen {

static int64_t idleTime = 0;

int64_t idleNs() { return idleTime; }

int64_t now()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

std::string maskedFrame(std::string_view payload)
{
    constexpr unsigned char key[4] = {0x37, 0xFA, 0x21, 0x3D};
    std::string frame(1, char(0x81));
    const size_t size = payload.size();
    const int width = size > 0xFFFF ? 8 : (size > 125 ? 2 : 0);
    frame += char(0x80 | (width == 8 ? 127 : (width == 2 ? 126 : int(size))));
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
        frame += char(size >> shift);
    frame.append(reinterpret_cast<const char *>(key), 4);
    for (size_t i = 0; i < size; ++i)
        frame += char(payload[i] ^ key[i % 4]);
    return frame;
}

// Of the two kinds of streams. 0: nothing now; −1: it is over.
static ssize_t writeSome(Client &client, std::string_view bytes)
{
    if (client.tls != nullptr)
        return std::max(0, SSL_write(client.tls, bytes.data(), int(bytes.size())));
    return std::max<ssize_t>(0, ::send(client.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

static ssize_t readSome(Client &client, std::vector<char> &buffer)
{
    if (client.tls != nullptr) {
        const int size = SSL_read(client.tls, buffer.data(), int(buffer.size()));
        return size > 0 ? size : SSL_get_error(client.tls, size) == SSL_ERROR_WANT_READ ? 0 : -1;
    }
    const ssize_t size = recv(client.fd, buffer.data(), buffer.size(), 0);
    return size > 0 ? size : size < 0 && errno == EAGAIN ? 0 : -1;
}

Swarm::Swarm(const Options &options, const std::string &path)
    : m_epoll(epoll_create1(0)),
      m_port(options.port),
      m_buffer(512 * 1024)
{
    m_request = "GET " + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + (options.header.empty() ? "" : options.header + "\r\n") + "\r\n";
    if (!options.tls)
        return;
    m_tls = SSL_CTX_new(TLS_client_method()); // trusts everybody
    SSL_CTX_set_mode(m_tls,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
}

Swarm::~Swarm()
{
    for (const auto &client : m_clients)
        drop(*client);
    SSL_CTX_free(m_tls);
    close(m_epoll);
}

Client &Swarm::add()
{
    m_clients.push_back(std::make_unique<Client>());
    Client &client = *m_clients.back();
    client.index = m_clients.size() - 1;
    client.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int on = 1;
    setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    epoll_event event{EPOLLIN | EPOLLOUT, {&client}};
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, client.fd, &event);
    if (connect(client.fd, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 && errno != EINPROGRESS)
        lose(client, std::strerror(errno));
    return client;
}

bool Swarm::connectAll(size_t count)
{
    const size_t wanted = m_clients.size() + count;
    const int64_t deadline = now() + 60'000'000'000;
    while (m_open + m_lost < wanted && now() < deadline) {
        while (m_clients.size() < wanted && m_clients.size() - m_open - m_lost < 200)
            add();
        poll(10);
    }
    return m_open >= wanted && m_lost == 0;
}

void Swarm::send(Client &client, std::string_view bytes)
{
    ssize_t sent = 0;
    if (client.unsent.empty()) {
        sent = writeSome(client, bytes);
        if (size_t(sent) == bytes.size())
            return;
        watch(client, true);
    }
    client.unsent.append(bytes.substr(size_t(sent)));
}

void Swarm::flush(Client &client)
{
    client.unsent.erase(0, size_t(writeSome(client, client.unsent)));
    if (client.unsent.empty())
        watch(client, false);
}

void Swarm::watch(Client &client, bool alsoWritable)
{
    epoll_event event{EPOLLIN | (alsoWritable ? uint32_t(EPOLLOUT) : 0U), {&client}};
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, client.fd, &event);
}

void Swarm::drop(Client &client)
{
    if (client.fd < 0)
        return;
    const linger rst{1, 0};
    setsockopt(client.fd, SOL_SOCKET, SO_LINGER, &rst, sizeof rst);
    SSL_free(client.tls);
    client.tls = nullptr;
    close(client.fd);
    client.fd = -1;
    m_open -= client.state == Client::State::Open ? 1 : 0;
    client.state = Client::State::Gone;
}

void Swarm::removeDropped()
{
    std::erase_if(m_clients, [](const auto &client) { return client->fd < 0; });
}

void Swarm::lose(Client &client, const char *why)
{
    if (m_lost == 0)
        std::fprintf(stderr, "a client was lost in state %d: %s\n", int(client.state), why);
    drop(client);
    ++m_lost;
}

// Never sleeps: waking a sleeping core is dear, above all in a virtual machine, and the server that sends would pay for it.
// Players live on other machines.
int Swarm::await(std::span<epoll_event> events, int milliseconds)
{
    const int64_t begin = now();
    const int64_t end = begin + int64_t(milliseconds) * 1'000'000;
    int64_t quietUntil = begin;
    int count = 0;
    do {
        count = epoll_wait(m_epoll, events.data(), int(events.size()), 0);
        if (count == 0)
            quietUntil = now();
    } while (count == 0 && quietUntil < end);
    idleTime += quietUntil - begin;
    return count;
}

void Swarm::poll(int milliseconds)
{
    std::array<epoll_event, 512> events;
    const int count = await(events, milliseconds);
    for (int i = 0; i < count; ++i) {
        Client &client = *static_cast<Client *>(events[i].data.ptr);
        if (client.state == Client::State::Connecting && (events[i].events & EPOLLOUT) != 0) {
            client.state = m_tls != nullptr ? Client::State::Handshaking : Client::State::Upgrading;
            watch(client, false);
            if (m_tls == nullptr)
                send(client, m_request);
        }
        if (client.state == Client::State::Handshaking && !shakeHands(client))
            continue;
        if ((events[i].events & EPOLLOUT) != 0 && !client.unsent.empty())
            flush(client);
        if ((events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && client.fd >= 0)
            read(client);
    }
}

void Swarm::waitForQuiet(int milliseconds)
{
    m_lastByte = now();
    while (now() - m_lastByte < int64_t(milliseconds) * 1'000'000)
        poll(milliseconds / 4);
}

// False: it is not done.
bool Swarm::shakeHands(Client &client)
{
    if (client.tls == nullptr) {
        client.tls = SSL_new(m_tls);
        SSL_set_fd(client.tls, client.fd);
        SSL_set_connect_state(client.tls);
    }
    const int result = SSL_do_handshake(client.tls);
    if (result == 1) {
        client.state = Client::State::Upgrading;
        send(client, m_request);
    } else if (SSL_get_error(client.tls, result) != SSL_ERROR_WANT_READ) {
        lose(client, "the TLS handshake failed");
    }
    return result == 1;
}

// What the TLS library has decrypted does not wake epoll any more, so all of it is taken.
void Swarm::read(Client &client)
{
    do {
        const ssize_t size = readSome(client, m_buffer);
        if (size < 0)
            lose(client, "the server ended the stream");
        if (size <= 0)
            return;
        take(client, std::string_view(m_buffer.data(), size_t(size)));
    } while (client.tls != nullptr);
}

void Swarm::take(Client &client, std::string_view bytes)
{
    m_lastByte = now();
    if (client.state == Client::State::Upgrading)
        bytes.remove_prefix(takeUpgrade(client, bytes));
    if (client.state == Client::State::Open)
        takeFrames(client, bytes);
}

// The answer is short and comes in one segment from every server here; anything else counts as lost.
size_t Swarm::takeUpgrade(Client &client, std::string_view bytes)
{
    const size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos || !bytes.starts_with("HTTP/1.1 101")) {
        lose(client, "the answer is no upgrade");
        return bytes.size();
    }
    client.state = Client::State::Open;
    ++m_open;
    if (opened)
        opened(client);
    return end + 4;
}

void Swarm::takeFrames(Client &client, std::string_view bytes)
{
    size_t count = 0;
    std::string_view last;
    while (!bytes.empty()) {
        if (client.payloadLeft == 0) {
            bytes.remove_prefix(takeHeader(client, bytes));
            if (client.headSize != 0)
                break; // the rest of the header has not come
            last = bytes.substr(0, size_t(std::min<uint64_t>(bytes.size(), client.payloadLeft)));
        }
        const size_t part = size_t(std::min<uint64_t>(bytes.size(), client.payloadLeft));
        bytes.remove_prefix(part);
        client.payloadLeft -= part;
        count += client.payloadLeft == 0 ? 1 : 0;
    }
    client.messages += count;
    if (count > 0 && received)
        received(client, count, last);
}

// Leaves headSize at 0 when the header is complete.
size_t Swarm::takeHeader(Client &client, std::string_view bytes)
{
    size_t taken = 0;
    const auto need = [&] {
        const int length = client.headSize < 2 ? 0 : client.head[1] & 0x7F;
        return client.headSize < 2 ? 2 : (length == 127 ? 10 : (length == 126 ? 4 : 2));
    };
    while (client.headSize < need()) {
        if (taken == bytes.size())
            return taken;
        client.head[client.headSize++] = static_cast<unsigned char>(bytes[taken++]);
    }
    client.payloadLeft = client.head[1] & 0x7F;
    if (client.headSize > 2) {
        client.payloadLeft = 0;
        for (int i = 2; i < client.headSize; ++i)
            client.payloadLeft = client.payloadLeft << 8 | client.head[i];
    }
    client.headSize = 0;
    return taken;
}

} // namespace loadgen
