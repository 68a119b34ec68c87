// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"

#include "protocol/framewriter.h"

#include <QJsonDocument>
#include <QSslSocket>
#include <QTest>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace glasshouse {

RawClient::RawClient(quint16 port, const Options &options)
    : m_socket(options.tls ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>())
{
    QTcpSocket *socket = m_socket.get();
    QObject::connect(socket, &QTcpSocket::readyRead, socket, [this] { read(); });
    QObject::connect(socket, &QTcpSocket::disconnected, socket, [this] { m_ended = true; });
    QObject::connect(socket, &QTcpSocket::errorOccurred, socket, [this] { m_ended = m_ended || !m_ready; });
    if (auto *tls = qobject_cast<QSslSocket *>(socket)) {
        QObject::connect(tls, &QSslSocket::encrypted, tls, [this] { m_ready = true; });
        tls->setSslConfiguration(*options.tls);
        tls->connectToHostEncrypted(options.host, port);
    } else {
        QObject::connect(socket, &QTcpSocket::connected, socket, [this] { m_ready = true; });
        socket->connectToHost(options.host, port);
    }
    if (!options.waits)
        return;
    m_ended = !m_socket->waitForConnected(5000);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (options.receiveBuffer > 0)
        m_socket->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, options.receiveBuffer);
    // What stands in between may run on this event loop.
    if (options.tls)
        m_ended = !waitFor([this] { return m_ready; }, 5000) || m_ended;
}

RawClient::~RawClient()
{
    m_socket->disconnect();
    m_socket->abort();
}

QSslConfiguration RawClient::trusting()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

QSslCertificate RawClient::certificate() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return tls != nullptr ? tls->peerCertificate() : QSslCertificate();
}

qint64 RawClient::unsent() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return m_socket->bytesToWrite() + (tls != nullptr ? tls->encryptedBytesToWrite() : 0);
}

void RawClient::send(QByteArrayView bytes)
{
    m_socket->write(bytes.data(), bytes.size());
    m_socket->flush();
}

void RawClient::sendFrame(Opcode opcode, QByteArrayView payload, bool fin)
{
    m_maskKey = m_maskKey * 1664525 + 1013904223; // another key for every frame; nobody has to guess it
    m_closeSent = m_closeSent || opcode == Opcode::Close;
    send(makeMaskedFrame(opcode, payload, m_maskKey, fin));
}

void RawClient::sendClose(quint16 code, QByteArrayView reason) { sendFrame(Opcode::Close, closePayload(code, reason)); }

QByteArray RawClient::upgradeHead(QByteArrayView target, QByteArrayView extra)
{
    return "GET " + target.toByteArray()
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + extra.toByteArray() + "\r\n";
}

