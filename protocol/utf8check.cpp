// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/utf8check.h"

#include <array>
#include <cstring>

namespace glasshouse {

namespace {

constexpr quint64 highBits = 0x8080808080808080;

/// Of so many bytes. Without a branch, so that compilers make it as wide as the machine.
template <qsizetype size>
bool isAscii(const char *data)
{
    std::array<quint64, size / sizeof(quint64)> words;
    std::memcpy(words.data(), data, size);
    quint64 bits = 0;
    for (const quint64 word : words)
        bits |= word;
    return (bits & highBits) == 0;
}

template <qsizetype size>
qsizetype skipAscii(const char *data, qsizetype at, qsizetype end)
{
    while (end - at >= size && isAscii<size>(data + at))
        at += size;
    return at;
}

/// Number of leading bytes that are surely ASCII, in steps of eight.
qsizetype asciiPrefix(const char *data, qsizetype size)
{
    return skipAscii<8>(data, skipAscii<32>(data, skipAscii<128>(data, 0, size), size), size);
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
