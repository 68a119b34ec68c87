// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chunkedbody.h"
#include "server/http/refusals.h"

namespace glasshouse {

/// Bytes to one request: its head and, for POST, its body. What is behind belongs to the next one. Pure.
class RequestReader
{
public:
    enum class Status : quint8 { NeedMore, Done, Failed };
    struct Limits
    {
        HttpLimits head;
        qint64 bodyBytes = 0; ///< 0 = none
    };

    explicit RequestReader(const Limits &limits)
        : m_parser(HttpHeadParser::Kind::Request, limits.head),
          m_limits(limits)
    { }

    /// `consumed` says how many of the bytes were the request's.
    [[nodiscard]] Status feed(QByteArrayView bytes, qsizetype &consumed);
    [[nodiscard]] bool isFresh() const { return m_parser.raw().isEmpty(); }
    [[nodiscard]] bool hasHead() const { return m_headDone; }
    /// Once, when the client waits for 100 before it sends the body.
    [[nodiscard]] bool takeContinue() { return std::exchange(m_wantsContinue, false); }
    /// Is the next request sure to begin behind what was consumed? Not where a body was announced that nobody reads.
    [[nodiscard]] bool isFramed() const;
    /// Empty where it was broken.
    [[nodiscard]] const HttpHead &head() const { return m_head; }
    [[nodiscard]] const QByteArray &raw() const { return m_parser.raw(); } ///< of the head
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }
    [[nodiscard]] qint64 heldBytes() const
    {
        return m_parser.raw().size() + m_body.size() + (m_chunks ? m_chunks->heldBytes() : 0);
    }
    [[nodiscard]] const std::optional<Refused> &fault() const { return m_fault; }

private:
    HttpHeadParser m_parser;
    Limits m_limits;
    HttpHead m_head;
    QByteArray m_body;
    std::optional<ChunkedBody> m_chunks; ///< in place of a length
    std::optional<Refused> m_fault;
    bool m_headDone = false;
    bool m_wantsContinue = false;

    [[nodiscard]] std::optional<Denial> judgeBody() const;
    [[nodiscard]] Status fail(const Refused &fault);
    [[nodiscard]] Status feedBody(QByteArrayView bytes, qsizetype &consumed);
    [[nodiscard]] Status feedChunks(QByteArrayView bytes, qsizetype &consumed);
};

} // namespace glasshouse
