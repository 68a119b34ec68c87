// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/freeport.h"

#include <QTcpServer>
#include <limits>

namespace glasshouse {

quint16 freePortInstead(const QHostAddress &address, quint16 port)
{
    constexpr int systemPorts = 1024, habit = 8000, tries = 100;
    const int first = port < systemPorts ? port + habit : port + 1;
    const int last = std::min<int>(first + tries, std::numeric_limits<quint16>::max());
    QTcpServer probe;
    for (int next = first; next <= last; ++next) {
        if (probe.listen(address, quint16(next)))
            return quint16(next);
    }
    return probe.listen(address, 0) ? probe.serverPort() : 0;
}

} // namespace glasshouse
