// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/secrethider.h"

#include "protocol/utf8check.h"

#include <algorithm>

namespace glasshouse {

namespace {

/// Some send their JSON in binary frames.
bool looksLikeJson(QByteArrayView payload)
{
    const auto first =
        std::find_if(payload.begin(), payload.end(), [](char c) { return !QByteArrayView(" \t\r\n").contains(c); });
    return first != payload.end() && (*first == '{' || *first == '[');
}

bool isTextual(const FrameHeader &header, QByteArrayView payload)
{
    return header.opcode() == quint8(Opcode::Text) || looksLikeJson(payload);
}

} // namespace

std::optional<QByteArray> SecretHider::received(const FrameHeader &header, QByteArrayView payload)
{
    if (isControl(header.opcode()))
        return control(header, payload);
    if (m_expectsSecret)
        return redactedMark.toByteArray();
    const bool isFirst = header.opcode() != quint8(Opcode::Continuation);
    if (isFirst) {
        if (!m_tail.isEmpty())
            m_tail.clear();
        m_hidesRest = false;
        m_isTextual = isTextual(header, payload);
    }
    if (!m_isTextual)
        return std::nullopt;
    if (!isFirst || !header.fin())
        return part(header, payload);
    auto shown = m_redactor.message(payload);
    m_hidesRest = shown.has_value(); // should more come, against the rules
    return shown;
}

bool SecretHider::canPassOver(const FrameHeader &header) const
{
    const bool isWhole = header.fin() && header.opcode() != quint8(Opcode::Continuation);
    return isWhole && !isControl(header.opcode()) && !m_expectsSecret && m_redactor.fields().isEmpty();
}

void SecretHider::passOver()
{
    m_tail.clear();
    m_isTextual = m_hidesRest = true; // should more come, against the rules
}

// From the first word that may name a secret, all is hidden up to the end of the message.
std::optional<QByteArray> SecretHider::part(const FrameHeader &header, QByteArrayView payload)
{
    m_hidesRest = m_hidesRest || mayNameSecret(payload);
    m_tail = header.fin() ? QByteArray() : (m_tail + payload.toByteArray()).right(m_redactor.seamSize());
    return m_hidesRest ? std::optional(redactedMark.toByteArray()) : std::nullopt;
}

/// This fragment, or the seam between it and what came before.
bool SecretHider::mayNameSecret(QByteArrayView payload) const
{
    const QByteArray seam = m_tail + payload.first(qMin(payload.size(), m_redactor.seamSize())).toByteArray();
    return m_redactor.mayNameSecret(seam) || m_redactor.mayNameSecret(payload);
}

/// The reason of a close frame and the payload of a ping are free text.
std::optional<QByteArray> SecretHider::control(const FrameHeader &header, QByteArrayView payload) const
{
    const qsizetype code = header.opcode() == quint8(Opcode::Close) ? qMin<qsizetype>(2, payload.size()) : 0;
    const QByteArrayView text = payload.sliced(code);
    const QByteArray shown = m_redactor.text(text);
    return shown == text ? std::nullopt : std::optional(payload.first(code).toByteArray() + shown);
}

std::optional<QByteArray> SecretHider::receivedBroken(const FrameHeader &header, QByteArrayView payload)
{
    if (isControl(header.opcode()))
        return control(header, payload);
    const bool isPacked = header.rsv() != 0 && !Utf8Check::isValid(payload);
    const bool isPart = header.opcode() == quint8(Opcode::Continuation);
    const bool hides = m_hidesRest || m_expectsSecret || isPacked || (isPart && mayNameSecret(payload));
    if (!header.fin())
        m_isTextual = m_hidesRest = true; // a tolerant reader goes on with the rest of it
    return hides ? std::optional(redactedMark.toByteArray()) : m_redactor.message(payload);
}

std::optional<QByteArray> SecretHider::sent(const FrameHeader &header, QByteArrayView payload) const
{
    if (isControl(header.opcode()))
        return control(header, payload);
    return isTextual(header, payload) ? m_redactor.message(payload) : std::nullopt;
}

} // namespace glasshouse
