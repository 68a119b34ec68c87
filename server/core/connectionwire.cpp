// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Connection does with what comes over its wire.
#include "protocol/foreignprotocol.h"
#include "protocol/framewriter.h"
#include "server/core/connection.h"

#include <tuple>

namespace glasshouse {

namespace {

constexpr qint64 closingBytes = 1024 * 1024; // what may come in between our close frame and the peer's

EndingCause causeOf(FrameViolation violation)
{
    switch (CloseCode(closeCodeFor(violation))) {
    case CloseCode::InvalidPayload:
        return EndingCause::InvalidUtf8;
    case CloseCode::MessageTooBig:
        return EndingCause::MessageTooBig;
    case CloseCode::PolicyViolation:
        return EndingCause::TooManyFragments;
    default:
        return EndingCause::ProtocolError;
    }
}

} // namespace

CloseCode closeCodeFor(EndingCause cause)
{
    const quint16 code = endingText(cause).closeCode;
    return code == 0 ? CloseCode::ProtocolError : CloseCode(code);
}

bool Connection::overRate(EndingCause cause, const QByteArray &reason)
{
    ++m_limitHits;
    m_context.owner.limitHit(*this, cause);
    end(cause, EndingSide::Server, reason);
    return !isFinished(); // read on, for the client's answer to our close
}

bool Connection::bytesSeen(QByteArrayView bytes)
{
    m_heardMs = m_context.clock.monotonicMs();
    switch (m_state) {
    case ConnectionState::Open:
        if (!m_rates.bytes.take(m_heardMs, double(bytes.size())))
            return overRate(EndingCause::ByteRateExceeded, "too many bytes a second");
        break;
    case ConnectionState::Closing:
        m_closingBytes += bytes.size();
        if (m_closingBytes > closingBytes)
            finish(); // it was asked to stop, and goes on
        break;
    case ConnectionState::Ended:
    case ConnectionState::Refused:
        break;
    }
    if (isFinished())
        return false;
    changed();
    return true;
}

void Connection::midwaySeen(bool midway)
{
    if (!midway) {
        m_midwaySince = -1;
    } else if (m_midwaySince < 0) {
        m_midwaySince = m_heardMs;
        arm();
    }
}

bool Connection::takesMessage()
{
    if (m_state != ConnectionState::Open) // within a batch
        return false;
    switch (m_rates.messages.take(m_heardMs)) {
    case Pace::Fine:
        return true;
    case Pace::Dropped:
        break;
    case Pace::DroppedAloud:
        ++m_limitHits;
        m_context.owner.limitHit(*this, EndingCause::MessageRateExceeded);
        m_seating.tellRateLimit(m_context.config.limits);
        break;
    case Pace::TooMuch:
        std::ignore = overRate(
            EndingCause::MessageRateExceeded,
            "too many messages a second for too long; usually a loop at 165 or 240 Hz that sends with each frame");
        break;
    }
    changed();
    return false;
}

bool Connection::messageSeen(MessageKind kind, QByteArrayView payload)
{
    if (m_state != ConnectionState::Open)
        return !isFinished();
    m_midwaySince = -1;
    if (!takesMessage())
        return !isFinished();
    if (const ForeignProtocol *foreign = foreignProtocolBehind(kind, payload)) {
        end(EndingCause::ForeignProtocol, EndingSide::Server, foreign->closeReason());
        m_ending.detail = foreign->name;
        return !isFinished();
    }
    switch (m_auth.stage()) {
    case AuthWait::Stage::Token:
        authMessage(kind, payload);
        break;
    case AuthWait::Stage::Answer:
        m_auth.hold(kind, payload); // who has shown his token may go on at once, however long somebody looks at it
        if (m_auth.isFull())
            m_wire.transport().setReading(false);
        break;
    case AuthWait::Stage::None:
        m_seating.message(kind, payload);
        break;
    }
    return !isFinished();
}

// Only its first message tells: whatever comes later is a message that is not understood.
const ForeignProtocol *Connection::foreignProtocolBehind(MessageKind kind, QByteArrayView payload) const
{
    const bool isFirst = kind == MessageKind::Text && m_wire.counters().messagesIn == 1 && !m_seating.echoes();
    return isFirst ? foreignProtocolOfMessage(payload) : nullptr;
}

bool Connection::controlSeen(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Close) {
        peerClosed(payload);
        return false;
    }
    if (m_state != ConnectionState::Open)
        return !isFinished();
    if (!m_rates.controlFrames.take(m_heardMs))
        return overRate(EndingCause::ControlRateExceeded, "too many control frames a second");
    if (opcode == Opcode::Ping) {
        m_wire.send(Opcode::Pong, payload);
    } else if (m_heartbeat.pong(payload, m_heardMs)) {
        m_context.owner.rttMeasured(m_heartbeat.rttMs());
        m_seating.confirm();
        arm();
    }
    checkQueue();
    return !isFinished();
}

void Connection::peerClosed(QByteArrayView payload)
{
    const auto [code, reason] = parseClosePayload(payload);
    m_ending.codeReceived = code;
    m_ending.reasonReceived = reason;
    if (m_state == ConnectionState::Open) {
        setCause(EndingCause::ClientClosed, EndingSide::Client);
        leaveRoomLater();
        sendClose(closePayload(code == quint16(CloseCode::NoStatus) ? 0 : code));
    }
    m_ending.cleanly = m_ending.codeSent != 0;
    m_wire.transport().closeWhenSent();
    m_abortMs = m_heardMs + closeMs; // for the stream to end behind both
    arm();
    changed();
}

void Connection::violationSeen(FrameViolation violation, const FrameHeader &header)
{
    m_cutByAProxy = violation == FrameViolation::NotMasked && header.opcode() == quint8(Opcode::Close);
    if (m_state == ConnectionState::Closing) // the answer to our close is broken: it will not come
        m_wire.transport().closeWhenSent();
    end(causeOf(violation), EndingSide::Server, describe(violation).toByteArray());
}

void Connection::wireEnded(StreamEnd how, const QByteArray &text)
{
    if (isFinished())
        return;
    switch (how) {
    case StreamEnd::EndOfStream:
        setCause(EndingCause::ClientVanished, EndingSide::Client);
        break;
    case StreamEnd::Reset:
        setCause(EndingCause::ConnectionReset, EndingSide::Client, text);
        break;
    case StreamEnd::TimedOut:
        setCause(EndingCause::NetworkTimeout, EndingSide::Network, text);
        break;
    case StreamEnd::Unreachable:
        setCause(EndingCause::NetworkUnreachable, EndingSide::Network, text);
        break;
    case StreamEnd::Refused: // only of streams that we begin
    case StreamEnd::ProxyNotReached:
    case StreamEnd::ProxyWantsPassword:
    case StreamEnd::ProxyFailed:
    case StreamEnd::Error:
        setCause(text.startsWith("TLS: ") ? EndingCause::TlsBroken : EndingCause::NetworkError, EndingSide::Network,
                 text);
        break;
    case StreamEnd::Flood:
        setCause(EndingCause::TlsFlood, EndingSide::Server, text);
        break;
    }
    finish();
}

} // namespace glasshouse
