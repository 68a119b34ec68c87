// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/packedrows.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

constexpr size_t longestExtras = 1 + 1 + MessageTypes::longestName + 4 + 2;
constexpr qsizetype longestRow = 33; // without them

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
    HasExtras = 0x18, ///< an Extras follows, and says it

    HasKey = 0x20,

    PayloadMask = 0xC0,
    PayloadSame = 0x00,     ///< the same bytes as the row before
    PayloadNext = 0x40,     ///< behind all bytes so far, whole, as long as the row before's
    PayloadNextSize = 0x80, ///< behind all bytes so far, whole, of this length
    PayloadFree = 0xC0,
};

/// The second byte of a packed row that has what most have not.
enum Extras : quint8 {
    ExtraKindMask = 0x03, ///< KindMask, further down
    ExtraKindShift = 3,

    TypeMask = 0x0C,
    TypeSame = 0x00,  ///< as in the last text row
    TypeOther = 0x04, ///< as before its last change
    TypeNumber = 0x08,
    TypeName = 0x0C, ///< its length and itself: it gets the next number

    AnswerMask = 0x30,
    AnswerNone = 0x00,
    AnswerByte = 0x10,
    AnswerWhole = 0x20,

    HasRule = 0x40,
    ExtraUnused = 0x80,
};

constexpr bool isTextKind(quint32 kind)
{
    return (kind & (0xF | quint32{RecordEvent} << 8)) == static_cast<quint32>(Opcode::Text);
}

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
    RowUnpacker(QByteArrayView packed, quint32 payloadBytes, bool hasExtras)
        : m_rest(packed),
          m_payloadBytes(payloadBytes),
          m_hasExtras(hasExtras)
    { }

    /// False: it is broken.
    [[nodiscard]] bool next(FrameRecord &row);
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }
    [[nodiscard]] QList<QByteArray> takeNames() { return std::move(m_names); }

private:
    QByteArrayView m_rest;
    quint32 m_payloadBytes;
    bool m_hasExtras;
    FrameRecord m_last; ///< its type is that of the last text row
    quint32 m_otherKind = 0;
    quint32 m_payloadEnd = 0;
    quint16 m_otherType = MessageTypes::unknown;
    QList<QByteArray> m_names = QList<QByteArray>(MessageTypes::firstName);
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
    void takeExtras(quint8 extras);
    void takeType(quint8 extras);
    [[nodiscard]] quint16 takeNumber();
    [[nodiscard]] quint16 takeName();
    void takeTime(quint8 shape);
    void takeKind(quint8 shape);
    void takePayload(quint8 shape);
};

void RowUnpacker::takeExtras(quint8 extras)
{
    takeType(extras);
    const int answer = extras & AnswerMask;
    if (answer != AnswerNone)
        m_last.answers = answer == AnswerByte ? get<quint8>() : get<quint32>();
    if ((extras & HasRule) != 0)
        m_last.rule = get<quint16>();
    m_ok = m_ok && m_hasExtras && (extras & ExtraUnused) == 0 && answer != AnswerMask;
}

void RowUnpacker::takeType(quint8 extras)
{
    if ((extras & TypeMask) == TypeSame)
        return;
    const quint16 last = m_last.type;
    switch (extras & TypeMask) {
    case TypeOther:
        m_last.type = m_otherType;
        break;
    case TypeNumber:
        m_last.type = takeNumber();
        break;
    default:
        m_last.type = takeName();
        break;
    }
    m_otherType = last;
}

quint16 RowUnpacker::takeNumber()
{
    const auto number = get<quint8>();
    m_ok = m_ok && number < m_names.size();
    return number;
}

