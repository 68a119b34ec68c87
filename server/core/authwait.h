// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"
#include "server/endings/ending.h"

#include <vector>

namespace glasshouse {

/// The time before a player is let in whose token comes in its first message: first the token has to come, then somebody has to say
/// whether it is good. What the client says until then waits. Pure; times are handed in.
class AuthWait
{
public:
    enum class Stage : quint8 { None, Token, Answer };
    struct Message
    {
        MessageKind kind = MessageKind::Text;
        QByteArray payload;
    };
    static constexpr qint64 answerMs = 10'000;            ///< for whoever is asked
    static constexpr qsizetype mostHeldBytes = 64 * 1024; ///< then nothing more is read

    /// 0 seconds: no limit.
    void begin(int seconds, qint64 nowMs)
    {
        m_stage = Stage::Token;
        m_endMs = seconds > 0 ? nowMs + seconds * 1000LL : -1;
    }
    void tokenCame(qint64 nowMs)
    {
        m_stage = Stage::Answer;
        m_endMs = nowMs + answerMs;
    }
    /// Gives what was held, in its order.
    [[nodiscard]] std::vector<Message> end();
    void hold(MessageKind kind, QByteArrayView payload);

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] bool isFull() const { return m_heldBytes > mostHeldBytes; }
    [[nodiscard]] qint64 endMs() const { return m_endMs; } ///< −1: never
    /// Of the connection, when that time has come.
    [[nodiscard]] EndingCause cause() const
    {
        return m_stage == Stage::Token ? EndingCause::AuthTimeout : EndingCause::AdmissionTimeout;
    }
    [[nodiscard]] QByteArray reason() const
    {
        return m_stage == Stage::Token ? "no token came in time" : "nobody said in time whether it may come in";
    }

private:
    Stage m_stage = Stage::None;
    qint64 m_endMs = -1;
    std::vector<Message> m_held;
    qsizetype m_heldBytes = 0;
};

} // namespace glasshouse
