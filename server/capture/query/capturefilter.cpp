// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/capturefilter.h"

#include <QtEndian>
#include <algorithm>

namespace glasshouse {

namespace {

/// Figures for those who draw them: nobody looks for them among messages.
bool isSample(const FrameRecord &record) { return record.firstByte == static_cast<quint8>(EventKind::Sample); }

/// An empty close says nothing bad: browsers send it for close() without arguments.
bool isBadClose(QByteArrayView payload)
{
    if (payload.size() < 2)
        return payload.size() == 1;
    const quint16 code = qFromBigEndian<quint16>(payload.data());
    return code != 1000 && code != 1001;
}

bool isError(const RowView &row)
{
    if (isEvent(row.record)) {
        const auto kind = static_cast<EventKind>(row.record.firstByte);
        return kind == EventKind::RequestRefused || kind == EventKind::LimitHit;
    }
    const auto opcode = static_cast<Opcode>(row.record.firstByte & 0xF);
    return (row.record.flags & RecordBroken) != 0 || (opcode == Opcode::Close && isBadClose(row.payload))
        || row.type() == "error";
}

/// What the row alone can tell.
bool kindFits(const CaptureFilter &filter, const FrameRecord &record)
{
    const bool event = isEvent(record);
    if (event && (!filter.events || filter.direction || isSample(record)))
        return false;
    const bool broken = (record.flags & RecordBroken) != 0;
    if (!event && !filter.controlFrames && isControl(record.firstByte & 0xF) && !broken)
        return false;
    const Direction direction = (record.flags & RecordOut) != 0 ? Direction::Out : Direction::In;
    if (filter.direction && *filter.direction != direction)
        return false;
    return filter.connections.isEmpty() || filter.connections.contains(ConnectionId{record.connection});
}

bool typeFits(const CaptureFilter &filter, const RowView &row)
{
    if (filter.types.isEmpty())
        return true;
    const QByteArrayView type = row.type();
    return !type.isEmpty()
        && std::ranges::any_of(filter.types, [type](const QByteArray &wanted) { return wanted == type; });
}

} // namespace

bool CaptureFilter::isEmpty() const
{
    return !content && !direction && types.isEmpty() && connections.isEmpty() && !errorsOnly && controlFrames;
}

Found CaptureFilter::find(const RowView &row, const std::atomic<bool> &stop) const
{
    if (!kindFits(*this, row.record) || !typeFits(*this, row) || (errorsOnly && !isError(row)))
        return Found::No;
    if (!content)
        return Found::Yes;
    return (row.record.flags & RecordPayloadOmitted) != 0 ? Found::NotToTheEnd : content->find(row.payload, stop);
}

Found CaptureFilter::find(const RowView &row) const
{
    static const std::atomic<bool> never = false;
    return find(row, never);
}

} // namespace glasshouse
