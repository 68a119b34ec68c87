// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <compare>
#include <optional>

namespace glasshouse {

/// A number as JSON writes it (RFC 8259, section 6), compared by its digits: exactly, however many there are. A view. Exponents
/// beyond 10^15 are taken for that.
class Decimal
{
public:
    /// nullopt: it is no such number.
    [[nodiscard]] static std::optional<Decimal> read(QByteArrayView text);

    std::strong_ordering operator<=>(const Decimal &other) const;
    bool operator==(const Decimal &other) const { return (*this <=> other) == std::strong_ordering::equal; }

private:
    bool m_negative = false;
    QByteArrayView m_whole;    ///< digits before the point
    QByteArrayView m_fraction; ///< and behind it
    qsizetype m_leading = 0;   ///< zeros before the first digit that counts
    qint64 m_power = 0;        ///< that digit stands so many places before the point

    void settle(qint64 exponent);
    [[nodiscard]] qsizetype count() const { return m_whole.size() + m_fraction.size() - m_leading; }
    [[nodiscard]] bool isZero() const { return count() == 0; }
    /// From the first one that counts; behind the last there are zeros.
    [[nodiscard]] char digit(qsizetype index) const;
    [[nodiscard]] std::strong_ordering compareSizes(const Decimal &other) const;
};

} // namespace glasshouse
