// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "server/capture/captureindex.h"

#include <QDir>
#include <QFile>
#include <memory>
#include <mutex>

namespace glasshouse {

/// The segment that is being written. Used by the writer's thread only.
class SegmentWriter
{
public:
    SegmentWriter(const QDir &directory, qint64 segmentBytes) : m_directory(directory), m_limit(segmentBytes) { }

    /// Closes the segment if `bytes` more would make it too long. Returns the number of the one still open, or 0.
    quint32 prepare(qint64 bytes);
    /// Opens the next one. An error is a text for people; the next call tries a fresh file.
    [[nodiscard]] std::optional<QString> openNext();
    /// Adds a block; on an error the segment is cut back and closed.
    [[nodiscard]] Result<IndexEntry, bool> write(const PackedBlock &block);
    void close();

    [[nodiscard]] bool isOpen() const { return m_file != nullptr; }
    [[nodiscard]] quint32 number() const { return m_number; }
    [[nodiscard]] qint64 size() const { return m_size; }

private:
    QDir m_directory;
    qint64 m_limit;
    std::unique_ptr<QFile> m_file;
    quint32 m_number = 0;
    qint64 m_size = 0;

    void abandon();
};

enum class BlockFault : quint8 { Unreadable, Corrupt };

/// Reads blocks back. Any thread; the same lock guards removing, because Windows does not remove files that are open.
class SegmentReader
{
public:
    void setDirectory(const QDir &directory) { m_directory = directory; }
    [[nodiscard]] Result<BlockPointer, BlockFault> load(const IndexEntry &entry);
    /// Without its payloads, of which nothing is read, and without its checksum.
    [[nodiscard]] Result<BlockPointer, BlockFault> loadRows(const IndexEntry &entry);
    void remove(quint32 segment);

private:
    std::mutex m_mutex;
    QDir m_directory;
    std::unique_ptr<QFile> m_file;
    quint32 m_open = 0;
    const BlockFormat *m_format = nullptr; ///< of that segment

    struct RawBlock
    {
        const BlockFormat *format = nullptr;
        QByteArray header, rows, payloads;
    };
    [[nodiscard]] bool openSegment(quint32 segment);
    [[nodiscard]] std::optional<BlockFault> readBlock(const IndexEntry &entry, RawBlock &block, bool withPayloads);
    [[nodiscard]] Result<BlockPointer, BlockFault> decoded(const IndexEntry &entry, bool withPayloads);
};

/// The blocks of a segment file whose headers are right, up to a torn tail. Nullopt: no segment of a format that is known.
[[nodiscard]] std::optional<std::vector<IndexEntry>> scanSegment(QFile &file, quint32 number);

} // namespace glasshouse
