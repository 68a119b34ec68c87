// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/chunkedbody.h"

#include "base/hex.h"
#include "protocol/httpchars.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype maxSizeDigits = 15; // fits qint64

bool isExtension(QByteArrayView text)
{
    return text.isEmpty() || (httpchars::stripped(text).startsWith(';') && httpchars::isFieldText(text));
}

bool isTrailer(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    return colon > 0 && httpchars::isToken(line.first(colon)) && httpchars::isFieldText(line.sliced(colon + 1));
}

} // namespace

QByteArrayView describe(ChunkError error)
{
    switch (error) {
    case ChunkError::None:
        return "No error";
    case ChunkError::Broken:
        return "The chunks of the body are not as RFC 9112 has them";
    case ChunkError::TooMuch:
        return "The chunks of the body are too many, or carry too many extensions and trailers";
    case ChunkError::DataTooLong:
        return "The body is too large";
    }
    return {};
}

ChunkedBody::Status ChunkedBody::feed(QByteArrayView bytes, qsizetype &consumed)
{
    consumed = 0;
    while (m_status == Status::NeedMore && consumed < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(consumed);
        consumed += m_left > 0 ? takeChunk(rest) : takePiece(rest);
    }
    return m_status;
}

qsizetype ChunkedBody::takeChunk(QByteArrayView bytes)
{
    const qsizetype taken = qsizetype(std::min<qint64>(m_left, bytes.size()));
    m_data.append(bytes.first(taken));
    m_left -= taken;
    return taken;
}

/// Takes bytes to the end of the line, or as many as there are or may be.
qsizetype ChunkedBody::takePiece(QByteArrayView bytes)
{
    const qsizetype lineFeed = bytes.indexOf('\n');
    const qsizetype wanted = lineFeed < 0 ? bytes.size() : lineFeed + 1;
    const qsizetype taken = qsizetype(std::min<qint64>(wanted, mostFramingBytes - m_framingBytes));
    m_framingBytes += taken;
    m_line.append(bytes.first(taken));
    if (taken < wanted) {
        fail(ChunkError::TooMuch);
    } else if (lineFeed >= 0) {
        const QByteArray line = std::exchange(m_line, {});
        const bool isWhole = line.endsWith("\r\n") && line.count('\r') == 1;
        isWhole ? endLine(QByteArrayView(line).chopped(2)) : fail(ChunkError::Broken);
    }
    return taken;
}

void ChunkedBody::endLine(QByteArrayView line)
{
    switch (m_next) {
    case Line::Size:
        return endSize(line);
    case Line::BehindData:
        m_next = Line::Size;
        return line.isEmpty() ? void() : fail(ChunkError::Broken);
    case Line::Trailer:
        return endTrailer(line);
    }
}

void ChunkedBody::endSize(QByteArrayView line)
{
    const auto end = std::find_if(line.begin(), line.end(), [](char c) { return hexValue(c) < 0; });
    const qsizetype digits = end - line.begin();
    if (digits < 1 || digits > maxSizeDigits || !isExtension(line.sliced(digits)))
        return fail(ChunkError::Broken);
    m_left = line.first(digits).toByteArray().toLongLong(nullptr, 16);
    m_next = m_left == 0 ? Line::Trailer : Line::BehindData;
    if (m_mostDataBytes > 0 && m_left > m_mostDataBytes - m_data.size())
        fail(ChunkError::DataTooLong); // before a byte of it has come
}

void ChunkedBody::endTrailer(QByteArrayView line)
{
    if (line.isEmpty())
        m_status = Status::Done;
    else if (!isTrailer(line))
        fail(ChunkError::Broken);
}

void ChunkedBody::fail(ChunkError error)
{
    m_error = error;
    m_status = Status::Failed;
}

} // namespace glasshouse
