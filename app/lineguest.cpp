// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lineguest.h"

#include "protocol/closecode.h"
#include "protocol/framewriter.h"
#include "protocol/upgrade.h"

namespace glasshouse {

namespace {

constexpr int headMs = 10'000;
constexpr int closingMs = 1'000;
constexpr qint64 maxMessage = 16 * 1024 * 1024;
constexpr qint64 maxQueue = 16 * 1024 * 1024;
constexpr int maxFragments = 65'536;

/// The first that is offered, as wscat does.
QByteArray subprotocolHeader(const HttpHead &request)
{
    const QByteArray first = request.value("Sec-WebSocket-Protocol").toByteArray().split(',').first().trimmed();
    const bool isChosen = !first.isEmpty() && !isTokenSubprotocol(first, {});
    return isChosen ? "Sec-WebSocket-Protocol: " + first + "\r\n" : QByteArray();
}

} // namespace

LineGuest::LineGuest(std::unique_ptr<Transport> transport, TurnClock &clock, LineGuestSink &sink)
    : m_transport(std::move(transport)),
      m_clock(clock),
      m_sink(sink)
{
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(&m_deadline, [this] { end(); });
    m_deadline.start(headMs);
    m_transport->setSink(this);
    m_transport->setReading(true);
}

void LineGuest::bytesArrived(char *data, qsizetype size)
{
    qsizetype consumed = 0;
    if (m_closing || m_gone)
        return;
    const auto status = m_parser.feed({data, size}, consumed);
    if (status == HttpHeadParser::Status::NeedMore)
        return;
    if (status == HttpHeadParser::Status::Failed)
        return refuse(400, "the request can not be read");
    const HttpHead &request = m_parser.head();
    if (const UpgradeError error = checkUpgrade(request); error != UpgradeError::None)
        return refuse(error == UpgradeError::NotRequested ? 426 : httpStatusFor(error), describe(error));
    upgrade(request, QByteArray(data + consumed, size - consumed));
}

void LineGuest::refuse(int status, QByteArrayView why)
{
    m_closing = true;
    m_deadline.start(closingMs);
    const QByteArray body = "This is a WebSocket server: " + why.toByteArray() + "\n";
    m_transport->send("HTTP/1.1 " + QByteArray::number(status)
                      + " Refused\r\nConnection: close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Content-Type: text/plain\r\nContent-Length: "
                      + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    m_transport->closeWhenSent();
}

void LineGuest::upgrade(const HttpHead &request, QByteArray early)
{
    m_deadline.stop();
    m_transport->send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: "
                      + acceptFor(request.value("Sec-WebSocket-Key")) + "\r\n" + subprotocolHeader(request) + "\r\n");
    WireOptions options;
    options.limits = {maxMessage, maxFragments};
    WireSink &sink = *this;
    m_wire = std::make_unique<Wire>(std::move(m_transport), sink, m_clock, options);
    m_sink.guestOpened();
    m_wire->open(std::move(early));
    if (!m_reading && !m_gone)
        m_wire->transport().setReading(false);
}

bool LineGuest::send(QByteArrayView text)
{
    if (queuedBytes() + text.size() > maxQueue) {
        end();
        return false;
    }
    m_wire->send(Opcode::Text, text);
    return true;
}

bool LineGuest::cutOffIfStalled(int ms)
{
    const qint64 waits = queuedBytes();
    if (!m_stalled.isValid() || std::exchange(m_waited, waits) != waits)
        m_stalled.start();
    if (m_gone || waits == 0 || !m_stalled.hasExpired(ms))
        return false;
    end();
    return true;
}

void LineGuest::close(quint16 code)
{
    if (isOpen())
        sendClose(code, {});
    else if (!m_wire)
        end();
}

void LineGuest::setReading(bool on)
{
    m_reading = on;
    if (m_wire && !m_gone)
        m_wire->transport().setReading(on);
}

bool LineGuest::messageSeen(MessageKind kind, QByteArrayView payload)
{
    m_sink.guestSaid(kind, payload);
    return !m_gone;
}

bool LineGuest::controlSeen(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Ping && isOpen() && queuedBytes() < maxQueue)
        m_wire->send(Opcode::Pong, payload);
    if (opcode != Opcode::Close)
        return !m_gone;
    std::tie(m_code, m_reason) = parseClosePayload(payload);
    if (!m_closing)
        sendClose(m_code == quint16(CloseCode::NoStatus) ? 0 : m_code, {});
    m_wire->transport().closeWhenSent();
    return false;
}

void LineGuest::violationSeen(FrameViolation violation, const FrameHeader &)
{
    if (!m_closing)
        sendClose(closeCodeFor(violation), describe(violation));
    m_wire->transport().closeWhenSent();
}

void LineGuest::sendClose(quint16 code, QByteArrayView reason)
{
    m_closing = true;
    m_wire->sendClose(code, reason);
    m_deadline.start(closingMs);
}

void LineGuest::end()
{
    if (std::exchange(m_gone, true))
        return;
    m_deadline.stop();
    if (m_wire)
        m_wire->stop();
    (m_wire ? m_wire->transport() : *m_transport).abort();
    m_sink.guestGone(m_wire != nullptr, m_code, m_reason);
}

} // namespace glasshouse
