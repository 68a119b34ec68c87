// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <array>

namespace glasshouse {

/// One text frame for many recipients that differs only in the sequence number at its end. Bytes are built once for each
/// number of digits, so in practice once or twice however many recipients there are.
class SequencedText
{
public:
    static constexpr int maxDigits = 19;

    /// `body`: envelopeBody(), up to and with `"seq":`.
    explicit SequencedText(QByteArray body) : m_body(std::move(body)) { }

    /// Frame header and body for a number with so many digits; number and '}' follow.
    [[nodiscard]] const QByteArray &head(int digits);
    [[nodiscard]] int headerSize(int digits) const;
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] static int digitsOf(quint64 number);

private:
    QByteArray m_body;
    std::array<QByteArray, maxDigits + 1> m_heads; ///< by digits
};

} // namespace glasshouse