bool RawClient::upgrade(QByteArrayView target, QByteArrayView extra)
{
    send(upgradeHead(target, extra));
    // The answer to the key of RFC 6455, section 1.3.
    return waitForResponse() && response().status == 101
        && response().value("Sec-WebSocket-Accept") == QByteArrayView("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

bool RawClient::request(QByteArrayView bytes)
{
    m_asksForHead = bytes.startsWith("HEAD ");
    send(bytes);
    if (!waitForResponse())
        return false;
    return response().listHas("Connection", "close") ? waitForEnd() : waitForBody();
}

bool RawClient::waitForBody(int milliseconds)
{
    return waitFor([this] { return m_body.size() >= bodySize(); }, milliseconds);
}

qint64 RawClient::bodySize() const { return m_asksForHead ? 0 : qMax<qint64>(0, response().contentLength); }

void RawClient::forgetAnswer()
{
    m_responseParser = HttpHeadParser(HttpHeadParser::Kind::Response);
    m_headDone = false;
    m_body.clear();
    take(std::exchange(m_behind, {}));
}

bool RawClient::waitFor(const std::function<bool()> &fact, int milliseconds) const
{
    return QTest::qWaitFor([&] { return fact() || m_ended; }, milliseconds) && fact();
}

bool RawClient::waitForResponse(int milliseconds)
{
    return waitFor([this] { return m_headDone; }, milliseconds);
}

bool RawClient::waitForMessages(qsizetype count, int milliseconds)
{
    return waitFor([&] { return m_messages.size() >= count; }, milliseconds);
}

bool RawClient::waitForPongs(qsizetype count, int milliseconds)
{
    return waitFor([&] { return m_pongs.size() >= count; }, milliseconds);
}

bool RawClient::waitForClose(int milliseconds)
{
    return waitFor([this] { return m_closed; }, milliseconds);
}

bool RawClient::waitForEnd(int milliseconds)
{
    return waitFor([this] { return m_ended; }, milliseconds);
}

QJsonObject RawClient::waitForType(const QString &type, int milliseconds)
{
    QJsonObject found;
    const auto look = [&] {
        while (found.isEmpty() && !m_messages.isEmpty()) {
            const QJsonObject object = toObject(m_messages.takeFirst());
            if (object.value("type"_L1) == type)
                found = object;
        }
        return !found.isEmpty();
    };
    (void)waitFor(look, milliseconds);
    return found;
}

bool RawClient::answerIsFramed() const
{
    const qint64 length = response().status == 204 ? 0 : response().contentLength; // RFC 9110, 8.6: it has none
    return length == m_body.size() && m_behind.isEmpty() && response().listHas("Connection", "close") == m_ended;
}

void RawClient::stopReading()
{
    // With its own buffer full the socket takes no more from the kernel, so the kernel's window closes.
    QObject::disconnect(m_socket.get(), &QTcpSocket::readyRead, nullptr, nullptr);
    m_socket->setReadBufferSize(1);
}

void RawClient::readSome(qint64 bytes)
{
    m_socket->setReadBufferSize(bytes);
    take(m_socket->read(bytes));
}

void RawClient::endSending() { ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR); }

void RawClient::resetStream()
{
    const linger now{1, 0};
    setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket->abort();
}

void RawClient::read() { take(m_socket->readAll()); }

void RawClient::take(QByteArray bytes)
{
    if (!m_headDone) {
        qsizetype consumed = 0;
        const auto status = m_responseParser.feed(bytes, consumed);
        m_broken = m_broken || status == HttpHeadParser::Status::Failed;
        m_headDone = status == HttpHeadParser::Status::Done;
        bytes.remove(0, consumed);
    }
    if (!m_headDone)
        return;
    if (response().status == 101) {
        m_reader.feed(bytes.data(), bytes.size(), *this);
        return;
    }
    const bool stays = !response().listHas("Connection", "close");
    const qsizetype own = stays ? qMin<qsizetype>(bytes.size(), bodySize() - m_body.size()) : bytes.size();
    m_body += bytes.first(own);
    m_behind += bytes.sliced(own);
}

bool RawClient::frameReceived(const FrameHeader &, QByteArrayView)
{
    m_broken = m_broken || m_closed; // nothing may follow a close frame
    return true;
}

bool RawClient::messageReceived(MessageKind kind, QByteArrayView payload)
{
    m_messages += Message{kind, payload.toByteArray()};
    return true;
}

bool RawClient::controlReceived(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Close) {
        takeClose(payload);
        return true;
    }
    (opcode == Opcode::Ping ? m_pings : m_pongs) += payload.toByteArray();
    if (opcode == Opcode::Ping && m_answersPings)
        sendFrame(Opcode::Pong, payload.toByteArray());
    return true;
}

void RawClient::takeClose(QByteArrayView payload)
{
    std::tie(m_closeCode, m_closeReason) = parseClosePayload(payload);
    m_closed = true;
    if (m_answersClose && !m_closeSent)
        sendFrame(Opcode::Close, payload.first(qMin(payload.size(), qsizetype(2))).toByteArray());
}

void RawClient::frameBroken(const FrameHeader &, QByteArrayView, FrameViolation) { m_broken = true; }

QJsonObject toObject(const RawClient::Message &message)
{
    return message.kind == MessageKind::Text ? QJsonDocument::fromJson(message.payload).object() : QJsonObject();
}

} // namespace glasshouse
