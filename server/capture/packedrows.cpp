// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/packedrows.h"

namespace glasshouse {

namespace {

constexpr qsizetype longestRow = 33;

/// The first byte of a packed row: which fields follow.
enum Shape : quint8 {
    TimeMask = 0x03,
    TimeSame = 0,
    TimeByte = 1, ///< so many microseconds later
    TimeShort = 2,
    TimeWhole = 3,

    HasConnection = 0x04,

    KindMask = 0x18,
    KindSame = 0x00,
    KindOther = 0x08, ///< as before the last change: in and out take turns
    KindNew = 0x10,

    HasKey = 0x20,

    PayloadMask = 0xC0,
    PayloadSame = 0x00,     ///< the same bytes as the row before
    PayloadNext = 0x40,     ///< behind all bytes so far, whole, as long as the row before's
    PayloadNextSize = 0x80, ///< behind all bytes so far, whole, of this length
    PayloadFree = 0xC0,
};

template <typename Number>
char *put(char *to, Number number)
{
    qToLittleEndian<Number>(number, to);
    return to + sizeof number;
}

quint64 endOfPayload(const FrameRecord &row) { return quint64{row.payloadOffset} + row.storedLength; }

/// Takes the fields out again; `ok` becomes false where they end too early.
class RowUnpacker
{
public:
    RowUnpacker(QByteArrayView packed, quint32 payloadBytes) : m_rest(packed), m_payloadBytes(payloadBytes) { }

    /// False: it is broken.
    [[nodiscard]] bool next(FrameRecord &row);
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
    quint32 m_payloadBytes;
    FrameRecord m_last;
    quint32 m_otherKind = 0;
    quint32 m_payloadEnd = 0;
    bool m_ok = true;

    template <typename Number>
    Number get()
    {
        if (m_rest.size() < qsizetype{sizeof(Number)}) {
            m_ok = false;
            return {};
        }
        const auto number = qFromLittleEndian<Number>(m_rest.data());
        m_rest = m_rest.sliced(sizeof(Number));
        return number;
    }
    void addTime(quint64 later) // wraps around: the file may hold any time
    {
        m_last.timeUs = static_cast<qint64>(static_cast<quint64>(m_last.timeUs) + later);
    }
    void takeTime(quint8 shape);
    void takeKind(quint8 shape);
    void takePayload(quint8 shape);
};

void RowUnpacker::takeTime(quint8 shape)
{
    switch (shape & TimeMask) {
    case TimeByte:
        addTime(get<quint8>());
        break;
    case TimeShort:
        addTime(get<quint16>());
        break;
    case TimeWhole:
        m_last.timeUs = get<qint64>();
        break;
    default:
        break;
    }
}

void RowUnpacker::takeKind(quint8 shape)
{
    if ((shape & KindMask) == KindSame)
        return;
    const quint32 last = kindOf(m_last);
    setKind(m_last, (shape & KindMask) == KindNew ? get<quint32>() : m_otherKind);
    m_otherKind = last;
    m_ok = m_ok && (shape & KindMask) != KindMask;
}

void RowUnpacker::takePayload(quint8 shape)
{
    if ((shape & PayloadMask) == PayloadSame)
        return;
    m_last.payloadOffset = m_payloadEnd;
    if ((shape & PayloadMask) == PayloadNextSize)
        m_last.wireLength = m_last.storedLength = get<quint16>();
    if ((shape & PayloadMask) == PayloadFree) {
        m_last.wireLength = get<quint32>();
        m_last.storedLength = get<quint32>();
        m_last.payloadOffset = get<quint32>();
    }
    m_ok = m_ok && endOfPayload(m_last) <= m_payloadBytes;
    m_payloadEnd = std::max(m_payloadEnd, m_ok ? static_cast<quint32>(endOfPayload(m_last)) : 0);
}

bool RowUnpacker::next(FrameRecord &row)
{
    const auto shape = get<quint8>();
    takeTime(shape);
    if ((shape & HasConnection) != 0)
        m_last.connection = get<quint32>();
    takeKind(shape);
    m_last.key = (shape & HasKey) != 0 ? get<quint32>() : 0;
    takePayload(shape);
    row = m_last;
    return m_ok;
}

} // namespace

void RowPacker::add(qint64 timeUs, quint32 connection, quint32 kind, quint32 key, quint32 wireLength,
                    quint32 storedLength, quint32 payloadOffset)
{
    if (m_count == 0)
        m_firstTimeUs = timeUs;
    ++m_count;
    char *const begin = m_out.room(longestRow);
    char *at = begin + 1;
    quint8 shape = 0;
    // A time that ran backwards wraps around here, and is written as a whole.
    if (const auto later = static_cast<quint64>(timeUs) - static_cast<quint64>(m_last.timeUs); later != 0) {
        const quint8 form = later <= 0xFF ? TimeByte : later <= 0xFFFF ? TimeShort : TimeWhole;
        shape |= form;
        at = form == TimeByte   ? put(at, static_cast<quint8>(later))
            : form == TimeShort ? put(at, static_cast<quint16>(later))
                                : put(at, timeUs);
        m_last.timeUs = timeUs;
    }
    if (connection != m_last.connection) {
        shape |= HasConnection;
        at = put(at, connection);
        m_last.connection = connection;
    }
    if (kind != m_kind) {
        shape |= kind == m_otherKind ? KindOther : KindNew;
        at = kind == m_otherKind ? at : put(at, kind);
        m_otherKind = std::exchange(m_kind, kind);
    }
    if (key != 0) {
        shape |= HasKey;
        at = put(at, key);
    }
    const bool sameSize = wireLength == m_last.wireLength && storedLength == m_last.storedLength;
    if (!sameSize || payloadOffset != m_last.payloadOffset) {
        const bool isNext = payloadOffset == m_payloadEnd;
        if (sameSize && isNext) {
            shape |= PayloadNext;
        } else if (isNext && wireLength == storedLength && wireLength <= 0xFFFF) {
            shape |= PayloadNextSize;
            at = put(at, static_cast<quint16>(wireLength));
        } else {
            shape |= PayloadFree;
            at = put(put(put(at, wireLength), storedLength), payloadOffset);
        }
        m_last.wireLength = wireLength;
        m_last.storedLength = storedLength;
        m_last.payloadOffset = payloadOffset;
        m_payloadEnd = std::max(m_payloadEnd, payloadOffset + storedLength);
    }
    *begin = static_cast<char>(shape);
    m_out.advance(at - begin);
}

CaptureBatch RowPacker::take(QByteArray memory, qsizetype least)
{
    CaptureBatch batch;
    batch.rows = m_out.take(std::move(memory), least);
    batch.rowCount = m_count;
    batch.firstTimeUs = m_firstTimeUs;
    batch.lastTimeUs = m_last.timeUs;
    m_last = {};
    m_kind = m_otherKind = m_payloadEnd = m_count = 0;
    return batch;
}

std::optional<QList<FrameRecord>> unpackRows(QByteArrayView packed, quint32 count, quint32 payloadBytes)
{
    if (qsizetype{count} > packed.size())
        return std::nullopt; // each takes a byte at least: no number in a file may cost more memory than the file
    QList<FrameRecord> rows(count);
    RowUnpacker unpacker(packed, payloadBytes);
    for (FrameRecord &row : rows) {
        if (!unpacker.next(row))
            return std::nullopt;
    }
    return unpacker.atEnd() ? std::optional(std::move(rows)) : std::nullopt;
}

} // namespace glasshouse
