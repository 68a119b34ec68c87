// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinemarks.h"

#include <QString>

namespace glasshouse {

// A timeline in words.

[[nodiscard]] QString laneName(TimelineLane lane);
[[nodiscard]] QString laneTip(TimelineLane lane);
/// "Open for 3 min 4 s · 1,240 frames in, 8,310 out · 12 pings, median 4 ms · …"; `end`: the row of its end, where there is one.
[[nodiscard]] QString timelineWords(const ConnectionTimeline &timeline, const std::optional<CapturedRow> &end);
/// One line, without times; `row`: the first of it.
[[nodiscard]] QString markWords(const TimelineMark &mark, const std::optional<CapturedRow> &row);
/// "11:57:41.204", or from when until when.
[[nodiscard]] QString markTime(const TimelineMark &mark);
/// The same to the microsecond, with its UTC: for tool tips.
[[nodiscard]] QString markExactTime(const TimelineMark &mark);

} // namespace glasshouse
