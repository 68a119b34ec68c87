// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/endinghint.h"

#include "net/transport/devicetimeouts.h"

namespace glasshouse {

QByteArray endingHint(const Ending &ending)
{
    if (ending.cause != EndingCause::ClientVanished && ending.cause != EndingCause::ConnectionReset)
        return {};
    const qint64 silence = ending.lastFrames.isEmpty()
        ? ending.silenceMs
        : qMin(ending.silenceMs, ending.lastFrames.constLast().beforeEndMs);
    return devicesThatCutAfter(silence, ending.lifetimeMs);
}

} // namespace glasshouse
