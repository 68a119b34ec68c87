// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/utf8check.h"

#include <cstring>

namespace glasshouse {

namespace {

constexpr quint64 highBits = 0x8080808080808080;

/// Number of leading bytes that are surely ASCII, in steps of eight.
qsizetype asciiPrefix(const char *data, qsizetype size)
{
    qsizetype at = 0;
    for (; size - at >= 32; at += 32) {
        quint64 words[4];
        std::memcpy(words, data + at, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & highBits) != 0)
            break;
    }
    for (; size - at >= 8; at += 8) {
        quint64 word;
        std::memcpy(&word, data + at, sizeof word);
        if ((word & highBits) != 0)
            break;
    }
    return at;
}

/// What may follow a lead byte: how many bytes, and the bounds of the first of them (RFC 3629 section 4).
struct Follow
{
    quint8 needed;
    quint8 low = 0x80;
    quint8 high = 0xBF;
};

constexpr Follow followOf(quint8 lead)
{
    if (lead < 0xC2 || lead > 0xF4)
        return {0};
    if (lead < 0xE0)
        return {1};
    if (lead < 0xF0)
        return {2, quint8(lead == 0xE0 ? 0xA0 : 0x80), quint8(lead == 0xED ? 0x9F : 0xBF)};
    return {3, quint8(lead == 0xF0 ? 0x90 : 0x80), quint8(lead == 0xF4 ? 0x8F : 0xBF)};
}

} // namespace

bool Utf8Check::feed(QByteArrayView bytes)
{
    const char *data = bytes.data();
    const char *const end = data + bytes.size();
    while (m_valid && data < end) {
        if (m_needed == 0) {
            data += asciiPrefix(data, end - data);
            if (data == end)
                break;
        }
        const auto byte = quint8(*data++);
        if (m_needed != 0) {
            m_valid = byte >= m_low && byte <= m_high;
            m_low = 0x80;
            m_high = 0xBF;
            --m_needed;
        } else if (byte >= 0x80) {
            const Follow follow = followOf(byte);
            m_valid = follow.needed != 0;
            m_needed = follow.needed;
            m_low = follow.low;
            m_high = follow.high;
        }
    }
    return m_valid;
}

bool Utf8Check::isValid(QByteArrayView bytes)
{
    Utf8Check check;
    return check.feed(bytes) && check.complete();
}

} // namespace glasshouse
