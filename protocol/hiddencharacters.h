// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChar>

namespace glasshouse {

/// Unicode's property Default_Ignorable_Code_Point: what shows nothing by itself (joiners, variation selectors, bidi controls,
/// fillers, tags, and what is reserved for more of them).
[[nodiscard]] bool isDefaultIgnorable(char32_t c);
/// Shows nothing wherever it stands, or means nothing to anybody else: control and format characters, halves of surrogate
/// pairs, private use, noncharacters, blanks that have no property which says so, and all of the above. Not white space.
[[nodiscard]] bool isHidden(char32_t c);
/// Sets a direction for what follows, and needs another one to end it: embeddings, overrides, isolates.
[[nodiscard]] bool isBidiFrame(char32_t c);
/// Stands on the letter before it and takes no room of its own, so that many of them grow over other lines.
[[nodiscard]] bool pilesUp(char32_t c);

/// So many marks may pile up on one letter. Biblical Hebrew and Vietnamese in pieces need no more.
constexpr int maxMarks = 4;

} // namespace glasshouse
