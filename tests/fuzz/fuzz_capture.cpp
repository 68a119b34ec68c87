// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a byte for the version of the format, two for the bytes of payload, one for the number of rows, and the rows of a block as
// they lie in a file. Its checksum is right: whoever wants us to read elsewhere can reckon, too.
#include "server/capture/captureformat.h"
#include "server/capture/checksums.h"
#include "server/capture/packedrows.h"
#include "tests/fuzz/fuzzing.h"

#include <QtEndian>

using namespace glasshouse;
using fuzzing::require;

namespace {

constexpr quint32 plainRow = 32; // of the versions before 3

bool areSame(const QList<FrameRecord> &one, const QList<FrameRecord> &other)
{
    return one.size() == other.size()
        && std::memcmp(one.constData(), other.constData(), size_t(one.size()) * sizeof(FrameRecord)) == 0;
}

BlockPointer blockOf(quint32 version, quint32 rowCount, QByteArrayView rows, const QByteArray &payloads)
{
    BlockHeader header{.rowCount = rowCount,
                       .rowBytes = quint32(rows.size()),
                       .payloadBytes = quint32(payloads.size()),
                       .bodyHash = version == 1 ? crc32(payloads, crc32(rows)) : hashOfBody(rows, payloads)};
    const BlockPointer block = blockFormat(version).body(header, rows, payloads);
    const BlockPointer alone = blockFormat(version).rows(header, rows);
    require(bool(block) == bool(alone), "rows are judged the same without their payloads");
    require(!block || (areSame(block->rows, alone->rows) && block->names == alone->names), "and read the same");
    return block;
}

void checkRow(const CaptureBlock &block, const FrameRecord &row)
{
    QByteArray scratch;
    const QByteArrayView payload = block.payloadOf(row, scratch);
    require(payload.size() <= block.payloads.size() + 11, "a payload is inside, and its number behind it");
    require(row.type < block.names.size(), "a type has a name");
    require(isText(row) || row.type == MessageTypes::unknown, "only text has a type");
    require(row.type < MessageTypes::firstName || MessageTypes::isValid(block.names.at(row.type)), "a name is valid");
    (void)RowView{row, payload, block.names.at(row.type)}.type();
}

/// What was read can be written and read again.
void checkAgain(const CaptureBlock &block)
{
    RowPacker packer(block.names);
    for (const FrameRecord &row : block.rows)
        packer.add(row);
    const CaptureBatch batch = packer.take();
    const auto again = unpackRows(batch.rows, batch.rowCount, quint32(block.payloads.size()));
    require(again.has_value(), "what we packed can be read");
    require(areSame(again->rows, block.rows), "and says the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 4)
        return 0;
    const quint32 version = 1 + data[0] % captureFormatVersion;
    const QByteArray payloads(qFromLittleEndian<quint16>(data + 1), '7');
    QByteArrayView rows(data + 4, qsizetype(size - 4));
    const bool isPlain = version < 3;
    const quint32 rowCount = isPlain ? quint32(rows.size()) / plainRow : 1 + data[3];
    if (rowCount == 0)
        return 0; // no header says so
    if (isPlain)
        rows = rows.first(qsizetype(rowCount) * plainRow);
    const BlockPointer block = blockOf(version, rowCount, rows, payloads);
    if (!block)
        return 0;
    require(quint32(block->rows.size()) == rowCount, "there are as many rows as it says");
    for (const FrameRecord &row : block->rows)
        checkRow(*block, row);
    checkAgain(*block);
    return 0;
}
