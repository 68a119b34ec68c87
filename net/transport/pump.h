// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
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

    /// Begins a stream to that address (names are a Dialer's business). What is sent before connected() waits for it. An error:
    /// it can not even begin. How it failed later comes as the end of the stream.
    [[nodiscard]] virtual Result<std::unique_ptr<Transport>, StreamEnd> connectTo(const QHostAddress &address,
                                                                                  quint16 port) = 0;

    /// A stream to a name, which somebody on the way finds (a proxy); only if takesNames().
    [[nodiscard]] virtual Result<std::unique_ptr<Transport>, StreamEnd> connectToName(const QString &host,
                                                                                      quint16 port);
    [[nodiscard]] virtual bool takesNames() const { return false; }

    /// The best one for this system; `portable` asks for the one on QTcpSocket.
    [[nodiscard]] static std::unique_ptr<Pump> create(bool portable);
};

} // namespace glasshouse
