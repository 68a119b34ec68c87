// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

// What games and what belongs to them are called in the user's language. Of an unknown one: its own name.

[[nodiscard]] QString gameName(const QString &kind);
/// What it is about, in a sentence; empty for an unknown one.
[[nodiscard]] QString gameSentence(const QString &kind);
/// What its score counts: "words a minute".
[[nodiscard]] QString scoreName(const QString &kind);
/// Of a programming language: "C++" for "cpp".
[[nodiscard]] QString languageName(const QString &language);

} // namespace glasshouse
