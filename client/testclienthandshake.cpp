// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclienthandshake.h"

#include "client/testclienttarget.h"

namespace glasshouse {
namespace {

bool looksLikeTls(const QByteArray &raw)
{
    return raw.size() >= 2 && (raw[0] == 0x15 || raw[0] == 0x16) && raw[1] == 0x03;
}

QByteArray statusLine(const HttpHead &head)
{
    const QByteArray reason = head.reason.isEmpty() ? httpReason(head.status).toByteArray() : head.reason;
    return QByteArray::number(head.status) + ' ' + reason;
}

/// A server may point anywhere; nothing else is worth a try.
QUrl onlyWebSocket(const QUrl &url)
{
    return url.scheme() == QLatin1String("ws") || url.scheme() == QLatin1String("wss") ? url : QUrl();
}

QUrl suggestionFor(TestClientFault fault, const QByteArray &detail, const QUrl &url)
{
    switch (fault) {
    case TestClientFault::PlainToTlsPort:
        return withOtherSecurity(url);
    case TestClientFault::HttpRedirect:
        return onlyWebSocket(withWebSocketScheme(url.resolved(QUrl::fromEncoded(detail))));
    case TestClientFault::NoAnswer:
        return url.scheme() == QLatin1String("ws") ? withOtherSecurity(url) : QUrl();
    default:
        return {};
    }
}

} // namespace

TestClientHandshake::Status TestClientHandshake::feed(QByteArrayView bytes, qsizetype &consumed)
{
    consumed = 0;
    if (m_status == Status::NeedMore) {
        const HttpHeadParser::Status status = m_parser.feed(bytes, consumed);
        if (status == HttpHeadParser::Status::Failed)
            judgeBroken();
        else if (status == HttpHeadParser::Status::Done)
            judgeHead();
    }
    if (m_status == Status::Body) {
        takeBody(bytes.sliced(consumed));
        consumed = bytes.size();
    }
    return m_status;
}

TestClientHandshake::Status TestClientHandshake::finish()
{
    if (m_status == Status::NeedMore && !m_parser.raw().isEmpty()) {
        m_fault = looksLikeTls(m_parser.raw()) ? TestClientFault::PlainToTlsPort : TestClientFault::BadResponseHead;
        m_detail = "it ends in the middle";
    }
    if (m_status == Status::Body && head().contentLength > m_body.size())
        m_bodyCut = true;
    if (m_status != Status::Open)
        m_status = Status::Refused;
    return m_status;
}

void TestClientHandshake::judgeBroken()
{
    m_status = Status::Refused;
    m_detail = describe(m_parser.error()).toByteArray();
    if (looksLikeTls(m_parser.raw()))
        m_fault = TestClientFault::PlainToTlsPort;
    else
        m_fault = m_parser.raw().startsWith("HTTP/") ? TestClientFault::BadResponseHead : TestClientFault::NotHttp;
}

void TestClientHandshake::judgeHead()
{
    if (head().status == 101)
        return judgeUpgrade();
    m_fault = faultForStatus(head().status);
    const QByteArray location = head().value("Location").toByteArray();
    if (m_fault == TestClientFault::HttpRedirect && location.isEmpty())
        m_fault = TestClientFault::HttpOther;
    m_detail = m_fault == TestClientFault::HttpRedirect ? location : statusLine(head());
    m_status = bodyComplete() ? Status::Refused : Status::Body;
}

void TestClientHandshake::judgeUpgrade()
{
    const UpgradeError error = checkUpgradeResponse(head(), m_request);
    m_status = error == UpgradeError::None ? Status::Open : Status::Refused;
    m_detail = describe(error).toByteArray();
    m_fault = TestClientFault::MissingUpgrade;
    if (error == UpgradeError::BadAccept) {
        m_fault = TestClientFault::WrongAccept;
    } else if (error == UpgradeError::UnofferedSubprotocol) {
        m_fault = TestClientFault::UnofferedSubprotocol;
        m_detail = head().value("Sec-WebSocket-Protocol").toByteArray();
    } else if (error == UpgradeError::UnofferedExtension || error == UpgradeError::BadExtension) {
        m_fault =
            error == UpgradeError::BadExtension ? TestClientFault::BadExtension : TestClientFault::UnofferedExtension;
        m_detail = head().value("Sec-WebSocket-Extensions").toByteArray();
    }
}

void TestClientHandshake::takeBody(QByteArrayView bytes)
{
    const qsizetype room = maxBody - m_body.size();
    m_body.append(bytes.first(qMin(room, bytes.size())));
    m_bodyCut = bytes.size() > room;
    if (m_bodyCut || bodyComplete())
        m_status = Status::Refused;
}

bool TestClientHandshake::bodyComplete() const
{
    const int status = head().status;
    if (status < 200 || status == 204 || status == 304)
        return true;
    if (head().chunked)
        return m_body.endsWith("0\r\n\r\n");
    return head().contentLength >= 0 && m_body.size() >= head().contentLength;
}

void TestClientHandshake::copyAnswer(TestClientEnding &ending) const
{
    ending.httpStatus = head().status;
    ending.responseHead = m_parser.raw();
    ending.responseBody = m_body;
    ending.bodyCut = m_bodyCut;
}

void TestClientHandshake::judge(TestClientEnding &ending, const QUrl &url) const
{
    ending.fault = m_fault;
    ending.detail = m_detail;
    ending.suggestion = suggestionFor(m_fault, m_detail, url);
}

} // namespace glasshouse
