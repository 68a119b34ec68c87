// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/connection.h"

#include "protocol/framewriter.h"

#include <QRandomGenerator>
#include <tuple>

namespace glasshouse {

namespace {

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
    info.responseHead = upgrading.handshake.response;
    info.subprotocol = upgrading.handshake.subprotocol;
    info.userAgent = QString::fromUtf8(redactor.headerValue("User-Agent", upgrading.head.value("User-Agent")));
    info.tls = upgrading.tls;
    return info;
}

FrameLimits frameLimits(const Limits &limits) { return {limits.messageBytes, limits.fragments}; }

qint64 endOf(qint64 sinceMs, int seconds) { return sinceMs < 0 || seconds == 0 ? -1 : sinceMs + seconds * 1000LL; }

constexpr qint64 pushEveryMs = 100;

bool hasPassed(qint64 endMs, qint64 nowMs) { return endMs >= 0 && endMs <= nowMs; }

} // namespace

Connection::Connection(Upgrading upgrading, const ConnectionContext &context)
    : m_context(context),
      m_id(upgrading.id),
      m_address(upgrading.address),
      m_info(infoFrom(upgrading, context)),
      m_recorder(context.recorder, m_id),
      m_wire(
          std::move(upgrading.transport), static_cast<WireSink &>(*this), context.recorder.clock(),
          {.limits = frameLimits(context.config.limits), .observer = context.recorder.isOn() ? &m_recorder : nullptr}),
      m_early(std::move(upgrading.early)),
      m_seating(static_cast<SeatWire &>(*this), quint32(m_id)),
      m_heartbeat(context.config.limits, *QRandomGenerator::global()),
      m_acceptedMs(upgrading.acceptedMs),
      m_heardMs(context.clock.monotonicMs())
{
    m_rates.setLimits(context.config.limits, m_heardMs);
}

void Connection::applyLimits()
{
    const Limits &limits = m_context.config.limits;
    const qint64 now = m_context.clock.monotonicMs();
    m_rates.setLimits(limits, now);
    m_wire.setLimits(frameLimits(limits));
    m_heartbeat.setLimits(limits, now);
    arm();
}

// Returns what came in behind the head: nothing of it is read before there is a place for it.
QByteArray Connection::begin()
{
    if (!m_early)
        return {};
    m_heartbeat.begin(m_context.clock.monotonicMs());
    m_wire.transport().send(m_info.responseHead);
    m_wire.open();
    arm();
    changed();
    return *std::exchange(m_early, std::nullopt);
}

void Connection::enter(Room *room, const Entrance &entrance)
{
    const QByteArray early = begin(); // `connected` must follow the 101
    if (room == nullptr)
        m_seating.echo();
    else if (m_seating.enter(*room, entrance))
        ping();
    changed();
    m_wire.takeEarly(early);
    takeHeld();
}

void Connection::refuse(EndingCause cause, const QByteArray &reason)
{
    std::ignore = begin();
    end(cause, EndingSide::Server, reason);
    m_ending.stage = EndingStage::Handshake;
}

void Connection::setCause(EndingCause cause, EndingSide side, QByteArray detail)
{
    if (m_ending.cause != EndingCause::Unknown)
        return;
    m_ending.cause = cause;
    m_ending.side = side;
    m_ending.detail = std::move(detail);
    m_ending.stage = m_state == ConnectionState::Closing ? EndingStage::Closing : EndingStage::Open;
}

void Connection::end(EndingCause cause, EndingSide side, const QByteArray &reason)
{
    if (cause == EndingCause::ServerShutdown)
        m_patienceMs = -1; // nobody holds that up
    if (m_state != ConnectionState::Open)
        return;
    setCause(cause, side, reason);
    leaveRoomLater();
    // A peer that does not read would never get to the close frame behind a full queue.
    if (cause == EndingCause::ReadTooSlowly)
        m_wire.dropQueue();
    m_ending.queuedBytes = queuedBytes();
    const QByteArray text = QString::fromUtf8(reason).toUtf8(); // whatever somebody gave as the reason
    sendClose(closePayload(quint16(closeCodeFor(cause)), text));
    takeHeld();
    if (m_wire.reader().finished()) // its answer can not be read any more: do not wait for it
        m_wire.transport().closeWhenSent();
    changed();
}

