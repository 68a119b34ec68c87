// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/jsonhighlighter.h"

namespace glasshouse {

namespace {

int endOfString(QStringView text, int from)
{
    for (int i = from + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return int(text.size());
}

int endOfWord(QStringView text, int from)
{
    int end = from;
    while (end < text.size()
           && (text[end].isLetterOrNumber() || text[end] == u'-' || text[end] == u'+' || text[end] == u'.'))
        ++end;
    return end;
}

} // namespace

QList<JsonToken> jsonTokens(QStringView line)
{
    QList<JsonToken> tokens;
    for (int i = 0; i < line.size();) {
        const QChar c = line[i];
        int end = i + 1;
        if (c == u'"') {
            end = endOfString(line, i);
            const bool key = end < line.size() && line[end] == u':';
            tokens << JsonToken{i, end - i, key ? Tint::Key : Tint::Text};
        } else if (c.isLetterOrNumber() || c == u'-') {
            end = endOfWord(line, i + 1);
            tokens << JsonToken{i, end - i, Tint::Number};
        }
        i = end;
    }
    return tokens;
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    const QList<JsonToken> tokens = jsonTokens(text);
    for (const JsonToken &token : tokens)
        setFormat(token.begin, token.length, tint(token.tint));
}

} // namespace glasshouse
