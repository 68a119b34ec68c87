// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/visitor.h"

#include "server/capture/recorder.h"

namespace glasshouse {

namespace {

constexpr qint64 lingerMs = 2'000;    // for the peer to take the answer
constexpr qint64 lingerBytesAMs = 32; // and a large one over a slow network
constexpr qsizetype smallAnswer = 64 * 1024;
constexpr qint64 mostAnswering = 64LL * 1024 * 1024; // of large answers that wait for their clients

} // namespace

Visitor::Visitor(FrontDoor &door, std::unique_ptr<Transport> transport)
    : m_door(door),
      m_id(door.m_owner.nextId()),
      m_transport(std::move(transport)),
      m_address(m_transport->peerAddress()),
      m_parser(HttpHeadParser::Kind::Request,
               {door.m_context.config.limits.headBytes, door.m_context.config.limits.headHeaders}),
      m_acceptedMs(door.m_context.clock.monotonicMs())
{
    m_transport->setSink(this);
    if (door.m_context.config.proxyProtocol && door.isTrusted(m_address))
        m_stage = Stage::ProxyHeader;
}

void Visitor::begin(EndingCause refusal)
{
    const int seconds = m_door.m_context.config.limits.headSeconds;
    if (refusal != EndingCause::Unknown) {
        m_refusedAlready = true;
        m_refusal = refusal;
        if (!m_door.m_credentials.tls)
            refuse(refusal);
        else
            m_door.m_context.deadlines.set(*this, m_acceptedMs + lingerMs);
    } else if (seconds > 0) {
        m_door.m_context.deadlines.set(*this, m_acceptedMs + seconds * 1000LL);
    }
    if (m_stage != Stage::Gone)
        m_transport->setReading(true);
}

void Visitor::refuse(EndingCause refusal)
{
    const bool isFull = refusal == EndingCause::OutOfDescriptors || refusal == EndingCause::TooManyConnections
        || refusal == EndingCause::ServerClosing;
    answer(errorAnswer(isFull ? 503 : 429, endingText(refusal).sentence, {{"Retry-After", "1"}}), refusal);
}

void Visitor::bytesArrived(char *data, qsizetype size)
{
    m_anyByte = true;
    if (m_refusal != EndingCause::Unknown && isArriving()) {
        if (isTlsHello(*data)) // a handshake costs more than it is worth: the end is the answer
            return abort(m_refusal);
        return refuse(m_refusal);
    }
    if (m_stage == Stage::ProxyHeader)
        feedProxyHeader({data, size});
    else if (m_stage == Stage::Head)
        feedStream({data, size});
    else if (m_stage == Stage::Body)
        feedBody({data, size});
}

void Visitor::feedProxyHeader(QByteArrayView bytes)
{
    qsizetype consumed = 0;
    switch (m_proxyHeader.feed(bytes, consumed)) {
    case ProxyHeaderParser::Status::NeedMore:
        return;
    case ProxyHeaderParser::Status::Failed:
        return answer(errorAnswer(400, describe(m_proxyHeader.error())), EndingCause::BadProxyHeader,
                      describe(m_proxyHeader.error()).toByteArray());
    case ProxyHeaderParser::Status::Done:
        break;
    }
    m_stage = Stage::Head;
    const QHostAddress client = m_proxyHeader.header().source;
    if (!client.isNull() && client != m_address && !m_door.readdress(*this, client))
        return refuse(EndingCause::TooManyFromAddress);
    if (consumed < bytes.size())
        feedStream(bytes.sliced(consumed));
}

// One port for both: the first byte tells TLS and HTTP apart.
void Visitor::feedStream(QByteArrayView bytes)
{
    const bool isFirst = m_tls == nullptr && m_parser.raw().isEmpty();
    if (isFirst && m_door.m_credentials.tls && isTlsHello(bytes.front()))
        startTls(bytes);
    else
        feedHead(bytes);
}

void Visitor::startTls(QByteArrayView early)
{
    auto tls = std::make_unique<TlsTransport>(std::move(m_transport), *m_door.m_credentials.tls);
    m_tls = tls.get();
    m_transport = std::move(tls);
    m_tls->setSink(this);
    m_tls->setTlsSink(this);
    m_tls->setReading(true);
    m_tls->feed(early);
}

void Visitor::handshakeDone(const TlsSession &session) { m_tlsText = session.version + ' ' + session.cipher; }

void Visitor::tlsFailed(TlsFailure kind, const QByteArray &words)
{
    const auto cause = [kind] {
        switch (kind) {
        case TlsFailure::Version:
            return EndingCause::TlsVersion;
        case TlsFailure::CertificateRefused:
            return EndingCause::TlsCertificateRefused;
        case TlsFailure::Flood:
            return EndingCause::TlsFlood;
        case TlsFailure::Untrusted: // only clients
        case TlsFailure::Broken:
            break;
        }
        return EndingCause::TlsBroken;
    }();
    if (isArriving()) {
        m_ending.cause = cause;
        m_ending.side = kind == TlsFailure::CertificateRefused ? EndingSide::Client : EndingSide::Server;
        m_ending.stage = EndingStage::Head;
        m_ending.detail = words;
    }
    finish();
}

void Visitor::feedHead(QByteArrayView bytes)
{
    qsizetype consumed = 0;
    switch (m_parser.feed(bytes, consumed)) {
    case HttpHeadParser::Status::NeedMore:
        return;
    case HttpHeadParser::Status::Failed: {
        const HttpError error = m_parser.error();
        const auto cause = error == HttpError::TlsOnPlainPort ? EndingCause::TlsToPlainPort : EndingCause::BadHead;
        return answer(errorAnswer(httpStatusFor(error), describe(error)), cause, describe(error).toByteArray());
    }
    case HttpHeadParser::Status::Done:
        m_head = m_parser.takeHead();
        m_rest = bytes.sliced(consumed).toByteArray();
        headDone();
    }
}

void Visitor::headDone()
{
    const bool hasBody = m_head.method == "POST";
    const bool isRead = m_head.method == "GET" || m_head.method == "HEAD";
    if (isRead && m_head.chunked && checkUpgrade(m_head) == UpgradeError::NotRequested)
        return answer(errorAnswer(400, "a request to read has no body"), EndingCause::BadHead,
                      "Transfer-Encoding where nothing is sent");
    if (!hasBody)
        return m_door.headDone(*this);
    if (m_head.chunked || m_head.contentLength < 0)
        return answer(errorAnswer(411, "Content-Length is needed"), EndingCause::HttpServed);
    const qint64 limit = m_door.m_context.config.limits.bodyBytes;
    if (limit > 0 && m_head.contentLength > limit)
        return answer(errorAnswer(413, "the body is too large"), EndingCause::HttpServed);
    m_stage = Stage::Body;
    if (m_head.listHas("Expect", "100-continue") && m_rest.isEmpty())
        m_transport->send(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
    feedBody(std::exchange(m_rest, {}));
}

void Visitor::feedBody(QByteArrayView bytes)
{
    m_body += bytes.first(qMin<qsizetype>(bytes.size(), qsizetype(m_head.contentLength) - m_body.size()));
    if (m_body.size() == m_head.contentLength)
        m_door.headDone(*this);
}

void Visitor::answer(HttpAnswer answer, EndingCause cause, QByteArray detail)
{
    answer.headers += m_door.headersForPages(m_head);
    send(answer, cause, std::move(detail));
}

void Visitor::serve(const HttpAnswer &answer)
{
    if (answer.body.size() > smallAnswer && m_door.m_answering + answer.body.size() > mostAnswering)
        return this->answer(errorAnswer(503, "too many large answers are under way", {{"Retry-After", "5"}}),
                            EndingCause::HttpServed);
    send(answer, EndingCause::HttpServed, {});
}

void Visitor::send(const HttpAnswer &answer, EndingCause cause, QByteArray detail)
{
    if (isAnswered())
        return;
    m_ending.cause = cause;
    m_ending.side = EndingSide::Server;
    m_ending.stage = m_stage < Stage::Body && m_head.method.isEmpty() ? EndingStage::Head : EndingStage::Http;
    m_ending.httpStatus = answer.status;
    m_ending.detail = std::move(detail);
    m_stage = Stage::Answering;
    m_door.headEnded(*this);
    m_answerBytes = m_head.method == "HEAD" ? 0 : answer.body.size();
    m_door.m_answering += m_answerBytes;
    m_transport->send(toBytes(answer, true));
    if (m_answerBytes > 0)
        m_transport->send(answer.body);
    m_transport->closeWhenSent();
    m_door.m_context.deadlines.set(
        *this, m_door.m_context.clock.monotonicMs() + lingerMs + answer.body.size() / lingerBytesAMs);
}

void Visitor::streamEnded(StreamEnd how, const QByteArray &text)
{
    if (isArriving()) {
        m_ending.cause = m_refusal != EndingCause::Unknown ? m_refusal
            : m_anyByte                                    ? EndingCause::HeadAbandoned
                                                           : EndingCause::NoData;
        m_ending.side =
            how == StreamEnd::EndOfStream || how == StreamEnd::Reset ? EndingSide::Client : EndingSide::Network;
        m_ending.stage = EndingStage::Head;
        m_ending.detail = text;
    }
    finish();
}

void Visitor::deadlinePassed(qint64 /*nowMs*/)
{
    if (m_refusal != EndingCause::Unknown && isArriving())
        return abort(m_refusal);
    if (m_tls != nullptr && m_tls->isHandshaking())
        return abort(EndingCause::TlsTimeout);
    if (isArriving())
        return answer(errorAnswer(408, "the request took too long"), EndingCause::HeadTimeout);
    finish();
}

void Visitor::abort(EndingCause cause)
{
    if (isArriving()) {
        m_ending.cause = cause;
        m_ending.side = EndingSide::Server;
        m_ending.stage = EndingStage::Head;
    }
    finish();
}

ConnectionInfo Visitor::info() const
{
    ConnectionInfo info;
    const qint64 lived = m_door.m_context.clock.monotonicMs() - m_acceptedMs;
    info.id = m_id;
    info.address = m_address.toString();
    if (m_transport && m_transport->peerAddress() != m_address)
        info.via = m_transport->peerAddress().toString();
    info.port = m_transport ? m_transport->peerPort() : quint16(0);
    info.sinceMs = m_door.m_context.clock.wallMs() - lived;
    const Redactor &redactor = m_door.m_context.recorder.redactor();
    info.requestHead = redactor.head(m_parser.raw());
    info.userAgent = QString::fromUtf8(redactor.headerValue("User-Agent", m_head.value("User-Agent")));
    info.tls = m_tlsText;
    return info;
}

void Visitor::finish()
{
    if (m_stage == Stage::Gone)
        return;
    m_stage = Stage::Gone;
    m_ending.lifetimeMs = m_door.m_context.clock.monotonicMs() - m_acceptedMs;
    m_door.m_context.deadlines.clear(*this);
    const Refusal refusal{info(), m_ending};
    m_transport->abort();
    m_door.m_owner.visitorEnded(refusal);
    m_door.remove(*this, false);
}

Upgrading Visitor::takeUpgrading()
{
    m_stage = Stage::Gone;
    m_door.m_context.deadlines.clear(*this);
    m_transport->setReading(false);
    if (m_tls != nullptr)
        m_tls->setTlsSink(nullptr);
    Upgrading upgrading{m_id,           std::move(m_transport), m_address,    std::move(m_head),
                        m_parser.raw(), std::move(m_rest),      m_acceptedMs, m_tlsText};
    m_door.remove(*this, true);
    return upgrading;
}

} // namespace glasshouse
