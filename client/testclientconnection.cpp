// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientconnection.h"

#include "client/testclientfaults.h"
#include "protocol/closecode.h"
#include "protocol/framewriter.h"

#include <QRandomGenerator>

namespace glasshouse {
namespace {

constexpr int maxFragments = 65'536;
constexpr qsizetype maxControlBytes = 125;

} // namespace

TestClientConnection::TestClientConnection(const TestClientOptions &options, TestClientTarget target, Pump &pump,
                                           const TlsContext *tls, QObject *parent)
    : QObject(parent),
      m_options(options),
      m_opening(m_options, std::move(target), pump, tls, *this)
{
    m_closing.setSingleShot(true);
    connect(&m_closing, &QTimer::timeout, this, &TestClientConnection::closingDeadlinePassed);
}

void TestClientConnection::setState(TestClientState state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void TestClientConnection::openingFailed(TestClientFault fault, const QByteArray &detail, const QUrl &suggestion)
{
    m_ending.suggestion = suggestion;
    end(fault, detail);
}

void TestClientConnection::upgraded(std::unique_ptr<Transport> transport, QByteArray early)
{
    WireOptions options;
    options.role = ReaderRole::Client;
    options.limits = {m_options.maxMessageBytes, maxFragments};
    options.observer = this;
    options.maskKeys = QRandomGenerator::system();
    options.deflate = m_opening.deflate();
    WireSink &sink = *this;
    m_wire = std::make_unique<Wire>(std::move(transport), sink, m_clock, options);
    m_openSince.start();
    greet();
    setState(TestClientState::Open);
    const HttpHead &response = m_opening.response();
    if (!m_over)
        emit opened(response, response.value("Sec-WebSocket-Protocol").toByteArray(), m_opening.rawResponse());
    showSent();
    if (!m_over)
        m_wire->open(std::move(early));
    if (!m_over && !m_reading)
        m_wire->transport().setReading(false);
}

/// It is in the queue before anybody hears that there is a connection, and is shown behind that.
void TestClientConnection::greet()
{
    if (!m_greeting)
        return;
    for (const TestClientMessage &message : m_greeting())
        m_wire->send(message.binary ? Opcode::Binary : Opcode::Text, message.bytes);
}

void TestClientConnection::setReading(bool on)
{
    m_reading = on;
    if (m_wire && !m_over)
        m_wire->transport().setReading(on);
    if (on && m_closing.isActive())
        m_closing.start(m_options.closingMs); // the answer may stand behind all that was not read
}

TestClientSend TestClientConnection::send(Opcode opcode, QByteArrayView payload)
{
    if (m_state != TestClientState::Open)
        return TestClientSend::NotOpen;
    if (isControl(quint8(opcode)) && payload.size() > maxControlBytes)
        return TestClientSend::TooLong;
    if (opcode == Opcode::Text && !Utf8Check::isValid(payload))
        return TestClientSend::InvalidText;
    if (!hasRoom(payload.size()))
        return TestClientSend::QueueFull;
    m_wire->send(opcode, payload);
    showSent();
    return TestClientSend::Sent;
}

bool TestClientConnection::hasRoom(qint64 bytes) const
{
    return m_wire->transport().queuedBytes() + bytes <= m_options.maxQueueBytes;
}

/// All of them at once: nothing that a slot sends comes between them.
TestClientSend TestClientConnection::sendFragmented(Opcode opcode, const QList<QByteArray> &pieces,
                                                    const std::optional<QByteArray> &between)
{
    if (m_state != TestClientState::Open)
        return TestClientSend::NotOpen;
    if (between && between->size() > maxControlBytes)
        return TestClientSend::TooLong;
    const QByteArray whole = pieces.join();
    if (opcode == Opcode::Text && !Utf8Check::isValid(whole))
        return TestClientSend::InvalidText;
    if (!hasRoom(whole.size() + (between ? pieces.size() * between->size() : 0)))
        return TestClientSend::QueueFull;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size();
        m_wire->sendPiece(i == 0 ? opcode : Opcode::Continuation, pieces[i], last);
        if (between && !last)
            m_wire->send(Opcode::Ping, *between);
    }
    if (pieces.isEmpty())
        m_wire->send(opcode, {});
    showSent();
    return TestClientSend::Sent;
}

TestClientSend TestClientConnection::close(quint16 code, QByteArrayView reason)
{
    if (m_state != TestClientState::Open)
        return TestClientSend::NotOpen;
    if (code != 0 && !isValidCloseCode(code))
        return TestClientSend::InvalidCode;
    if (!Utf8Check::isValid(reason))
        return TestClientSend::InvalidText;
    if (reason.size() > 123)
        return TestClientSend::TooLong;
    m_ending.fault = TestClientFault::ClosedByClient;
    sendClose(code, reason);
    return TestClientSend::Sent;
}

void TestClientConnection::frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation)
{
    if (violation == FrameViolation::None)
        emit frameArrived(header, payload.toByteArray(), m_clock.nowUs());
    else
        emit ruleBroken(header, payload.toByteArray(), violation, m_clock.nowUs());
}

