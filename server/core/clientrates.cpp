// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/clientrates.h"

namespace glasshouse {

void ClientRates::setLimits(const Limits &limits, qint64 nowMs)
{
    messages.setRate(limits.messageBurst == 0 ? 0.0 : double(limits.messageRate), double(limits.messageBurst), nowMs);
    // One message of the largest size has to pass at once.
    bytes.setRate(double(limits.byteRate), qMax(1.5 * double(limits.byteRate), double(limits.messageBytes) + 14),
                  nowMs);
    controlFrames.setRate(double(limits.controlRate), double(limits.controlRate), nowMs);
}

} // namespace glasshouse
