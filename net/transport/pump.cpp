// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/pump.h"

#include "net/transport/epollpump.h"
#include "net/transport/socketpump.h"

namespace glasshouse {

Result<std::unique_ptr<Transport>, StreamEnd> Pump::connectToName(const QString &, quint16)
{
    return Error<StreamEnd>{StreamEnd::Unreachable, "nobody on the way finds names"};
}

std::unique_ptr<Pump> Pump::create([[maybe_unused]] bool portable)
{
#ifdef Q_OS_LINUX
    if (!portable) {
        auto pump = std::make_unique<EpollPump>();
        if (pump->isValid())
            return pump;
    }
#endif
    return std::make_unique<SocketPump>();
}

} // namespace glasshouse
