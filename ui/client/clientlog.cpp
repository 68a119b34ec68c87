// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientlog.h"

#include "ui/models/memorysource.h"

#include <QDateTime>
#include <limits>

namespace glasshouse {

void ClientLog::frame(const FrameHeader &header, const QByteArray &payload, qint64 timeUs, quint8 flags,
                      FrameViolation violation)
{
    FrameRecord row;
    row.timeUs = timeUs;
    row.connection = m_attempts;
    row.wireLength = quint32(qMin<quint64>(header.payloadLength, std::numeric_limits<quint32>::max()));
    row.key = header.maskKey;
    row.firstByte = header.firstByte;
    row.flags = flags;
    row.headerSize = header.size;
    row.violation = quint8(violation);
    row.answers = m_answers.answers(row, payload, m_source.endRow());
    m_source.append(row, payload);
}

void ClientLog::event(EventKind kind, const QByteArray &json)
{
    FrameRecord row;
    row.timeUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    row.connection = m_attempts;
    row.wireLength = quint32(json.size());
    row.firstByte = quint8(kind);
    row.flags = RecordEvent;
    m_source.append(row, json);
}

} // namespace glasshouse
