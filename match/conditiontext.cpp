// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditiontext.h"

#include "base/hex.h"
#include "base/visibletext.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr char32_t lastCodePoint = 0x10FFFF;

char32_t codePointAt(QStringView text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return isPair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : text[at].unicode();
}

void appendCodePoint(QString &out, char32_t c)
{
    if (c > 0xFFFF)
        out.append(QChar(QChar::highSurrogate(c))).append(QChar(QChar::lowSurrogate(c)));
    else
        out.append(QChar(char16_t(c)));
}

void appendQuoted(QString &out, char32_t c)
{
    switch (c) {
    case U'"':
    case U'\\':
        out.append(u'\\').append(QChar(char16_t(c)));
        return;
    case U'\n':
        out.append(QLatin1StringView("\\n"));
        return;
    case U'\r':
        out.append(QLatin1StringView("\\r"));
        return;
    case U'\t':
        out.append(QLatin1StringView("\\t"));
        return;
    default:
        break;
    }
    if (isUnseen(c))
        out.append(QLatin1StringView("\\u{") + QString::number(quint32(c), 16).toUpper() + u'}');
    else
        appendCodePoint(out, c);
}

std::optional<char32_t> hexIn(QStringView digits)
{
    if (digits.isEmpty() || digits.size() > 6)
        return std::nullopt;
    char32_t number = 0;
    for (const QChar c : digits) {
        const int digit = hexValue(c.toLatin1());
        if (digit < 0)
            return std::nullopt;
        number = number * 16 + char32_t(digit);
    }
    return number <= lastCodePoint ? std::optional(number) : std::nullopt;
}

/// \uXXXX or \u{X} at the beginning of `text`; its length, 0: it is none.
qsizetype readCodePoint(QStringView text, QString &out)
{
    const bool braces = text.size() > 2 && text[2] == u'{';
    const qsizetype end = braces ? text.indexOf(u'}') : std::min<qsizetype>(text.size(), 6);
    const qsizetype begin = braces ? 3 : 2;
    const auto c = end < begin || (!braces && end != 6) ? std::nullopt : hexIn(text.sliced(begin, end - begin));
    if (!c)
        return 0;
    appendCodePoint(out, *c);
    return braces ? end + 1 : end;
}

qsizetype readEscape(QStringView text, QString &out)
{
    static constexpr QStringView letters = u"\"'\\/nrt";
    static constexpr QStringView meanings = u"\"'\\/\n\r\t";
    if (text.size() < 2)
        return 0;
    if (text[1] == u'u')
        return readCodePoint(text, out);
    const qsizetype letter = letters.indexOf(text[1]);
    if (letter < 0)
        return 0;
    out.append(meanings[letter]);
    return 2;
}

/// Where it stopped: behind the closing quote if `closed`.
qsizetype readTo(QStringView text, QString &out, bool &closed)
{
    const QChar quote = text.front();
    for (qsizetype at = 1; at < text.size();) {
        closed = text[at] == quote;
        if (closed)
            return at + 1;
        if (text[at] != u'\\') {
            out.append(text[at++]);
            continue;
        }
        const qsizetype length = readEscape(text.sliced(at), out);
        if (length == 0)
            return at;
        at += length;
    }
    return text.size();
}

bool isPlainInPattern(const QString &pattern)
{
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const char32_t c = codePointAt(pattern, at);
        if (c == U'/' || c == U'\t' || isUnseen(c))
            return false;
        at += c > 0xFFFF ? 1 : 0;
    }
    return !pattern.isEmpty() && !pattern.endsWith(u'\\');
}

} // namespace

QString quotedText(QStringView text)
{
    QString out(u'"');
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char32_t c = codePointAt(text, at);
        appendQuoted(out, c);
        at += c > 0xFFFF ? 1 : 0;
    }
    return out + u'"';
}

QString quotedPattern(const QString &pattern)
{
    return isPlainInPattern(pattern) ? u'/' + pattern + u'/' : quotedText(pattern);
}

std::optional<QuotedText> readQuoted(QStringView text)
{
    if (text.isEmpty() || (text.front() != u'"' && text.front() != u'\''))
        return std::nullopt;
    QuotedText read;
    bool closed = false;
    read.length = readTo(text, read.text, closed);
    return closed ? std::optional(std::move(read)) : std::nullopt;
}

std::optional<QuotedText> readPattern(QStringView text)
{
    if (!text.startsWith(u'/'))
        return std::nullopt;
    QString pattern;
    for (qsizetype at = 1; at < text.size(); ++at) {
        if (text[at] == u'/')
            return QuotedText{std::move(pattern), at + 1};
        const bool escapes = text[at] == u'\\' && at + 1 < text.size();
        if (escapes && text[at + 1] != u'/')
            pattern.append(text[at]);
        at += escapes ? 1 : 0;
        pattern.append(text[at]);
    }
    return std::nullopt;
}

qsizetype badEscapeIn(QStringView text)
{
    QString out;
    bool closed = false;
    const qsizetype end = readTo(text, out, closed);
    return closed || end == text.size() ? -1 : end;
}

} // namespace glasshouse
