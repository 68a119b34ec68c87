// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"

namespace glasshouse {

/// The portable pump: every Transport is a QTcpSocket.
class SocketPump final : public Pump
{
public:
    using Pump::Pump;
    [[nodiscard]] std::unique_ptr<Transport> adopt(qintptr descriptor) override;
};

} // namespace glasshouse
