// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/bytewriter.h"
#include "server/capture/capturebatch.h"

#include <array>
#include <optional>

namespace glasshouse {

/// Rows as they lie in a block (docs/capture-format.md): of each what the rows before it do not tell, 1 to 105 bytes. A frame that
/// comes and goes again takes about ten bytes, not 80.
class RowPacker
{
public:
    RowPacker() = default;
    /// For rows whose types are numbers of these names already.
    explicit RowPacker(const QList<QByteArray> &names) : m_types(names) { }

    /// `row.type` is a number of types().
    void add(const FrameRecord &row) { add(row, row.type | quint64{row.rule} << 16 | quint64{row.answers} << 32); }
    /// The same with the last three fields in place of the row's own: type, rule and answers, the first of them lowest.
    void add(const FrameRecord &row, quint64 extras)
    {
        // One by one: a compiler that sees the row itself reads it in wider pieces than it was just written in, for which a
        // processor waits. That took most of the time of a row.
        const qsizetype size = addPlain(row.timeUs, row.connection, kindOf(row), row.key, row.wireLength,
                                        row.storedLength, row.payloadOffset);
        if (extras != m_type) [[unlikely]]
            extendLast(size, extras);
    }

    /// The names of this block.
    [[nodiscard]] MessageTypes &types() { return m_types; }
    [[nodiscard]] quint32 count() const { return m_count; }
    [[nodiscard]] qsizetype bytes() const { return m_out.size(); }

    /// The packed rows with their count and times, without payloads. The next row is a first one again; it goes into `memory`,
    /// with room for `least` bytes.
    [[nodiscard]] CaptureBatch take(QByteArray memory = {}, qsizetype least = 0);

private:
    ByteWriter m_out;
    FrameRecord m_last;      ///< but its kind
    quint32 m_kind = 0;      ///< the last one
    quint32 m_otherKind = 0; ///< as before the last change
    quint32 m_payloadEnd = 0;
    quint32 m_count = 0;
    qint64 m_firstTimeUs = 0;
    MessageTypes m_types;
    quint16 m_type = MessageTypes::unknown;      ///< of the last text row
    quint16 m_otherType = MessageTypes::unknown; ///< as before its last change
    /// In the file: counted in the order of the rows. 0: not named yet.
    std::array<quint8, MessageTypes::firstName + MessageTypes::most> m_written{};
    quint16 m_nextName = MessageTypes::firstName;

    /// Returns the bytes that it took.
    qsizetype addPlain(qint64 timeUs, quint32 connection, quint32 kind, quint32 key, quint32 wireLength,
                       quint32 storedLength, quint32 payloadOffset);
    void extendLast(qsizetype size, quint64 extras);
    [[nodiscard]] char *putType(char *at, quint8 &which, quint16 type);
};

struct UnpackedRows
{
    QList<FrameRecord> rows;
    QList<QByteArray> names; ///< of types, by number; empty below MessageTypes::firstName
};

/// Nullopt unless these are `count` rows exactly, all of whose payloads lie within `payloadBytes`. Any thread.
/// `hasExtras`: may they have the extra byte? Format 3 knows none.
[[nodiscard]] std::optional<UnpackedRows> unpackRows(QByteArrayView packed, quint32 count, quint32 payloadBytes,
                                                     bool hasExtras = true);

} // namespace glasshouse
