// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/requestreader.h"

namespace glasshouse {

RequestReader::Status RequestReader::feed(QByteArrayView bytes, qsizetype &consumed)
{
    consumed = 0;
    if (m_headDone)
        return feedBody(bytes, consumed);
    switch (m_parser.feed(bytes, consumed)) {
    case HttpHeadParser::Status::NeedMore:
        return Status::NeedMore;
    case HttpHeadParser::Status::Failed:
        return fail(refusalOf(m_parser.error()));
    case HttpHeadParser::Status::Done:
        break;
    }
    m_head = m_parser.takeHead();
    m_headDone = true;
    if (const auto denial = judgeBody())
        return fail(refusalOf(*denial));
    if (m_head.method != "POST")
        return Status::Done;
    if (m_head.chunked)
        m_chunks.emplace(m_limits.bodyBytes);
    m_wantsContinue = !m_head.http10 && m_head.listHas("Expect", "100-continue") && consumed == bytes.size();
    return feedBody(bytes.sliced(consumed), consumed);
}

// Only POST has a body that anybody wants; one with a length that nobody reads ends the connection behind its answer.
std::optional<Denial> RequestReader::judgeBody() const
{
    const bool isRead = m_head.method == "GET" || m_head.method == "HEAD";
    if (isRead && m_head.chunked && checkUpgrade(m_head) == UpgradeError::NotRequested)
        return Denial::BodyOfARead;
    if (m_head.method != "POST")
        return std::nullopt;
    if (m_head.chunked)
        return m_head.isChunkedOnly() ? std::nullopt : std::optional(Denial::UnknownCoding);
    if (m_limits.bodyBytes > 0 && m_head.contentLength > m_limits.bodyBytes)
        return Denial::BodyTooLarge;
    return std::nullopt;
}

RequestReader::Status RequestReader::fail(const Refused &fault)
{
    m_fault = fault;
    return Status::Failed;
}

/// Adds to `consumed`.
RequestReader::Status RequestReader::feedBody(QByteArrayView bytes, qsizetype &consumed)
{
    if (m_chunks)
        return feedChunks(bytes, consumed);
    const auto length = qsizetype(qMax<qint64>(0, m_head.contentLength)); // a request that names none has no body
    const qsizetype taken = qMin<qsizetype>(bytes.size(), length - m_body.size());
    m_body += bytes.first(taken);
    consumed += taken;
    return m_body.size() == length ? Status::Done : Status::NeedMore;
}

RequestReader::Status RequestReader::feedChunks(QByteArrayView bytes, qsizetype &consumed)
{
    qsizetype taken = 0;
    const ChunkedBody::Status status = m_chunks->feed(bytes, taken);
    consumed += taken;
    if (status == ChunkedBody::Status::NeedMore)
        return Status::NeedMore;
    if (status == ChunkedBody::Status::Failed)
        return fail(refusalOf(m_chunks->error()));
    m_body = m_chunks->takeData();
    return Status::Done;
}

bool RequestReader::isFramed() const
{
    return m_headDone && !m_fault && (m_head.method == "POST" || (!m_head.chunked && m_head.contentLength <= 0));
}

} // namespace glasshouse
