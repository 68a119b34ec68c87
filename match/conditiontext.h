// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace glasshouse {

// Texts as they stand in conditions.

/// Any text with its quotes: what would end it, or would not be seen, stands as an escape (\" \\ \n \r \t \u{202E}). Read again,
/// it is the same, also where it holds halves of surrogates.
[[nodiscard]] QString quotedText(QStringView text);
/// An expression between slashes if it can stand there as it is, else in quotes.
[[nodiscard]] QString quotedPattern(const QString &pattern);

struct QuotedText
{
    QString text;         ///< without quotes and escapes
    qsizetype length = 0; ///< of what was read
};
/// What begins with " or ' at the beginning of `text`; nullopt: there is none, or see badEscapeIn().
[[nodiscard]] std::optional<QuotedText> readQuoted(QStringView text);
/// The same for what begins with a slash: \/ is a slash, all else stands for itself.
[[nodiscard]] std::optional<QuotedText> readPattern(QStringView text);
/// The place of the first escape that is none in what begins with a quote; −1: its end is missing.
[[nodiscard]] qsizetype badEscapeIn(QStringView text);

} // namespace glasshouse
