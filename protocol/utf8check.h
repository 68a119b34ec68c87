// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace glasshouse {

/// Checks UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF) piece by piece and fails at the
/// first byte that can not belong to valid text. Pure; eight ASCII bytes at a time.
class Utf8Check
{
public:
    /// False as soon as the text can not become valid any more; stays false until reset().
    bool feed(QByteArrayView bytes);
    /// True where the text may end here (no code point is half received).
    [[nodiscard]] bool complete() const { return m_needed == 0 && m_valid; }
    [[nodiscard]] bool valid() const { return m_valid; }
    void reset() { *this = {}; }

    [[nodiscard]] static bool isValid(QByteArrayView bytes);

private:
    quint8 m_needed = 0; ///< continuation bytes still to come
    quint8 m_low = 0x80; ///< bounds for the next one
    quint8 m_high = 0xBF;
    bool m_valid = true;
};

} // namespace glasshouse
