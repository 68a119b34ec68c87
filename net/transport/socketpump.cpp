// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/socketpump.h"

#include "net/transport/resetwitness.h"
#include "net/transport/socketcalls.h"

#include <QScopedValueRollback>
#include <QTcpSocket>
#include <optional>

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
    case QAbstractSocket::ConnectionRefusedError:
        return StreamEnd::Refused;
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return StreamEnd::ProxyNotReached;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return StreamEnd::ProxyWantsPassword;
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyProtocolError:
        return StreamEnd::ProxyFailed;
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

    [[nodiscard]] bool adopt(qintptr descriptor);
    [[nodiscard]] std::optional<Error<StreamEnd>> connectTo(const QHostAddress &address, quint16 port,
                                                            const QNetworkProxy &proxy);
    [[nodiscard]] std::optional<Error<StreamEnd>> connectToName(const QString &host, quint16 port,
                                                                const QNetworkProxy &proxy);
    void flush() override;
    void retryFlush() override;
    [[nodiscard]] qint64 bytesNotTaken() const override
    {
        return m_socket.socketDescriptor() < 0 ? 0 : glasshouse::bytesNotTaken(m_socket.socketDescriptor());
    }
    void abort(Abort how = Abort::Quietly) override;
    void setReading(bool on) override;
    [[nodiscard]] bool peerEnded() const override;
    [[nodiscard]] qint64 queuedBytes() const override { return m_queued + m_socket.bytesToWrite(); }
    [[nodiscard]] QHostAddress peerAddress() const override { return m_address; }
    [[nodiscard]] quint16 peerPort() const override { return m_port; }

protected:
    void wantFlush() override;

private:
    QTcpSocket m_socket;
    ResetWitness m_witness; ///< costs a second descriptor, so only for streams that we began
    QHostAddress m_address;
    quint16 m_port = 0;
    qint64 m_inQt = 0; ///< bytes that Qt has not written, as of the last look
    bool m_connecting = false;
    bool m_reading = false;
    bool m_inSink = false; ///< bytes are being taken; the sink may run a loop of its own
    bool m_ended = false;  ///< told, or aborted
    bool m_shutdown = false;
    bool m_flushScheduled = false;

    void listen();
    [[nodiscard]] std::optional<Error<StreamEnd>> connecting();
    void connectingEnded();
    void arrived();
    void readAll();
    void ended();
    [[nodiscard]] Error<StreamEnd> takeEnd();
    void wrote();
    void turnEnds();
    [[nodiscard]] QByteArray takeJoined();
};

bool SocketTransport::adopt(qintptr descriptor)
{
    listen();
    if (!m_socket.setSocketDescriptor(descriptor))
        return false;
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_address = unmapped(m_socket.peerAddress());
    m_port = m_socket.peerPort();
    return true;
}

std::optional<Error<StreamEnd>> SocketTransport::connectTo(const QHostAddress &address, quint16 port,
                                                           const QNetworkProxy &proxy)
{
    m_address = address;
    m_port = port;
    m_socket.setProxy(proxy);
    m_socket.connectToHost(address, port);
    return connecting();
}

std::optional<Error<StreamEnd>> SocketTransport::connectToName(const QString &host, quint16 port,
                                                               const QNetworkProxy &proxy)
{
    m_port = port;
    m_socket.setProxy(proxy);
    m_socket.connectToHost(host, port);
    return connecting();
}

std::optional<Error<StreamEnd>> SocketTransport::connecting()
{
    if (m_socket.state() == QAbstractSocket::UnconnectedState)
        return Error<StreamEnd>{endFor(m_socket.error()), m_socket.errorString().toUtf8()};
    m_connecting = true;
    listen();
    QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] { connectingEnded(); });
    QObject::connect(&m_socket, &QTcpSocket::errorOccurred, &m_socket, [this] {
        if (m_connecting)
            ended();
    });
    return {};
}

void SocketTransport::listen()
{
    m_socket.setReadBufferSize(readSize);
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { arrived(); });
    QObject::connect(&m_socket, &QTcpSocket::bytesWritten, &m_socket, [this] { wrote(); });
    QObject::connect(&m_socket, &QTcpSocket::disconnected, &m_socket, [this] { ended(); });
}

void SocketTransport::connectingEnded()
{
    m_connecting = false;
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_witness.watch(m_socket.socketDescriptor());
    m_sink->connected();
    wantFlush();
}