void TestClientConnection::frameOut(const FrameHeader &header, QByteArrayView payload)
{
    m_sent.append({header, payload.toByteArray()});
}

/// Not from within the Wire: a slot may send the next frame, which must not leave before this one.
void TestClientConnection::showSent()
{
    while (!m_sent.isEmpty()) {
        const Frame frame = m_sent.takeFirst();
        emit frameSent(frame.header, frame.payload, m_clock.nowUs());
    }
}

bool TestClientConnection::messageSeen(MessageKind kind, QByteArrayView payload)
{
    emit messageArrived(kind, payload.toByteArray());
    return !m_over;
}

bool TestClientConnection::controlSeen(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Close)
        takeClose(payload);
    else if (opcode == Opcode::Pong)
        emit pongArrived(payload.toByteArray());
    else if (m_options.answerPings)
        std::ignore = send(Opcode::Pong, payload); // a full queue leaves it out: a flood of pings must not fill memory
    return !m_over && opcode != Opcode::Close;
}

void TestClientConnection::takeClose(QByteArrayView payload)
{
    std::tie(m_ending.codeReceived, m_ending.reasonReceived) = parseClosePayload(payload);
    if (m_state == TestClientState::Closing)
        return; // the answer to ours; the server ends the stream (RFC 6455 section 7.1.1)
    m_ending.fault = TestClientFault::ClosedByServer;
    m_ending.detail =
        QByteArray::number(m_ending.codeReceived) + ' ' + closeCodeName(m_ending.codeReceived).toByteArray();
    if (!m_ending.reasonReceived.isEmpty())
        m_ending.detail += " – " + m_ending.reasonReceived;
    sendClose(m_ending.codeReceived == quint16(CloseCode::NoStatus) ? 0 : m_ending.codeReceived, {});
}

void TestClientConnection::violationSeen(FrameViolation violation, const FrameHeader &)
{
    if (m_state != TestClientState::Open)
        return; // a fault behind our own close changes nothing
    m_ending.fault = faultFor(violation);
    m_ending.detail = describe(violation).toByteArray();
    sendClose(closeCodeFor(violation), describe(violation));
}

void TestClientConnection::sendClose(quint16 code, QByteArrayView reason)
{
    m_ending.codeSent = code == 0 ? quint16(CloseCode::NoStatus) : code;
    m_ending.reasonSent = reason.toByteArray();
    m_wire->sendClose(code, reason);
    m_closing.start(m_options.closingMs);
    showSent();
    if (!m_over)
        setState(TestClientState::Closing);
}

/// Our close frame did not leave, or nobody can say whether it did.
void TestClientConnection::takeBackClose()
{
    m_ending.codeSent = 0;
    m_ending.reasonSent.clear();
    m_ending.cleanly = false;
}

void TestClientConnection::wireEnded(StreamEnd how, const QByteArray &)
{
    m_ending.cleanly = m_ending.codeReceived != 0 && m_ending.codeSent != 0;
    if (how != StreamEnd::EndOfStream)
        takeBackClose();
    const bool unanswered = m_ending.fault == TestClientFault::ClosedByClient && m_ending.codeReceived == 0;
    if (m_state == TestClientState::Closing && !unanswered)
        return end(m_ending.fault, m_ending.detail);
    end(how == StreamEnd::Reset ? TestClientFault::ConnectionReset : TestClientFault::Vanished);
}

void TestClientConnection::closingDeadlinePassed()
{
    if (m_ending.fault != TestClientFault::ClosedByClient)
        return end(m_ending.fault, m_ending.detail); // what came first is what matters
    end(m_ending.codeReceived != 0 ? TestClientFault::StreamLeftOpen : TestClientFault::CloseNotAnswered);
}

void TestClientConnection::end(TestClientFault fault, const QByteArray &detail)
{
    if (m_over)
        return;
    m_ending.fault = fault;
    m_ending.detail = detail;
    finish();
}

void TestClientConnection::finish()
{
    m_over = true;
    m_closing.stop();
    m_opening.describe(m_ending);
    m_opening.abort();
    if (m_wire) {
        if (m_wire->transport().queuedBytes() > 0) // a close frame is the last in the queue
            takeBackClose();
        m_wire->stop();
        m_wire->transport().abort();
    }
    m_ending.stage = m_state;
    m_ending.lifetimeMs = m_openSince.isValid() ? m_openSince.elapsed() : 0;
    setState(TestClientState::Closed);
    emit ended(m_ending);
}

} // namespace glasshouse
