// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "net/transport/transport.h"

#include <optional>

struct iovec;

namespace glasshouse {

class EpollPump;

/// A socket of an EpollPump.
class EpollTransport final : public Transport
{
public:
    explicit EpollTransport(EpollPump &pump) : m_pump(pump) { }
    ~EpollTransport() override { abort(); }
    Q_DISABLE_COPY_MOVE(EpollTransport)

    /// Takes a connected socket over. False: it was dead already.
    [[nodiscard]] bool adopt(int descriptor);
    /// Makes a socket and begins to connect it. Nothing, or why that can not be.
    [[nodiscard]] std::optional<Error<StreamEnd>> connectTo(const QHostAddress &address, quint16 port);

    /// For the pump: what epoll says of the socket.
    void ready(quint32 events);
    /// For the pump: the end of a turn in which wantFlush() was called.
    void turnEnds();

    void sendNow(QByteArrayView head, QByteArrayView body) override;
    void flush() override;
    void retryFlush() override;
    [[nodiscard]] qint64 bytesNotTaken() const override;
    void abort(Abort how = Abort::Quietly) override;
    void setReading(bool on) override;
    [[nodiscard]] bool peerEnded() const override;
    [[nodiscard]] QHostAddress peerAddress() const override { return m_address; }
    [[nodiscard]] quint16 peerPort() const override { return m_port; }

protected:
    void wantFlush() override;

private:
    EpollPump &m_pump;
    int m_fd = -1;
    quint16 m_port = 0;
    bool m_connecting = false;
    bool m_reading = false;
    bool m_writeBlocked = false; ///< the system is full, or there is no connection yet
    bool m_dirty = false;
    bool m_readEnded = false;
    bool m_shutdownDone = false;
    int m_deathError = 0; ///< errno: the stream is dead, and its end is not told yet
    quint32 m_interest = 0;
    QHostAddress m_address;

    [[nodiscard]] bool watch();
    [[nodiscard]] quint32 interest() const;
    void updateInterest();
    void connectingEnded();
    void readSome();
    void writeSome();
    [[nodiscard]] int takeError() const;
    void died(int error);
    void endAfterDeath();
    void end(StreamEnd how, int error);
    [[nodiscard]] int fillVectors(iovec *vectors, qint64 &total) const;
};

} // namespace glasshouse
