// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace glasshouse {

/// Text from outside for a terminal or a log: what would move the cursor, end the line or turn the order of the letters
/// around (control characters, bidi marks, line separators, invisible joiners, halves of surrogates) stands as \u{202E}.
/// A tab stays.
[[nodiscard]] QString visible(const QString &text);
/// The same for UTF-8.
[[nodiscard]] QByteArray visible(const QByteArray &text);
/// Of several lines each.
[[nodiscard]] QByteArray visibleLines(const QByteArray &text);
/// JSON of one line that says the same: the characters stand as its own escapes.
[[nodiscard]] QByteArray visibleJson(const QByteArray &json);

} // namespace glasshouse
