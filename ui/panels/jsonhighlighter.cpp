// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/jsonhighlighter.h"

#include "ui/base/tints.h"

namespace glasshouse {

namespace {

int endOfString(const QString &text, int from)
{
    for (int i = from + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return int(text.size());
}

int endOfWord(const QString &text, int from)
{
    int end = from;
    while (end < text.size()
           && (text[end].isLetterOrNumber() || text[end] == u'-' || text[end] == u'+' || text[end] == u'.'))
        ++end;
    return end;
}

} // namespace

void JsonHighlighter::highlightBlock(const QString &text)
{
    for (int i = 0; i < text.size();) {
        const QChar c = text[i];
        int end = i + 1;
        if (c == u'"') {
            end = endOfString(text, i);
            const bool key = end < text.size() && text[end] == u':';
            setFormat(i, end - i, tint(key ? Tint::Key : Tint::Text));
        } else if (c.isLetterOrNumber() || c == u'-') {
            end = endOfWord(text, i + 1);
            setFormat(i, end - i, tint(Tint::Number));
        }
        i = end;
    }
}

} // namespace glasshouse
