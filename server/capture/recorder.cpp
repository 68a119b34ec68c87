// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/recorder.h"

#include "server/capture/capturestore.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

constexpr qsizetype blockLimit = 512 * 1024;           // rows and payloads of a block
constexpr quint32 rowLimit = 16 * 1024;                // whoever reads one row unpacks all of its block
constexpr qsizetype payloadLimit = qsizetype{1} << 30; // offsets have 32 bits; nobody sends this on purpose

quint32 clampedLength(quint64 length)
{
    return static_cast<quint32>(std::min<quint64>(length, std::numeric_limits<quint32>::max()));
}

/// What RowPacker wants of a row besides the record.
quint64 extrasOf(quint16 type, quint32 answers) { return type | quint64{answers} << 32; }

/// Room for as much as the last batch held and a little more, so that a quiet server does not hold big empty buffers.
qsizetype roomFor(qsizetype last, qsizetype least) { return std::max(last + last / 8, least); }

} // namespace

inline FrameRecord Recorder::rowFor(ConnectionId connection, quint8 firstByte, quint8 flags, int headerSize,
                                    FrameViolation violation) const
{
    FrameRecord record{.timeUs = m_clock.nowUs(), .connection = static_cast<quint32>(connection)};
    setKind(record,
            firstByte | quint32{flags} << 8 | static_cast<quint32>(headerSize) << 16
                | static_cast<quint32>(violation) << 24);
    return record;
}

inline void Recorder::add(const FrameRecord &record, quint64 extras)
{
    if (m_rows.count() == 0 && m_onPending)
        m_onPending();
    m_rows.add(record, extras);
    if (m_rows.bytes() + m_payloads.size() >= blockLimit || m_rows.count() >= rowLimit)
        flush();
}

inline quint16 Recorder::pointToLast(FrameRecord &record) const
{
    record.payloadOffset = m_lastOffset;
    record.storedLength = m_lastStored;
    return m_lastType;
}

/// Only of what is stored: a secret is no type.
inline quint16 Recorder::typeOf(const FrameRecord &record, QByteArrayView payload)
{
    return isEvent(record) ? MessageTypes::unknown : m_rows.types().of(payload);
}

quint32 Recorder::behindLastIn(ConnectionId connection) const
{
    return connection == m_lastFrom ? static_cast<quint32>(m_rows.count() - m_lastIn) : 0;
}

inline quint16 Recorder::store(FrameRecord &record, QByteArrayView payload)
{
    if (payload.size() > payloadLimit) {
        record.flags |= RecordPayloadOmitted;
        return MessageTypes::unknown;
    }
    const bool isWanted = (record.flags & RecordPayloadOmitted) == 0 && takesPayloads();
    if (!isWanted && (record.flags & RecordEvent) == 0 && !payload.isEmpty()) {
        record.flags |= RecordPayloadOmitted;
        ++m_omitted;
        return typeOf(record, payload);
    }
    // An echo and a control frame's answer bring the same bytes again: comparing costs less than writing them.
    if (!hasJustStored(payload)) {
        m_lastOffset = static_cast<quint32>(m_payloads.size());
        m_lastStored = static_cast<quint32>(payload.size());
        m_lastType = typeOf(record, payload);
        m_payloads.append(payload);
        if (!m_lastShared.isNull())
            m_lastShared = QByteArray();
    }
    return pointToLast(record);
}

/// As store(), but a buffer that was stored just before is not even compared.
quint16 Recorder::storeShared(FrameRecord &record, const QByteArray &frame, int headerSize)
{
    if (frame.constData() == m_lastShared.constData() && frame.size() == m_lastShared.size())
        return pointToLast(record);
    const quint16 type = store(record, QByteArrayView(frame).sliced(std::min<qsizetype>(headerSize, frame.size())));
    m_lastShared = (record.flags & RecordPayloadOmitted) == 0 ? frame : QByteArray();
    return type;
}

