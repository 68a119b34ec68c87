// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QHostAddress>

namespace glasshouse {

/// An IP address in its usual form and no other: no port, no brackets, no scope, no leading zeros, no "127.1". IPv4 in IPv6
/// (::ffff:a.b.c.d) becomes IPv4. Null: it is not one.
[[nodiscard]] QHostAddress strictAddress(QByteArrayView text);
/// 0–65535 without sign and leading zeros.
[[nodiscard]] std::optional<quint16> strictPort(QByteArrayView text);
/// IPv4 in IPv6 as IPv4, everything else as it is.
[[nodiscard]] QHostAddress withoutMapping(const QHostAddress &address);

enum class RangeError : quint8 {
    NotAnAddress,
    BadLength,
    LooseBits, ///< 10.0.0.1/8: a host, or its network?
    Everybody, ///< a length of 0
};

/// All addresses that begin with the same bits. IPv4 in IPv6 is IPv4.
class AddressRange
{
public:
    /// "10.0.0.0/8", "fd00::/8", or one address.
    [[nodiscard]] static Result<AddressRange, RangeError> parse(QByteArrayView text);
    [[nodiscard]] bool contains(const QHostAddress &address) const;

private:
    Q_IPV6ADDR m_bits{}; ///< IPv4 as ::ffff:a.b.c.d
    int m_length = 128;
};

} // namespace glasshouse
