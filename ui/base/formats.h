// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

// Numbers, sizes and times as people read them, in the user's locale.

[[nodiscard]] QString formatNumber(qint64 number);
[[nodiscard]] QString formatCount(quint64 number);
/// "1.2 M" from a million on, the plain number below.
[[nodiscard]] QString formatAbout(quint64 number);
/// Bytes up to 1 KiB, then KiB, MiB, GiB.
[[nodiscard]] QString formatBytes(qint64 bytes);
/// Of something a second; empty below 0.05.
[[nodiscard]] QString formatRate(double perSecond);
/// "4 ms", "12.3 s", "3 min 20 s", "2 h 5 min", "3 d 4 h".
[[nodiscard]] QString formatDuration(qint64 ms);
/// Whole seconds as people count them down: "3 s", "1 min 2 s"; what is left of a second counts.
[[nodiscard]] QString formatSecondsLeft(qint64 ms);
/// Local time of day with milliseconds.
[[nodiscard]] QString formatClock(qint64 timeUs);
/// Local date and time with microseconds, and UTC: for tool tips.
[[nodiscard]] QString formatExactTime(qint64 timeUs);
/// "2026-08-01 17:03", local time.
[[nodiscard]] QString formatDayAndTime(qint64 ms);
/// A game's score: at most one decimal.
[[nodiscard]] QString formatScore(double score);
/// "0.4 ms", "1.25 s", then as formatDuration().
[[nodiscard]] QString formatSpan(qint64 us);
/// "+0.4 ms", "+1.25 s": a difference between two rows.
[[nodiscard]] QString formatDelta(qint64 us);
/// Text from the network as one line that can not play tricks: what isUnseen() becomes a dot.
[[nodiscard]] QString oneLine(const QString &text, int maxLength = 256);
/// The same with its line breaks: for multi-line views.
[[nodiscard]] QString harmless(const QString &text);

} // namespace glasshouse
