// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturebatch.h"

#include <memory>

namespace glasshouse {

/// Layout of the segment files: docs/capture-format.md. All numbers are little-endian.
constexpr quint32 captureFormatVersion = 3;
constexpr qsizetype segmentHeaderSize = 32;
constexpr qsizetype blockHeaderSize = 52;

struct BlockHeader
{
    quint64 firstRow = 0;
    qint64 firstTimeUs = 0;
    qint64 lastTimeUs = 0;
    quint32 rowCount = 0;
    quint32 rowBytes = 0; ///< of the packed rows
    quint32 payloadBytes = 0;
    quint64 bodyHash = 0; ///< of rows and payloads

    [[nodiscard]] qint64 size() const { return blockHeaderSize + qint64{rowBytes} + payloadBytes; }
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
    QByteArray payloads;

    [[nodiscard]] quint64 endRow() const { return firstRow + static_cast<quint64>(rows.size()); }
    [[nodiscard]] qint64 bytes() const { return rows.size() * qint64{sizeof(FrameRecord)} + payloads.size(); }
};
using BlockPointer = std::shared_ptr<const CaptureBlock>;

[[nodiscard]] QByteArray segmentHeader(quint32 number);
[[nodiscard]] bool isSegmentHeader(QByteArrayView bytes);
/// "000001.ghcap"
[[nodiscard]] QString segmentFileName(quint32 number);
/// Number of a segment's file name; 0: it is none.
[[nodiscard]] quint32 segmentNumber(const QString &fileName);

/// What is written in front of the block's rows, which its payloads follow.
[[nodiscard]] QByteArray headerOf(const PackedBlock &block);
/// Nullopt unless magic, checksum and limits are right. `bytes` has blockHeaderSize bytes.
[[nodiscard]] std::optional<BlockHeader> decodeBlockHeader(QByteArrayView bytes);
/// Where the next block begins if only the lengths in a damaged header are right.
[[nodiscard]] qint64 claimedBlockSize(QByteArrayView bytes);
/// Checks what was read: the hash, and every row. Nullptr: it is corrupt.
[[nodiscard]] BlockPointer decodeBlock(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads);

} // namespace glasshouse
