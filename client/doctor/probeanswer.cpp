// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/probeanswer.h"

#include "protocol/chunkedbody.h"

namespace glasshouse {

namespace {

constexpr QByteArrayView beginning("HTTP/");

bool mayBecomeHttp(QByteArrayView bytes)
{
    const qsizetype size = qMin(bytes.size(), beginning.size());
    return bytes.first(size) == beginning.first(size);
}

/// Behind the empty line, whose line feeds may be bare; −1: it is not there yet.
qsizetype endOfHead(const QByteArray &raw)
{
    const qsizetype strict = raw.indexOf("\r\n\r\n");
    const qsizetype bare = raw.indexOf("\n\n");
    if (strict >= 0 && (bare < 0 || strict < bare))
        return strict + 4;
    return bare < 0 ? -1 : bare + 2;
}

/// "HTTP/1.1 403 Forbidden"
void readStatusLine(const QByteArray &line, HttpHead &head)
{
    const QByteArrayList parts = line.simplified().split(' ');
    head.http10 = parts.first() == "HTTP/1.0";
    head.status = qBound(0, parts.value(1).toInt(), 999);
    head.reason = parts.mid(2).join(' ');
}

HttpHead readGenerously(const QByteArray &raw)
{
    HttpHead head;
    QByteArrayList lines = raw.split('\n');
    readStatusLine(lines.takeFirst(), head);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            head.headers.append({line.first(colon).trimmed(), line.sliced(colon + 1).trimmed()});
    }
    bool isNumber = false;
    const qint64 length = head.value("Content-Length").toByteArray().toLongLong(&isNumber);
    head.contentLength = isNumber && length >= 0 ? length : -1;
    head.chunked = head.listHas("Transfer-Encoding", "chunked");
    return head;
}

HttpError strictErrorOf(const QByteArray &raw)
{
    HttpHeadParser parser(HttpHeadParser::Kind::Response, {ProbeAnswerReader::maxBytes, 0});
    qsizetype consumed = 0;
    parser.feed(raw, consumed);
    return parser.error();
}

} // namespace

QByteArray ProbeAnswer::statusLine() const
{
    const QByteArray reason = head.reason.isEmpty() ? httpReason(head.status).toByteArray() : head.reason;
    return QByteArray::number(head.status) + ' ' + reason.left(80);
}

ProbeAnswerReader::Status ProbeAnswerReader::feed(QByteArrayView bytes, qsizetype &consumed)
{
    const qsizetype before = m_answer.raw.size();
    consumed = qMin(bytes.size(), maxBytes - before);
    m_answer.raw.append(bytes.first(consumed));
    if (!mayBecomeHttp(m_answer.raw))
        return Status::Done;
    const bool hadHead = m_answer.headIsWhole();
    if (!hadHead)
        m_answer.headSize = qMax(qsizetype(0), endOfHead(m_answer.raw));
    if (!m_answer.headIsWhole())
        return m_answer.raw.size() < maxBytes ? Status::NeedMore : Status::Done;
    const Status status = hadHead ? takeBody() : endHead();
    if (status == Status::Switch) {
        consumed = m_answer.headSize - before;
        m_answer.raw.truncate(m_answer.headSize);
    }
    return status;
}

ProbeAnswerReader::Status ProbeAnswerReader::endHead()
{
    const QByteArray raw = m_answer.raw.first(m_answer.headSize);
    m_answer.head = readGenerously(raw);
    m_answer.error = strictErrorOf(raw);
    return m_answer.head.status == 101 ? Status::Switch : takeBody();
}

ProbeAnswerReader::Status ProbeAnswerReader::takeBody()
{
    const HttpHead &head = m_answer.head;
    const QByteArrayView arrived = QByteArrayView(m_answer.raw).sliced(m_answer.headSize);
    if (head.chunked) {
        ChunkedBody body(maxBytes);
        qsizetype consumed = 0;
        m_answer.bodyIsWhole = body.feed(arrived, consumed) == ChunkedBody::Status::Done;
        m_answer.body = body.takeData();
    } else {
        m_answer.body = arrived.toByteArray();
        m_answer.bodyIsWhole = head.status < 200 || head.status == 204 || head.status == 304
            || (head.contentLength >= 0 && arrived.size() >= head.contentLength);
    }
    return m_answer.bodyIsWhole || m_answer.raw.size() >= maxBytes ? Status::Done : Status::Body;
}

} // namespace glasshouse
