// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace glasshouse {

/// Would move the cursor, end the line, turn the order of the letters around, or is there without a trace: control and format
/// characters (bidi marks, zero width space, tags), line separators, halves of surrogates. Not a tab, nor the two that join
/// and part letters (U+200C, U+200D): languages and emoji are written with them.
[[nodiscard]] bool isUnseen(char32_t c);

/// Text from outside for a terminal or a log: what isUnseen() stands as \u{202E}.
[[nodiscard]] QString visible(const QString &text);
/// The same for UTF-8.
[[nodiscard]] QByteArray visible(const QByteArray &text);
/// Of several lines each.
[[nodiscard]] QByteArray visibleLines(const QByteArray &text);
/// JSON of one line that says the same: the characters stand as its own escapes.
[[nodiscard]] QByteArray visibleJson(const QByteArray &json);

} // namespace glasshouse
