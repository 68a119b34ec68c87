// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/segmentfile.h"

#include "base/privatefiles.h"

namespace glasshouse {

namespace {

/// Exactly `size` bytes.
bool readAll(QFile &file, void *to, qint64 size) { return file.read(static_cast<char *>(to), size) == size; }

/// A full disk takes a part first, which is no error to Qt: the words for it come with the rest.
bool writeAll(QFile &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qint64 written = file.write(bytes.data(), bytes.size());
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return true;
}

/// Header at `offset`, as it stands there.
QByteArray headerAt(QFile &file, qint64 offset, const BlockFormat &format)
{
    return file.seek(offset) ? file.read(format.headerSize) : QByteArray();
}

/// Of the blocks behind the header of the segment, where the file stands; nullptr: it is none.
const BlockFormat *formatOf(QFile &file)
{
    const quint32 version = formatOfSegment(file.read(segmentHeaderSize));
    return version == 0 ? nullptr : &blockFormat(version);
}

} // namespace

quint32 SegmentWriter::prepare(qint64 bytes)
{
    if (m_file && m_size > segmentHeaderSize && m_size + bytes > m_limit)
        close();
    return m_file ? m_number : 0;
}

std::optional<QString> SegmentWriter::openNext()
{
    auto file = std::make_unique<QFile>(m_directory.filePath(segmentFileName(++m_number)));
    if (!openPrivately(*file, QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered))
        return file->errorString();
    m_file = std::move(file);
    m_size = segmentHeaderSize;
    if (writeAll(*m_file, segmentHeader(m_number)))
        return std::nullopt;
    const QString text = m_file->errorString();
    m_size = 0;
    abandon();
    return text;
}

Result<IndexEntry, bool> SegmentWriter::write(const PackedBlock &block)
{
    const QByteArray header = headerOf(block);
    // The payloads lie in the batch already: three writes cost less than putting them together.
    const bool complete =
        writeAll(*m_file, header) && writeAll(*m_file, block.batch.rows) && writeAll(*m_file, block.batch.payloads);
    const IndexEntry entry{.firstRow = block.firstRow,
                           .offset = m_size,
                           .rowCount = block.batch.rowCount,
                           .rowBytes = static_cast<quint32>(block.batch.rows.size()),
                           .payloadBytes = static_cast<quint32>(block.batch.payloads.size()),
                           .segment = m_number};
    if (complete)
        m_size += header.size() + block.batch.bytes();
    if (complete)
        return entry;
    const QByteArray text = m_file->errorString().toUtf8();
    abandon();
    return Error<bool>{false, text};
}

void SegmentWriter::close() { m_file.reset(); }

/// What is torn goes. If even that fails, a reader stops there.
void SegmentWriter::abandon()
{
    if (m_size <= segmentHeaderSize)
        m_file->remove();
    else
        m_file->resize(m_size);
    close();
}

bool SegmentReader::openSegment(quint32 segment)
{
    if (m_file && m_open == segment)
        return true;
    m_file = std::make_unique<QFile>(m_directory.filePath(segmentFileName(segment)));
    m_open = segment;
    // Unbuffered: a buffer would hold an old end of the segment that is still being written.
    m_format = m_file->open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? formatOf(*m_file) : nullptr;
    if (m_format == nullptr)
        m_file.reset();
    return m_format != nullptr;
}

std::optional<BlockFault> SegmentReader::readBlock(const IndexEntry &entry, RawBlock &block, bool withPayloads)
{
    const std::scoped_lock lock(m_mutex);
    if (!openSegment(entry.segment))
        return BlockFault::Unreadable;
    block.format = m_format;
    block.header = headerAt(*m_file, entry.offset, *m_format);
    block.rows.resize(entry.rowBytes);
    block.payloads.resize(withPayloads ? entry.payloadBytes : 0);
    const bool whole = readAll(*m_file, block.rows.data(), block.rows.size())
        && readAll(*m_file, block.payloads.data(), block.payloads.size());
    return whole ? std::nullopt : std::optional(BlockFault::Corrupt);
}

Result<BlockPointer, BlockFault> SegmentReader::load(const IndexEntry &entry) { return decoded(entry, true); }
Result<BlockPointer, BlockFault> SegmentReader::loadRows(const IndexEntry &entry) { return decoded(entry, false); }

Result<BlockPointer, BlockFault> SegmentReader::decoded(const IndexEntry &entry, bool withPayloads)
{
    RawBlock raw;
    if (const std::optional<BlockFault> fault = readBlock(entry, raw, withPayloads))
        return Error<BlockFault>{*fault, "cannot read a block"};
    const std::optional<BlockHeader> header = raw.format->header(raw.header);
    const bool fits = header && header->firstRow == entry.firstRow && header->rowCount == entry.rowCount
        && header->rowBytes == entry.rowBytes && header->payloadBytes == entry.payloadBytes;
    BlockPointer block;
    if (fits)
        block = withPayloads ? raw.format->body(*header, raw.rows, raw.payloads) : raw.format->rows(*header, raw.rows);
    if (block)
        return block;
    return Error<BlockFault>{BlockFault::Corrupt, "a block is corrupt"};
}

void SegmentReader::remove(quint32 segment)
{
    const std::scoped_lock lock(m_mutex);
    if (m_open == segment)
        m_file.reset();
    QFile::remove(m_directory.filePath(segmentFileName(segment)));
}

std::optional<std::vector<IndexEntry>> scanSegment(QFile &file, quint32 number)
{
    const BlockFormat *format = formatOf(file);
    if (format == nullptr)
        return std::nullopt;
    std::vector<IndexEntry> entries;
    bool damaged = false;
    const qint64 end = file.size();
    for (qint64 offset = segmentHeaderSize; offset + format->headerSize <= end;) {
        const QByteArray raw = headerAt(file, offset, *format);
        if (raw.size() != format->headerSize)
            break;
        const std::optional<BlockHeader> header = format->header(raw);
        if (!header && damaged)
            break; // the lengths were not right either
        damaged = !header;
        const qint64 size = format->headerSize + (header ? header->bodySize() : format->claimedBodySize(raw));
        if (size > end - offset)
            break;
        if (header)
            entries.push_back(
                {header->firstRow, offset, header->rowCount, header->rowBytes, header->payloadBytes, number});
        offset += size;
    }
    return entries;
}

} // namespace glasshouse
