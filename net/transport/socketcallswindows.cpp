// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/socketcalls.h"

#include <winsock2.h>

namespace glasshouse {

void endSending(qintptr descriptor) { ::shutdown(SOCKET(descriptor), SD_SEND); }

void closeSocket(qintptr descriptor) { ::closesocket(SOCKET(descriptor)); }

void resetOnClose(qintptr descriptor)
{
    const linger now{1, 0};
    ::setsockopt(SOCKET(descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&now), sizeof now);
}

bool peerHasEnded(qintptr descriptor)
{
    char byte = 0;
    const int got = ::recv(SOCKET(descriptor), &byte, 1, MSG_PEEK);
    return got == 0 || (got < 0 && ::WSAGetLastError() != WSAEWOULDBLOCK);
}

qint64 bytesNotTaken(qintptr /*descriptor*/) { return 0; }

// There streams are Qt's, and so are their words.
QByteArray wordsForNoHost() { return "Host unreachable"; }

} // namespace glasshouse
