// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/wirerecorder.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype beginning = 512;       // types stand there, see MessageTypes::of()
constexpr quint64 largePayload = 4 * 1024; // a smaller one is searched sooner than asked about

} // namespace

/// What is left out need not be searched for secrets: with large messages, where a writer falls behind, that is what costs most.
/// Its beginning is, for its type is kept.
inline bool WireRecorder::passesOver(const FrameHeader &header, QByteArrayView payload) const
{
    return header.payloadLength >= largePayload && !m_recorder.takesPayloads() && m_hider.canPassOver(header)
        && !m_recorder.redactor().mayNameSecret(payload.first(std::min(payload.size(), beginning)));
}

inline quint32 WireRecorder::answersOf(const FrameHeader &header, Direction direction, QByteArrayView payload)
{
    const auto opcode = static_cast<Opcode>(header.opcode());
    return isControl(header.opcode()) ? m_pings.answers(opcode, direction, payload, m_recorder.nextRow()) : 0;
}

void WireRecorder::frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation)
{
    if (!m_recorder.isOn())
        return;
    if (violation == FrameViolation::None && passesOver(header, payload)) {
        m_hider.passOver();
        return m_recorder.frameIn(m_id, header, payload, RecordPayloadOmitted);
    }
    const auto shown =
        violation == FrameViolation::None ? m_hider.received(header, payload) : m_hider.receivedBroken(header, payload);
    const quint32 answers = violation == FrameViolation::None ? answersOf(header, Direction::In, payload) : 0;
    if (shown)
        m_recorder.frameIn(m_id, header, *shown, RecordRedacted, violation, answers);
    else
        m_recorder.frameIn(m_id, header, payload, 0, violation, answers);
}

void WireRecorder::frameOut(const FrameHeader &header, QByteArrayView payload)
{
    if (!m_recorder.isOn())
        return;
    const quint32 answers = answersOf(header, Direction::Out, payload);
    if (passesOver(header, payload))
        m_recorder.frameOut(m_id, header, payload, RecordPayloadOmitted);
    else if (!isControl(header.opcode()) && m_recorder.hasJustStored(payload)) // an echo: it was judged as it came in
        m_recorder.repeatedOut(m_id, header.firstByte, header.size);
    else if (const auto shown = m_hider.sent(header, payload))
        m_recorder.redactedOut(m_id, header.firstByte, header.size, quint32(payload.size()), *shown, answers);
    else
        m_recorder.frameOut(m_id, header, payload, 0, answers);
}

void WireRecorder::sequencedOut(const SequencedFrame &frame)
{
    if (!m_recorder.isOn())
        return;
    // The body is not whole without its number, and so judged by its words alone: rather too often than too seldom.
    const auto look = [this](QByteArrayView body) { return m_recorder.redactor().message(body).has_value(); };
    const auto sequence = quint32(frame.sequence);
    if (frame.text.holdsSecret(look))
        recordRedacted(frame);
    else if (frame.text.isAnswer())
        m_recorder.answerOut(m_id, frame.head, frame.headerSize, sequence, frame.payloadSize);
    else
        m_recorder.sequencedOut(m_id, frame.head, frame.headerSize, sequence, frame.payloadSize);
}

void WireRecorder::recordRedacted(const SequencedFrame &frame)
{
    const QByteArray whole = frame.text.body() + QByteArray::number(frame.sequence) + '}';
    m_recorder.redactedOut(m_id, quint8(frame.head.at(0)), frame.headerSize, frame.payloadSize,
                           m_recorder.redactor().message(whole).value_or(whole),
                           frame.text.isAnswer() ? m_recorder.behindLastIn(m_id) : 0);
}

} // namespace glasshouse
