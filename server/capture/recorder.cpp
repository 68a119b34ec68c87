// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/recorder.h"

#include "server/capture/capturestore.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace glasshouse {

namespace {

constexpr qsizetype blockLimit = 256 * 1024;           // rows and payloads of a block
constexpr qsizetype payloadLimit = qsizetype{1} << 30; // offsets have 32 bits; nobody sends this on purpose
constexpr qsizetype rowBytes = qsizetype{sizeof(FrameRecord)};

quint32 clampedLength(quint64 length)
{
    return static_cast<quint32>(std::min<quint64>(length, std::numeric_limits<quint32>::max()));
}

/// Room for as much as the last batch held and a little more, so that a quiet server does not hold big empty buffers.
qsizetype roomFor(qsizetype last, qsizetype least) { return std::max(last + last / 8, least); }

} // namespace

qint64 captureClockUs()
{
    using namespace std::chrono;
    const auto steadyUs = [] { return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count(); };
    // The wall clock is looked at once: a later correction of it must not turn rows around.
    static const qint64 offset =
        duration_cast<microseconds>(system_clock::now().time_since_epoch()).count() - steadyUs();
    return offset + steadyUs();
}

Recorder::Turn::Turn(Recorder &recorder) : m_recorder(recorder), m_outer(recorder.m_turnUs)
{
    if (m_recorder.isOn() && m_outer == 0)
        m_recorder.m_turnUs = captureClockUs();
}

FrameRecord &Recorder::addRow(ConnectionId connection, quint8 firstByte, quint8 flags)
{
    if (m_batch.rows.isEmpty() && m_onPending)
        m_onPending();
    FrameRecord &record = m_batch.rows.emplaceBack();
    record.timeUs = nowUs();
    record.connection = static_cast<quint32>(connection);
    record.firstByte = firstByte;
    record.flags = flags;
    return record;
}

void Recorder::pointToLast(FrameRecord &record) const
{
    record.payloadOffset = m_lastOffset;
    record.storedLength = m_lastStored;
}

void Recorder::store(FrameRecord &record, QByteArrayView payload)
{
    if (payload.size() > payloadLimit) {
        record.flags |= RecordPayloadOmitted;
        return;
    }
    if (!m_store->takesPayloads() && (record.flags & RecordEvent) == 0 && !payload.isEmpty()) {
        record.flags |= RecordPayloadOmitted;
        ++m_batch.omitted;
        return;
    }
    // An echo and a control frame's answer bring the same bytes again: comparing costs less than writing them.
    if (payload != lastStored()) {
        m_lastOffset = static_cast<quint32>(m_batch.payloads.size());
        m_lastStored = static_cast<quint32>(payload.size());
        m_batch.payloads.append(payload);
        m_lastFrame = QByteArray();
    }
    pointToLast(record);
}

/// As store(), but a buffer that was stored just before is not even compared.
void Recorder::storeShared(FrameRecord &record, const QByteArray &frame, int headerSize)
{
    if (frame.constData() == m_lastFrame.constData() && frame.size() == m_lastFrame.size())
        return pointToLast(record);
    store(record, QByteArrayView(frame).sliced(std::min<qsizetype>(headerSize, frame.size())));
    m_lastFrame = (record.flags & RecordPayloadOmitted) == 0 ? frame : QByteArray();
}

void Recorder::frameIn(ConnectionId connection, const FrameHeader &header, QByteArrayView payload, quint8 flags,
                       FrameViolation violation)
{
    if (!isOn())
        return;
    FrameRecord &record = addRow(connection, header.firstByte, flags);
    if (header.masked)
        record.flags |= RecordMasked;
    if (violation != FrameViolation::None)
        record.flags |= RecordBroken;
    record.wireLength = clampedLength(header.payloadLength);
    record.key = header.maskKey;
    record.headerSize = header.size;
    record.violation = static_cast<quint8>(violation);
    store(record, payload);
    flushIfFull();
}

void Recorder::frameOut(ConnectionId connection, const QByteArray &frame, int headerSize)
{
    if (!isOn() || frame.isEmpty())
        return;
    FrameRecord &record = addRow(connection, static_cast<quint8>(frame.at(0)), RecordOut);
    record.wireLength = clampedLength(static_cast<quint64>(std::max<qsizetype>(0, frame.size() - headerSize)));
    record.headerSize = static_cast<quint8>(headerSize);
    storeShared(record, frame, headerSize);
    flushIfFull();
}

void Recorder::sequencedOut(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                            quint32 wireLength)
{
    if (!isOn() || head.isEmpty())
        return;
    FrameRecord &record = addRow(connection, static_cast<quint8>(head.at(0)), RecordOut | RecordSequenced);
    record.wireLength = wireLength;
    record.headerSize = static_cast<quint8>(headerSize);
    record.key = sequence;
    storeShared(record, head, headerSize);
    flushIfFull();
}

void Recorder::redactedOut(ConnectionId connection, quint8 firstByte, int headerSize, quint32 wireLength,
                           QByteArrayView shown)
{
    if (!isOn())
        return;
    FrameRecord &record = addRow(connection, firstByte, RecordOut | RecordRedacted);
    record.wireLength = wireLength;
    record.headerSize = static_cast<quint8>(headerSize);
    store(record, shown);
    flushIfFull();
}

void Recorder::event(ConnectionId connection, EventKind kind, QByteArrayView json)
{
    if (!isOn())
        return;
    FrameRecord &record = addRow(connection, static_cast<quint8>(kind), RecordEvent);
    store(record, json);
    flushIfFull();
}

void Recorder::setRedactor(const Redactor &redactor)
{
    flush(); // what was stored by the old rules is not pointed to any more
    m_redactor = redactor;
}

void Recorder::flushIfFull()
{
    if (m_batch.rows.size() * rowBytes + m_batch.payloads.size() >= blockLimit)
        flush();
}

void Recorder::flush()
{
    if (!pending())
        return;
    const qsizetype rows = roomFor(m_batch.rows.size(), 16);
    const qsizetype bytes = roomFor(m_batch.payloads.size(), 1024);
    m_store->append(std::exchange(m_batch, {}));
    m_batch.rows.reserve(rows);
    m_batch.payloads.reserve(std::min(bytes, 2 * blockLimit)); // one huge payload says nothing about the next ones
    // The bytes stored last lie in the block that went.
    m_lastFrame = QByteArray();
    m_lastOffset = m_lastStored = 0;
}

} // namespace glasshouse
