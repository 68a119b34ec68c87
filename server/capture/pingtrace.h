// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/direction.h"
#include "protocol/frame.h"

#include <QByteArrayView>
#include <array>

namespace glasshouse {

/// Which ping a pong answers, on one connection: the last one of the other way, if it had the same payload and was not answered
/// before. A small value, for each connection has one.
class PingTrace
{
public:
    /// Of the frame that becomes row number `row`: how many rows before it stands what it answers; 0: it is no such pong.
    [[nodiscard]] quint32 answers(Opcode opcode, Direction direction, QByteArrayView payload, quint64 row);

private:
    struct Ping
    {
        quint64 row = 0;
        quint32 check = 0; ///< of the payload
        bool waits = false;
    };
    std::array<Ping, 2> m_last; ///< by direction
};

} // namespace glasshouse
