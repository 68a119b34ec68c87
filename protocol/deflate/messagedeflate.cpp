// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/deflate/messagedeflate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

namespace glasshouse {
namespace {

constexpr QByteArrayView flushTail("\x00\x00\xFF\xFF", 4); // of an empty stored block; it does not go over the wire
constexpr size_t atOnce = 16 * 1024;
constexpr int windowSize = 32 * 1024;
constexpr int blockEnd = 128; // of data_type: in front of a block
constexpr int unusedBits = 63;
constexpr int memoryLevel = 8; // zlib's own choice
constexpr int fewestBits = 9;  // that deflate takes

/// How often a message of so many bytes may go on behind a block with BFINAL: setting the window up again costs as much as many
/// bytes do, and such a block has but two.
qint64 mostEnds(qint64 bytes) { return 64 + bytes / 256; }

/// What may be on the wire for a message of so many bytes: compression that does not help costs a little, and flushes as well.
qint64 mostCompressed(qint64 maxBytes) { return maxBytes + maxBytes / 8 + 1024; }

Bytef *bytesOf(QByteArrayView view) { return reinterpret_cast<Bytef *>(const_cast<char *>(view.data())); }

/// zlib counts in 32 bits.
uInt portionOf(QByteArrayView view) { return uInt(std::min<qsizetype>(view.size(), std::numeric_limits<int>::max())); }

} // namespace

MessageInflater::MessageInflater(int windowBits, bool takeover)
    : m_stream(std::make_unique<z_stream_s>()),
      m_takeover(takeover),
      m_valid(inflateInit2(m_stream.get(), -windowBits) == Z_OK)
{ }

MessageInflater::~MessageInflater() { inflateEnd(m_stream.get()); }

qint64 MessageInflater::room(qint64 maxBytes) const { return mostCompressed(maxBytes) - m_taken; }

FrameViolation MessageInflater::take(QByteArrayView bytes, QByteArray &out, qint64 maxBytes)
{
    if (maxBytes > 0 && bytes.size() > room(maxBytes))
        return FrameViolation::MessageTooBig;
    m_taken += bytes.size();
    return inflate(bytes, out, maxBytes);
}

FrameViolation MessageInflater::finish(QByteArray &out, qint64 maxBytes)
{
    if (m_taken == 0)
        return FrameViolation::BadCompression; // even an empty message has a byte
    if (!m_ended) {                            // some end with BFINAL and forget the byte behind it
        if (const auto violation = inflate(flushTail, out, maxBytes); violation != FrameViolation::None)
            return violation;
        const int state = m_stream->data_type;
        if ((state & blockEnd) == 0 || (state & unusedBits) != 0)
            return FrameViolation::BadCompression; // it ends inside of a block
    }
    m_taken = 0;
    m_ends = 0;
    if (!m_takeover) {
        m_ended = false;
        return inflateReset(m_stream.get()) == Z_OK ? FrameViolation::None : FrameViolation::BadCompression;
    }
    return FrameViolation::None;
}

FrameViolation MessageInflater::inflate(QByteArrayView bytes, QByteArray &out, qint64 maxBytes)
{
    std::array<char, atOnce> plain;
    bool filled = false; // there may be more where that came from
    while (m_valid && (!bytes.isEmpty() || filled)) {
        if (m_ended && !beginBehindLastBlock())
            return FrameViolation::BadCompression;
        const uInt portion = portionOf(bytes);
        m_stream->next_in = bytesOf(bytes);
        m_stream->avail_in = portion;
        m_stream->next_out = reinterpret_cast<Bytef *>(plain.data());
        m_stream->avail_out = uInt(plain.size());
        const int result = ::inflate(m_stream.get(), Z_SYNC_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            return FrameViolation::BadCompression;
        const auto made = qsizetype(plain.size() - m_stream->avail_out);
        if (maxBytes > 0 && out.size() + made > maxBytes)
            return FrameViolation::MessageTooBig;
        out.append(plain.data(), made);
        m_made += made;
        bytes = bytes.sliced(portion - m_stream->avail_in);
        m_ended = result == Z_STREAM_END;
        filled = !m_ended && m_stream->avail_out == 0;
    }
    return m_valid ? FrameViolation::None : FrameViolation::BadCompression;
}

/// zlib takes BFINAL for the end of everything; here the next block follows, and may look back into the same window.
bool MessageInflater::beginBehindLastBlock()
{
    if (++m_ends > mostEnds(m_taken))
        return false;
    m_ended = false;
    std::array<Bytef, windowSize> window;
    uInt size = 0;
    return inflateGetDictionary(m_stream.get(), window.data(), &size) == Z_OK && inflateReset(m_stream.get()) == Z_OK
        && (size == 0 || inflateSetDictionary(m_stream.get(), window.data(), size) == Z_OK);
}

MessageDeflater::MessageDeflater(int windowBits, bool takeover)
    : m_stream(std::make_unique<z_stream_s>()),
      m_takeover(takeover)
{
    m_valid = windowBits >= fewestBits
        && deflateInit2(m_stream.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, -windowBits, memoryLevel, Z_DEFAULT_STRATEGY)
            == Z_OK;
}

MessageDeflater::~MessageDeflater()
{
    if (m_valid)
        deflateEnd(m_stream.get());
}

QByteArray MessageDeflater::take(QByteArrayView piece, bool last)
{
    QByteArray out;
    std::array<char, atOnce> packed;
    m_stream->avail_out = 0;
    while (!piece.isEmpty() || m_stream->avail_out == 0) {
        const uInt portion = portionOf(piece);
        m_stream->next_in = bytesOf(piece);
        m_stream->avail_in = portion;
        m_stream->next_out = reinterpret_cast<Bytef *>(packed.data());
        m_stream->avail_out = uInt(packed.size());
        deflate(m_stream.get(), portion == qsizetype(piece.size()) ? Z_SYNC_FLUSH : Z_NO_FLUSH);
        out.append(packed.data(), qsizetype(packed.size() - m_stream->avail_out));
        piece = piece.sliced(portion - m_stream->avail_in);
    }
    if (!last)
        return out;
    if (out.endsWith(flushTail))
        out.chop(flushTail.size());
    else
        out = QByteArray(1, '\0'); // nothing was new, so zlib flushed nothing: the start of an empty block
    if (!m_takeover)
        deflateReset(m_stream.get());
    return out;
}

} // namespace glasshouse
