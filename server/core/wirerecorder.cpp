// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/wirerecorder.h"

namespace glasshouse {

void WireRecorder::frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation)
{
    if (!m_recorder.isOn())
        return;
    const auto shown =
        violation == FrameViolation::None ? m_hider.received(header, payload) : m_hider.receivedBroken(header, payload);
    if (shown)
        m_recorder.frameIn(m_id, header, *shown, RecordRedacted, violation);
    else
        m_recorder.frameIn(m_id, header, payload, 0, violation);
}

void WireRecorder::frameOut(const FrameHeader &header, QByteArrayView payload)
{
    if (!m_recorder.isOn())
        return;
    if (!isControl(header.opcode()) && m_recorder.hasJustStored(payload)) // an echo: it was judged as it came in
        m_recorder.repeatedOut(m_id, header.firstByte, header.size);
    else if (const auto shown = m_hider.sent(header, payload))
        m_recorder.redactedOut(m_id, header.firstByte, header.size, quint32(payload.size()), *shown);
    else
        m_recorder.frameOut(m_id, header, payload);
}

void WireRecorder::sequencedOut(SequencedText &text, quint64 sequence)
{
    if (!m_recorder.isOn())
        return;
    // The body is not whole without its number, and so judged by its words alone: rather too often than too seldom.
    const auto look = [this](QByteArrayView body) { return m_recorder.redactor().message(body).has_value(); };
    if (text.holdsSecret(look))
        return recordRedacted(text, sequence);
    const int digits = SequencedText::digitsOf(sequence);
    const auto length = quint32(text.body().size() + digits + 1);
    if (text.isAnswer())
        m_recorder.answerOut(m_id, text.head(digits), text.headerSize(digits), quint32(sequence), length);
    else
        m_recorder.sequencedOut(m_id, text.head(digits), text.headerSize(digits), quint32(sequence), length);
}

void WireRecorder::recordRedacted(SequencedText &text, quint64 sequence)
{
    const QByteArray whole = text.body() + QByteArray::number(sequence) + '}';
    const int digits = SequencedText::digitsOf(sequence);
    m_recorder.redactedOut(m_id, quint8(text.head(digits).at(0)), text.headerSize(digits), quint32(whole.size()),
                           m_recorder.redactor().message(whole).value_or(whole), text.isAnswer());
}

} // namespace glasshouse
