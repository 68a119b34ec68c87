// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace glasshouse {

/// A TCP connection over 127.0.0.1: one end to adopt, and a peer that does exactly what it is told, without an event loop.
class LoopPair
{
public:
    /// `buffer`: of the kernel, for what the peer has not read; small ones fill sooner.
    explicit LoopPair(int buffer = 0)
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        m_peer = ::socket(AF_INET, SOCK_STREAM, 0);
        if (buffer > 0)
            ::setsockopt(m_peer, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        if (::bind(listener, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(listener, 1) == 0
            && ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) == 0
            && ::connect(m_peer, reinterpret_cast<sockaddr *>(&address), size) == 0)
            m_end = ::accept(listener, nullptr, nullptr);
        ::getsockname(m_peer, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        ::close(listener);
        ::fcntl(m_peer, F_SETFL, ::fcntl(m_peer, F_GETFL) | O_NONBLOCK);
    }
    ~LoopPair()
    {
        close();
        if (m_end >= 0)
            ::close(m_end);
    }
    Q_DISABLE_COPY_MOVE(LoopPair)

    /// The end for the server; its owner closes it.
    [[nodiscard]] int takeEnd() { return std::exchange(m_end, -1); }
    [[nodiscard]] quint16 peerPort() const { return m_port; }

    /// How many bytes the system took.
    qint64 send(QByteArrayView bytes) const { return ::send(m_peer, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL); }
    /// Reads what is there. Use it in waits.
    LoopPair &read()
    {
        char buffer[65536];
        for (;;) {
            const ssize_t got = ::recv(m_peer, buffer, sizeof buffer, 0);
            if (got > 0) {
                received.append(buffer, got);
                continue;
            }
            m_sawEnd = m_sawEnd || (got == 0 && !m_sawReset); // behind a reset the system says 0, too
            m_sawReset = m_sawReset || (got < 0 && errno == ECONNRESET);
            return *this;
        }
    }
    [[nodiscard]] bool sawEnd() const { return m_sawEnd; }     ///< an orderly end of the stream
    [[nodiscard]] bool sawReset() const { return m_sawReset; } ///< RST

    void endSending() const { ::shutdown(m_peer, SHUT_WR); }
    void reset()
    {
        const linger now{1, 0};
        ::setsockopt(m_peer, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
    void close()
    {
        if (m_peer >= 0)
            ::close(m_peer);
        m_peer = -1;
    }

    QByteArray received;

private:
    int m_end = -1;
    int m_peer = -1;
    quint16 m_port = 0;
    bool m_sawEnd = false;
    bool m_sawReset = false;
};

} // namespace glasshouse
