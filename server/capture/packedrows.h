// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/bytewriter.h"
#include "server/capture/capturebatch.h"

#include <array>
#include <optional>

namespace glasshouse {

/// Rows as they lie in a block (docs/capture-format.md): of each what the rows before it do not tell, 1 to 33 bytes. A frame that
/// comes and goes again takes about ten bytes, not 64.
class RowPacker
{
public:
    void add(const FrameRecord &row)
    {
        // One by one: a compiler that sees the row itself reads it in wider pieces than it was just written in, for which a
        // processor waits. That took most of the time of a row.
        add(row.timeUs, row.connection, kindOf(row), row.key, row.wireLength, row.storedLength, row.payloadOffset);
    }

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

    void add(qint64 timeUs, quint32 connection, quint32 kind, quint32 key, quint32 wireLength, quint32 storedLength,
             quint32 payloadOffset);
};

/// Nullopt unless these are `count` rows exactly, all of whose payloads lie within `payloadBytes`. Any thread.
[[nodiscard]] std::optional<QList<FrameRecord>> unpackRows(QByteArrayView packed, quint32 count, quint32 payloadBytes);

} // namespace glasshouse
