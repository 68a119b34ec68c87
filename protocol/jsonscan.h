// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hex.h"

#include <QtGlobal>
#include <cstring>

/// What the files of json.h share. Not for others.
namespace glasshouse::jsonscan {

constexpr quint64 eachByte(quint8 byte) { return quint64(byte) * 0x0101010101010101; }
constexpr quint64 hasZero(quint64 word) { return (word - eachByte(1)) & ~word & eachByte(0x80); }

/// To the first byte that means something in a string: a quote, a backslash or a control character.
inline const char *skipPlain(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        quint64 word;
        std::memcpy(&word, at, sizeof word);
        const quint64 controls = (word - eachByte(0x20)) & ~word & eachByte(0x80);
        if ((controls | hasZero(word ^ eachByte('"')) | hasZero(word ^ eachByte('\\'))) != 0)
            break;
    }
    while (at < end && *at != '"' && *at != '\\' && quint8(*at) >= 0x20)
        ++at;
    return at;
}

inline bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
inline bool isDigit(char c) { return c >= '0' && c <= '9'; }

inline const char *skipSpace(const char *at, const char *end)
{
    while (at < end && isSpace(*at))
        ++at;
    return at;
}

} // namespace glasshouse::jsonscan
