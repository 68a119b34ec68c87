// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/httpchars.h"
#include "base/hex.h"
#include "protocol/utf8check.h"

#include <algorithm>
#include <cstring>

namespace glasshouse::httpchars {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlphanumeric(char c) { return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }
bool isOneOf(char c, const char *set) { return c != '\0' && std::strchr(set, c) != nullptr; }
bool isRegNameByte(char c) { return isAlphanumeric(c) || isOneOf(c, "-._~!$&'()*+,;="); }

bool isAboveAscii(char c) { return (c & 0x80) != 0; }
bool isPathByte(char c) { return isRegNameByte(c) || isOneOf(c, ":@/[]|^%"); }

/// Every byte satisfies `plain` or belongs to a whole %XX.
template <typename Plain>
bool isEncoded(QByteArrayView text, Plain plain)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (plain(text[i]))
            continue;
        if (text[i] != '%' || text.size() - i < 3 || hexValue(text[i + 1]) < 0 || hexValue(text[i + 2]) < 0)
            return false;
        i += 2;
    }
    return true;
}

bool isPort(QByteArrayView text)
{
    int number = 0;
    for (char c : text) {
        if (!isDigit(c) || text.size() > 5)
            return false;
        number = number * 10 + (c - '0');
    }
    return !text.isEmpty() && number <= 65535;
}

bool isIpv6(QByteArrayView text)
{
    return text.size() >= 2 && text.size() <= 45 && text.count(':') >= 2
        && std::all_of(text.begin(), text.end(), [](char c) { return hexValue(c) >= 0 || c == ':' || c == '.'; });
}

} // namespace

bool isTokenByte(char c) { return isAlphanumeric(c) || isOneOf(c, "!#$%&'*+-.^_`|~"); }

bool isToken(QByteArrayView text) { return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenByte); }

bool isPathText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return isPathByte(c) || isAboveAscii(c); })
        && Utf8Check::isValid(text);
}

bool isQueryText(QByteArrayView text)
{
    const auto isQueryByte = [](char c) { return isPathByte(c) || isAboveAscii(c) || isOneOf(c, "?`{}\\"); };
    return std::all_of(text.begin(), text.end(), isQueryByte) && Utf8Check::isValid(text);
}

bool isFieldText(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return (quint8(c) < 0x20 && c != '\t') || c == 0x7F; });
}

QByteArrayView stripped(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool isHost(QByteArrayView text)
{
    const bool bracketed = text.startsWith('[');
    const qsizetype end = bracketed ? text.indexOf(']') + 1 : text.indexOf(':');
    if (bracketed && end == 0)
        return false;
    const QByteArrayView host = end < 0 ? text : text.first(end);
    const QByteArrayView rest = end < 0 ? QByteArrayView() : text.sliced(end);
    if (!rest.isEmpty() && (rest.front() != ':' || (rest.size() > 1 && !isPort(rest.sliced(1)))))
        return false;
    if (bracketed)
        return isIpv6(host.sliced(1, host.size() - 2));
    return !host.isEmpty() && isEncoded(host, isRegNameByte);
}

// Most names that are compared differ in their size.
bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace glasshouse::httpchars
