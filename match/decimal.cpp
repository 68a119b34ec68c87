// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/decimal.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qint64 mostExponent = 1'000'000'000'000'000;

/// Takes the digits at the beginning of `text` away.
QByteArrayView takeDigits(QByteArrayView &text)
{
    const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
    const QByteArrayView digits = text.first(end - text.begin());
    text = text.sliced(digits.size());
    return digits;
}

bool take(QByteArrayView &text, char c)
{
    if (!text.startsWith(c))
        return false;
    text = text.sliced(1);
    return true;
}

std::optional<qint64> takeExponent(QByteArrayView &text)
{
    if (!take(text, 'e') && !take(text, 'E'))
        return 0;
    const bool negative = take(text, '-');
    if (!negative)
        take(text, '+');
    const QByteArrayView digits = takeDigits(text);
    if (digits.isEmpty())
        return std::nullopt;
    qint64 exponent = 0;
    for (const char digit : digits)
        exponent = std::min(exponent * 10 + (digit - '0'), mostExponent);
    return negative ? -exponent : exponent;
}

} // namespace

std::optional<Decimal> Decimal::read(QByteArrayView text)
{
    Decimal number;
    number.m_negative = take(text, '-');
    number.m_whole = takeDigits(text);
    if (number.m_whole.isEmpty() || (number.m_whole.size() > 1 && number.m_whole.front() == '0'))
        return std::nullopt;
    if (take(text, '.')) {
        number.m_fraction = takeDigits(text);
        if (number.m_fraction.isEmpty())
            return std::nullopt;
    }
    const auto exponent = takeExponent(text);
    if (!exponent || !text.isEmpty())
        return std::nullopt;
    number.settle(*exponent);
    return number;
}

void Decimal::settle(qint64 exponent)
{
    const auto isZeroDigit = [](char c) { return c == '0'; };
    const auto first = std::ranges::find_if_not(m_whole, isZeroDigit);
    m_leading = first - m_whole.begin();
    if (first == m_whole.end())
        m_leading += std::ranges::find_if_not(m_fraction, isZeroDigit) - m_fraction.begin();
    m_power = m_whole.size() - m_leading + exponent;
    if (isZero())
        m_negative = false; // −0 is 0
}

char Decimal::digit(qsizetype index) const
{
    index += m_leading;
    if (index < m_whole.size())
        return m_whole[index];
    index -= m_whole.size();
    return index < m_fraction.size() ? m_fraction[index] : '0';
}

std::strong_ordering Decimal::compareSizes(const Decimal &other) const
{
    if (isZero() || other.isZero())
        return !isZero() <=> !other.isZero();
    if (m_power != other.m_power)
        return m_power <=> other.m_power;
    const qsizetype last = std::max(count(), other.count());
    for (qsizetype i = 0; i < last; ++i) {
        if (digit(i) != other.digit(i))
            return digit(i) <=> other.digit(i);
    }
    return std::strong_ordering::equal;
}

std::strong_ordering Decimal::operator<=>(const Decimal &other) const
{
    if (m_negative != other.m_negative)
        return other.m_negative <=> m_negative;
    return m_negative ? other.compareSizes(*this) : compareSizes(other);
}

} // namespace glasshouse
