// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Connection does with what comes over its wire.
#include "protocol/framewriter.h"
#include "server/core/connection.h"

#include <QtEndian>

namespace glasshouse {

namespace {

constexpr qint64 closingBytes = 1024 * 1024; // what may come in between our close frame and the peer's

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
    return !m_finished; // read on, for the client's answer to our close
}

bool Connection::bytesSeen(qsizetype size)
{
    m_heardMs = m_context.clock.monotonicMs();
    if (m_finished)
        return false;
    if (m_closing && (m_closingBytes += size) > closingBytes) {
        finish(); // it was asked to stop, and goes on
        return false;
    }
    if (!m_closing && !m_byteRate.take(m_heardMs, double(size)))
        return overRate(EndingCause::ByteRateExceeded, "too many bytes a second");
    changed();
    return true;
}

void Connection::bytesDone()
{
    if (!m_wire->reader().midway()) {
        m_midwaySince = -1;
    } else if (m_midwaySince < 0) {
        m_midwaySince = m_heardMs;
        arm();
    }
}

bool Connection::messageSeen(MessageKind kind, QByteArrayView payload)
{
    if (m_closing || m_finished)
        return !m_finished;
    m_midwaySince = -1;
    if (!m_messageRate.take(m_heardMs))
        return overRate(EndingCause::MessageRateExceeded, "too many messages a second");
    if (m_awaitsAuth)
        authMessage(kind, payload);
    else if (m_seat != nullptr)
        m_room->message(*m_seat, kind, payload);
    else if (m_echoes)
        echo(kind, payload);
    return !m_finished;
}

void Connection::echo(MessageKind kind, QByteArrayView payload)
{
    const QByteArray frame = makeFrame(kind == MessageKind::Text ? Opcode::Text : Opcode::Binary, payload);
    m_wire->sendFrame(frame, int(frame.size() - payload.size()));
    checkQueue();
}

bool Connection::controlSeen(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Close) {
        peerClosed(payload);
        return false;
    }
    if (m_closing || m_finished)
        return !m_finished;
    if (!m_controlRate.take(m_heardMs))
        return overRate(EndingCause::ControlRateExceeded, "too many control frames a second");
    if (opcode == Opcode::Pong)
        pongSeen(payload);
    else
        m_wire->passToQt(opcode, payload);
    checkQueue();
    return !m_finished;
}

void Connection::peerClosed(QByteArrayView payload)
{
    const auto [code, reason] = parseClosePayload(payload);
    m_ending.codeReceived = code;
    m_ending.reasonReceived = reason;
    if (!m_closing) {
        setCause(EndingCause::ClientClosed, EndingSide::Client);
        m_closing = true;
        leaveRoomLater();
        // Qt answers some valid codes (1012, say) with an error of its own: it answers as to 1000, and closeSent() is told
        // the code that goes out.
        m_wire->answerClose(code == quint16(CloseCode::NoStatus) ? 0 : code);
    }
    m_ending.cleanly = m_ending.codeSent != 0;
    m_wire->transport().closeWhenSent();
    limitClosing();
    changed();
}

void Connection::pongSeen(QByteArrayView payload)
{
    if (m_pingSentMs < 0 || payload.size() != 8 || qFromBigEndian<quint64>(payload.data()) != m_pingNonce)
        return; // RFC 6455 5.5.3: an unasked pong is no fault
    m_rttMs = int(m_heardMs - m_pingSentMs);
    m_context.owner.rttMeasured(m_rttMs);
    m_pingSentMs = -1;
    if (std::exchange(m_unconfirmed, false) && m_seat != nullptr)
        Room::confirm(*m_seat);
    changed();
    arm();
}

void Connection::violationSeen(FrameViolation violation, quint8 opcode)
{
    const auto cause = [violation] {
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
    }();
    m_cutByAProxy = violation == FrameViolation::NotMasked && opcode == quint8(Opcode::Close);
    if (m_closing && !m_finished) // the answer to our close is broken: it will not come
        m_wire->transport().closeWhenSent();
    end(cause, EndingSide::Server, describe(violation).toByteArray());
}

void Connection::closeSent(quint16 code, const QByteArray &reason)
{
    m_ending.codeSent = code;
    m_ending.reasonSent = reason;
}

void Connection::wireEnded(StreamEnd how, const QByteArray &text)
{
    if (m_finished)
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
