// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Connection does with what comes over its wire.
#include "server/net/connection.h"
#include "server/protocol/envelope.h"
#include "server/protocol/framewriter.h"
#include "server/protocol/json.h"

#include <QtEndian>

namespace glasshouse {

namespace {

constexpr qint64 closingBytes = 1024 * 1024; // what may come in between our close frame and the peer's

} // namespace

CloseCode closeCodeFor(EndingCause cause)
{
    switch (cause) {
    case EndingCause::LeftRoom:
    case EndingCause::RoomClosed:
        return CloseCode::Normal;
    case EndingCause::ServerShutdown:
    case EndingCause::ServerClosing:
        return CloseCode::GoingAway;
    case EndingCause::InvalidUtf8:
        return CloseCode::InvalidPayload;
    case EndingCause::TooManyBadMessages:
    case EndingCause::TooManyFragments:
    case EndingCause::ControlRateExceeded:
        return CloseCode::PolicyViolation;
    case EndingCause::MessageTooBig:
        return CloseCode::MessageTooBig;
    case EndingCause::RoomFailed:
        return CloseCode::InternalError;
    case EndingCause::TokenMissing:
    case EndingCause::TokenMalformed:
    case EndingCause::TokenWrongAlgorithm:
    case EndingCause::TokenBadSignature:
    case EndingCause::TokenIncomplete:
    case EndingCause::TokenExpired:
    case EndingCause::TokenNotYetValid:
    case EndingCause::TokenWrongIssuer:
    case EndingCause::TokenWrongRoom:
    case EndingCause::TokenRanOut:
        return CloseCode::AuthenticationFailed;
    case EndingCause::MessageRateExceeded:
    case EndingCause::ByteRateExceeded:
    case EndingCause::GuessingTooFast:
    case EndingCause::TooManyFromToken:
        return CloseCode::RateLimited;
    case EndingCause::OriginRefused:
        return CloseCode::OriginRefused;
    case EndingCause::NoSuchRoom:
        return CloseCode::NoSuchRoom;
    case EndingCause::RoomFull:
    case EndingCause::TooManyRooms:
        return CloseCode::RoomFull;
    case EndingCause::ReadTooSlowly:
        return CloseCode::ReadTooSlowly;
    case EndingCause::NoPong:
        return CloseCode::NoPong;
    case EndingCause::Replaced:
        return CloseCode::Replaced;
    case EndingCause::Kicked:
        return CloseCode::Removed;
    case EndingCause::MessageTimeout:
    case EndingCause::AuthTimeout:
        return CloseCode::IdleTooLong;
    default:
        return CloseCode::ProtocolError;
    }
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

// docs/protocol.md "Letting players in": whoever sends anything else first has no token.
void Connection::authMessage(MessageKind kind, QByteArrayView payload)
{
    const auto envelope = parseEnvelope(kind == MessageKind::Text ? payload : QByteArrayView());
    const bool isAuth = envelope && envelope.value().type == QByteArrayView("auth");
    const auto token = isAuth ? jsonString(jsonMember(envelope.value().data, "token")) : std::nullopt;
    if (!token)
        return end(EndingCause::TokenMissing, EndingSide::Server, "the first message has to be auth with a token");
    m_awaitsAuth = false;
    m_authEndMs = -1;
    m_context.owner.authArrived(*this, *token);
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

void Connection::violationSeen(FrameViolation violation)
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
    m_cutByAProxy = violation == FrameViolation::NotMasked;
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
    case StreamEnd::Error:
        setCause(text.startsWith("TLS: ") ? EndingCause::TlsBroken : EndingCause::NetworkError, EndingSide::Network,
                 text);
        break;
    }
    finish();
}

} // namespace glasshouse
