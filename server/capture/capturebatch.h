// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

namespace glasshouse {

/// Rows with their payloads on the way from the Recorder to the store: becomes one block of a segment file.
struct CaptureBatch
{
    QList<FrameRecord> rows;
    QByteArray payloads; ///< rows point into it
    quint64 omitted = 0; ///< payloads that the Recorder left out
};

} // namespace glasshouse