void Connection::sendClose(const QByteArray &payload)
{
    m_wire.send(Opcode::Close, payload);
    std::tie(m_ending.codeSent, m_ending.reasonSent) = parseClosePayload(payload);
    m_state = ConnectionState::Closing;
    m_abortMs = m_context.clock.monotonicMs() + closeMs;
    if (m_ending.cause == EndingCause::ReadTooSlowly)
        m_patienceMs = m_context.clock.monotonicMs() + slowCloseMs;
    m_notTaken = notTaken();
    m_takenMs = m_context.clock.monotonicMs();
    arm();
}

void Connection::abort(EndingCause cause, EndingSide side)
{
    if (isFinished())
        return;
    setCause(cause, side);
    finish();
}

void Connection::sendText(QByteArrayView text)
{
    if (m_state != ConnectionState::Open)
        return;
    m_wire.send(Opcode::Text, text);
    checkQueue();
}

void Connection::sendText(SequencedText &text, quint64 sequence)
{
    if (m_state != ConnectionState::Open)
        return;
    m_wire.sendText(text, sequence);
    checkQueue();
    changed();
}

void Connection::sendBinary(const QByteArray &frame, int headerSize)
{
    if (m_state != ConnectionState::Open)
        return;
    m_wire.sendFrame(frame, headerSize);
    checkQueue();
    changed();
}

void Connection::sendPlain(MessageKind kind, QByteArrayView payload)
{
    if (m_state != ConnectionState::Open)
        return;
    m_wire.send(kind == MessageKind::Text ? Opcode::Text : Opcode::Binary, payload);
    checkQueue();
    changed();
}

// What is queued within one turn of the loop is not the reader's fault: hand it to the system before judging.
void Connection::checkQueue()
{
    const qint64 limit = m_context.config.limits.queueBytes;
    if (limit == 0 || queuedBytes() <= limit)
        return;
    m_wire.transport().flush();
    if (isFinished() || queuedBytes() <= limit)
        return;
    ++m_limitHits;
    m_context.owner.limitHit(*this, EndingCause::ReadTooSlowly);
    const qint64 queued = queuedBytes();
    end(EndingCause::ReadTooSlowly, EndingSide::Server, "the outgoing queue passed its limit");
    m_ending.queuedBytes = queued;
}

// A client may be back before this end has heard of the end of its connection.
bool Connection::hasEnded() const { return m_state != ConnectionState::Open || m_wire.transport().peerEnded(); }

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
        m_seating.lose();
        if (!hasEnded()) // else its own end is the truth, and about to be told
            end(EndingCause::Replaced, EndingSide::Client, reason);
        return;
    }
}

void Connection::ping()
{
    if (m_state != ConnectionState::Open)
        return;
    const Heartbeat::Payload payload = m_heartbeat.ping(m_context.clock.monotonicMs());
    m_wire.send(Opcode::Ping, QByteArrayView(payload.data(), payload.size()));
    arm();
}

// Not inside of a call of the room, which may be walking its seats, or be making this one.
void Connection::leaveRoomLater()
{
    const bool comesBack = keepsSeat(m_ending, m_cutByAProxy);
    if (m_seating.beginLeaving(comesBack))
        m_context.owner.later(m_id, [comesBack](Connection &connection) { connection.m_seating.leave(comesBack); });
}

