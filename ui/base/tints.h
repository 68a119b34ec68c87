// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace glasshouse {

/// The few colours of our own. Each but Dimmed can be read (4.5) on the palette's base and window and on those of Marked, light or dark.
enum class Tint : quint8 {
    Good,
    Warning,
    Bad,
    Incoming,
    Outgoing,
    Muted,
    Dimmed, ///< what is not looked for, among what is
    Marked, ///< a background, as those that follow
    MarkedGreen,
    MarkedBlue,
    MarkedRed,
    MarkedViolet,
    Key, ///< of a JSON object
    Text,
    Number,
};
[[nodiscard]] QColor tint(Tint tint);
/// By WCAG 2.1, 1 to 21; a text should have 4.5 on its ground.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);
/// Does the application's palette show light text on a dark ground?
[[nodiscard]] bool isDarkPalette();

} // namespace glasshouse
