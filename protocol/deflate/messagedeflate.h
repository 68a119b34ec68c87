// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"

#include <QByteArray>
#include <memory>

struct z_stream_s;

namespace glasshouse {

/// Payloads of compressed messages to what they mean, RFC 7692 section 7.2.2. Pure. Bytes are inflated as they come, and no
/// further than the limit: what a message announces or could become costs no memory. Reads blocks with BFINAL, too (7.2.3.4).
class MessageInflater
{
public:
    /// `windowBits`: 8 – 15, of the sender. Without `takeover` each message begins with an empty window.
    explicit MessageInflater(int windowBits = 15, bool takeover = true);
    ~MessageInflater();
    Q_DISABLE_COPY_MOVE(MessageInflater)

    /// Appends to `out` what the next bytes of a message mean. MessageTooBig: it would be over `maxBytes` (0 = no limit), inflated
    /// or as it stands. BadCompression: this is no deflate stream, one for a larger window, or one that ends all the time. Behind either, use it no more.
    [[nodiscard]] FrameViolation take(QByteArrayView bytes, QByteArray &out, qint64 maxBytes);
    /// A frame begins. madeOfPart(): bytes that were appended since.
    void beginPart() { m_made = 0; }
    [[nodiscard]] qsizetype madeOfPart() const { return m_made; }
    /// So many bytes more a message may have on the wire.
    [[nodiscard]] qint64 room(qint64 maxBytes) const;
    /// The message is complete.
    [[nodiscard]] FrameViolation finish(QByteArray &out, qint64 maxBytes);

private:
    std::unique_ptr<z_stream_s> m_stream;
    bool m_takeover;
    bool m_valid;         ///< there was memory
    bool m_ended = false; ///< the last byte was that of a block with BFINAL
    qsizetype m_made = 0; ///< of the present frame
    qint64 m_taken = 0;   ///< compressed bytes of the present message
    qint64 m_ends = 0;    ///< its blocks with BFINAL that others follow

    [[nodiscard]] FrameViolation inflate(QByteArrayView bytes, QByteArray &out, qint64 maxBytes);
    [[nodiscard]] bool beginBehindLastBlock();
};

/// Messages to payloads of compressed ones, RFC 7692 section 7.2.1. Pure.
class MessageDeflater
{
public:
    /// `windowBits`: 8 – 15, as agreed. Of 8 zlib makes no stream: such messages are to be sent as they are.
    explicit MessageDeflater(int windowBits = 15, bool takeover = true);
    ~MessageDeflater();
    Q_DISABLE_COPY_MOVE(MessageDeflater)

    [[nodiscard]] bool isUsable() const { return m_valid; }
    /// The next piece of a message, which may be all of it. `last`: behind it the next message begins.
    [[nodiscard]] QByteArray take(QByteArrayView piece, bool last = true);

private:
    std::unique_ptr<z_stream_s> m_stream;
    bool m_takeover;
    bool m_valid = false;
};

} // namespace glasshouse
