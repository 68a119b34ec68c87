// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/listener.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#endif

namespace glasshouse {

namespace {

constexpr int backlog = 4096;
[[maybe_unused]] constexpr int acceptsATurn = 64; // so that those who are in are served between

} // namespace

Listener::Listener(std::function<bool(qintptr)> accepted, QObject *parent)
    : QTcpServer(parent),
      m_accepted(std::move(accepted))
{
    setListenBacklogSize(backlog);
}

void Listener::incomingConnection(qintptr descriptor) { (void)m_accepted(descriptor); }

#ifdef Q_OS_UNIX

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

#else

bool Listener::begin(const QHostAddress &address, quint16 port) { return listen(address, port); }
void Listener::setAccepting(bool on) { on ? resumeAccepting() : pauseAccepting(); }
void Listener::end() { close(); }
void Listener::acceptSome() { }

#endif

} // namespace glasshouse
