// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientconnection.h"

#include "client/testclientfaults.h"
#include "protocol/closecode.h"
#include "protocol/framewriter.h"

#include <QCryptographicHash>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QScopedValueRollback>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <chrono>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr qint64 readChunk = 64 * 1024; // of one turn of the event loop, so that a flood can not starve it
constexpr qint64 readBuffer = 4 * readChunk;
constexpr int maxFragments = 65'536;

qint64 nowUs()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

FrameHeader headerOf(Opcode opcode, qsizetype length, quint32 key)
{
    FrameHeader header;
    header.firstByte = quint8(0x80 | quint8(opcode));
    header.masked = true;
    header.size = length < 126 ? 6 : length <= 0xFFFF ? 8 : 14;
    header.maskKey = key;
    header.payloadLength = quint64(length);
    return header;
}

} // namespace

TestClientConnection::TestClientConnection(const TestClientOptions &options, TestClientTarget target, QObject *parent)
    : QObject(parent),
      m_options(options),
      m_target(std::move(target)),
      m_handshake(m_target.request),
      m_reader(ReaderRole::Client, {options.maxMessageBytes, maxFragments})
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &TestClientConnection::deadlinePassed);
}

void TestClientConnection::start()
{
    if (m_target.secure && !QSslSocket::supportsSsl())
        return end(TestClientFault::NoTls);
    makeSocket();
    m_deadline.start(m_options.openingMs);
    setState(TestClientState::Resolving);
    if (!m_over)
        m_socket->connectToHost(m_target.host, m_target.port);
}

void TestClientConnection::makeSocket()
{
    if (m_target.secure) {
        auto *socket = new QSslSocket(this);
        m_socket = socket;
        watch(socket);
    } else {
        m_socket = new QTcpSocket(this);
    }
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(readBuffer);
    connect(m_socket, &QTcpSocket::stateChanged, this, [this](QAbstractSocket::SocketState state) {
        if (state == QAbstractSocket::ConnectingState)
            setState(TestClientState::Connecting);
    });
    connect(m_socket, &QTcpSocket::connected, this, &TestClientConnection::socketConnected);
    connect(m_socket, &QTcpSocket::readyRead, this, &TestClientConnection::readSome);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &TestClientConnection::socketFailed);
}

void TestClientConnection::watch(QSslSocket *socket)
{
    QSslConfiguration configuration = socket->sslConfiguration();
    configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")}); // no WebSocket over HTTP/2
    socket->setSslConfiguration(configuration);
    connect(socket, &QSslSocket::encrypted, this, &TestClientConnection::sendRequest);
    connect(socket, &QSslSocket::sslErrors, this, &TestClientConnection::tlsErrors);
}

void TestClientConnection::setState(TestClientState state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void TestClientConnection::socketConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_witness.watch(m_socket->socketDescriptor());
    auto *secure = qobject_cast<QSslSocket *>(m_socket);
    if (!secure)
        return sendRequest();
    setState(TestClientState::Securing);
    if (!m_over)
        secure->startClientEncryption();
}

void TestClientConnection::sendRequest()
{
    setState(TestClientState::Upgrading);
    if (m_over)
        return;
    m_ending.requestHead = m_target.head;
    m_socket->write(m_target.head);
}

void TestClientConnection::readSome()
{
    const bool notYetSecure = m_target.secure && !static_cast<QSslSocket *>(m_socket)->isEncrypted();
    if (m_over || m_reading || notYetSecure)
        return;
    const QScopedValueRollback guard(m_reading, true);
    QByteArray bytes = m_socket->read(readChunk);
    takeAnswer(bytes);
    if (m_state == TestClientState::Open || m_state == TestClientState::Closing)
        m_reader.feed(bytes.data(), bytes.size(), *this); // takes nothing once it is finished
    if (!m_over && m_socket->bytesAvailable() > 0)
        readAgainLater();
}

void TestClientConnection::readAgainLater()
{
    if (!m_readAgain)
        later(&TestClientConnection::readBooked);
    m_readAgain = true;
}

void TestClientConnection::readBooked()
{
    m_readAgain = false;
    readSome();
}

