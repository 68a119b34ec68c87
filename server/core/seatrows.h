// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/recorder.h"
#include "server/rooms/room.h"

namespace glasshouse {

/// Who sits where, for the capture.
void recordSeat(Recorder &recorder, const Room &room, const SeatChange &change);

} // namespace glasshouse
