// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/socketcalls.h"

#include <cerrno>
#include <cstring>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace glasshouse {

void endSending(qintptr descriptor) { ::shutdown(int(descriptor), SHUT_WR); }

void closeSocket(qintptr descriptor) { ::close(int(descriptor)); }

void resetOnClose(qintptr descriptor)
{
    const linger now{1, 0};
    ::setsockopt(int(descriptor), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

bool peerHasEnded(qintptr descriptor)
{
    char byte = 0;
    const ssize_t got = ::recv(int(descriptor), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

qint64 bytesNotTaken(qintptr descriptor)
{
    int bytes = 0;
#ifdef TIOCOUTQ
    if (::ioctl(int(descriptor), TIOCOUTQ, &bytes) != 0)
        return 0;
#endif
    return bytes;
}

QByteArray wordsForNoHost() { return std::strerror(EHOSTUNREACH); }

} // namespace glasshouse