void TestClientConnection::later(void (TestClientConnection::*step)())
{
    QMetaObject::invokeMethod(this, step, Qt::QueuedConnection);
}

void TestClientConnection::takeAnswer(QByteArray &bytes)
{
    if (m_state != TestClientState::Upgrading)
        return;
    qsizetype consumed = 0;
    switch (m_handshake.feed(bytes, consumed)) {
    case TestClientHandshake::Status::Open:
        bytes.remove(0, consumed);
        return becomeOpen();
    case TestClientHandshake::Status::Refused:
        return endRefused();
    case TestClientHandshake::Status::Body:
        m_deadline.start(
            qMin(m_deadline.remainingTime(), m_options.closingMs)); // the verdict is known: do not wait long
        break;
    case TestClientHandshake::Status::NeedMore:
        break;
    }
}

void TestClientConnection::becomeOpen()
{
    m_deadline.stop();
    m_openSince.start();
    setState(TestClientState::Open);
    if (!m_over)
        emit opened(m_handshake.head(), m_handshake.head().value("Sec-WebSocket-Protocol").toByteArray());
}

TestClientSend TestClientConnection::send(Opcode opcode, QByteArrayView payload)
{
    if (m_state != TestClientState::Open || !isConnected())
        return TestClientSend::NotOpen;
    if (isControl(quint8(opcode)) && payload.size() > 125)
        return TestClientSend::TooLong;
    if (opcode == Opcode::Text && !Utf8Check::isValid(payload))
        return TestClientSend::InvalidText;
    if (queued() + payload.size() > m_options.maxQueueBytes)
        return TestClientSend::QueueFull;
    const quint32 key = QRandomGenerator::system()->generate();
    m_socket->write(makeMaskedFrame(opcode, payload, key));
    emit frameSent(headerOf(opcode, payload.size(), key), payload.toByteArray(), nowUs());
    return TestClientSend::Sent;
}

TestClientSend TestClientConnection::close(quint16 code, QByteArrayView reason)
{
    if (m_state != TestClientState::Open || !isConnected())
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

void TestClientConnection::abort(TestClientFault fault) { end(fault); }

bool TestClientConnection::frameReceived(const FrameHeader &header, QByteArrayView payload)
{
    emit frameArrived(header, payload.toByteArray(), nowUs());
    return !m_over;
}

bool TestClientConnection::messageReceived(MessageKind kind, QByteArrayView payload)
{
    emit messageArrived(kind, payload.toByteArray());
    return !m_over;
}

bool TestClientConnection::controlReceived(Opcode opcode, QByteArrayView payload)
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

void TestClientConnection::frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation)
{
    emit ruleBroken(header, payload.toByteArray(), violation, nowUs());
    if (m_over || m_state != TestClientState::Open)
        return; // a fault behind our own close changes nothing
    m_ending.fault = faultFor(violation);
    m_ending.detail = describe(violation).toByteArray();
    sendClose(closeCodeFor(violation), describe(violation));
}

void TestClientConnection::sendClose(quint16 code, QByteArrayView reason)
{
    if (!isConnected())
        return setState(TestClientState::Closing); // the stream has ended: nobody would get it
    const QByteArray payload = closePayload(code, reason);
    const quint32 key = QRandomGenerator::system()->generate();
    m_ending.codeSent = code == 0 ? quint16(CloseCode::NoStatus) : code;
    m_ending.reasonSent = reason.toByteArray();
    m_socket->write(makeMaskedFrame(Opcode::Close, payload, key));
    m_deadline.start(m_options.closingMs);
    emit frameSent(headerOf(Opcode::Close, payload.size(), key), payload, nowUs());
    if (!m_over)
        setState(TestClientState::Closing);
}

/// Without ignoreSslErrors() the socket ends by itself, with an error that says less.
void TestClientConnection::tlsErrors(const QList<QSslError> &errors)
{
    if (m_options.ignoreTlsErrors)
        return static_cast<QSslSocket *>(m_socket)->ignoreSslErrors();
    if (isTrusted()) {
        static_cast<QSslSocket *>(m_socket)->ignoreSslErrors();
        return emit certificateTrusted(m_options.trustedFingerprint);
    }
    m_tlsComplaint = errors.isEmpty() ? QByteArray() : errors.first().errorString().toUtf8();
}

