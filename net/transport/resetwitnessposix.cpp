// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/resetwitness.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace glasshouse {

void ResetWitness::watch(qintptr socket)
{
    dismiss();
    m_descriptor = fcntl(int(socket), F_DUPFD_CLOEXEC, 0);
}

bool ResetWitness::sawReset() const
{
    sockaddr_storage peer;
    socklen_t size = sizeof(peer);
    // a stream that ended still has a peer, one that was reset has none
    return m_descriptor >= 0 && getpeername(m_descriptor, reinterpret_cast<sockaddr *>(&peer), &size) != 0
        && errno == ENOTCONN;
}

void ResetWitness::dismiss()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace glasshouse
