// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"

namespace glasshouse {

/// {"number", "started", "ended", "room", "game", "results"}; times as ISO 8601, UTC.
[[nodiscard]] QByteArray gameJson(const PlayedGame &game);
/// Milliseconds since 1970 as ISO 8601, UTC.
[[nodiscard]] QByteArray isoTime(qint64 ms);
/// As short as it can be without losing anything; "0" for what JSON has no number for.
[[nodiscard]] QByteArray plainNumber(double number);

} // namespace glasshouse
