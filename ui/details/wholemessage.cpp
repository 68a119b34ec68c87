// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/wholemessage.h"

#include "ui/models/payloadtext.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

constexpr quint8 finBit = 0x80;

class Assembly
{
public:
    explicit Assembly(const CapturedRow &part) : m_part(part)
    {
        m_whole.row = part;
        m_whole.row.payload.clear();
        m_whole.row.record.answers = 0;
        m_whole.row.record.type = MessageTypes::unknown; // the payload says
    }

    /// False: no more belongs to it.
    bool take(RowStretch &stretch, const std::atomic<bool> &stop)
    {
        for (quint64 number = stretch.firstRow(); number < stretch.endRow() && !stop; ++number) {
            const FrameRecord &record = stretch.record(number);
            if (isOfSameStream(record, m_part.record) && !add(record, stretch))
                return false;
        }
        return !stop;
    }

    /// Somebody stopped before its last frame.
    void cut() { m_whole.isCut = true; }

    std::optional<WholeMessage> result()
    {
        if (m_whole.frames == 0)
            return std::nullopt;
        FrameRecord &record = m_whole.row.record;
        record.firstByte = m_opcode | finBit;
        record.wireLength = quint32(std::min<quint64>(m_whole.bytes, std::numeric_limits<quint32>::max()));
        record.storedLength = quint32(m_whole.row.payload.size());
        record.flags &= static_cast<quint8>(~(RecordSequenced | RecordPayloadOmitted));
        m_whole.safe = withoutSecrets(m_whole.row);
        return std::move(m_whole);
    }

private:
    const CapturedRow &m_part;
    WholeMessage m_whole;
    QByteArray m_scratch;
    quint8 m_opcode = 0;

    bool add(const FrameRecord &record, RowStretch &stretch)
    {
        const quint8 opcode = record.firstByte & 0xF;
        const bool begins = opcode != quint8(Opcode::Continuation);
        if (begins != (m_whole.frames == 0))
            return false; // another message, or none
        if (begins)
            m_opcode = opcode;
        const CaptureBlock *block = stretch.whole();
        const bool isThere = block != nullptr && (record.flags & RecordPayloadOmitted) == 0;
        const QByteArrayView payload = isThere ? block->payloadOf(record, m_scratch) : QByteArrayView();
        const qsizetype room = WholeMessage::mostBytes - m_whole.row.payload.size();
        m_whole.row.payload += payload.first(std::min(payload.size(), room));
        m_whole.isKept = m_whole.isKept && isThere;
        m_whole.row.record.flags |= record.flags & RecordRedacted;
        m_whole.bytes += record.wireLength;
        const bool isLast = (record.firstByte & finBit) != 0;
        ++m_whole.frames;
        m_whole.isCut = payload.size() > room || (m_whole.frames == WholeMessage::mostFrames && !isLast);
        return !m_whole.isCut && !isLast;
    }
};

} // namespace

bool isOfSameStream(const FrameRecord &record, const FrameRecord &other)
{
    return record.connection == other.connection && !isEvent(record) && !isControl(record.firstByte & 0xF)
        && ((record.flags ^ other.flags) & (RecordOut | RecordUpstream)) == 0;
}

std::optional<WholeMessage> wholeMessage(const CapturedRow &part, quint64 first, const SearchableRows &rows,
                                         const std::atomic<bool> &stop)
{
    Assembly assembly(part);
    const quint64 end = rows.endRow(), bound = first + WholeMessage::mostRows;
    bool goesOn = true;
    rows.scan(first, std::min(end, bound), SearchableRows::Read::Rows, [&](RowStretch &stretch) {
        goesOn = assembly.take(stretch, stop);
        return goesOn;
    });
    if (goesOn && bound < end)
        assembly.cut();
    return stop ? std::nullopt : assembly.result();
}

} // namespace glasshouse
