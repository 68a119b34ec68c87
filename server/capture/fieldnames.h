// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <array>

namespace glasshouse {

/// Names of JSON members (UTF-8) whose values are secrets because the configuration says so. Case makes no difference, nor
/// does white space around a name. A value; pure.
class FieldNames
{
public:
    FieldNames() = default;
    explicit FieldNames(const QList<QByteArray> &names);

    [[nodiscard]] bool isEmpty() const { return m_names.isEmpty(); }
    /// Is it one of them? `name` is decoded.
    [[nodiscard]] bool contains(QByteArrayView name) const;
    /// Could raw text hold one of them, other than with \u escapes? One quick scan; says yes rather too often.
    [[nodiscard]] bool mayOccur(QByteArrayView text) const;
    /// For text that can not be taken apart: does one occur anywhere, escaped or not, with a value or not?
    [[nodiscard]] bool occurs(QByteArrayView text) const;
    /// The place behind `name =`, `"name":`, `user[name]=` and the like in decoded text, at or behind `from`; −1: none.
    [[nodiscard]] qsizetype assigned(QByteArrayView text, qsizetype from = 0) const;
    /// The same for text that may hold JSON with escapes of its own.
    [[nodiscard]] bool isAssigned(QByteArrayView text) const;
    /// So many bytes have to be looked at together to find the longest of them.
    [[nodiscard]] qsizetype longest() const { return m_longest; }

private:
    QList<QByteArray> m_names; ///< folded
    qsizetype m_longest = 0;
    bool m_beyondAscii = false;
    std::array<bool, 256> m_begins{}; ///< bytes that one may begin with

    [[nodiscard]] qsizetype lengthAt(QByteArrayView text) const;
};

/// \u0061 → a, for ASCII only; \x → x.
[[nodiscard]] QByteArray withoutEscapes(QByteArrayView text);

} // namespace glasshouse
