// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framereader.h"
#include "protocol/closecode.h"
#include "protocol/deflate/messagedeflate.h"

#include <QtEndian>
#include <algorithm>
#include <bit>
#include <cstring>

namespace glasshouse {

namespace {

constexpr qsizetype maxShownOfBroken = 4096;
constexpr quint64 maxControlBytes = 125;
constexpr quint8 rsv1 = 4; // of FrameHeader::rsv()

/// Of a message, whole or in part. Nobody knows what reserved opcodes will be.
bool isMessageOpcode(quint8 opcode) { return opcode <= quint8(Opcode::Binary); }

bool isDataOpcode(quint8 opcode) { return opcode == quint8(Opcode::Text) || opcode == quint8(Opcode::Binary); }

/// Bytes of the header whose first bytes these are; `known` < 2 asks for those two first.
int headerSize(const char *head, qsizetype known)
{
    if (known < 2)
        return 2;
    const int length = head[1] & 0x7F;
    const int extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    return 2 + extended + ((head[1] & 0x80) != 0 ? 4 : 0);
}

FrameHeader parseHeader(const char *head)
{
    FrameHeader header;
    header.firstByte = quint8(head[0]);
    header.masked = (head[1] & 0x80) != 0;
    header.size = quint8(headerSize(head, 2));
    const int length = head[1] & 0x7F;
    if (length < 126)
        header.payloadLength = quint64(length);
    else
        header.payloadLength = length == 126 ? qFromBigEndian<quint16>(head + 2) : qFromBigEndian<quint64>(head + 2);
    if (header.masked)
        header.maskKey = qFromBigEndian<quint32>(head + header.size - 4);
    return header;
}

bool isMinimal(const FrameHeader &header)
{
    const int extended = header.size - 2 - (header.masked ? 4 : 0);
    return extended == 0 || header.payloadLength >= (extended == 2 ? 126U : 65536U);
}

FrameViolation judgeClose(QByteArrayView payload)
{
    if (payload.isEmpty())
        return FrameViolation::None;
    if (payload.size() == 1)
        return FrameViolation::InvalidCloseLength;
    if (!isValidCloseCode(qFromBigEndian<quint16>(payload.data())))
        return FrameViolation::InvalidCloseCode;
    return Utf8Check::isValid(payload.sliced(2)) ? FrameViolation::None : FrameViolation::InvalidCloseReason;
}

} // namespace

void applyMask(char *data, qsizetype size, quint32 key, quint64 offset)
{
    const quint64 pattern = std::rotl(key, 8 * int(offset & 3));
    const quint64 wide = qToBigEndian(pattern << 32 | pattern);
    qsizetype at = 0;
    for (; size - at >= 8; at += 8) { // compilers make this as wide as the machine
        quint64 word;
        std::memcpy(&word, data + at, sizeof word);
        word ^= wide;
        std::memcpy(data + at, &word, sizeof word);
    }
    if (size == at)
        return;
    char rest[sizeof wide];
    std::memcpy(rest, &wide, sizeof wide);
    for (int i = 0; at < size; ++at, ++i)
        data[at] ^= rest[i];
}

bool FrameReader::feed(char *data, qsizetype size, FrameSink &sink)
{
    while (size > 0 && !m_finished) {
        if (!m_inPayload) {
            const qsizetype taken = takeHeader(data, size);
            data += taken;
            size -= taken;
            if (!m_inPayload)
                break;
            if (!beginFrame(data, size, sink))
                break;
        }
        if (!takePayload(data, size, sink))
            m_finished = true;
    }
    if (m_finished)
        finish();
    return !m_finished;
}

qsizetype FrameReader::takeHeader(const char *data, qsizetype size)
{
    if (m_headSize == 0 && size >= 2 && size >= headerSize(data, 2)) {
        m_header = parseHeader(data);
        m_inPayload = true;
        return m_header.size;
    }
    qsizetype taken = 0;
    while (taken < size && m_headSize < headerSize(m_head, m_headSize))
        m_head[m_headSize++] = data[taken++];
    if (m_headSize >= 2 && m_headSize == headerSize(m_head, m_headSize)) {
        m_header = parseHeader(m_head);
        m_headSize = 0;
        m_inPayload = true;
    }
    return taken;
}

inline FrameViolation FrameReader::judgeHeader() const
{
    return m_header.rsv() != 0 ? FrameViolation::ReservedBits : judgeBehindBits();
}

/// Where compression was agreed (RFC 7692 section 6): RSV1 alone may stand on the first frame of a message, and what such a message
/// may become is seen as it is inflated.
FrameViolation FrameReader::judgeAgain(const MessageInflater &inflater)
{
    const bool begins = m_header.rsv() == rsv1 && isDataOpcode(m_header.opcode());
    FrameViolation violation = begins ? judgeBehindBits() : m_violation;
    const bool fits = qint64(m_header.payloadLength) <= inflater.room(m_limits.maxMessageBytes);
    if (violation == FrameViolation::MessageTooBig && (begins || m_inflates) && fits)
        violation = FrameViolation::None;
    m_inflates = m_inflates || (begins && violation == FrameViolation::None);
    return violation;
}

FrameViolation FrameReader::judgeBehindBits() const
{
    if (!isKnownOpcode(m_header.opcode()))
        return FrameViolation::UnknownOpcode;
    if (m_header.masked != (m_role == ReaderRole::Server))
        return m_header.masked ? FrameViolation::Masked : FrameViolation::NotMasked;
    if ((m_header.payloadLength >> 63) != 0)
        return FrameViolation::LengthTooLarge;
    if (isControl(m_header.opcode()))
        return judgeControlHeader();
    return isMinimal(m_header) ? judgeDataHeader() : FrameViolation::LengthNotMinimal;
}

FrameViolation FrameReader::judgeControlHeader() const
{
    if (!m_header.fin())
        return FrameViolation::ControlFragmented;
    if (m_header.payloadLength > maxControlBytes)
        return FrameViolation::ControlTooLong;
    return isMinimal(m_header) ? FrameViolation::None : FrameViolation::LengthNotMinimal;
}

FrameViolation FrameReader::judgeDataHeader() const
{
    const bool continues = Opcode(m_header.opcode()) == Opcode::Continuation;
    if (continues && m_messageOpcode == 0)
        return FrameViolation::UnexpectedContinuation;
    if (!continues && m_messageOpcode != 0)
        return FrameViolation::ExpectedContinuation;
    if (m_limits.maxFragments > 0 && m_fragments >= m_limits.maxFragments && !m_spoilt)
        return FrameViolation::TooManyFragments;
    const qint64 room = m_limits.maxMessageBytes - m_message.size();
    if (m_limits.maxMessageBytes > 0 && qint64(m_header.payloadLength) > room)
        return FrameViolation::MessageTooBig;
    return FrameViolation::None;
}

/// It is kept in memory until it is whole.
bool FrameReader::canPassOver() const
{
    return m_rigor == ReaderRigor::Tolerant && (m_header.payloadLength >> 63) == 0
        && (m_limits.maxMessageBytes == 0 || qint64(m_header.payloadLength) <= m_limits.maxMessageBytes);
}

inline void FrameReader::beginPart()
{
    if (Opcode(m_header.opcode()) != Opcode::Continuation) {
        if (m_messageOpcode != 0 || m_spoilt) // against the rules, and passed over: the new one takes its place
            endMessage();
        m_messageOpcode = m_header.opcode();
    }
    ++m_fragments;
    if (m_violation != FrameViolation::None)
        spoil();
    m_joins = !m_spoilt;
}

bool FrameReader::beginFrame(char *data, qsizetype size, FrameSink &sink)
{
    m_received = 0;
    m_violation = judgeHeader();
    if (m_violation != FrameViolation::None && sink.inflater() != nullptr)
        m_violation = judgeAgain(*sink.inflater());
    if (m_violation != FrameViolation::None && !canPassOver()) {
        const auto shown =
            qsizetype(std::min<quint64>(m_header.payloadLength, quint64(std::min(size, maxShownOfBroken))));
        if (m_header.masked)
            applyMask(data, shown, m_header.maskKey);
        return fail({data, shown}, m_violation, sink);
    }
    m_joins = isMessageOpcode(m_header.opcode());
    if (m_joins)
        beginPart();
    return true;
}

void FrameReader::spoil()
{
    m_spoilt = true;
    m_joins = false;
    m_message = QByteArray();
}

inline bool FrameReader::finishFrame(QByteArrayView payload, bool wholeInChunk, FrameSink &sink)
{
    m_inPayload = false;
    if (m_joins)
        return finishPart(payload, wholeInChunk, sink);
    if (Opcode(m_header.opcode()) == Opcode::Close && m_violation == FrameViolation::None)
        m_violation = judgeClose(payload);
    if (m_violation != FrameViolation::None && m_rigor == ReaderRigor::Strict)
        return fail(payload, m_violation, sink);
    return finishApart(payload, sink);
}

bool FrameReader::takePayload(char *&data, qsizetype &size, FrameSink &sink)
{
    const auto taken = qsizetype(std::min<quint64>(quint64(size), m_header.payloadLength - m_received));
    if (m_header.masked)
        applyMask(data, taken, m_header.maskKey, m_received);
    QByteArrayView payload(data, taken);
    const bool wholeInChunk = quint64(taken) == m_header.payloadLength;
    m_received += quint64(taken);
    data += taken;
    size -= taken;
    if (m_inflates && m_joins)
        return takeCompressed(payload, sink);
    const QByteArrayView fresh = payload;
    if (!wholeInChunk)
        payload = keep(payload);
    if (isText() && !m_utf8.feed(fresh) && !badText(payload, wholeInChunk, sink))
        return false;
    return m_received < m_header.payloadLength || finishFrame(payload, wholeInChunk, sink);
}

/// Bytes of a frame of a compressed message, and maybe its last.
bool FrameReader::takeCompressed(QByteArrayView piece, FrameSink &sink)
{
    const bool frameEnds = m_received == m_header.payloadLength;
    const bool messageEnds = frameEnds && m_header.fin();
    MessageInflater &inflater = *sink.inflater();
    if (m_received == quint64(piece.size())) // the first of them
        inflater.beginPart();
    const FrameViolation violation = inflate(piece, messageEnds, inflater);
    const QByteArrayView part = QByteArrayView(m_message).last(inflater.madeOfPart());
    if (violation != FrameViolation::None)
        return fail(part, violation, sink);
    if (!frameEnds)
        return true;
    m_inPayload = false;
    if (!sink.frameReceived(m_header, part))
        return false;
    if (!messageEnds)
        return true;
    const bool goOn = sink.messageReceived(isText() ? MessageKind::Text : MessageKind::Binary, m_message);
    endMessage();
    return goOn;
}

FrameViolation FrameReader::inflate(QByteArrayView piece, bool complete, MessageInflater &inflater)
{
    const qsizetype before = m_message.size();
    const qint64 limit = m_limits.maxMessageBytes;
    FrameViolation violation = inflater.take(piece, m_message, limit);
    if (violation == FrameViolation::None && complete)
        violation = inflater.finish(m_message, limit);
    if (violation != FrameViolation::None || !isText())
        return violation;
    const bool isGood = m_utf8.feed(QByteArrayView(m_message).sliced(before)) && (!complete || m_utf8.complete());
    return isGood ? FrameViolation::None : FrameViolation::InvalidUtf8;
}

QByteArrayView FrameReader::keep(QByteArrayView piece)
{
    QByteArray &buffer = m_joins ? m_message : m_apart;
    buffer.append(piece); // grows by doubling
    return QByteArrayView(buffer).last(qsizetype(m_received));
}

/// In a part of a message that began well. False: that is the end.
bool FrameReader::badText(QByteArrayView &payload, bool wholeInChunk, FrameSink &sink)
{
    if (m_rigor == ReaderRigor::Strict)
        return fail(payload, FrameViolation::InvalidUtf8, sink);
    m_violation = FrameViolation::InvalidUtf8;
    if (!wholeInChunk) {
        m_apart = payload.toByteArray();
        payload = m_apart;
    }
    spoil();
    return true;
}

/// A control frame, a broken one, or one of a message that is spoilt.
bool FrameReader::finishApart(QByteArrayView payload, FrameSink &sink)
{
    bool goOn = true;
    if (m_violation != FrameViolation::None)
        sink.frameBroken(m_header, payload, m_violation);
    else if (isControl(m_header.opcode()))
        goOn = sink.frameReceived(m_header, payload) && sink.controlReceived(Opcode(m_header.opcode()), payload);
    else
        goOn = sink.frameReceived(m_header, payload);
    if (!m_apart.isNull())
        m_apart = QByteArray();
    if (isMessageOpcode(m_header.opcode()) && m_header.fin())
        endMessage();
    return goOn;
}

bool FrameReader::finishPart(QByteArrayView payload, bool wholeInChunk, FrameSink &sink)
{
    const bool fin = m_header.fin();
    if (fin && isText() && !m_utf8.complete())
        return badText(payload, wholeInChunk, sink) && finishApart(payload, sink);
    if (!sink.frameReceived(m_header, payload))
        return false;
    const bool alone = fin && wholeInChunk && m_message.isEmpty();
    if (wholeInChunk && !alone)
        m_message.append(payload);
    if (!fin)
        return true;
    const MessageKind kind = isText() ? MessageKind::Text : MessageKind::Binary;
    const bool goOn = sink.messageReceived(kind, alone ? payload : QByteArrayView(m_message));
    endMessage();
    return goOn;
}

void FrameReader::endMessage()
{
    m_messageOpcode = 0;
    m_fragments = 0;
    m_spoilt = false;
    m_inflates = false;
    m_utf8.reset();
    if (!m_message.isNull())
        m_message = QByteArray(); // gives the memory back
}

bool FrameReader::fail(QByteArrayView payload, FrameViolation violation, FrameSink &sink)
{
    m_finished = true;
    sink.frameBroken(m_header, payload.first(std::min(payload.size(), maxShownOfBroken)), violation);
    return false;
}

void FrameReader::finish()
{
    m_finished = true;
    m_apart = QByteArray();
    m_message = QByteArray();
}

} // namespace glasshouse
