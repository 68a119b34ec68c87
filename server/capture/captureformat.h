// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturebatch.h"

#include <array>
#include <memory>
#include <optional>

namespace glasshouse {

/// Layout of the segment files: docs/capture-format.md. All numbers are little-endian. Written is this version; versions from 1
/// on are read.
constexpr quint32 captureFormatVersion = 4;
constexpr qsizetype segmentHeaderSize = 32;
constexpr qsizetype blockHeaderSize = 52; ///< of this version

struct BlockHeader
{
    quint64 firstRow = 0;
    qint64 firstTimeUs = 0;
    qint64 lastTimeUs = 0;
    quint32 rowCount = 0;
    quint32 rowBytes = 0; ///< of the packed rows
    quint32 payloadBytes = 0;
    quint64 bodyHash = 0; ///< of rows and payloads

    /// Of the rows and payloads behind the header.
    [[nodiscard]] qint64 bodySize() const { return qint64{rowBytes} + payloadBytes; }
};

/// A batch that has its row numbers. Never changes once it is queued.
struct PackedBlock
{
    quint64 firstRow = 0;
    CaptureBatch batch;

    [[nodiscard]] quint64 endRow() const { return firstRow + batch.rowCount; }
};

/// A block for reading. Never changes, so that any thread may hold one.
struct CaptureBlock
{
    quint64 firstRow = 0;
    QList<FrameRecord> rows;
    QList<QByteArray> names; ///< of types, by number
    QByteArray payloads;
    bool isWhole = true; ///< else the payloads were not read, and nothing was checked but that the rows are some

    [[nodiscard]] quint64 endRow() const { return firstRow + static_cast<quint64>(rows.size()); }
    [[nodiscard]] qint64 bytes() const { return rows.size() * qint64{sizeof(FrameRecord)} + payloads.size(); }
    /// Complete, of a whole block. `scratch` holds the bytes where they have to be put together.
    [[nodiscard]] QByteArrayView payloadOf(const FrameRecord &row, QByteArray &scratch) const;
};
using BlockPointer = std::shared_ptr<const CaptureBlock>;

constexpr size_t mostTailBytes = 11;
/// What the payload has behind its stored bytes (RecordSequenced), written into `memory`; empty: nothing.
[[nodiscard]] QByteArrayView tailOf(const FrameRecord &row, std::array<char, mostTailBytes> &memory);

[[nodiscard]] QByteArray segmentHeader(quint32 number);
/// The version of the format that a segment has; 0: the bytes are no header of a segment that can be read.
[[nodiscard]] quint32 formatOfSegment(QByteArrayView bytes);
/// "000001.ghcap"
[[nodiscard]] QString segmentFileName(quint32 number);
/// Number of a segment's file name; 0: it is none.
[[nodiscard]] quint32 segmentNumber(const QString &fileName);

/// What is written in front of the block's rows, which its payloads follow.
[[nodiscard]] QByteArray headerOf(const PackedBlock &block);

/// How the blocks of one version are read.
struct BlockFormat
{
    qsizetype headerSize;
    /// Nullopt unless magic, checksum and limits are right. `bytes` has headerSize bytes.
    std::optional<BlockHeader> (*header)(QByteArrayView bytes);
    /// Where the next block begins, behind the header, if only the lengths in a damaged header are right.
    qint64 (*claimedBodySize)(QByteArrayView bytes);
    /// Checks what was read: the hash, and every row. Nullptr: it is corrupt.
    BlockPointer (*body)(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads);
    /// The rows alone, without the hash, which is one of the payloads as well. Nullptr: they are corrupt.
    BlockPointer (*rows)(const BlockHeader &header, QByteArrayView rows);
};
/// `version`: as formatOfSegment() found it.
[[nodiscard]] const BlockFormat &blockFormat(quint32 version);

} // namespace glasshouse
