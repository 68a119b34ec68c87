// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <algorithm>
#include <array>

namespace glasshouse {

/// Numbers for the types of messages, which a row has in place of the name (FrameRecord::type). A table a block: a block can
/// be read without any other, and whoever fills a table with nonsense has filled one. Not thread-safe.
class MessageTypes
{
public:
    static constexpr quint16 unknown = 0; ///< nobody looked, or a quick look did not find it: the payload says
    static constexpr quint16 none = 1;    ///< no envelope with a type
    static constexpr quint16 firstName = 2;
    static constexpr int most = 254;             ///< names; a number is a byte in the file
    static constexpr qsizetype longestName = 64; ///< docs/protocol.md

    MessageTypes() = default;
    /// `names`: by number.
    explicit MessageTypes(const QList<QByteArray> &names);

    /// The number of the type that a text payload names. What is no valid type has no number, and what is redacted is not one.
    [[nodiscard]] quint16 of(QByteArrayView payload)
    {
        const quint8 first = payload.isEmpty() ? 0 : static_cast<quint8>(payload.front());
        return first > ' ' && first != '{' ? none : lookInto(payload);
    }
    /// `unknown` where the table is full or the name is none.
    [[nodiscard]] quint16 numberOf(QByteArrayView name);
    /// Of a number from firstName on that numberOf() gave.
    [[nodiscard]] QByteArrayView name(quint16 number) const
    {
        const size_t at = number - firstName;
        return {m_names.constData() + m_begins[at], m_begins[at + 1] - m_begins[at]};
    }
    void clear();

    /// 1–64 of a–z 0–9 _
    [[nodiscard]] static bool isValid(QByteArrayView name);

private:
    static constexpr size_t slotCount = 512; // twice as many as names

    QByteArray m_names;                       ///< one behind the other
    std::array<quint16, most + 1> m_begins{}; ///< of each in m_names, and the end of the last
    std::array<quint8, slotCount> m_slots{};  ///< numbers by hash; 0: free
    quint16 m_count = 0;
    quint16 m_last = unknown; ///< found last: most messages are like the one before

    [[nodiscard]] quint16 lookInto(QByteArrayView payload);
    [[nodiscard]] quint16 numberOfValid(QByteArrayView name);
    [[nodiscard]] quint16 add(QByteArrayView name, quint8 &slot);
    [[nodiscard]] bool is(quint16 number, QByteArrayView wanted) const
    {
        const QByteArrayView known = name(number); // operator== goes through two libraries for it
        return known.size() == wanted.size() && std::equal(known.begin(), known.end(), wanted.begin());
    }
};

} // namespace glasshouse
