// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <vector>

namespace glasshouse {

/// Rows with their payloads on the way from the Recorder to the store: becomes one block of a segment file.
struct CaptureBatch
{
    QByteArray rows;     ///< packed (RowPacker)
    QByteArray payloads; ///< rows point into it
    quint32 rowCount = 0;
    qint64 firstTimeUs = 0;
    qint64 lastTimeUs = 0;
    quint64 omitted = 0;            ///< payloads that the Recorder left out
    std::vector<quint32> samples{}; ///< which of the rows are counters (EventKind::Sample)

    [[nodiscard]] qint64 bytes() const { return rows.size() + payloads.size(); }
};

} // namespace glasshouse
