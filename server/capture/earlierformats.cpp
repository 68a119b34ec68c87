// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/earlierformats.h"

#include "server/capture/checksums.h"

#include <QtEndian>

namespace glasshouse {

namespace {

constexpr QByteArrayView blockMagic("GHB1", 4);
constexpr qsizetype plainRowSize = 32;
constexpr quint32 maxRows = 1U << 25;
constexpr quint32 maxPayloadBytes = 0x7fffffff;
constexpr quint64 maxRowNumber = quint64{1} << 62;

template <typename Number>
Number get(QByteArrayView bytes, qsizetype offset)
{
    return qFromLittleEndian<Number>(bytes.data() + offset);
}

std::optional<BlockHeader> decodeHeader(QByteArrayView bytes, quint32 check, quint64 bodyHash)
{
    if (!bytes.startsWith(blockMagic) || get<quint32>(bytes, 44) != check)
        return std::nullopt;
    const auto rowCount = get<quint32>(bytes, 4);
    const auto firstRow = get<quint64>(bytes, 8);
    const auto payloadBytes = get<quint32>(bytes, 32);
    if (rowCount == 0 || rowCount > maxRows || payloadBytes > maxPayloadBytes || firstRow >= maxRowNumber)
        return std::nullopt;
    return BlockHeader{.firstRow = firstRow,
                       .firstTimeUs = get<qint64>(bytes, 16),
                       .lastTimeUs = get<qint64>(bytes, 24),
                       .rowCount = rowCount,
                       .rowBytes = rowCount * static_cast<quint32>(plainRowSize),
                       .payloadBytes = payloadBytes,
                       .bodyHash = bodyHash};
}

FrameRecord plainRow(QByteArrayView bytes)
{
    FrameRecord row{.timeUs = get<qint64>(bytes, 0),
                    .connection = get<quint32>(bytes, 8),
                    .wireLength = get<quint32>(bytes, 12),
                    .storedLength = get<quint32>(bytes, 16),
                    .payloadOffset = get<quint32>(bytes, 20),
                    .key = get<quint32>(bytes, 24)};
    setKind(row, get<quint32>(bytes, 28));
    return row;
}

/// Nullptr where a row points outside of the payloads.
BlockPointer blockOf(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads, bool isWhole = true)
{
    CaptureBlock block{.firstRow = header.firstRow,
                       .rows = {},
                       .names = QList<QByteArray>(MessageTypes::firstName), // nobody looked
                       .payloads = payloads,
                       .isWhole = isWhole};
    block.rows.reserve(header.rowCount);
    for (qsizetype at = 0; at < rows.size(); at += plainRowSize) {
        block.rows.append(plainRow(rows.sliced(at, plainRowSize)));
        if (quint64{block.rows.last().payloadOffset} + block.rows.last().storedLength > header.payloadBytes)
            return {};
    }
    return std::make_shared<const CaptureBlock>(std::move(block));
}

} // namespace

std::optional<BlockHeader> plainHeader1(QByteArrayView bytes)
{
    if (bytes.size() != plainHeaderSize)
        return std::nullopt;
    return decodeHeader(bytes, crc32(bytes.first(44)), get<quint32>(bytes, 36));
}

std::optional<BlockHeader> plainHeader2(QByteArrayView bytes)
{
    if (bytes.size() != plainHeaderSize)
        return std::nullopt;
    return decodeHeader(bytes, checkOf(bytes.first(44)), get<quint64>(bytes, 36));
}

qint64 claimedPlainBodySize(QByteArrayView bytes)
{
    return get<quint32>(bytes, 4) * qint64{plainRowSize} + get<quint32>(bytes, 32);
}

BlockPointer plainBody1(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads)
{
    return crc32(payloads, crc32(rows)) == header.bodyHash ? blockOf(header, rows, payloads) : nullptr;
}

BlockPointer plainBody2(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads)
{
    return hashOfBody(rows, payloads) == header.bodyHash ? blockOf(header, rows, payloads) : nullptr;
}

BlockPointer plainRows(const BlockHeader &header, QByteArrayView rows) { return blockOf(header, rows, {}, false); }

} // namespace glasshouse