void SocketTransport::setReading(bool on)
{
    m_reading = on;
    if (on && m_socket.bytesAvailable() > 0)
        QMetaObject::invokeMethod(
            &m_socket, [this] { arrived(); }, Qt::QueuedConnection);
    if (on && m_socket.state() == QAbstractSocket::UnconnectedState)
        QMetaObject::invokeMethod(
            &m_socket, [this] { ended(); }, Qt::QueuedConnection);
}

bool SocketTransport::peerEnded() const
{
    if (m_connecting && m_socket.state() != QAbstractSocket::UnconnectedState)
        return false;
    const qintptr descriptor = m_socket.socketDescriptor();
    return m_ended || descriptor < 0 || peerHasEnded(descriptor);
}

void SocketTransport::arrived()
{
    readAll();
    if (m_socket.state() == QAbstractSocket::UnconnectedState)
        ended(); // was not told from within
}

void SocketTransport::readAll()
{
    if (m_inSink)
        return;
    const QScopedValueRollback guard(m_inSink, true);
    while (m_reading && !m_ended && m_socket.bytesAvailable() > 0) {
        QByteArray bytes = m_socket.read(readSize);
        m_sink->bytesArrived(bytes.data(), bytes.size());
    }
}

// Qt ends both directions when the peer ends one.
void SocketTransport::ended()
{
    if (m_ended || m_inSink)
        return;
    readAll();
    if (m_ended)
        return;
    discardQueue();
    m_lost += std::exchange(m_inQt, 0);
    if (!m_reading)
        return m_sink != nullptr ? m_sink->sendingFailed() : void();
    m_ended = true;
    const auto [how, text] = takeEnd();
    m_sink->streamEnded(how, text);
    const bool isAborted = m_socket.signalsBlocked();
    if (how == StreamEnd::EndOfStream && !isAborted && m_sink != nullptr)
        m_sink->sendingFailed();
}

Error<StreamEnd> SocketTransport::takeEnd()
{
    const auto error = m_socket.error();
    const bool wasReset = m_witness.sawReset();
    m_witness.dismiss();
    if (wasReset)
        return {StreamEnd::Reset, "Connection reset by peer"};
    const bool orderly = !m_connecting
        && (error == QAbstractSocket::RemoteHostClosedError || error == QAbstractSocket::UnknownSocketError);
    if (orderly)
        return {StreamEnd::EndOfStream, {}};
    return {endFor(error), m_socket.errorString().toUtf8()};
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
    if (m_connecting)
        return;
    if (m_ended || m_shutdown || m_socket.state() != QAbstractSocket::ConnectedState)
        return discardQueue();
    // Qt does not say bytesWritten() within bytesWritten(): go on here until the system takes no more.
    while (!queueEmpty() && m_socket.bytesToWrite() < handedOver && m_socket.isValid()) {
        m_socket.write(takeJoined());
        m_socket.flush(); // before Qt finds the end of the peer's side and drops ours with it
    }
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_inQt = m_socket.bytesToWrite();
    const bool isAlive = !m_ended && m_socket.state() == QAbstractSocket::ConnectedState;
    if (isAlive && m_closeWhenSent && !m_shutdown && queueEmpty() && m_socket.bytesToWrite() == 0) {
        m_shutdown = true;
        endSending(m_socket.socketDescriptor());
        if (m_sink != nullptr)
            m_sink->allSent();
    }
}

void SocketTransport::retryFlush()
{
    if (!m_connecting && !m_ended)
        m_socket.flush();
    flush();
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

void SocketTransport::abort(Abort how)
{
    m_ended = true;
    m_socket.blockSignals(true);
    if ((how == Abort::WithReset || queuedBytes() > 0) && m_socket.socketDescriptor() >= 0)
        resetOnClose(m_socket.socketDescriptor());
    m_witness.dismiss();
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
    if (!transport->adopt(descriptor)) {
        closeSocket(descriptor);
        return nullptr;
    }
    return transport;
}

Result<std::unique_ptr<Transport>, StreamEnd> SocketPump::connectTo(const QHostAddress &address, quint16 port)
{
    auto transport = std::make_unique<SocketTransport>();
    if (auto error = transport->connectTo(address, port, m_proxy))
        return *error;
    return std::unique_ptr<Transport>(std::move(transport));
}

Result<std::unique_ptr<Transport>, StreamEnd> SocketPump::connectToName(const QString &host, quint16 port)
{
    auto transport = std::make_unique<SocketTransport>();
    if (auto error = transport->connectToName(host, port, m_proxy))
        return *error;
    return std::unique_ptr<Transport>(std::move(transport));
}

} // namespace glasshouse
