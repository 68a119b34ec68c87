// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire/wire.h"

#include "protocol/deflate/messagedeflate.h"
#include "protocol/framewriter.h"

#include <QRandomGenerator>
#include <charconv>

namespace glasshouse {

namespace {

// To copy more costs more than a write of its own, and the copy would be cold when the turn ends.
constexpr qsizetype largePayload = 16 * 1024;

} // namespace

void WireObserver::sequencedOut(const SequencedFrame &frame)
{
    const QByteArray payload = frame.text.body() + QByteArray::number(frame.sequence) + '}';
    frameOut(headerFor(Opcode::Text, quint64(payload.size())), payload);
}

/// Both directions of a connection that has it.
struct Wire::Deflate
{
    MessageInflater inflater;
    MessageDeflater deflater;

    Deflate(const DeflateParameters &agreed, bool isClient)
        : inflater(isClient ? agreed.serverMaxWindowBits : agreed.clientMaxWindowBits,
                   !(isClient ? agreed.serverNoContextTakeover : agreed.clientNoContextTakeover)),
          deflater(isClient ? agreed.clientMaxWindowBits : agreed.serverMaxWindowBits,
                   !(isClient ? agreed.clientNoContextTakeover : agreed.serverNoContextTakeover))
    { }
};

Wire::Wire(std::unique_ptr<Transport> transport, WireSink &sink, TurnClock &clock, WireOptions options)
    : m_transport(std::move(transport)),
      m_reader(options.role, options.limits, options.rigor),
      m_sink(sink),
      m_clock(clock),
      m_observer(options.observer),
      m_maskKeys(options.maskKeys)
{
    Q_ASSERT((options.role == ReaderRole::Client) == (m_maskKeys != nullptr));
    m_transport->setSink(this);
    if (options.deflate)
        m_deflate = std::make_unique<Deflate>(*options.deflate, options.role == ReaderRole::Client);
}

Wire::~Wire() { m_transport->abort(); }

void Wire::open(QByteArray early)
{
    m_transport->setReading(true);
    takeEarly(std::move(early));
}

void Wire::takeEarly(QByteArray early)
{
    if (!early.isEmpty())
        bytesArrived(early.data(), early.size());
}

void Wire::bytesArrived(char *data, qsizetype size)
{
    const TurnClock::Turn turn(m_clock);
    m_counters.bytesIn += quint64(size);
    if (!m_sink.bytesSeen({data, size}) || m_reader.finished())
        return;
    const bool wasMidway = m_reader.midway();
    m_reader.feed(data, size, *this);
    if (const bool isMidway = m_reader.midway(); wasMidway || isMidway)
        m_sink.midwaySeen(isMidway);
}

void Wire::streamEnded(StreamEnd how, const QByteArray &text) { m_sink.wireEnded(how, text); }

bool Wire::frameReceived(const FrameHeader &header, QByteArrayView payload)
{
    note(Direction::In, header.opcode(), header.payloadLength);
    if (m_observer != nullptr)
        m_observer->frameIn(header, payload, FrameViolation::None);
    return !m_reader.finished();
}

void Wire::frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation)
{
    note(Direction::In, header.opcode(), header.payloadLength, true);
    if (m_observer != nullptr)
        m_observer->frameIn(header, payload, violation);
    m_sink.violationSeen(violation, header);
}

bool Wire::messageReceived(MessageKind kind, QByteArrayView payload)
{
    ++m_counters.messagesIn;
    m_biggestMessage = qMax(m_biggestMessage, quint32(payload.size()));
    return m_sink.messageSeen(kind, payload);
}

bool Wire::controlReceived(Opcode opcode, QByteArrayView payload) { return m_sink.controlSeen(opcode, payload); }

MessageInflater *Wire::inflater() { return m_deflate ? &m_deflate->inflater : nullptr; }

inline void Wire::queue(OutChunk &&chunk)
{
    m_counters.bytesOut += quint64(chunk.size());
    m_transport->send(std::move(chunk));
}

inline void Wire::noteFrame(const FrameHeader &header, QByteArrayView payload)
{
    if (m_observer != nullptr)
        m_observer->frameOut(header, payload);
    if (header.fin() && !isControl(header.opcode()))
        ++m_counters.messagesOut;
    note(Direction::Out, header.opcode(), header.payloadLength);
}

void Wire::send(Opcode opcode, QByteArrayView payload) { sendPiece(opcode, payload, true); }

std::optional<quint32> Wire::maskKey()
{
    return m_maskKeys != nullptr ? std::optional(m_maskKeys->generate()) : std::nullopt;
}

void Wire::sendPiece(Opcode opcode, QByteArrayView piece, bool fin)
{
    if (m_deflate && m_deflate->deflater.isUsable() && !isControl(quint8(opcode)))
        return sendCompressed(opcode, piece, fin);
    passOn(headerFor(opcode, quint64(piece.size()), maskKey(), fin), piece);
}

void Wire::sendCompressed(Opcode opcode, QByteArrayView piece, bool fin)
{
    const QByteArray packed = m_deflate->deflater.take(piece, fin);
    FrameHeader header = headerFor(opcode, quint64(packed.size()), maskKey(), fin);
    if (opcode != Opcode::Continuation)
        header.firstByte |= compressedBit;
    noteFrame(header, piece);
    queue({wireBytes(header, packed)});
}

void Wire::sendClose(quint16 code, QByteArrayView reason) { send(Opcode::Close, closePayload(code, reason)); }

void Wire::passOn(const FrameHeader &header, QByteArrayView payload)
{
    noteFrame(header, payload);
    if (header.masked)
        return queue({wireBytes(header, payload)});
    m_counters.bytesOut += quint64(header.size) + quint64(payload.size());
    const HeaderBytes head(header);
    payload.size() < largePayload ? m_transport->sendTogether(head, payload) : m_transport->sendNow(head, payload);
}

void Wire::sendFrame(const QByteArray &frame, int headerSize)
{
    FrameHeader header;
    header.firstByte = quint8(frame.at(0));
    header.size = quint8(headerSize);
    header.payloadLength = quint64(frame.size() - headerSize);
    noteFrame(header, QByteArrayView(frame).sliced(headerSize));
    queue({frame});
}

void Wire::sendText(SequencedText &text, quint64 sequence)
{
    OutChunk chunk;
    char *const end = std::to_chars(chunk.tail.data(), chunk.tail.data() + SequencedText::maxDigits, sequence).ptr;
    *end = '}';
    const int digits = int(end - chunk.tail.data());
    chunk.tailSize = quint8(digits + 1);
    chunk.shared = text.head(digits);
    const auto payloadSize = quint32(text.body().size() + digits + 1);
    if (m_observer != nullptr)
        m_observer->sequencedOut(
            {text, sequence, chunk.shared, int(chunk.shared.size() - text.body().size()), payloadSize});
    ++m_counters.messagesOut;
    note(Direction::Out, quint8(Opcode::Text), payloadSize);
    queue(std::move(chunk));
}

void Wire::dropQueue()
{
    const qint64 before = m_transport->queuedBytes();
    m_counters.messagesOut -= qMin<quint64>(m_counters.messagesOut, m_transport->dropQueue());
    m_counters.bytesOut -= quint64(before - m_transport->queuedBytes());
}

} // namespace glasshouse
