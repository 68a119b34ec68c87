// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/listener.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>

namespace glasshouse {

namespace {

constexpr int acceptsATurn = 64; // so that those who are in are served between

} // namespace

bool Listener::begin(const QHostAddress &address, quint16 port)
{
    if (!listen(address, port))
        return false;
    pauseAccepting();
    m_notifier = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { acceptSome(); });
    return true;
}

void Listener::setAccepting(bool on)
{
    if (m_notifier)
        m_notifier->setEnabled(on);
}

void Listener::end()
{
    m_notifier.reset();
    close();
}

void Listener::acceptSome()
{
    for (int i = 0; i < acceptsATurn && m_notifier && m_notifier->isEnabled(); ++i) {
        const int descriptor = ::accept(int(socketDescriptor()), nullptr, nullptr);
        if (descriptor < 0) {
            // Left alone, the notifier would call again at once, for as long as the system is short of something.
            const bool isHarmless = errno == EAGAIN || errno == EINTR || errno == ECONNABORTED || errno == EPROTO;
            if (!isHarmless)
                (void)m_accepted(-1);
            return;
        }
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        if (!m_accepted(descriptor))
            return;
    }
}

} // namespace glasshouse
