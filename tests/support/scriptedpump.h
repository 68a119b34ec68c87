// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"
#include "tests/support/faketransport.h"

namespace glasshouse {

/// Streams without a network.
class ScriptedPump final : public Pump
{
public:
    FakeTransport *stream = nullptr; ///< the last one; who asked for it owns it

    [[nodiscard]] std::unique_ptr<Transport> adopt(qintptr) override { return nullptr; }
    [[nodiscard]] Result<std::unique_ptr<Transport>, StreamEnd> connectTo(const QHostAddress &, quint16) override
    {
        auto transport = std::make_unique<FakeTransport>();
        stream = transport.get();
        return std::unique_ptr<Transport>(std::move(transport));
    }
};

} // namespace glasshouse
