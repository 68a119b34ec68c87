// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <array>
#include <optional>

namespace glasshouse {

/// One text frame for many recipients that differs only in the sequence number at its end. Bytes are built once for each
/// number of digits, so in practice once or twice however many recipients there are.
class SequencedText
{
public:
    static constexpr int maxDigits = 19;

    /// `body`: envelopeBody(), up to and with `"seq":`. `isAnswer`: to the message that is being handled.
    explicit SequencedText(QByteArray body, bool isAnswer = false) : m_body(std::move(body)), m_isAnswer(isAnswer) { }

    /// Frame header and body for a number with so many digits; number and '}' follow.
    [[nodiscard]] const QByteArray &head(int digits);
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    [[nodiscard]] bool isAnswer() const { return m_isAnswer; }
    /// Is there a token in it that must not get into the capture? Asked once, however many recipients there are.
    template <typename Look>
    [[nodiscard]] bool holdsSecret(const Look &look)
    {
        if (!m_holdsSecret)
            m_holdsSecret = look(m_body);
        return *m_holdsSecret;
    }

private:
    QByteArray m_body;
    bool m_isAnswer;
    std::optional<bool> m_holdsSecret;
    std::array<QByteArray, maxDigits + 1> m_heads; ///< by digits
};

/// Such a text on its way to one recipient. A view for the length of a call.
struct SequencedFrame
{
    SequencedText &text;
    quint64 sequence;
    const QByteArray &head; ///< header and body, shared
    int headerSize;         ///< of that
    quint32 payloadSize;    ///< with the number and '}'
};

} // namespace glasshouse
