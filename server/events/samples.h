// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"
#include "server/endings/totals.h"

#include <QJsonObject>

namespace glasshouse {

/// EventKind::Sample: the server's counters at one moment. Of the capture only the numbers of its queue and its losses.
struct Sample
{
    Totals totals;
    CaptureStats capture{};
};
/// What is as in a server that has just begun is left out.
[[nodiscard]] QJsonObject sampleObject(const Sample &sample);
/// What is missing is as in a server that has just begun, what is unknown is passed by.
[[nodiscard]] Sample sampleFromJson(QByteArrayView json);
/// Of the network thread; it trembles where nothing happens.
constexpr QLatin1StringView sampleBusyKey("busy");

} // namespace glasshouse
