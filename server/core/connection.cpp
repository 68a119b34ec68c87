// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/connection.h"

#include "protocol/framewriter.h"
#include "server/core/handshake.h"
#include "server/http/httpresponder.h"

#include <QRandomGenerator>
#include <QWebSocket>
#include <QtEndian>

namespace glasshouse {

namespace {

constexpr qint64 closeMs = 2'000;

ConnectionInfo infoFrom(const Upgrading &upgrading, const ConnectionContext &context)
{
    ConnectionInfo info;
    info.id = upgrading.id;
    info.address = upgrading.address.toString();
    if (upgrading.address != upgrading.transport->peerAddress())
        info.via = upgrading.transport->peerAddress().toString();
    info.port = upgrading.transport->peerPort();
    info.sinceMs = context.clock.wallMs();
    const Redactor &redactor = context.recorder.redactor();
    info.requestHead = redactor.head(upgrading.rawHead);
    info.userAgent = QString::fromUtf8(redactor.headerValue("User-Agent", upgrading.head.value("User-Agent")));
    info.tls = upgrading.tls;
    return info;
}

struct Rate
{
    double perSecond;
    double burst;

    [[nodiscard]] RateLimiter limiter() const { return {perSecond, burst}; }
    // What was used stays used.
    void applyTo(RateLimiter &limiter, qint64 nowMs) const { limiter.setRate(perSecond, burst, nowMs); }
};

Rate messageRate(const Limits &limits)
{
    return {limits.messageBurst == 0 ? 0.0 : double(limits.messageRate), double(limits.messageBurst)};
}

// One message of the largest size has to pass at once.
Rate byteRate(const Limits &limits)
{
    return {double(limits.byteRate), qMax(1.5 * double(limits.byteRate), double(limits.messageBytes) + 14)};
}

Rate controlRate(const Limits &limits) { return {double(limits.controlRate), double(limits.controlRate)}; }

} // namespace

Connection::Connection(Upgrading upgrading, const ConnectionContext &context)
    : m_context(context),
      m_id(upgrading.id),
      m_address(upgrading.address),
      m_info(infoFrom(upgrading, context)),
      m_wire(std::make_unique<WireSocket>(
          std::move(upgrading.transport), m_id, context.recorder, static_cast<WireSocketSink &>(*this),
          FrameLimits{context.config.limits.messageBytes, context.config.limits.fragments})),
      m_handshakeHead(handshakeHead(upgrading.head)),
      m_subprotocol(chooseSubprotocol(upgrading.head)),
      m_early(std::move(upgrading.early)),
      m_messageRate(messageRate(context.config.limits).limiter()),
      m_byteRate(byteRate(context.config.limits).limiter()),
      m_controlRate(controlRate(context.config.limits).limiter()),
      m_acceptedMs(upgrading.acceptedMs),
      m_heardMs(context.clock.monotonicMs())
{ }

void Connection::applyLimits()
{
    const Limits &limits = m_context.config.limits;
    const qint64 now = m_context.clock.monotonicMs();
    messageRate(limits).applyTo(m_messageRate, now);
    byteRate(limits).applyTo(m_byteRate, now);
    controlRate(limits).applyTo(m_controlRate, now);
    m_wire->setLimits({limits.messageBytes, limits.fragments});
    if (limits.heartbeatSeconds == 0)
        m_nextPingMs = -1;
    else if (m_pingSentMs < 0)
        m_nextPingMs = now + QRandomGenerator::global()->bounded(limits.heartbeatSeconds * 1000);
    arm();
}

Connection::~Connection()
{
    m_wire->detach();
    m_webSocket.reset();
}

bool Connection::open(QWebSocketServer &handshaker)
{
    auto done = completeHandshake(handshaker, *m_wire, std::exchange(m_handshakeHead, {}), m_subprotocol);
    if (!done.webSocket) {
        m_wire->transport().send(toBytes(errorAnswer(500, "the handshake could not be completed")));
        m_wire->transport().flush();
        setCause(EndingCause::HandshakeFailed, EndingSide::Server);
        m_ending.stage = EndingStage::Handshake;
        finish();
        return false;
    }
    m_webSocket = std::move(done.webSocket);
    m_info.responseHead = done.response;
    m_info.subprotocol = std::exchange(m_subprotocol, {});
    return true;
}

void Connection::begin()
{
    const Limits &limits = m_context.config.limits;
    const qint64 now = m_context.clock.monotonicMs();
    if (limits.heartbeatSeconds > 0) // at a random point, so that a thousand who came at once are not pinged at once
        m_nextPingMs = now + QRandomGenerator::global()->bounded(limits.heartbeatSeconds * 1000);
    m_wire->open(m_info.responseHead, std::exchange(m_early, {}), m_webSocket.get());
    arm();
    changed();
}

void Connection::beginEcho()
{
    m_echoes = true;
    begin();
}

void Connection::refuse(EndingCause cause, const QByteArray &reason)
{
    m_early = {};
    begin();
    end(cause, EndingSide::Server, reason);
    m_ending.stage = EndingStage::Handshake;
}

void Connection::enterRoom(Room &room, const Entrance &entrance)
{
    m_room = &room;
    m_roomId = QString::fromLatin1(room.id());
    takeSeat(room, entrance);
    changed();
}

void Connection::beginInRoom(Room &room, const Entrance &entrance)
{
    // The seat is taken before the first byte is read, and its `connected` must follow the 101.
    const QByteArray early = std::exchange(m_early, {});
    begin();
    enterRoom(room, entrance);
    if (!early.isEmpty())
        m_wire->takeEarly(early);
}

void Connection::takeSeat(Room &room, const Entrance &entrance)
{
    const ResumeRequest &resume = entrance.resume;
    m_seat = resume.token.isEmpty() ? nullptr : room.seatFor(resume);
    if (m_seat == nullptr) {
        m_seat = &room.join(*this, entrance.name, quint32(m_id),
                            resume.token.isEmpty() ? QByteArrayView() : "there is no such session", resume.subject);
        m_player = m_seat->player;
        return;
    }
    m_player = m_seat->player;
    room.resume(*m_seat, *this, quint32(m_id), resume);
    ping(); // whoever answers it has got `connected`
    m_unconfirmed = true;
}

ConnectionCounters Connection::counters() const
{
    const WireCounters &wire = m_wire->counters();
    ConnectionCounters counters;
    counters.id = m_id;
    counters.state = m_finished ? ConnectionState::Ended : m_closing ? ConnectionState::Closing : ConnectionState::Open;
    counters.player = m_player.name;
    counters.playerId = m_player.id;
    counters.room = m_roomId;
    counters.messagesIn = wire.messagesIn;
    counters.messagesOut = wire.messagesOut;
    counters.bytesIn = wire.bytesIn;
    counters.bytesOut = wire.bytesOut;
    counters.queuedBytes = m_finished ? m_ending.queuedBytes : m_wire->transport().queuedBytes();
    counters.rttMs = m_rttMs;
    counters.lastHeardMs = m_context.clock.wallMs() - (m_context.clock.monotonicMs() - m_heardMs);
    counters.rateLimitHits = m_limitHits;
    counters.badMessages = quint32(badMessages());
    return counters;
}

quint64 Connection::badMessages() const { return m_seat != nullptr ? m_seat->badTotal : m_badMessages; }

void Connection::setCause(EndingCause cause, EndingSide side, QByteArray detail)
{
    if (std::exchange(m_causeKnown, true))
        return;
    m_ending.cause = cause;
    m_ending.side = side;
    m_ending.detail = std::move(detail);
    m_ending.stage = m_closing ? EndingStage::Closing : EndingStage::Open;
}

void Connection::end(EndingCause cause, EndingSide side, const QByteArray &reason)
{
    if (m_closing || m_finished)
        return;
    setCause(cause, side, reason);
    leaveRoomLater();
    // A peer that does not read would never get to the close frame behind a full queue.
    if (cause == EndingCause::ReadTooSlowly)
        m_wire->dropQueue();
    m_ending.queuedBytes = m_wire->transport().queuedBytes();
    // Qt would cut a long reason in the middle of a character.
    const quint16 code = quint16(closeCodeFor(cause));
    m_webSocket->close(QWebSocketProtocol::CloseCode(code), QString::fromUtf8(closePayload(code, reason).sliced(2)));
    m_closing = true;
    limitClosing();
    if (m_wire->reader().finished()) // its answer can not be read any more: do not wait for it
        m_wire->transport().closeWhenSent();
    changed();
}

// For the peer to answer a close frame, and for the stream to end behind both.
void Connection::limitClosing()
{
    m_abortMs = m_context.clock.monotonicMs() + closeMs;
    arm();
}

void Connection::abort(EndingCause cause, EndingSide side)
{
    if (m_finished)
        return;
    setCause(cause, side);
    finish();
}

void Connection::sendText(QByteArrayView text)
{
    if (m_closing || m_finished)
        return;
    const QByteArray frame = makeFrame(Opcode::Text, text);
    m_wire->sendFrame(frame, int(frame.size() - text.size()));
    checkQueue();
}

void Connection::sendText(SequencedText &text, quint64 sequence)
{
    if (m_closing || m_finished)
        return;
    m_wire->sendText(text, sequence);
    checkQueue();
    changed();
}

void Connection::sendBinary(const QByteArray &frame, int headerSize)
{
    if (m_closing || m_finished)
        return;
    m_wire->sendFrame(frame, headerSize);
    checkQueue();
    changed();
}

// What is queued within one turn of the loop is not the reader's fault: hand it to the system before judging.
void Connection::checkQueue()
{
    const qint64 limit = m_context.config.limits.queueBytes;
    Transport &transport = m_wire->transport();
    if (limit == 0 || transport.queuedBytes() <= limit)
        return;
    transport.flush();
    if (m_finished || transport.queuedBytes() <= limit)
        return;
    ++m_limitHits;
    m_context.owner.limitHit(*this, EndingCause::ReadTooSlowly);
    const qint64 queued = transport.queuedBytes();
    end(EndingCause::ReadTooSlowly, EndingSide::Server, "the outgoing queue passed its limit");
    m_ending.queuedBytes = queued;
}

// A client may be back before this end has heard of the end of its connection.
bool Connection::hasEnded() const { return m_closing || m_finished || m_wire->transport().peerEnded(); }

void Connection::endSeat(SeatEnd why, const QByteArray &reason)
{
    switch (why) {
    case SeatEnd::Left:
        return end(EndingCause::LeftRoom, EndingSide::Client, reason);
    case SeatEnd::TooManyBadMessages:
        return end(EndingCause::TooManyBadMessages, EndingSide::Server, reason);
    case SeatEnd::RoomClosed:
        return end(EndingCause::RoomClosed, EndingSide::Operator, reason);
    case SeatEnd::RoomFailed:
        return end(EndingCause::RoomFailed, EndingSide::Server, reason);
    case SeatEnd::ServerShutdown:
        return end(EndingCause::ServerShutdown, EndingSide::Operator, reason);
    case SeatEnd::Replaced:
        m_badMessages = badMessages();
        m_seat = nullptr;
        m_room = nullptr;
        if (!hasEnded()) // else its own end is the truth, and about to be told
            end(EndingCause::Replaced, EndingSide::Client, reason);
        return;
    }
}

void Connection::ping()
{
    if (m_closing || m_finished)
        return;
    const qint64 now = m_context.clock.monotonicMs();
    m_pingNonce = QRandomGenerator::global()->generate64();
    char payload[8];
    qToBigEndian(m_pingNonce, payload);
    m_wire->sendControl(Opcode::Ping, QByteArrayView(payload, 8));
    m_pingSentMs = now;
    if (m_context.config.limits.heartbeatSeconds > 0)
        m_nextPingMs = now + m_context.config.limits.heartbeatSeconds * 1000LL;
    arm();
}

void Connection::leaveRoom()
{
    if (m_seat == nullptr)
        return;
    Seat *seat = std::exchange(m_seat, nullptr);
    Room *room = std::exchange(m_room, nullptr);
    m_badMessages = seat->badTotal;
    mayComeBack() ? room->drop(*seat) : room->leave(*seat);
}

// docs/protocol.md "Endings": the column "client should come back".
bool Connection::mayComeBack() const
{
    switch (m_ending.cause) {
    case EndingCause::ClientClosed:
        return m_ending.codeReceived != quint16(CloseCode::Normal);
    case EndingCause::ClientVanished:
    case EndingCause::ConnectionReset:
    case EndingCause::NetworkTimeout:
    case EndingCause::NetworkUnreachable:
    case EndingCause::NetworkError:
    case EndingCause::MessageTimeout:
    case EndingCause::MessageRateExceeded:
    case EndingCause::ByteRateExceeded:
    case EndingCause::ReadTooSlowly:
    case EndingCause::NoPong:
    case EndingCause::TokenRanOut:
        return true;
    case EndingCause::ProtocolError:
        return m_cutByAProxy;
    default:
        return false;
    }
}

// Not inside of a call of the room, which may be walking its seats, or be making this one.
void Connection::leaveRoomLater()
{
    if (m_seat != nullptr && !mayComeBack())
        m_seat->leaving = true;
    if (m_room != nullptr)
        m_context.owner.later(m_id, [](Connection &connection) { connection.leaveRoom(); });
}

void Connection::finish()
{
    if (std::exchange(m_finished, true))
        return;
    const qint64 now = m_context.clock.monotonicMs();
    m_ending.lifetimeMs = now - m_acceptedMs;
    m_ending.silenceMs = now - m_heardMs;
    m_ending.rttMs = m_rttMs;
    m_ending.lastFrames = m_wire->lastFrames();
    hideSecrets(m_ending, m_context.recorder.redactor());
    if (m_ending.queuedBytes == 0)
        m_ending.queuedBytes = m_wire->transport().queuedBytes();
    if (m_ending.codeSent != 0 && m_wire->transport().queuedBytes() > 0) {
        m_ending.codeSent = 0; // our close frame is the last in the queue: it did not leave
        m_ending.reasonSent.clear();
        m_ending.cleanly = false;
    }
    m_wire->detach();
    m_wire->discountUnsent();
    m_ending.bytesIn = m_wire->counters().bytesIn;
    m_ending.bytesOut = m_wire->counters().bytesOut;
    m_wire->transport().abort();
    m_context.deadlines.clear(*this);
    leaveRoomLater();
    m_context.owner.connectionFinished(*this);
}

void Connection::deadlinePassed(qint64 nowMs)
{
    const Limits &limits = m_context.config.limits;
    if (m_abortMs >= 0) {
        if (m_abortMs <= nowMs)
            return finish();
        return arm();
    }
    if (m_midwaySince >= 0 && limits.messageSeconds > 0 && m_midwaySince + limits.messageSeconds * 1000LL <= nowMs)
        return end(EndingCause::MessageTimeout, EndingSide::Server, "a message was not completed in time");
    if (m_authEndMs >= 0 && m_authEndMs <= nowMs)
        return end(EndingCause::AuthTimeout, EndingSide::Server, "no token came in time");
    if (m_tokenEndMs >= 0 && m_tokenEndMs <= nowMs)
        return end(EndingCause::TokenRanOut, EndingSide::Server, "the token has expired");
    if (m_pingSentMs >= 0 && expectsPongs() && m_pingSentMs + limits.pongSeconds * 1000LL <= nowMs)
        return end(EndingCause::NoPong, EndingSide::Server, "no answer to pings");
    if (!expectsPongs()) // nobody waits for the answer
        m_pingSentMs = -1;
    if (m_nextPingMs >= 0 && m_nextPingMs <= nowMs && m_pingSentMs < 0)
        ping();
    arm();
}

void Connection::arm()
{
    const Limits &limits = m_context.config.limits;
    qint64 next = -1;
    const auto consider = [&next](qint64 time) { next = next < 0 ? time : qMin(next, time); };
    if (m_finished)
        return;
    if (m_abortMs >= 0) {
        m_context.deadlines.set(*this, m_abortMs);
        return;
    }
    for (const qint64 end : {m_authEndMs, m_tokenEndMs}) {
        if (end >= 0)
            consider(end);
    }
    if (m_midwaySince >= 0 && limits.messageSeconds > 0)
        consider(m_midwaySince + limits.messageSeconds * 1000LL);
    if (m_pingSentMs >= 0 && expectsPongs())
        consider(m_pingSentMs + limits.pongSeconds * 1000LL);
    else if (m_nextPingMs >= 0)
        consider(m_nextPingMs);
    if (next >= 0)
        m_context.deadlines.set(*this, next);
}

} // namespace glasshouse
