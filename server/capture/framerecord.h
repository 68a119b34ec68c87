// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "base/direction.h"
#include "protocol/frame.h"

#include <QByteArray>
#include <QList>
#include <QtEndian>
#include <cstddef>
#include <type_traits>

namespace glasshouse {

/// Bits of FrameRecord::flags.
enum RecordFlag : quint8 {
    RecordOut = 0x01,
    RecordMasked = 0x02,
    RecordBroken = 0x04,         ///< broke the protocol; `wireLength` is what it announced
    RecordPayloadOmitted = 0x08, ///< the writer could not keep up: counted, not stored
    RecordSequenced = 0x10,      ///< payload = stored bytes + decimal `key` + '}'
    RecordEvent = 0x20,          ///< no frame: `firstByte` is an EventKind, the payload JSON
    RecordRedacted = 0x40,       ///< a token was replaced in the payload
};

/// What else happened, stored between the frames. The payload of each is a JSON object.
enum class EventKind : quint8 {
    Note = 0,
    ConnectionOpened, ///< handshake: request and response head, redacted
    ConnectionEnded,  ///< the Ending
    RequestRefused,   ///< an Ending before the upgrade
    LimitHit,
    RoomCreated,
    RoomEnded,
    Operator, ///< somebody did something by hand
    Server,   ///< started, stopped, descriptors short …
};

/// What is known of a frame or an event besides its payload. In the file it is packed (RowPacker).
struct FrameRecord
{
    qint64 timeUs = 0;         ///< since 1970, UTC, microseconds
    quint32 connection = 0;    ///< ConnectionId
    quint32 wireLength = 0;    ///< payload bytes on the wire (announced ones for a broken frame), at most 2^32 − 1
    quint32 storedLength = 0;  ///< bytes in the payload area
    quint32 payloadOffset = 0; ///< in the payload area of the block
    quint32 key = 0;           ///< mask key of an incoming frame, or the sequence number of a Sequenced one
    quint8 firstByte = 0;      ///< as on the wire
    quint8 flags = 0;          ///< RecordFlag
    quint8 headerSize = 0;     ///< bytes of the frame header on the wire
    quint8 violation = 0;      ///< FrameViolation
};
static_assert(sizeof(FrameRecord) == 32 && std::is_trivially_copyable_v<FrameRecord>);

/// The last four fields as one number, the first of them lowest: written and read in one piece.
[[nodiscard]] inline quint32 kindOf(const FrameRecord &record)
{
    return qFromLittleEndian<quint32>(reinterpret_cast<const char *>(&record) + offsetof(FrameRecord, firstByte));
}
inline void setKind(FrameRecord &record, quint32 kind)
{
    qToLittleEndian<quint32>(kind, reinterpret_cast<char *>(&record) + offsetof(FrameRecord, firstByte));
}

/// A row that was read back, with its payload. A value.
struct CapturedRow
{
    quint64 number = 0; ///< rises by one with every row of a session, from 0
    FrameRecord record;
    QByteArray payload; ///< complete (sequence number put in), unmasked; empty if omitted

    [[nodiscard]] bool isEvent() const { return (record.flags & RecordEvent) != 0; }
    [[nodiscard]] Direction direction() const
    {
        return (record.flags & RecordOut) != 0 ? Direction::Out : Direction::In;
    }
    [[nodiscard]] quint8 opcode() const { return record.firstByte & 0xF; }
    [[nodiscard]] bool broken() const { return (record.flags & RecordBroken) != 0; }
    [[nodiscard]] EventKind eventKind() const { return static_cast<EventKind>(record.firstByte); }
    [[nodiscard]] ConnectionId connection() const { return ConnectionId{record.connection}; }
};

} // namespace glasshouse
