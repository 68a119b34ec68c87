// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace glasshouse {

/// Listens and takes nobody, with its queue full: whoever connects hears nothing, as behind a firewall that drops.
class FullListener final : public QObject
{
public:
    explicit FullListener(const QHostAddress &address, quint16 port = 0)
    {
        sockaddr_in name = {};
        name.sin_family = AF_INET;
        name.sin_port = htons(port);
        name.sin_addr.s_addr = htonl(address.toIPv4Address());
        socklen_t size = sizeof name;
        m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
        auto *raw = reinterpret_cast<sockaddr *>(&name);
        if (::bind(m_listener, raw, size) != 0 || ::listen(m_listener, 0) != 0
            || ::getsockname(m_listener, raw, &size) != 0)
            return;
        m_port = ntohs(name.sin_port);
        for (int i = 0; i < 4; ++i) { // Linux takes one more than it was told
            const int filler = ::socket(AF_INET, SOCK_STREAM, 0);
            ::fcntl(filler, F_SETFL, O_NONBLOCK);
            (void)::connect(filler, raw, size);
            m_fillers.append(filler);
        }
    }
    ~FullListener() override
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(FullListener)

    /// 0: it could not listen.
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    int m_listener = -1;
    quint16 m_port = 0;
    QList<int> m_fillers;
};

} // namespace glasshouse
