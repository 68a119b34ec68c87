// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <utility>

namespace glasshouse {

enum class ChunkError : quint8 {
    None,
    Broken,     ///< not as RFC 9112, section 7.1 has it: sizes in hexadecimal digits, lines that end in CR LF
    TooMuch,    ///< more sizes, extensions and trailers than mostFramingBytes
    DataTooLong ///< more data than may be
};
[[nodiscard]] QByteArrayView describe(ChunkError error);

/// The bytes of a body in the coding "chunked" to what is in them (RFC 9112, section 7.1). Strict, because whoever stands in
/// between has to see the same end of it. Extensions and trailers are checked and forgotten. Resumable, holds no more than the
/// data and one line. Pure.
class ChunkedBody
{
public:
    enum class Status : quint8 { NeedMore, Done, Failed };
    static constexpr qint64 mostFramingBytes = 16 * 1024; ///< of all that is no data

    /// 0 = no limit.
    explicit ChunkedBody(qint64 mostDataBytes) : m_mostDataBytes(mostDataBytes) { }

    /// Takes bytes up to the end of the body; `consumed` says how many.
    [[nodiscard]] Status feed(QByteArrayView bytes, qsizetype &consumed);
    [[nodiscard]] ChunkError error() const { return m_error; }
    [[nodiscard]] QByteArray takeData() { return std::exchange(m_data, {}); }
    [[nodiscard]] qint64 heldBytes() const { return m_data.size() + m_line.size(); }

private:
    enum class Line : quint8 { Size, BehindData, Trailer };

    qint64 m_mostDataBytes;
    qint64 m_left = 0; ///< of the chunk's data
    qint64 m_framingBytes = 0;
    QByteArray m_data;
    QByteArray m_line; ///< as far as it is here
    Line m_next = Line::Size;
    Status m_status = Status::NeedMore;
    ChunkError m_error = ChunkError::None;

    [[nodiscard]] qsizetype takeChunk(QByteArrayView bytes);
    [[nodiscard]] qsizetype takePiece(QByteArrayView bytes);
    void endLine(QByteArrayView line);
    void endSize(QByteArrayView line);
    void endTrailer(QByteArrayView line);
    void fail(ChunkError error);
};

} // namespace glasshouse