void Connection::finish()
{
    if (isFinished())
        return;
    const qint64 now = m_context.clock.monotonicMs();
    const bool stuck = isStuck(now);
    m_state = ConnectionState::Ended;
    m_ending.lifetimeMs = now - m_acceptedMs;
    m_ending.silenceMs = now - m_heardMs;
    m_ending.rttMs = m_heartbeat.rttMs();
    m_ending.lastFrames = m_wire.lastFrames();
    hideSecrets(m_ending, m_context.recorder.redactor());
    if (m_ending.queuedBytes == 0)
        m_ending.queuedBytes = queuedBytes();
    if (m_ending.codeSent != 0 && (queuedBytes() > 0 || m_wire.transport().lostBytes() > 0 || stuck)) {
        m_ending.codeSent = 0; // our close frame is the last in the queue: it did not leave, or will not arrive
        m_ending.reasonSent.clear();
        m_ending.cleanly = false;
    }
    m_wire.discountUnsent();
    m_ending.bytesIn = m_wire.counters().bytesIn;
    m_ending.bytesOut = m_wire.counters().bytesOut;
    m_wire.transport().abort(stuck ? Abort::WithReset : Abort::Quietly);
    m_context.deadlines.clear(*this);
    leaveRoomLater();
    m_context.owner.connectionFinished(*this);
}

void Connection::deadlinePassed(qint64 nowMs)
{
    if (m_abortMs >= 0)
        return pushClose(nowMs);
    if (hasPassed(endOf(m_midwaySince, m_context.config.limits.messageSeconds), nowMs))
        return end(EndingCause::MessageTimeout, EndingSide::Server, "a message was not completed in time");
    if (hasPassed(m_auth.endMs(), nowMs))
        return end(m_auth.cause(), EndingSide::Server, m_auth.reason());
    if (hasPassed(m_tokenEndMs, nowMs))
        return end(EndingCause::TokenRanOut, EndingSide::Server, "the token has expired");
    if (hasPassed(m_lifeEndMs, nowMs))
        return end(EndingCause::CheckOver, EndingSide::Server, "the check is over");
    switch (m_heartbeat.due(nowMs)) {
    case Heartbeat::Due::NoPong:
        return end(EndingCause::NoPong, EndingSide::Server, "no answer to pings");
    case Heartbeat::Due::Ping:
        return ping();
    case Heartbeat::Due::Nothing:
        return arm();
    }
}

// Our close frame may stand behind much that is taken slowly, and the system says late that it has room again.
void Connection::pushClose(qint64 nowMs)
{
    if (queuedBytes() > 0)
        m_wire.transport().retryFlush();
    const qint64 left = notTaken();
    if (left < std::exchange(m_notTaken, left)) {
        m_takenMs = nowMs;
        m_abortMs = qMax(m_abortMs, qMin(nowMs + closeMs, m_patienceMs));
    }
    hasPassed(m_abortMs, nowMs) ? finish() : arm();
}

// Whoever takes nothing any more will not get to our close frame, and the system must not go on holding it.
bool Connection::isStuck(qint64 nowMs) const
{
    return m_ending.cause == EndingCause::ReadTooSlowly && m_state == ConnectionState::Closing
        && m_wire.transport().bytesNotTaken() > 0 && nowMs - m_takenMs >= closeMs;
}

void Connection::arm()
{
    if (isFinished())
        return;
    qint64 next = m_abortMs;
    if (m_abortMs >= 0 && (queuedBytes() > 0 || m_patienceMs >= 0))
        next = qMin(next, m_context.clock.monotonicMs() + pushEveryMs);
    if (m_abortMs < 0) {
        for (const qint64 end : {endOf(m_midwaySince, m_context.config.limits.messageSeconds), m_auth.endMs(),
                                 m_tokenEndMs, m_lifeEndMs, m_heartbeat.nextMs()})
            next = next < 0 || (end >= 0 && end < next) ? end : next;
    }
    if (next >= 0)
        m_context.deadlines.set(*this, next);
}

} // namespace glasshouse
