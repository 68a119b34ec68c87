// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/pingtrace.h"

#include "server/capture/checksums.h"

#include <limits>
#include <utility>

namespace glasshouse {

quint32 PingTrace::answers(Opcode opcode, Direction direction, QByteArrayView payload, quint64 row)
{
    const bool isOut = direction == Direction::Out;
    if (opcode == Opcode::Ping)
        m_last[isOut ? 1 : 0] = {row, checkOf(payload), true};
    Ping &asked = m_last[isOut ? 0 : 1];
    if (opcode != Opcode::Pong || !asked.waits || asked.check != checkOf(payload))
        return 0;
    asked.waits = false;
    const quint64 rows = row - asked.row;
    return rows > std::numeric_limits<quint32>::max() ? 0 : static_cast<quint32>(rows);
}

} // namespace glasshouse
