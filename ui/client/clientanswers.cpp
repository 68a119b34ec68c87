// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientanswers.h"

#include "ui/messages/answernames.h"

#include <utility>

namespace glasshouse {

namespace {

constexpr qsizetype longestRead = qsizetype(64) * 1024; // of a message: rows come by the thousand
constexpr qsizetype longestName = 256;

QByteArray keyOf(bool isOut, const QByteArray &name) { return (isOut ? '<' : '>') + name; }

} // namespace

quint32 ClientAnswers::answers(const FrameRecord &record, const QByteArray &payload, quint64 number)
{
    if ((record.flags & RecordBroken) != 0 || isEvent(record))
        return 0;
    if (std::exchange(m_connection, record.connection) != record.connection) {
        m_pings = {};
        m_asked.clear();
    }
    const bool isOut = (record.flags & RecordOut) != 0;
    const quint8 opcode = record.firstByte & 0xF;
    if (isControl(opcode))
        return m_pings.answers(static_cast<Opcode>(opcode), isOut ? Direction::Out : Direction::In, payload, number);
    if (!isText(record) || payload.size() > longestRead)
        return 0;
    quint32 rows = 0;
    if (!m_asked.isEmpty() && payload.contains("\"re\"")) {
        const quint64 *asked = m_asked.object(keyOf(!isOut, answerName(payload, "re")));
        rows = asked != nullptr ? static_cast<quint32>(number - *asked) : 0;
    }
    if (payload.contains("\"id\"")) {
        const QByteArray name = answerName(payload, "id");
        if (!name.isEmpty() && name.size() <= longestName)
            m_asked.insert(keyOf(isOut, name), new quint64(number));
    }
    return rows;
}

} // namespace glasshouse
