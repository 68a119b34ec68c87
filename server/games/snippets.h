// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/chance.h"

#include <QByteArrayView>
#include <QList>
#include <optional>

namespace glasshouse {

/// 60–140, 150–350 and 400–800 characters.
enum class SnippetLength : quint8 { Short, Medium, Long };
[[nodiscard]] std::optional<SnippetLength> snippetLength(QByteArrayView name); ///< "short", "medium", "long"

/// Code to type: printable ASCII and line feeds, no white space at the ends of lines or of the text. Views into literals.
struct Snippet
{
    QByteArrayView language;
    SnippetLength length;
    QByteArrayView title;
    QByteArrayView text;
};

/// What a draw may come to; what is left open may be anything.
struct SnippetChoice
{
    QByteArray language;
    std::optional<SnippetLength> length;
};

[[nodiscard]] QList<const Snippet *> allSnippets(); ///< they live as long as the program
[[nodiscard]] bool isSnippetLanguage(QByteArrayView name);
/// One of those that fit, but not `last` (null: none was). There are two at least for each language and length.
[[nodiscard]] const Snippet *drawSnippet(const SnippetChoice &choice, const Snippet *last, Chance &chance);

} // namespace glasshouse
