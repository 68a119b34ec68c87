// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/transport.h"

#include <QObject>

namespace glasshouse {

/// Moves the bytes of all Transports of one thread.
class Pump : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Takes over a connected socket that was just accepted. Null: it was dead already (the descriptor is closed).
    [[nodiscard]] virtual std::unique_ptr<Transport> adopt(qintptr descriptor) = 0;

    /// The best one for this system; `portable` asks for the one on QTcpSocket.
    [[nodiscard]] static std::unique_ptr<Pump> create(bool portable);
};

} // namespace glasshouse
