// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/captureformat.h"

#include "server/capture/checksums.h"
#include "server/capture/earlierformats.h"
#include "server/capture/packedrows.h"

#include <QRegularExpression>
#include <QtEndian>
#include <array>
#include <charconv>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// As with PNG: a transfer that treats it as text destroys the line end, and "type" stops at the 0x1A.
constexpr QByteArrayView segmentMagic("GHCAP\r\n\x1a", 8);
constexpr QByteArrayView blockMagic("GHB1", 4);
constexpr quint32 maxRows = 1U << 20;
constexpr quint32 maxRowBytes = 1U << 25;
constexpr quint32 maxPayloadBytes = 0x7fffffff;
constexpr quint64 maxRowNumber = quint64{1} << 62;

template <typename Number>
void put(char *to, Number number)
{
    qToLittleEndian<Number>(number, to);
}

template <typename Number>
Number get(QByteArrayView bytes, qsizetype offset)
{
    return qFromLittleEndian<Number>(bytes.data() + offset);
}

/// `out` holds zeros.
void encodeHeader(const BlockHeader &header, char *out)
{
    std::memcpy(out, blockMagic.data(), 4);
    put(out + 4, header.rowCount);
    put(out + 8, header.firstRow);
    put(out + 16, header.firstTimeUs);
    put(out + 24, header.lastTimeUs);
    put(out + 32, header.rowBytes);
    put(out + 36, header.payloadBytes);
    put(out + 40, header.bodyHash);
    put(out + 48, checkOf({out, 48}));
}

bool isSane(const BlockHeader &header)
{
    return header.rowCount > 0 && header.rowCount <= maxRows && header.rowBytes <= maxRowBytes
        && header.payloadBytes <= maxPayloadBytes && header.firstRow < maxRowNumber;
}

std::optional<BlockHeader> decodeHeader(QByteArrayView bytes)
{
    if (bytes.size() != blockHeaderSize || !bytes.startsWith(blockMagic)
        || get<quint32>(bytes, 48) != checkOf(bytes.first(48)))
        return std::nullopt;
    const BlockHeader header{.firstRow = get<quint64>(bytes, 8),
                             .firstTimeUs = get<qint64>(bytes, 16),
                             .lastTimeUs = get<qint64>(bytes, 24),
                             .rowCount = get<quint32>(bytes, 4),
                             .rowBytes = get<quint32>(bytes, 32),
                             .payloadBytes = get<quint32>(bytes, 36),
                             .bodyHash = get<quint64>(bytes, 40)};
    return isSane(header) ? std::optional(header) : std::nullopt;
}

qint64 claimedBodySize(QByteArrayView bytes) { return qint64{get<quint32>(bytes, 32)} + get<quint32>(bytes, 36); }

template <bool hasExtras>
BlockPointer unpackedBlock(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads, bool isWhole)
{
    auto unpacked = unpackRows(rows, header.rowCount, header.payloadBytes, hasExtras);
    if (!unpacked)
        return {};
    return std::make_shared<const CaptureBlock>(
        CaptureBlock{header.firstRow, std::move(unpacked->rows), std::move(unpacked->names), payloads, isWhole});
}

template <bool hasExtras>
BlockPointer decodeBody(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads)
{
    if (hashOfBody(rows, payloads) != header.bodyHash)
        return {};
    // A checksum is no proof: whoever wrote the file may have wanted us to read elsewhere. unpackRows() sees to that.
    return unpackedBlock<hasExtras>(header, rows, payloads, true);
}

template <bool hasExtras>
BlockPointer decodeRows(const BlockHeader &header, QByteArrayView rows)
{
    return unpackedBlock<hasExtras>(header, rows, {}, false);
}

} // namespace

QByteArrayView tailOf(const FrameRecord &row, std::array<char, mostTailBytes> &memory)
{
    if ((row.flags & (RecordSequenced | RecordPayloadOmitted)) != RecordSequenced)
        return {};
    char *const end = std::to_chars(memory.data(), memory.data() + memory.size() - 1, row.key).ptr;
    *end = '}';
    return {memory.data(), end + 1};
}

QByteArrayView CaptureBlock::payloadOf(const FrameRecord &row, QByteArray &scratch) const
{
    const QByteArrayView stored = QByteArrayView(payloads).sliced(row.payloadOffset, row.storedLength);
    std::array<char, mostTailBytes> memory;
    const QByteArrayView tail = tailOf(row, memory);
    if (tail.isEmpty())
        return stored;
    scratch.resize(0);
    scratch.append(stored).append(tail);
    return scratch;
}

QByteArray segmentHeader(quint32 number)
{
    QByteArray out(segmentHeaderSize, '\0');
    std::memcpy(out.data(), segmentMagic.data(), 8);
    put(out.data() + 8, captureFormatVersion);
    put(out.data() + 12, number);
    put(out.data() + 28, checkOf(QByteArrayView(out).first(28)));
    return out;
}

quint32 formatOfSegment(QByteArrayView bytes)
{
    if (bytes.size() != segmentHeaderSize || !bytes.startsWith(segmentMagic))
        return 0;
    const auto version = get<quint32>(bytes, 8);
    const quint32 check = version == 1 ? crc32(bytes.first(28)) : checkOf(bytes.first(28));
    return version <= captureFormatVersion && get<quint32>(bytes, 28) == check ? version : 0;
}

QString segmentFileName(quint32 number) { return u"%1.ghcap"_s.arg(number, 6, 10, QChar(u'0')); }

quint32 segmentNumber(const QString &fileName)
{
    static const QRegularExpression pattern(u"\\A([0-9]{6,9})\\.ghcap\\z"_s);
    const QRegularExpressionMatch match = pattern.match(fileName);
    return match.hasMatch() ? match.capturedView(1).toUInt() : 0;
}

QByteArray headerOf(const PackedBlock &block)
{
    const CaptureBatch &batch = block.batch;
    QByteArray out(blockHeaderSize, '\0');
    encodeHeader({.firstRow = block.firstRow,
                  .firstTimeUs = batch.firstTimeUs,
                  .lastTimeUs = batch.lastTimeUs,
                  .rowCount = batch.rowCount,
                  .rowBytes = static_cast<quint32>(batch.rows.size()),
                  .payloadBytes = static_cast<quint32>(batch.payloads.size()),
                  .bodyHash = hashOfBody(batch.rows, batch.payloads)},
                 out.data());
    return out;
}

const BlockFormat &blockFormat(quint32 version)
{
    static constexpr std::array<BlockFormat, captureFormatVersion> formats{{
        plainRowsFormat1,
        plainRowsFormat2,
        {blockHeaderSize, decodeHeader, claimedBodySize, decodeBody<false>, decodeRows<false>},
        {blockHeaderSize, decodeHeader, claimedBodySize, decodeBody<true>, decodeRows<true>},
    }};
    return formats.at(version - 1);
}

} // namespace glasshouse
