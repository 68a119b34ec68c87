// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturebatch.h"

#include <memory>

namespace glasshouse {

/// Layout of the segment files: docs/capture-format.md. All numbers are little-endian.
constexpr quint32 captureFormatVersion = 2;
constexpr qsizetype segmentHeaderSize = 32;
constexpr qsizetype blockHeaderSize = 48;
constexpr qint64 rowSize = qint64{sizeof(FrameRecord)};

struct BlockHeader
{
    quint64 firstRow = 0;
    qint64 firstTimeUs = 0;
    qint64 lastTimeUs = 0;
    quint32 rowCount = 0;
    quint32 payloadBytes = 0;
    quint64 bodyHash = 0; ///< of rows and payloads

    [[nodiscard]] qint64 size() const { return blockHeaderSize + rowCount * rowSize + payloadBytes; }
};

/// Rows that follow each other, with their payloads. Never changes, so that any thread may hold one.
struct CaptureBlock
{
    quint64 firstRow = 0;
    CaptureBatch batch;

    [[nodiscard]] quint64 endRow() const { return firstRow + static_cast<quint64>(batch.rows.size()); }
    [[nodiscard]] qint64 bytes() const { return batch.rows.size() * rowSize + batch.payloads.size(); }
};
using BlockPointer = std::shared_ptr<const CaptureBlock>;

[[nodiscard]] QByteArray segmentHeader(quint32 number);
[[nodiscard]] bool isSegmentHeader(QByteArrayView bytes);
/// "000001.ghcap"
[[nodiscard]] QString segmentFileName(quint32 number);
/// Number of a segment's file name; 0: it is none.
[[nodiscard]] quint32 segmentNumber(const QString &fileName);

/// A block as it is written: the parts follow each other.
struct EncodedBlock
{
    QByteArray header;
    QByteArray rows; ///< shares the memory of the block's where the machine is little-endian
    QByteArrayView payloads;

    [[nodiscard]] qint64 size() const { return header.size() + rows.size() + payloads.size(); }
};
/// Valid as long as `block`.
[[nodiscard]] EncodedBlock encodeBlock(const CaptureBlock &block);
/// Nullopt unless magic, checksum and limits are right. `bytes` has blockHeaderSize bytes.
[[nodiscard]] std::optional<BlockHeader> decodeBlockHeader(QByteArrayView bytes);
/// Where the next block begins if only the lengths in a damaged header are right.
[[nodiscard]] qint64 claimedBlockSize(QByteArrayView bytes);
/// Checks the body that was read and every row in it; turns the rows into the machine's byte order.
[[nodiscard]] bool acceptBody(const BlockHeader &header, CaptureBatch &body);

} // namespace glasshouse
