// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QStringList>

namespace glasshouse {

/// The names of members in the JSON of messages that went by, to complete others with. Bounded: names that were seen last stay. A
/// value.
class SeenKeys
{
public:
    static constexpr qsizetype most = 500;
    static constexpr qsizetype longestMessage = qsizetype(64) * 1024; ///< bytes; longer ones are not looked at
    static constexpr qsizetype longestKey = 64;                       ///< bytes
    static constexpr int deepest = 8;

    /// What is no JSON teaches nothing, and at most `most` new ones are taken of a message. True: there is a new one.
    bool learn(const QByteArray &message);
    /// In the order of the alphabet.
    [[nodiscard]] QStringList words() const;

private:
    QHash<QString, quint64> m_keys; ///< when each was seen last
    quint64 m_messages = 0;
    qsizetype m_new = 0; ///< of this message

    void add(QByteArrayView written);
    /// False: it is enough.
    bool learnValue(QByteArrayView value, int depth);
    void forgetOldest();
};

} // namespace glasshouse