bool TestClientConnection::isTrusted() const
{
    const QSslCertificate certificate = static_cast<QSslSocket *>(m_socket)->peerCertificate();
    return !certificate.isNull() && !m_options.trustedFingerprint.isEmpty()
        && certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper() == m_options.trustedFingerprint;
}

void TestClientConnection::socketFailed(QAbstractSocket::SocketError error)
{
    if (m_state == TestClientState::Securing)
        return tlsFailed();
    if (error == QAbstractSocket::RemoteHostClosedError || m_state >= TestClientState::Open)
        return later(&TestClientConnection::streamEnded); // not inside the socket's own signal
    end(faultFor(error), m_socket->errorString().toUtf8());
}

void TestClientConnection::tlsFailed()
{
    if (!m_tlsComplaint.isEmpty())
        return end(TestClientFault::TlsCertificate, m_tlsComplaint);
    const QByteArray text = m_socket->errorString().toUtf8();
    m_ending.suggestion = withOtherSecurity(m_options.url);
    end(isNotTls(text) ? TestClientFault::TlsToPlainPort : TestClientFault::TlsFailed, text);
}

void TestClientConnection::streamEnded()
{
    readRest();
    if (m_over)
        return;
    if (m_state < TestClientState::Open) {
        std::ignore = m_handshake.finish();
        return endRefused();
    }
    m_ending.cleanly = m_ending.codeReceived != 0 && m_ending.codeSent != 0;
    const bool unanswered = m_ending.fault == TestClientFault::ClosedByClient && m_ending.codeReceived == 0;
    if (m_state == TestClientState::Closing && !unanswered)
        return end(m_ending.fault, m_ending.detail);
    end(m_witness.sawReset() ? TestClientFault::ConnectionReset : TestClientFault::Vanished);
}

/// What is still in the buffer counts: a close frame often comes together with the end.
void TestClientConnection::readRest()
{
    qint64 before = -1;
    while (!m_over && m_socket->bytesAvailable() > 0 && m_socket->bytesAvailable() != before) {
        before = m_socket->bytesAvailable();
        readSome();
    }
}

void TestClientConnection::deadlinePassed()
{
    if (m_state == TestClientState::Closing)
        return closingDeadlinePassed();
    if (m_handshake.head().status != 0) { // the verdict is known, only its body was late
        std::ignore = m_handshake.finish();
        return endRefused();
    }
    if (m_state >= TestClientState::Securing)
        m_ending.suggestion = withOtherSecurity(m_options.url);
    end(timeoutIn(m_state));
}

void TestClientConnection::closingDeadlinePassed()
{
    if (m_ending.fault != TestClientFault::ClosedByClient)
        return end(m_ending.fault, m_ending.detail); // what came first is what matters
    end(m_ending.codeReceived != 0 ? TestClientFault::StreamLeftOpen : TestClientFault::CloseNotAnswered);
}

bool TestClientConnection::isConnected() const { return m_socket->state() == QAbstractSocket::ConnectedState; }

qint64 TestClientConnection::queued() const
{
    const auto *secure = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

void TestClientConnection::end(TestClientFault fault, const QByteArray &detail)
{
    if (m_over)
        return;
    m_ending.fault = fault;
    m_ending.detail = detail;
    while (m_ending.detail.endsWith('.')) // it stands inside a sentence
        m_ending.detail.chop(1);
    finish();
}

void TestClientConnection::endRefused()
{
    if (m_over)
        return;
    m_handshake.judge(m_ending, m_options.url);
    finish();
}

void TestClientConnection::finish()
{
    m_over = true;
    m_deadline.stop();
    m_witness.dismiss();
    m_handshake.copyAnswer(m_ending);
    m_ending.stage = m_state;
    m_ending.lifetimeMs = m_openSince.isValid() ? m_openSince.elapsed() : 0;
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    setState(TestClientState::Closed);
    emit ended(m_ending);
}

} // namespace glasshouse
