// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How its bytes come in, and how it ends. At the door: visitoratthedoor.cpp; what becomes of a request: visitorrequests.cpp
#include "server/http/visitor.h"

#include "server/config/serverconfig.h"
#include "server/http/persistence.h"

namespace glasshouse {

namespace {

RequestReader::Limits readerLimits(const Limits &limits)
{
    return {{limits.headBytes, limits.headHeaders}, limits.bodyBytes};
}

EndingCause causeOf(TlsFailure kind)
{
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
}

} // namespace

Visitor::Visitor(const VisitorContext &context, std::unique_ptr<Transport> transport)
    : m_context(context),
      m_transport(std::move(transport)),
      m_hold(context.addresses, context.clock, m_transport->peerAddress(), this),
      m_arrivedAs(m_transport->peerAddress()),
      m_reader(readerLimits(context.config.limits)),
      m_booked(context.budget),
      m_sender(context.disk, context.budget, context.deadlines, context.clock, *this),
      m_id(context.owner.nextId()),
      m_beganMs(context.clock.monotonicMs())
{
    m_transport->setSink(this);
    if (context.config.proxyProtocol && context.addresses.isTrusted(m_arrivedAs))
        m_stage = Stage::ProxyHeader;
}

Visitor::~Visitor() = default;

void Visitor::begin()
{
    beginHead();
    m_transport->setReading(true);
}

// Bytes do not extend its time.
void Visitor::beginHead()
{
    m_hold.beginHead();
    if (const int seconds = m_context.config.limits.headSeconds; seconds > 0)
        setDeadline(seconds * 1000LL);
    else
        m_context.deadlines.clear(*this);
}

void Visitor::bytesArrived(char *data, qsizetype size)
{
    m_anyByte = true;
    m_onlyShookHands = false;
    take({data, size});
    readOn();
}

void Visitor::take(QByteArrayView bytes)
{
    switch (m_stage) {
    case Stage::ProxyHeader:
        return takeProxyHeader(bytes);
    case Stage::Idle:
        beginNextRequest();
        takeRequest(bytes);
        if (m_stage == Stage::Request && m_noPlace != EndingCause::Unknown) // half of one: nobody waits for the rest
            refuseHalf(refusalAtTheDoor(m_noPlace));
        return;
    case Stage::Request:
        return isRefused() ? takeRefused(bytes) : takeFirst(bytes);
    case Stage::Turn:
    case Stage::Admission:
    case Stage::Disk:
    case Stage::Answering:
        return keepForLater(bytes);
    case Stage::Leaving:
    case Stage::Gone:
        return;
    }
}

// One port for both: the first byte of a connection tells TLS and HTTP apart.
void Visitor::takeFirst(QByteArrayView bytes)
{
    const bool isFirst = m_tls == nullptr && m_requests == 0 && m_reader.isFresh();
    if (isFirst && m_context.credentials.tls && isTlsHello(bytes.front()))
        startTls(bytes);
    else
        takeRequest(bytes);
}

void Visitor::startTls(QByteArrayView early)
{
    auto tls = std::make_unique<TlsTransport>(std::move(m_transport), *m_context.credentials.tls);
    m_tls = tls.get();
    m_transport = std::move(tls);
    m_tls->setSink(this);
    m_tls->setTlsSink(this);
    m_tls->setReading(true);
    m_tls->feed(early);
}

void Visitor::handshakeDone(const TlsSession &session)
{
    m_tlsText = session.version + ' ' + session.cipher;
    m_onlyShookHands = true;
}

void Visitor::tlsFailed(TlsFailure kind, const QByteArray &words)
{
    if (isArriving()) {
        countAsBroken();
        setEnding(causeOf(kind), kind == TlsFailure::CertificateRefused ? EndingSide::Client : EndingSide::Server,
                  words);
    }
    finish();
}

void Visitor::takeRequest(QByteArrayView bytes)
{
    qsizetype consumed = 0;
    if (m_reader.feed(bytes, consumed) == RequestReader::Status::NeedMore) {
        if (m_reader.takeContinue())
            m_transport->send(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
        return;
    }
    keepForLater(bytes.sliced(consumed));
    requestDone();
}

// Requests are answered one after the other. What comes too early waits here, and what is too much of it in the system.
void Visitor::keepForLater(QByteArrayView bytes)
{
    if (!m_forgetsRest)
        m_rest += bytes;
}

bool Visitor::hasEnough() const { return m_forgetsRest || m_rest.size() > persistence::pipelinedBytes; }

// Over TLS, what a pause left unread of the last piece is held, too.
qint64 Visitor::waitingBytes() const
{
    constexpr qint64 onePiece = 256 * 1024;
    if (m_stage == Stage::Idle || m_stage >= Stage::Leaving)
        return 0;
    return m_rest.size() + m_reader.heldBytes() + m_request.body.size()
        + (m_isPaused && m_tls != nullptr ? onePiece : 0);
}

// Small requests are always taken: who sends much must not keep out who asks for a page.
void Visitor::bookWhatWaits()
{
    if (waitingBytes() > persistence::smallBytes && !m_booked.mayBe(waitingBytes())) {
        m_forgetsRest = true;
        m_rest.clear();
        if (m_stage == Stage::Answering)
            m_persistence = Persistence::Close;
        else
            isArriving() ? refuseHalf(refusalOf(Denial::TooManyWaiting)) : refuse(refusalOf(Denial::TooManyWaiting));
        setPaused(m_stage < Stage::Leaving);
    }
    m_booked.set(waitingBytes());
}

void Visitor::setPaused(bool paused)
{
    if (std::exchange(m_isPaused, paused) != paused)
        m_transport->setReading(!paused);
}

// A loop and no recursion: a hundred small requests may come in one piece.
void Visitor::readOn()
{
    if (std::exchange(m_readsOn, true))
        return;
    while (m_stage == Stage::Idle && !m_rest.isEmpty())
        take(std::exchange(m_rest, {}));
    m_readsOn = false;
    if (isArriving() && m_peerEnded)
        gone(StreamEnd::EndOfStream, {}); // in the middle of a request
    else if (m_stage == Stage::Idle && m_peerEnded)
        leave();
    else if (m_stage < Stage::Leaving)
        setPaused(hasEnough());
    bookWhatWaits();
}

void Visitor::beginNextRequest()
{
    // It did not count as a connection while it was idle.
    m_noPlace = m_hold.rests() ? judgeArrival(m_context.addresses, m_arrivedAs) : EndingCause::Unknown;
    m_noPlace == EndingCause::Unknown ? m_hold.endRest() : m_hold.giveBack();
    m_stage = Stage::Request;
    m_id = m_context.owner.nextId();
    m_beganMs = nowMs();
    m_ending = {};
    m_isTold = false;
    m_request = {};
    m_reader = RequestReader(readerLimits(m_context.config.limits));
    beginHead();
}

void Visitor::streamEnded(StreamEnd how, const QByteArray &text)
{
    m_peerEnded = true;
    const bool mayListen = m_stage == Stage::Turn || m_stage == Stage::Disk || m_stage == Stage::Answering;
    if (how != StreamEnd::EndOfStream || !mayListen) // whoever says no more may still want to hear
        gone(how, text);
}

// Not every client says that it does not trust a certificate, and a reset overtakes what it says.
QByteArray Visitor::howItLeft(const QByteArray &text) const
{
    return m_onlyShookHands ? "behind the TLS handshake, without a request: it may not trust the certificate" : text;
}

// Nobody hears the answer.
void Visitor::gone(StreamEnd how, const QByteArray &text)
{
    const bool byClient = how == StreamEnd::EndOfStream || how == StreamEnd::Reset;
    const EndingSide side = byClient ? EndingSide::Client : EndingSide::Network;
    if (isArriving()) {
        countAsBroken();
        setEnding(isRefused()                       ? m_refusal
                      : m_anyByte || m_requests > 0 ? EndingCause::HeadAbandoned
                                                    : EndingCause::NoData,
                  side, howItLeft(text));
    } else if (isAnswering()) {
        setEnding(EndingCause::AnswerAbandoned, side, text);
    } else if (isWaiting())
        setEnding(how == StreamEnd::Reset ? EndingCause::ConnectionReset : EndingCause::ClientVanished, side, text);
    finish();
}

void Visitor::allSent()
{
    if (m_stage == Stage::Leaving && m_peerEnded)
        finish();
}

void Visitor::deadlinePassed(qint64 /*nowMs*/)
{
    switch (m_stage) {
    case Stage::ProxyHeader:
    case Stage::Request:
        if (isRefused()) // a browser takes an answer that comes too early for that to its next request
            return m_reader.isFresh() ? end(m_refusal) : refuseHalf(refusalAtTheDoor(m_refusal));
        countAsBroken();
        if (m_tls != nullptr && m_tls->isHandshaking())
            return end(EndingCause::TlsTimeout);
        return refuseHalf(refusalOf(Denial::HeadTimeout));
    case Stage::Turn:
        return goOn();
    case Stage::Admission:
        return refuse(refusalOf(Denial::AdmissionTimeout));
    case Stage::Disk:
        return refuse(refusalOf(Denial::DiskTimeout));
    case Stage::Idle:
        return leave();
    case Stage::Answering:
        if (isAnswering())
            setEnding(EndingCause::AnswerAbandoned, EndingSide::Server, "it was taken too slowly");
        return finish();
    case Stage::Leaving:
    case Stage::Gone:
        return finish();
    }
}

void Visitor::end(EndingCause cause)
{
    if (isArriving() || isWaiting() || isAnswering())
        setEnding(cause, EndingSide::Server);
    finish();
}

// Between two requests.
void Visitor::rest()
{
    m_hold.endFile();
    std::ignore = m_hold.moveTo(m_arrivedAs);
    if (m_rest.isEmpty() && !m_context.addresses.mayHold(m_arrivedAs, Held::Rest))
        return leave();
    if (m_rest.isEmpty())
        m_hold.beginRest();
    m_stage = Stage::Idle;
    setDeadline(persistence::idleSeconds * 1000LL);
    readOn();
}

void Visitor::leave()
{
    m_stage = Stage::Leaving;
    m_rest.clear();
    m_booked.set(0);
    m_hold.endFile();
    setDeadline(persistence::lingerMs);
    setPaused(false); // to hear of the peer's end
    m_transport->closeWhenSent();
    m_transport->flush();
}

void Visitor::tellEnd()
{
    if (std::exchange(m_isTold, true))
        return;
    m_ending.lifetimeMs = nowMs() - m_beganMs;
    m_context.owner.requestEnded({m_id, m_hold.address(), m_transport->peerAddress(), m_transport->peerPort(),
                                  m_beganMs, m_reader.raw(), m_reader.head().value("User-Agent").toByteArray(),
                                  m_tlsText, m_ending});
}

void Visitor::finish()
{
    if (m_stage == Stage::Gone)
        return;
    tellEnd();
    m_stage = Stage::Gone;
    m_question.reset();
    m_sender.stop();
    m_context.deadlines.clear(*this);
    m_transport->abort();
    m_hold.giveBack();
    m_context.owner.visitorGone(*this);
}

// It never became a request. Nobody is told so, but a flood of them is one of broken requests.
void Visitor::countAsBroken() { std::ignore = m_context.addresses.take(m_hold.address(), Deed::Broken, nowMs()); }

void Visitor::setEnding(EndingCause cause, EndingSide side, QByteArray detail)
{
    m_ending.cause = cause;
    m_ending.side = side;
    m_ending.stage = m_stage == Stage::Admission ? EndingStage::Handshake
        : m_reader.head().method.isEmpty()       ? EndingStage::Head
                                                 : EndingStage::Http;
    m_ending.detail = std::move(detail);
}

void Visitor::setDeadline(qint64 fromNowMs) { m_context.deadlines.set(*this, nowMs() + fromNowMs); }

} // namespace glasshouse
