// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientwitness.h"

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace glasshouse {

#ifdef Q_OS_UNIX

void TestClientWitness::watch(qintptr socket)
{
    dismiss();
    m_descriptor = fcntl(int(socket), F_DUPFD_CLOEXEC, 0);
}

bool TestClientWitness::sawReset() const
{
    sockaddr_storage peer;
    socklen_t size = sizeof(peer);
    // a stream that ended still has a peer, one that was reset has none
    return m_descriptor >= 0 && getpeername(m_descriptor, reinterpret_cast<sockaddr *>(&peer), &size) != 0
        && errno == ENOTCONN;
}

void TestClientWitness::dismiss()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

#else

void TestClientWitness::watch(qintptr) { }
bool TestClientWitness::sawReset() const { return m_descriptor >= 0; }
void TestClientWitness::dismiss() { }

#endif

} // namespace glasshouse
