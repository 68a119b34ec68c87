// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"
#include "server/endings/ending.h"
#include "server/endings/totals.h"

namespace glasshouse {

/// What a server tells Prometheus. A value; all of one moment.
struct MetricsSource
{
    Totals totals;
    CaptureStats capture;
    qint64 startMs = 0;   ///< since 1970, UTC: when the server started
    QStringList faults{}; ///< names of what is wrong, see HealthFault
};

/// The content type of metricsText().
constexpr const char metricsContentType[] = "text/plain; version=0.0.4; charset=utf-8";

/// All metrics as Prometheus reads them (text format 0.0.4). Every series is there from the start, so that a rate can be taken
/// of its first event. Names: docs/troubleshooting.md "Metrics".
[[nodiscard]] QByteArray metricsText(const MetricsSource &source);

} // namespace glasshouse
