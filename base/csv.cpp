// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr QByteArrayView formulaStarts = "=+-@\t\r\n";
constexpr QByteArrayView needQuotes = "\",\r\n";

} // namespace

QByteArray csvCell(QByteArray text)
{
    if (text.contains('\0'))
        text.replace(QByteArrayView("\0", 1), "\xEF\xBF\xBD");
    if (!text.isEmpty() && formulaStarts.contains(text.front()))
        text.prepend('\'');
    const bool quotes = std::ranges::any_of(text, [](char c) { return needQuotes.contains(c); });
    return quotes ? '"' + text.replace('"', "\"\"") + '"' : text;
}

} // namespace glasshouse
