// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"
#include "protocol/jsonscan.h"

#include <QByteArray>
#include <algorithm>

namespace glasshouse {

namespace {

using namespace jsonscan;

/// Behind a checked string that begins at `at`.
const char *skipString(const char *at, const char *end)
{
    for (++at; at < end; ++at) {
        at = skipPlain(at, end);
        if (at == end || *at == '"')
            return std::min(at + 1, end);
        if (*at == '\\' && ++at == end)
            break;
    }
    return end;
}

const char *skipContainer(const char *at, const char *end)
{
    int depth = 0;
    while (at < end) {
        const char c = *at;
        if (c == '"') {
            at = skipString(at, end);
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            break;
    }
    return at;
}

/// Behind a checked value that begins at `at`.
const char *skipValue(const char *at, const char *end)
{
    if (at == end)
        return at;
    if (*at == '"')
        return skipString(at, end);
    if (*at == '{' || *at == '[')
        return skipContainer(at, end);
    while (at < end && *at != ',' && *at != ']' && *at != '}' && !isSpace(*at))
        ++at;
    return at;
}

/// Behind the comma (or the opening bracket) to the next entry; null at the end of the container.
const char *nextEntry(const char *at, const char *end)
{
    at = skipSpace(at, end);
    if (at < end && *at == ',')
        at = skipSpace(at + 1, end);
    return at == end || *at == '}' || *at == ']' ? nullptr : at;
}

void appendUtf8(QByteArray &out, char32_t c)
{
    if (c < 0x80) {
        out.append(char(c));
        return;
    }
    if (c < 0x800) {
        out.append(char(0xC0 | (c >> 6)));
    } else {
        if (c < 0x10000) {
            out.append(char(0xE0 | (c >> 12)));
        } else {
            out.append(char(0xF0 | (c >> 18)));
            out.append(char(0x80 | ((c >> 12) & 0x3F)));
        }
        out.append(char(0x80 | ((c >> 6) & 0x3F)));
    }
    out.append(char(0x80 | (c & 0x3F)));
}

/// The number of \uXXXX at the beginning of `text`, or −1.
int unicodeEscape(QByteArrayView text)
{
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u')
        return -1;
    int number = 0;
    for (int i = 2; i < 6; ++i) {
        const int digit = hexValue(text[i]);
        if (digit < 0)
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

/// Decodes the escape at the beginning of `text`; returns its length, 0 where it means no character.
qsizetype decodeEscape(QByteArray &out, QByteArrayView text)
{
    static constexpr char letters[] = "\"\\/bfnrt";
    static constexpr char meanings[] = "\"\\/\b\f\n\r\t";
    if (text.size() < 2)
        return 0;
    if (text[1] != 'u') {
        const char *found = text[1] == 0 ? nullptr : std::strchr(letters, text[1]);
        if (found != nullptr)
            out.append(meanings[found - letters]);
        return found != nullptr ? 2 : 0;
    }
    const int first = unicodeEscape(text);
    if (first < 0 || (first >= 0xDC00 && first <= 0xDFFF))
        return 0;
    if (first < 0xD800 || first > 0xDFFF) {
        appendUtf8(out, char32_t(first));
        return 6;
    }
    const int second = unicodeEscape(text.sliced(6));
    if (second < 0xDC00 || second > 0xDFFF)
        return 0;
    appendUtf8(out, char32_t(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
    return 12;
}

void appendEscaped(QByteArray &out, char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.append('\\');
    switch (c) {
    case '"':
        out.append('"');
        return;
    case '\\':
        out.append('\\');
        return;
    case '\n':
        out.append('n');
        return;
    case '\r':
        out.append('r');
        return;
    case '\t':
        out.append('t');
        return;
    default:
        break;
    }
    out.append("u00").append(hex[quint8(c) >> 4]).append(hex[c & 0xF]);
}

} // namespace

bool isKey(QByteArrayView written, QByteArrayView name)
{
    if (written == name)
        return true;
    if (!written.contains('\\'))
        return false;
    return jsonString({written.data() - 1, written.size() + 2}) == name.toByteArray(); // its quotes are around it
}

bool forEachMember(QByteArrayView object, const std::function<bool(QByteArrayView, QByteArrayView)> &member)
{
    const char *const end = object.data() + object.size();
    const char *at = skipSpace(object.data(), end);
    if (at == end || *at != '{')
        return false;
    for (at = nextEntry(at + 1, end); at != nullptr; at = nextEntry(at, end)) {
        const char *const key = at + 1;
        at = skipString(at, end);
        const char *const value = skipSpace(std::min(skipSpace(at, end) + 1, end), end);
        if (at <= key || value == end)
            return false; // was not checked
        const QByteArrayView name(key, at - 1);
        at = skipValue(value, end);
        if (at == value || !member(name, QByteArrayView(value, at)))
            return false;
    }
    return true;
}

bool forEachElement(QByteArrayView array, const std::function<bool(QByteArrayView)> &element)
{
    const char *const end = array.data() + array.size();
    const char *at = skipSpace(array.data(), end);
    if (at == end || *at != '[')
        return false;
    for (at = nextEntry(at + 1, end); at != nullptr; at = nextEntry(at, end)) {
        const char *const value = at;
        at = skipValue(at, end);
        if (at == value || !element(QByteArrayView(value, at)))
            return false;
    }
    return true;
}

QByteArrayView jsonMember(QByteArrayView object, QByteArrayView key)
{
    QByteArrayView found;
    forEachMember(object, [&](QByteArrayView name, QByteArrayView value) {
        if (!isKey(name, key))
            return true;
        found = value;
        return false;
    });
    return found;
}

std::optional<QByteArray> jsonString(QByteArrayView value)
{
    if (value.size() < 2 || value.front() != '"' || value.back() != '"')
        return std::nullopt;
    QByteArray text;
    text.reserve(value.size());
    const char *const end = value.data() + value.size() - 1;
    for (const char *at = value.data() + 1; at < end;) {
        const char *const stop = skipPlain(at, end);
        text.append(at, stop - at);
        if (stop == end)
            break;
        const qsizetype length = *stop == '\\' ? decodeEscape(text, {stop, end}) : 0;
        if (length == 0)
            return std::nullopt;
        at = stop + length;
    }
    return text;
}

QByteArray jsonQuoted(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size() + 2);
    appendJsonQuoted(out, text);
    return out;
}

void appendJsonQuoted(QByteArray &out, QByteArrayView text)
{
    const char *const end = text.data() + text.size();
    out.append('"');
    for (const char *at = text.data(); at < end;) {
        const char *const stop = skipPlain(at, end);
        out.append(at, stop - at);
        if (stop < end)
            appendEscaped(out, *stop);
        at = stop + 1;
    }
    out.append('"');
}

} // namespace glasshouse
