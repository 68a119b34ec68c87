// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace glasshouse {

/// "64", "64k", "1M", "2G" (powers of 1024) as bytes. Nullopt: not a size, negative, or too large.
[[nodiscard]] std::optional<qint64> parseSize(QStringView text);
/// The shortest way to write it: 65536 as "64k".
[[nodiscard]] QString sizeText(qint64 bytes);
constexpr int maxSeconds = 1'000'000;
/// "30", "30s", "2m", "1h" as seconds, not more than that.
[[nodiscard]] std::optional<int> parseSeconds(QStringView text);
/// "60" or "60/s".
[[nodiscard]] std::optional<qint64> parseRate(QStringView text);
/// A whole number from `least` to `most`.
[[nodiscard]] std::optional<int> parseNumber(QStringView text, int least, int most);

} // namespace glasshouse
