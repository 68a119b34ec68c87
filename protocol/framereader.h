// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "protocol/utf8check.h"

#include <QByteArray>

namespace glasshouse {

class MessageInflater;

/// Gets what a FrameReader finds, in the order of the wire. Views are valid until the call returns. A sink that ends the
/// connection returns false: the reader stops there and takes nothing more.
class FrameSink
{
public:
    virtual ~FrameSink() = default;
    /// Every whole and correct frame, control frames too, before it is interpreted; payload unmasked, and of a compressed message
    /// inflated: what its bytes added to the message, while the header tells how many they were.
    [[nodiscard]] virtual bool frameReceived(const FrameHeader &header, QByteArrayView payload) = 0;
    /// A whole text or binary message (fragments joined, text known to be UTF-8). Comes after its last frame.
    [[nodiscard]] virtual bool messageReceived(MessageKind kind, QByteArrayView payload) = 0;
    /// A valid ping, pong or close. For close, `payload` is empty or a valid code and reason.
    [[nodiscard]] virtual bool controlReceived(Opcode opcode, QByteArrayView payload) = 0;
    /// The frame that broke the rules, with what had arrived of its payload (unmasked, at most 4 KiB), and the reader is
    /// finished; or, where it reads on, the whole frame. A frame comes either here or in frameReceived(), never in both.
    virtual void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) = 0;
    /// Of permessage-deflate: what is given the messages that RSV1 marks. Null: it was not agreed. A message that can not be
    /// inflated is the end also of a tolerant reader.
    [[nodiscard]] virtual MessageInflater *inflater() { return nullptr; }
};

/// Whose frames are read: a server reads masked frames, a client unmasked ones.
enum class ReaderRole : quint8 { Server, Client };

/// Strict: the first violation is the end. Tolerant: a frame that breaks a rule is told and passed over, as long as it can be
/// told where it ends, and is not larger than a message may be. Its message is not given, but the frames around it are.
enum class ReaderRigor : quint8 { Strict, Tolerant };

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
    explicit FrameReader(ReaderRole role, FrameLimits limits = {}, ReaderRigor rigor = ReaderRigor::Strict)
        : m_limits(limits),
          m_role(role),
          m_rigor(rigor)
    { }

    /// Takes all of `data`, unmasking it in place. False once the reader is finished (broken, or the sink said stop).
    bool feed(char *data, qsizetype size, FrameSink &sink);
    /// A frame or a message has begun and is not complete (its deadline runs).
    [[nodiscard]] bool midway() const
    {
        return !m_finished && (m_headSize != 0 || m_inPayload || m_messageOpcode != 0);
    }
    [[nodiscard]] bool finished() const { return m_finished; }
    /// Takes nothing more. Also from inside of the sink.
    void stop() { m_finished = true; }
    void setLimits(FrameLimits limits) { m_limits = limits; }
    /// Bytes held for a frame or message that is not complete.
    [[nodiscard]] qsizetype buffered() const { return m_apart.size() + m_message.size(); }

private:
    // the implementation may change what is below
    FrameLimits m_limits;
    ReaderRole m_role;
    ReaderRigor m_rigor;
    bool m_finished = false;
    bool m_inPayload = false; ///< m_header is complete, payload is arriving
    bool m_joins = false;     ///< the present frame is part of a message that will be given
    bool m_inflates = false;  ///< the message under way is a compressed one
    bool m_spoilt = false;    ///< a frame of the message under way was broken: it will not be given
    FrameViolation m_violation = FrameViolation::None; ///< of the present frame, if it is read to its end all the same
    quint8 m_headSize = 0;                             ///< bytes in m_head
    quint8 m_messageOpcode = 0;                        ///< of the message under way, 0 = none
    char m_head[14] = {};
    Utf8Check m_utf8;
    int m_fragments = 0;
    FrameHeader m_header;
    quint64 m_received = 0; ///< bytes of the present frame's payload
    QByteArray m_apart;     ///< payload so far of a frame that came in pieces and joins no message, unmasked
    QByteArray m_message;   ///< the message so far, with the present frame if that came in pieces, unmasked

    qsizetype takeHeader(const char *data, qsizetype size);
    [[nodiscard]] FrameViolation judgeHeader() const;
    [[nodiscard]] FrameViolation judgeBehindBits() const;
    [[nodiscard]] FrameViolation judgeAgain(const MessageInflater &inflater);
    [[nodiscard]] FrameViolation judgeControlHeader() const;
    [[nodiscard]] FrameViolation judgeDataHeader() const;
    [[nodiscard]] bool canPassOver() const;
    [[nodiscard]] bool beginFrame(char *data, qsizetype size, FrameSink &sink);
    void beginPart();
    [[nodiscard]] bool takePayload(char *&data, qsizetype &size, FrameSink &sink);
    [[nodiscard]] QByteArrayView keep(QByteArrayView piece);
    [[nodiscard]] bool isText() const { return m_joins && Opcode(m_messageOpcode) == Opcode::Text; }
    [[nodiscard]] bool badText(QByteArrayView &payload, bool wholeInChunk, FrameSink &sink);
    [[nodiscard]] bool takeCompressed(QByteArrayView piece, FrameSink &sink);
    [[nodiscard]] FrameViolation inflate(QByteArrayView piece, bool complete, MessageInflater &inflater);
    void spoil();
    [[nodiscard]] bool finishFrame(QByteArrayView payload, bool wholeInChunk, FrameSink &sink);
    [[nodiscard]] bool finishApart(QByteArrayView payload, FrameSink &sink);
    [[nodiscard]] bool finishPart(QByteArrayView payload, bool wholeInChunk, FrameSink &sink);
    void endMessage();
    bool fail(QByteArrayView payload, FrameViolation violation, FrameSink &sink);
    void finish();
};

/// XORs `data` with the key, starting at byte `offset` of the payload. Eight bytes or more at a time.
void applyMask(char *data, qsizetype size, quint32 key, quint64 offset = 0);

} // namespace glasshouse
