// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addresstext.h"

#include "base/hex.h"

#include <algorithm>
#include <cstring>

namespace glasshouse {

namespace {

constexpr int mappedBits = 96;
constexpr quint8 mappedPrefix[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/// A decimal number without leading zeros, or −1.
int strictNumber(QByteArrayView text, int most)
{
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || text.isEmpty() || text.size() > 5 || (text.size() > 1 && text.front() == '0'))
        return -1;
    const int number = text.toInt();
    return number <= most ? number : -1;
}

QHostAddress strictIpv4(QByteArrayView text)
{
    quint32 address = 0;
    for (int i = 0; i < 4; ++i) {
        const qsizetype dot = i < 3 ? text.indexOf('.') : text.size();
        const int number = dot < 0 ? -1 : strictNumber(text.first(dot), 255);
        if (number < 0)
            return {};
        address = address << 8 | quint32(number);
        text = text.sliced(std::min(dot + 1, text.size()));
    }
    return QHostAddress(address);
}

QHostAddress strictIpv6(QByteArrayView text)
{
    const bool clean = text.size() <= 45
        && std::all_of(text.begin(), text.end(), [](char c) { return hexValue(c) >= 0 || c == ':' || c == '.'; });
    const qsizetype lastColon = text.lastIndexOf(':');
    const bool endsInIpv4 = text.contains('.');
    if (!clean || (endsInIpv4 && strictIpv4(text.sliced(lastColon + 1)).isNull()))
        return {};
    QHostAddress address;
    return address.setAddress(QString::fromLatin1(text)) ? withoutMapping(address) : QHostAddress();
}

Q_IPV6ADDR bitsOf(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv4Protocol)
        return address.toIPv6Address();
    Q_IPV6ADDR bits{};
    std::copy(std::begin(mappedPrefix), std::end(mappedPrefix), bits.c);
    const quint32 number = address.toIPv4Address();
    for (int i = 0; i < 4; ++i)
        bits.c[12 + i] = quint8(number >> (24 - 8 * i));
    return bits;
}

bool isMapped(const Q_IPV6ADDR &bits) { return std::memcmp(bits.c, mappedPrefix, sizeof mappedPrefix) == 0; }

bool isSameBegin(const Q_IPV6ADDR &a, const Q_IPV6ADDR &b, int length)
{
    const int whole = length / 8;
    if (std::memcmp(a.c, b.c, size_t(whole)) != 0)
        return false;
    const int rest = length % 8;
    return rest == 0 || (a.c[whole] ^ b.c[whole]) >> (8 - rest) == 0;
}

bool isZeroBehind(const Q_IPV6ADDR &bits, int length)
{
    for (int i = length; i < 128; ++i) {
        if ((bits.c[i / 8] >> (7 - i % 8) & 1) != 0)
            return false;
    }
    return true;
}

Error<RangeError> refused(RangeError code, QByteArrayView text, QByteArrayView what)
{
    return {code, '"' + text.toByteArray() + "\" " + what.toByteArray()};
}

/// Bits of the address that count, as if it were IPv6; −1: the text behind the slash is not a length of it.
int lengthOf(QByteArrayView text, bool isIpv4)
{
    const int length = strictNumber(text, isIpv4 ? 32 : 128);
    return length < 0 ? -1 : length + (isIpv4 ? mappedBits : 0);
}

} // namespace

QHostAddress strictAddress(QByteArrayView text) { return text.contains(':') ? strictIpv6(text) : strictIpv4(text); }

std::optional<quint16> strictPort(QByteArrayView text)
{
    const int number = strictNumber(text, 65535);
    return number < 0 ? std::nullopt : std::optional(quint16(number));
}

QHostAddress withoutMapping(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    const Q_IPV6ADDR bits = address.toIPv6Address();
    if (!isMapped(bits))
        return address;
    return QHostAddress(quint32(bits.c[12]) << 24 | quint32(bits.c[13]) << 16 | quint32(bits.c[14]) << 8 | bits.c[15]);
}

Result<AddressRange, RangeError> AddressRange::parse(QByteArrayView text)
{
    const qsizetype slash = text.indexOf('/');
    const QByteArrayView written = slash < 0 ? text : text.first(slash);
    const QHostAddress address = strictAddress(written);
    if (address.isNull())
        return refused(RangeError::NotAnAddress, text, "is not an address or a range such as 10.0.0.0/8");
    AddressRange range;
    range.m_bits = bitsOf(address);
    if (slash >= 0)
        range.m_length = lengthOf(text.sliced(slash + 1), !written.contains(':'));
    const bool isIpv4 = isMapped(range.m_bits);
    if (range.m_length < 0 || (isIpv4 && range.m_length < mappedBits))
        return refused(RangeError::BadLength, text, "has no right length behind the slash");
    if (range.m_length == (isIpv4 ? mappedBits : 0))
        return refused(RangeError::Everybody, text, "is everybody; name the addresses that are meant");
    if (!isZeroBehind(range.m_bits, range.m_length))
        return refused(RangeError::LooseBits, text, "has bits behind its length; is it a host or a range?");
    return range;
}

bool AddressRange::contains(const QHostAddress &address) const
{
    return !address.isNull() && isSameBegin(bitsOf(address), m_bits, m_length);
}

} // namespace glasshouse
