// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/captureformat.h"

#include <QRegularExpression>
#include <QtEndian>
#include <algorithm>
#include <zlib.h>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// As with PNG: a transfer that treats it as text destroys the line end, and "type" stops at the 0x1A.
constexpr QByteArrayView segmentMagic("GHCAP\r\n\x1a", 8);
constexpr QByteArrayView blockMagic("GHB1", 4);
constexpr quint32 maxRows = 1U << 25;
constexpr quint32 maxPayloadBytes = 0x7fffffff;
constexpr quint64 maxRowNumber = quint64{1} << 62;

quint32 crcOf(const void *bytes, qsizetype size, quint32 start = 0)
{
    return static_cast<quint32>(crc32_z(start, static_cast<const Bytef *>(bytes), static_cast<z_size_t>(size)));
}

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

/// The same function both ways.
void swapRow(FrameRecord &row)
{
    row.timeUs = qbswap(row.timeUs);
    for (quint32 *field : {&row.connection, &row.wireLength, &row.storedLength, &row.payloadOffset, &row.key})
        *field = qbswap(*field);
}

void swapRows(char *rows, qsizetype count)
{
    for (qsizetype i = 0; i < count; ++i) {
        FrameRecord row;
        std::memcpy(&row, rows + i * rowSize, sizeof row);
        swapRow(row);
        std::memcpy(rows + i * rowSize, &row, sizeof row);
    }
}

void encodeHeader(const BlockHeader &header, char *out)
{
    std::memset(out, 0, blockHeaderSize);
    std::memcpy(out, blockMagic.data(), 4);
    put(out + 4, header.rowCount);
    put(out + 8, header.firstRow);
    put(out + 16, header.firstTimeUs);
    put(out + 24, header.lastTimeUs);
    put(out + 32, header.payloadBytes);
    put(out + 36, header.bodyCrc);
    put(out + 44, crcOf(out, 44));
}

} // namespace

QByteArray segmentHeader(quint32 number)
{
    QByteArray out(segmentHeaderSize, '\0');
    std::memcpy(out.data(), segmentMagic.data(), 8);
    put(out.data() + 8, captureFormatVersion);
    put(out.data() + 12, number);
    put(out.data() + 28, crcOf(out.constData(), 28));
    return out;
}

bool isSegmentHeader(QByteArrayView bytes)
{
    return bytes.size() == segmentHeaderSize && bytes.startsWith(segmentMagic)
        && get<quint32>(bytes, 8) == captureFormatVersion && get<quint32>(bytes, 28) == crcOf(bytes.data(), 28);
}

QString segmentFileName(quint32 number) { return u"%1.ghcap"_s.arg(number, 6, 10, QChar(u'0')); }

quint32 segmentNumber(const QString &fileName)
{
    static const QRegularExpression pattern(u"\\A([0-9]{6,9})\\.ghcap\\z"_s);
    const QRegularExpressionMatch match = pattern.match(fileName);
    return match.hasMatch() ? match.capturedView(1).toUInt() : 0;
}

void encodeBlock(const CaptureBlock &block, QByteArray &out)
{
    const auto &[rows, payloads] = block.batch;
    BlockHeader header{.firstRow = block.firstRow,
                       .firstTimeUs = rows.first().timeUs,
                       .lastTimeUs = rows.last().timeUs,
                       .rowCount = static_cast<quint32>(rows.size()),
                       .payloadBytes = static_cast<quint32>(payloads.size())};
    out.resize(header.size());
    char *body = out.data() + blockHeaderSize;
    std::memcpy(body, rows.constData(), static_cast<size_t>(rows.size() * rowSize));
    if constexpr (QSysInfo::ByteOrder == QSysInfo::BigEndian)
        swapRows(body, rows.size());
    std::copy(payloads.begin(), payloads.end(), body + rows.size() * rowSize);
    header.bodyCrc = crcOf(body, out.size() - blockHeaderSize);
    encodeHeader(header, out.data());
}

std::optional<BlockHeader> decodeBlockHeader(QByteArrayView bytes)
{
    if (bytes.size() != blockHeaderSize || !bytes.startsWith(blockMagic)
        || get<quint32>(bytes, 44) != crcOf(bytes.data(), 44))
        return std::nullopt;
    const BlockHeader header{.firstRow = get<quint64>(bytes, 8),
                             .firstTimeUs = get<qint64>(bytes, 16),
                             .lastTimeUs = get<qint64>(bytes, 24),
                             .rowCount = get<quint32>(bytes, 4),
                             .payloadBytes = get<quint32>(bytes, 32),
                             .bodyCrc = get<quint32>(bytes, 36)};
    const bool sane = header.rowCount > 0 && header.rowCount <= maxRows && header.payloadBytes <= maxPayloadBytes
        && header.firstRow < maxRowNumber;
    return sane ? std::optional(header) : std::nullopt;
}

qint64 claimedBlockSize(QByteArrayView bytes)
{
    return blockHeaderSize + get<quint32>(bytes, 4) * rowSize + get<quint32>(bytes, 32);
}

bool acceptBody(const BlockHeader &header, CaptureBatch &body)
{
    const quint32 crc = crcOf(body.rows.constData(), body.rows.size() * rowSize);
    if (crcOf(body.payloads.constData(), body.payloads.size(), crc) != header.bodyCrc)
        return false;
    if constexpr (QSysInfo::ByteOrder == QSysInfo::BigEndian)
        swapRows(reinterpret_cast<char *>(body.rows.data()), body.rows.size());
    // A checksum is no proof: whoever wrote the file may have wanted us to read elsewhere.
    return std::ranges::all_of(std::as_const(body.rows), [&header](const FrameRecord &row) {
        return quint64{row.payloadOffset} + row.storedLength <= header.payloadBytes;
    });
}

} // namespace glasshouse