quint16 RowUnpacker::takeName()
{
    const qsizetype size = get<quint8>();
    m_ok = m_ok && size <= m_rest.size() && m_names.size() < MessageTypes::firstName + MessageTypes::most;
    const QByteArrayView name = m_ok ? m_rest.first(size) : QByteArrayView();
    m_ok = m_ok && MessageTypes::isValid(name) && !m_names.contains(name);
    m_rest = m_rest.sliced(name.size());
    m_names.append(name.toByteArray());
    return static_cast<quint16>(m_names.size() - 1);
}

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
    auto shape = get<quint8>();
    quint8 extras = 0;
    m_last.answers = 0;
    m_last.rule = 0;
    if ((shape & KindMask) == HasExtras) {
        extras = get<quint8>();
        takeExtras(extras);
        shape = static_cast<quint8>((shape & ~KindMask) | (extras & ExtraKindMask) << ExtraKindShift);
    }
    takeTime(shape);
    if ((shape & HasConnection) != 0)
        m_last.connection = get<quint32>();
    takeKind(shape);
    m_last.key = (shape & HasKey) != 0 ? get<quint32>() : 0;
    takePayload(shape);
    row = m_last;
    if (isText(row))
        return m_ok;
    row.type = MessageTypes::unknown;
    return m_ok && (extras & TypeMask) == 0;
}

} // namespace

qsizetype RowPacker::addPlain(qint64 timeUs, quint32 connection, quint32 kind, quint32 key, quint32 wireLength,
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
    return at - begin;
}

/// The extras come between the first byte and the fields.
void RowPacker::extendLast(qsizetype size, quint64 extras)
{
    const bool isTyped = isTextKind(m_kind) && static_cast<quint16>(extras) != m_type;
    if (!isTyped && extras <= std::numeric_limits<quint16>::max())
        return;
    std::array<char, longestExtras> bytes;
    char *at = bytes.data() + 1;
    quint8 which = 0;
    if (isTyped)
        at = putType(at, which, static_cast<quint16>(extras));
    if (const auto answers = static_cast<quint32>(extras >> 32); answers != 0) {
        const bool isNear = answers <= 0xFF;
        which |= isNear ? AnswerByte : AnswerWhole;
        at = isNear ? put(at, static_cast<quint8>(answers)) : put(at, answers);
    }
    if (const auto rule = static_cast<quint16>(extras >> 16); rule != 0) {
        which |= HasRule;
        at = put(at, rule);
    }
    char *const shape = m_out.insert(m_out.size() - size + 1, {bytes.data(), at}) - 1;
    shape[1] = static_cast<char>(which | (*shape & KindMask) >> ExtraKindShift);
    *shape = static_cast<char>(*shape | HasExtras);
}

char *RowPacker::putType(char *at, quint8 &which, quint16 type)
{
    const quint16 before = std::exchange(m_type, type);
    if (type == std::exchange(m_otherType, before)) {
        which |= TypeOther;
        return at;
    }
    quint8 &number = m_written[type];
    if (type < MessageTypes::firstName || number != 0) {
        which |= TypeNumber;
        return put(at, type < MessageTypes::firstName ? static_cast<quint8>(type) : number);
    }
    number = static_cast<quint8>(m_nextName++);
    const QByteArrayView name = m_types.name(type);
    which |= TypeName;
    at = put(at, static_cast<quint8>(name.size()));
    return std::copy(name.begin(), name.end(), at);
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
    m_types.clear();
    m_type = m_otherType = MessageTypes::unknown;
    if (m_nextName != MessageTypes::firstName)
        m_written.fill(0);
    m_nextName = MessageTypes::firstName;
    return batch;
}

std::optional<UnpackedRows> unpackRows(QByteArrayView packed, quint32 count, quint32 payloadBytes, bool hasExtras)
{
    if (qsizetype{count} > packed.size())
        return std::nullopt; // each takes a byte at least: no number in a file may cost more memory than the file
    UnpackedRows unpacked{.rows = QList<FrameRecord>(count), .names = {}};
    RowUnpacker unpacker(packed, payloadBytes, hasExtras);
    for (FrameRecord &row : unpacked.rows) {
        if (!unpacker.next(row))
            return std::nullopt;
    }
    unpacked.names = unpacker.takeNames();
    return unpacker.atEnd() ? std::optional(std::move(unpacked)) : std::nullopt;
}

} // namespace glasshouse
