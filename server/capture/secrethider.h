// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "server/capture/redaction.h"

namespace glasshouse {

/// What the capture gets in place of payloads that hold secrets. Knows how far a message of one connection has come, because a
/// token may begin in one fragment and its name in the one before. Nullopt: there is nothing to hide.
class SecretHider
{
public:
    /// `redactor` outlives this; it may become another one.
    explicit SecretHider(const Redactor &redactor) : m_redactor(redactor) { }

    /// Hides what comes in as a whole: somebody's token is expected.
    void setExpectsSecret(bool expects) { m_expectsSecret = expects; }

    /// Of frames that came in, all of them in their order.
    [[nodiscard]] std::optional<QByteArray> received(const FrameHeader &header, QByteArrayView payload);
    /// Of one that broke the rules: may be the rest of a message, or be packed in a way that nobody agreed to.
    [[nodiscard]] std::optional<QByteArray> receivedBroken(const FrameHeader &header, QByteArrayView payload);
    /// Need a frame that nobody keeps the payload of not be looked at? Its type is kept, which may be a secret with configured names.
    [[nodiscard]] bool canPassOver(const FrameHeader &header) const;
    /// In place of received(), where it came in.
    void passOver();
    /// Of a frame that goes out, whole.
    [[nodiscard]] std::optional<QByteArray> sent(const FrameHeader &header, QByteArrayView payload) const;

private:
    const Redactor &m_redactor;
    QByteArray m_tail;        ///< of a text message that is not whole yet
    bool m_isTextual = false; ///< the message that is coming in
    bool m_hidesRest = false; ///< a secret may go on in the next fragment
    bool m_expectsSecret = false;

    [[nodiscard]] std::optional<QByteArray> part(const FrameHeader &header, QByteArrayView payload);
    [[nodiscard]] std::optional<QByteArray> control(const FrameHeader &header, QByteArrayView payload) const;
    [[nodiscard]] bool mayNameSecret(QByteArrayView payload) const;
};

} // namespace glasshouse
