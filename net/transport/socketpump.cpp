// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/socketpump.h"

#include "net/transport/socketcalls.h"

#include <QTcpSocket>

namespace glasshouse {

namespace {

constexpr qint64 readSize = 64 * 1024;
constexpr qint64 handedOver = 128 * 1024; // Qt's own buffer holds no more than about this

StreamEnd endFor(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::RemoteHostClosedError:
        return StreamEnd::Reset;
    case QAbstractSocket::SocketTimeoutError:
        return StreamEnd::TimedOut;
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::NetworkError:
        return StreamEnd::Unreachable;
    default:
        return StreamEnd::Error;
    }
}

} // namespace

class SocketTransport final : public Transport
{
public:
    SocketTransport() = default;
    ~SocketTransport() override { abort(); }
    Q_DISABLE_COPY_MOVE(SocketTransport)

    [[nodiscard]] bool attach(qintptr descriptor);
    void flush() override;
    void abort() override;
    void setReading(bool on) override;
    [[nodiscard]] bool peerEnded() const override;
    [[nodiscard]] qint64 queuedBytes() const override { return m_queued + m_socket.bytesToWrite(); }
    [[nodiscard]] QHostAddress peerAddress() const override { return m_address; }
    [[nodiscard]] quint16 peerPort() const override { return m_port; }

protected:
    void wantFlush() override;

private:
    QTcpSocket m_socket;
    QHostAddress m_address;
    quint16 m_port = 0;
    bool m_reading = false;
    bool m_ended = false; ///< told, or aborted
    bool m_shutdown = false;
    bool m_flushScheduled = false;

    void readAll();
    void ended();
    void wrote();
    void turnEnds();
    [[nodiscard]] QByteArray takeJoined();
};

bool SocketTransport::attach(qintptr descriptor)
{
    m_socket.setReadBufferSize(readSize);
    if (!m_socket.setSocketDescriptor(descriptor))
        return false;
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_address = unmapped(m_socket.peerAddress());
    m_port = m_socket.peerPort();
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { readAll(); });
    QObject::connect(&m_socket, &QTcpSocket::bytesWritten, &m_socket, [this] { wrote(); });
    QObject::connect(&m_socket, &QTcpSocket::disconnected, &m_socket, [this] { ended(); });
    return true;
}

void SocketTransport::setReading(bool on)
{
    m_reading = on;
    if (on && m_socket.bytesAvailable() > 0)
        QMetaObject::invokeMethod(
            &m_socket, [this] { readAll(); }, Qt::QueuedConnection);
    if (on && m_socket.state() != QAbstractSocket::ConnectedState)
        QMetaObject::invokeMethod(
            &m_socket, [this] { ended(); }, Qt::QueuedConnection);
}

bool SocketTransport::peerEnded() const
{
    const qintptr descriptor = m_socket.socketDescriptor();
    return m_ended || descriptor < 0 || peerHasEnded(descriptor);
}

void SocketTransport::readAll()
{
    while (m_reading && !m_ended && m_socket.bytesAvailable() > 0) {
        QByteArray bytes = m_socket.read(readSize);
        m_sink->bytesArrived(bytes.data(), bytes.size());
    }
}

// Qt ends both directions when the peer ends one.
void SocketTransport::ended()
{
    if (m_ended || !m_reading)
        return;
    readAll();
    if (m_ended)
        return;
    m_ended = true;
    const auto error = m_socket.error();
    const bool orderly =
        error == QAbstractSocket::RemoteHostClosedError || error == QAbstractSocket::UnknownSocketError;
    m_sink->streamEnded(orderly ? StreamEnd::EndOfStream : endFor(error),
                        orderly ? QByteArray() : m_socket.errorString().toUtf8());
}

// About as much as Qt shall hold. Small pieces leave together.
QByteArray SocketTransport::takeJoined()
{
    QByteArray joined;
    while (!queueEmpty() && joined.size() + m_socket.bytesToWrite() < handedOver) {
        const OutChunk &chunk = m_queue[m_first];
        joined.append(chunk.shared).append(chunk.tail.data(), chunk.tailSize);
        consumed(chunk.size());
    }
    return joined;
}

void SocketTransport::flush()
{
    m_flushScheduled = false;
    if (m_ended || m_shutdown || m_socket.state() != QAbstractSocket::ConnectedState) {
        dropQueue();
        return;
    }
    // Qt does not say bytesWritten() within bytesWritten(): go on here until the system takes no more.
    while (!queueEmpty() && m_socket.bytesToWrite() < handedOver && m_socket.isValid()) {
        m_socket.write(takeJoined());
        m_socket.flush(); // before Qt finds the end of the peer's side and drops ours with it
    }
    const bool isAlive = !m_ended && m_socket.state() == QAbstractSocket::ConnectedState;
    if (isAlive && m_closeWhenSent && !m_shutdown && queueEmpty() && m_socket.bytesToWrite() == 0) {
        m_shutdown = true;
        endSending(m_socket.socketDescriptor());
        if (m_sink != nullptr)
            m_sink->allSent();
    }
}

void SocketTransport::wrote()
{
    flush();
    if (!m_ended && queueEmpty() && m_socket.bytesToWrite() < handedOver)
        m_sink->readyToSend();
}

// Stays scheduled while the sink adds its last bytes: they leave now, not in another round.
void SocketTransport::turnEnds()
{
    if (!m_ended && m_sink != nullptr)
        m_sink->readyToSend();
    flush();
}

void SocketTransport::abort()
{
    m_ended = true;
    m_socket.blockSignals(true);
    if (queuedBytes() > 0 && m_socket.socketDescriptor() >= 0)
        resetOnClose(m_socket.socketDescriptor());
    m_socket.abort();
}

void SocketTransport::wantFlush()
{
    if (m_flushScheduled || m_ended)
        return;
    m_flushScheduled = true;
    QMetaObject::invokeMethod(
        &m_socket, [this] { turnEnds(); }, Qt::QueuedConnection);
}

std::unique_ptr<Transport> SocketPump::adopt(qintptr descriptor)
{
    auto transport = std::make_unique<SocketTransport>();
    if (!transport->attach(descriptor)) {
        closeSocket(descriptor);
        return nullptr;
    }
    return transport;
}

} // namespace glasshouse
