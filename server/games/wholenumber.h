// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <charconv>
#include <optional>

namespace glasshouse {

/// A number of *checked* JSON that is written without fraction and exponent; nullopt for any other value, the null view of a
/// missing member among them.
[[nodiscard]] inline std::optional<int> wholeNumber(QByteArrayView json)
{
    int number = 0;
    const char *const end = json.data() + json.size();
    const auto [stop, error] = std::from_chars(json.data(), end, number);
    if (json.isEmpty() || error != std::errc() || stop != end)
        return std::nullopt;
    return number;
}

/// The same, within bounds.
[[nodiscard]] inline std::optional<int> wholeNumber(QByteArrayView json, int least, int most)
{
    const auto number = wholeNumber(json);
    return number && *number >= least && *number <= most ? number : std::nullopt;
}

} // namespace glasshouse
