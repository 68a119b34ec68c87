// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "protocol/utf8check.h"

#include <QByteArray>

namespace glasshouse {

/// Gets what a FrameReader finds, in the order of the wire. Views are valid until the call returns. A sink that ends the
/// connection returns false: the reader stops there and takes nothing more.
class FrameSink
{
public:
    virtual ~FrameSink() = default;
    /// Every whole and correct frame, control frames too, before it is interpreted; payload unmasked.
    [[nodiscard]] virtual bool frameReceived(const FrameHeader &header, QByteArrayView payload) = 0;
    /// A whole text or binary message (fragments joined, text known to be UTF-8). Comes after its last frame.
    [[nodiscard]] virtual bool messageReceived(MessageKind kind, QByteArrayView payload) = 0;
    /// A valid ping, pong or close. For close, `payload` is empty or a valid code and reason.
    [[nodiscard]] virtual bool controlReceived(Opcode opcode, QByteArrayView payload) = 0;
    /// The frame that broke the rules, with what had arrived of its payload (unmasked, at most 4 KiB). The reader is finished.
    /// A frame comes either here or in frameReceived(), never in both.
    virtual void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) = 0;
};

/// Whose frames are read: a server reads masked frames, a client unmasked ones.
enum class ReaderRole : quint8 { Server, Client };

struct FrameLimits
{
    qint64 maxMessageBytes = 64 * 1024; ///< a frame's announced and a message's joined length; 0 = none
    int maxFragments = 1024;            ///< frames of one message; 0 = none
};

/// Bytes to frames and messages, RFC 6455 section 5. Pure: no socket, no clock. Whole frames in one chunk cost no copy;
/// announced lengths cost no memory: buffers grow only with what has arrived. Text is checked as it comes in, so that
/// the first wrong byte ends it. Holds no buffer between messages.
class FrameReader
{
public:
    explicit FrameReader(ReaderRole role, FrameLimits limits = {}) : m_limits(limits), m_role(role) { }

    /// Takes all of `data`, unmasking it in place. False once the reader is finished (broken, or the sink said stop).
    bool feed(char *data, qsizetype size, FrameSink &sink);
    /// A frame or a message has begun and is not complete (its deadline runs).
    [[nodiscard]] bool midway() const;
    [[nodiscard]] bool finished() const { return m_finished; }
    void setLimits(FrameLimits limits) { m_limits = limits; }
    /// Bytes held for a frame or message that is not complete.
    [[nodiscard]] qsizetype buffered() const { return m_control.size() + m_message.size(); }

private:
    // the implementation may change what is below
    FrameLimits m_limits;
    ReaderRole m_role;
    bool m_finished = false;
    bool m_inPayload = false;   ///< m_header is complete, payload is arriving
    quint8 m_headSize = 0;      ///< bytes in m_head
    quint8 m_messageOpcode = 0; ///< of the message under way, 0 = none
    char m_head[14] = {};
    int m_fragments = 0;
    FrameHeader m_header;
    Utf8Check m_utf8;
    quint64 m_received = 0; ///< bytes of the present frame's payload
    QByteArray m_control;   ///< payload so far of a control frame that came in pieces, unmasked
    QByteArray m_message;   ///< the message so far, with the present frame if that came in pieces, unmasked

    qsizetype takeHeader(const char *data, qsizetype size);
    [[nodiscard]] FrameViolation judgeHeader() const;
    [[nodiscard]] FrameViolation judgeControlHeader() const;
    [[nodiscard]] FrameViolation judgeDataHeader() const;
    [[nodiscard]] bool beginFrame(char *data, qsizetype size, FrameSink &sink);
    [[nodiscard]] bool takePayload(char *&data, qsizetype &size, FrameSink &sink);
    [[nodiscard]] QByteArrayView keep(QByteArrayView piece);
    [[nodiscard]] bool isText() const;
    [[nodiscard]] bool finishFrame(QByteArrayView payload, bool wholeInChunk, FrameSink &sink);
    [[nodiscard]] bool finishControl(QByteArrayView payload, FrameSink &sink);
    [[nodiscard]] bool finishData(QByteArrayView payload, bool wholeInChunk, FrameSink &sink);
    void endMessage();
    bool fail(QByteArrayView payload, FrameViolation violation, FrameSink &sink);
    void finish();
};

/// XORs `data` with the key, starting at byte `offset` of the payload. Eight bytes or more at a time.
void applyMask(char *data, qsizetype size, quint32 key, quint64 offset = 0);

} // namespace glasshouse
