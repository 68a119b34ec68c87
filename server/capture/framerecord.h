// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "base/direction.h"
#include "protocol/frame.h"
#include "server/capture/messagetypes.h"
#include "server/capture/quicktype.h"

#include <QByteArray>
#include <QList>
#include <QtEndian>
#include <cstddef>
#include <optional>
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
    RecordUpstream = 0x80,       ///< between us and the server that we stand in front of; else between a client and us
};

/// What else happened, stored between the frames. The payload of each is a JSON object. A number is never used again.
enum class EventKind : quint8 {
    Note = 0,
    ConnectionOpened, ///< handshake: request and response head, redacted
    ConnectionEnded,  ///< the Ending
    RequestRefused,   ///< an Ending before the upgrade
    LimitHit,
    RoomCreated,
    RoomEnded,
    Operator,    ///< somebody did something by hand
    Server,      ///< started, stopped, descriptors short …
    SeatTaken,   ///< a player sat down
    SeatResumed, ///< a player came back to it, on another connection
    SeatDropped, ///< its connection is gone, and it waits
    SeatLeft,    ///< given up
    HttpRequest, ///< of a plain one
    HttpAnswer,  ///< to the request that its row answers
    Sample,      ///< the server's counters, once a second
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
    quint32 answers = 0;       ///< a direct answer to the message whose (last) row is so many rows before; 0: none
    quint16 type = MessageTypes::unknown; ///< of a text frame: number in the block's table
    quint16 rule = 0;                     ///< of the fault injector that touched it, counted from 1; 0: none
};
static_assert(sizeof(FrameRecord) == 40 && std::is_trivially_copyable_v<FrameRecord>);

/// Four fields as one number, the first of them lowest: written and read in one piece.
[[nodiscard]] inline quint32 kindOf(const FrameRecord &record)
{
    return qFromLittleEndian<quint32>(reinterpret_cast<const char *>(&record) + offsetof(FrameRecord, firstByte));
}
inline void setKind(FrameRecord &record, quint32 kind)
{
    qToLittleEndian<quint32>(kind, reinterpret_cast<char *>(&record) + offsetof(FrameRecord, firstByte));
}

[[nodiscard]] inline bool isEvent(const FrameRecord &record) { return (record.flags & RecordEvent) != 0; }
/// Only these have an envelope and so a type.
[[nodiscard]] inline bool isText(const FrameRecord &record)
{
    return !isEvent(record) && (record.firstByte & 0xF) == static_cast<quint8>(Opcode::Text);
}

/// The row that row `number` answers.
[[nodiscard]] inline std::optional<quint64> answeredRow(const FrameRecord &record, quint64 number)
{
    return record.answers == 0 || record.answers > number ? std::nullopt : std::optional(number - record.answers);
}

/// A row of somebody who holds its payload. Valid as long as what it points to.
struct RowView
{
    const FrameRecord &record;
    QByteArrayView payload; ///< as in CapturedRow
    QByteArrayView name{};  ///< of record.type, where it has one

    /// Envelope type of a text message; null: it has none.
    [[nodiscard]] QByteArrayView type() const
    {
        if (!isText(record) || record.type == MessageTypes::none)
            return {};
        return record.type == MessageTypes::unknown ? quickType(payload) : name;
    }
};

/// A row that was read back, with its payload. A value.
struct CapturedRow
{
    quint64 number = 0; ///< rises by one with every row of a session, from 0
    FrameRecord record;
    QByteArray payload;   ///< complete (sequence number put in), unmasked; empty if omitted
    QByteArray name = {}; ///< of record.type, where it has one

    [[nodiscard]] bool isEvent() const { return glasshouse::isEvent(record); }
    [[nodiscard]] Direction direction() const
    {
        return (record.flags & RecordOut) != 0 ? Direction::Out : Direction::In;
    }
    [[nodiscard]] quint8 opcode() const { return record.firstByte & 0xF; }
    [[nodiscard]] bool broken() const { return (record.flags & RecordBroken) != 0; }
    [[nodiscard]] EventKind eventKind() const { return static_cast<EventKind>(record.firstByte); }
    [[nodiscard]] ConnectionId connection() const { return ConnectionId{record.connection}; }
    [[nodiscard]] RowView view() const { return {record, payload, name}; }
    /// Envelope type of a text message; null: it has none.
    [[nodiscard]] QByteArrayView type() const { return view().type(); }
    /// The row that it answers.
    [[nodiscard]] std::optional<quint64> answered() const { return answeredRow(record, number); }
};

} // namespace glasshouse