void Recorder::frameIn(ConnectionId connection, const FrameHeader &header, QByteArrayView payload, quint8 flags,
                       FrameViolation violation, quint32 answers)
{
    if (!isOn())
        return;
    if (header.masked)
        flags |= RecordMasked;
    if (violation != FrameViolation::None)
        flags |= RecordBroken;
    FrameRecord record = rowFor(connection, header.firstByte, flags, header.size, violation);
    record.wireLength = clampedLength(header.payloadLength);
    record.key = header.maskKey;
    const quint16 type = store(record, payload);
    m_lastFrom = connection;
    m_lastIn = m_rows.count();
    add(record, extrasOf(type, answers));
}

void Recorder::frameOut(ConnectionId connection, const FrameHeader &header, QByteArrayView payload, quint8 flags,
                        quint32 answers)
{
    if (!isOn())
        return;
    FrameRecord record = rowFor(connection, header.firstByte, flags | RecordOut, header.size);
    record.wireLength = clampedLength(header.payloadLength);
    const quint16 type = store(record, payload);
    add(record, extrasOf(type, answers));
}

void Recorder::repeatedOut(ConnectionId connection, quint8 firstByte, int headerSize)
{
    if (!isOn())
        return;
    FrameRecord record = rowFor(connection, firstByte, RecordOut, headerSize);
    record.wireLength = m_lastStored;
    add(record, pointToLast(record));
}

template <bool isAnswer>
inline void Recorder::addSequenced(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                                   quint32 wireLength)
{
    if (!isOn() || head.isEmpty())
        return;
    FrameRecord record = rowFor(connection, static_cast<quint8>(head.at(0)), RecordOut | RecordSequenced, headerSize);
    record.wireLength = wireLength;
    record.key = sequence;
    const quint16 type = storeShared(record, head, headerSize);
    add(record, isAnswer ? extrasOf(type, behindLastIn(connection)) : type);
}

// Two functions, because this one is called for every recipient of every message.
void Recorder::sequencedOut(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                            quint32 wireLength)
{
    addSequenced<false>(connection, head, headerSize, sequence, wireLength);
}

void Recorder::answerOut(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                         quint32 wireLength)
{
    addSequenced<true>(connection, head, headerSize, sequence, wireLength);
}

void Recorder::redactedOut(ConnectionId connection, quint8 firstByte, int headerSize, quint32 wireLength,
                           QByteArrayView shown, quint32 answers)
{
    if (!isOn())
        return;
    FrameRecord record = rowFor(connection, firstByte, RecordOut | RecordRedacted, headerSize);
    record.wireLength = wireLength;
    const quint16 type = store(record, shown);
    add(record, extrasOf(type, answers));
}

void Recorder::event(ConnectionId connection, EventKind kind, QByteArrayView json)
{
    if (!isOn())
        return;
    FrameRecord record = rowFor(connection, static_cast<quint8>(kind), RecordEvent);
    if (kind == EventKind::Sample)
        m_samples.push_back(quint32(m_rows.count()));
    add(record, store(record, json));
}

bool Recorder::takesPayloads() const { return m_store->takesPayloads(); }

quint64 Recorder::endRow() const { return isOn() ? m_store->stats().endRow + pendingRows() : 0; }

void Recorder::setRedactor(const Redactor &redactor)
{
    flush(); // what was stored by the old rules is not pointed to any more
    m_redactor = redactor;
}

void Recorder::flush()
{
    if (!pending())
        return;
    m_lastIn -= m_rows.count();
    m_flushed += m_rows.count();
    const qsizetype rowRoom = roomFor(m_rows.bytes(), 256);
    const qsizetype payloadRoom = roomFor(m_payloads.size(), 1024);
    CaptureBatch spare = m_store->spareBatch();
    CaptureBatch batch = m_rows.take(std::move(spare.rows), rowRoom);
    batch.omitted = std::exchange(m_omitted, 0);
    batch.samples = std::exchange(m_samples, {});
    // One huge payload says nothing about the next ones.
    batch.payloads = m_payloads.take(std::move(spare.payloads), std::min(payloadRoom, 2 * blockLimit));
    m_store->append(std::move(batch));
    // The bytes stored last lie in the block that went.
    m_lastShared = QByteArray();
    m_lastOffset = m_lastStored = 0;
    m_lastType = MessageTypes::unknown;
}

} // namespace glasshouse
