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

/// Nullopt: the payload says.
std::optional<bool> isErrorByColumns(const FrameRecord &record, QByteArrayView name)
{
    if (isEvent(record)) {
        const auto kind = static_cast<EventKind>(record.firstByte);
        return kind == EventKind::RequestRefused || kind == EventKind::LimitHit;
    }
    if ((record.flags & RecordBroken) != 0)
        return true;
    if (isText(record))
        return record.type == MessageTypes::unknown ? std::nullopt : std::optional(name == "error");
    const auto opcode = static_cast<Opcode>(record.firstByte & 0xF);
    return opcode == Opcode::Close ? std::nullopt : std::optional(false);
}

bool isError(const RowView &row)
{
    if (const std::optional<bool> known = isErrorByColumns(row.record, row.name))
        return *known;
    return isText(row.record) ? row.type() == "error" : isBadClose(row.payload);
}

bool kindFits(const CaptureFilter &filter, const FrameRecord &record)
{
    const bool event = isEvent(record);
    if (event && (!filter.events || filter.direction || !filter.size.isOpen() || isSample(record)))
        return false;
    const bool broken = (record.flags & RecordBroken) != 0;
    if (!event && !filter.controlFrames && isControl(record.firstByte & 0xF) && !broken)
        return false;
    const Direction direction = (record.flags & RecordOut) != 0 ? Direction::Out : Direction::In;
    if (filter.direction && *filter.direction != direction)
        return false;
    if (!filter.size.contains(record.wireLength) || !filter.timeUs.contains(record.timeUs))
        return false;
    return filter.connections.isEmpty() || filter.connections.contains(ConnectionId{record.connection});
}

/// Of a row whose payload is there, or tells nothing.
MatchedMessage messageOf(const RowView &row, quint64 number, const MatchedContext &context)
{
    const FrameRecord &record = row.record;
    return {.number = number,
            .timeUs = record.timeUs,
            .connection = ConnectionId{record.connection},
            .direction = (record.flags & RecordOut) != 0 ? Direction::Out : Direction::In,
            .opcode = static_cast<quint8>(record.firstByte & 0xF),
            .isEvent = isEvent(record),
            .isError = isError(row),
            .isBroken = (record.flags & RecordBroken) != 0,
            .isOmitted = (record.flags & RecordPayloadOmitted) != 0,
            .size = record.wireLength,
            .type = row.type(),
            .payload = row.payload,
            .answered = answeredRow(record, number),
            .context = context};
}

bool isOneOf(const QList<QByteArray> &types, QByteArrayView type)
{
    return !type.isEmpty() && std::ranges::any_of(types, [type](const QByteArray &wanted) { return wanted == type; });
}

} // namespace

bool CaptureFilter::isEmpty() const { return !condition && !asksForContent() && !asksForColumns(); }

bool CaptureFilter::asksForColumns() const
{
    return direction || !types.isEmpty() || !connections.isEmpty() || !size.isOpen() || !timeUs.isOpen() || errorsOnly
        || !controlFrames;
}

std::optional<bool> CaptureFilter::columnsFit(const FrameRecord &record, QByteArrayView name) const
{
    if (!kindFits(*this, record))
        return false;
    bool isKnown = true;
    if (!types.isEmpty()) {
        isKnown = !isText(record) || record.type != MessageTypes::unknown;
        if (isKnown && !isOneOf(types, isText(record) && record.type != MessageTypes::none ? name : QByteArrayView()))
            return false;
    }
    const std::optional<bool> error = errorsOnly ? isErrorByColumns(record, name) : true;
    if (error == false)
        return false;
    return isKnown && error ? std::optional(true) : std::nullopt;
}

bool CaptureFilter::columnsFit(const RowView &row) const
{
    if (const std::optional<bool> known = columnsFit(row.record, row.name))
        return *known;
    return (types.isEmpty() || isOneOf(types, row.type())) && (!errorsOnly || isError(row));
}

bool CaptureFilter::isKnownByColumns(const FrameRecord &record) const
{
    const bool isClose = !isEvent(record) && (record.firstByte & 0xF) == static_cast<quint8>(Opcode::Close);
    const bool isTyped = !isText(record) || record.type != MessageTypes::unknown;
    return !asksForContent() && (!condition || (isTyped && !isClose));
}

Found CaptureFilter::findCondition(const RowView &row, quint64 number, const MatchedContext &context,
                                   const std::atomic<bool> &stop) const
{
    return condition ? condition->find(messageOf(row, number, context), stop) : Found::Yes;
}

Found CaptureFilter::find(const RowView &row, quint64 number, const MatchedContext &context,
                          const std::atomic<bool> &stop) const
{
    const Found fits = columnsFit(row) ? findCondition(row, number, context, stop) : Found::No;
    if (fits == Found::No || !content)
        return fits;
    const bool isOmitted = (row.record.flags & RecordPayloadOmitted) != 0;
    const Found found = isOmitted ? Found::NotToTheEnd : content->find(row.payload, stop);
    return found == Found::Yes ? fits : found;
}

Found CaptureFilter::find(const RowView &row, const std::atomic<bool> &stop) const { return find(row, 0, {}, stop); }

Found CaptureFilter::find(const RowView &row) const
{
    static const std::atomic<bool> never = false;
    return find(row, never);
}

} // namespace glasshouse
