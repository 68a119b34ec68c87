// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippets.h"

#include "server/games/snippettables.h"

#include <algorithm>

namespace glasshouse {

std::optional<SnippetLength> snippetLength(QByteArrayView name)
{
    if (name == QByteArrayView("short"))
        return SnippetLength::Short;
    if (name == QByteArrayView("medium"))
        return SnippetLength::Medium;
    if (name == QByteArrayView("long"))
        return SnippetLength::Long;
    return std::nullopt;
}

QList<const Snippet *> allSnippets()
{
    QList<const Snippet *> all;
    for (const auto &table : {cSnippets(), cppSnippets(), goSnippets(), javaSnippets(), javascriptSnippets(),
                              pythonSnippets(), rustSnippets(), sqlSnippets()}) {
        for (const Snippet &snippet : table)
            all += &snippet;
    }
    return all;
}

bool isSnippetLanguage(QByteArrayView name)
{
    const auto all = allSnippets();
    return std::any_of(all.begin(), all.end(), [&](const Snippet *snippet) { return snippet->language == name; });
}

const Snippet *drawSnippet(const SnippetChoice &choice, const Snippet *last, Chance &chance)
{
    auto fitting = allSnippets();
    fitting.removeIf([&](const Snippet *snippet) {
        return snippet == last || (!choice.language.isEmpty() && snippet->language != choice.language)
            || (choice.length && snippet->length != *choice.length);
    });
    Q_ASSERT(!fitting.isEmpty());
    return fitting[qsizetype(chance.below(quint64(fitting.size())))];
}

} // namespace glasshouse
