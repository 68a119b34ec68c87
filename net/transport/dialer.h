// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"

#include <QHostInfo>
#include <QList>

namespace glasshouse {

/// Gets what a Dialer has found. The owner destroys the Dialer never inside of these calls, but calls abort().
class DialSink
{
public:
    virtual ~DialSink() = default;
    /// The name is one; the addresses are tried now.
    virtual void hostFound() { }
    /// A stream that stands, paused. Its peerAddress() is the address that answered.
    virtual void dialed(std::unique_ptr<Transport> transport) = 0;
    /// Nobody knows that name. `text`: the system's words.
    virtual void hostNotFound(const QByteArray &text) = 0;
    /// No address answered; why the last one did not.
    virtual void notConnected(StreamEnd how, const QByteArray &text) = 0;
};

/// Finds the addresses of a host and connects to the first that answers, in the resolver's order; or lets the pump's proxy find it.
/// One call of the sink ends it. No deadline in here: the owner aborts what takes too long. Lives on its pump's thread.
class Dialer final : public QObject, private TransportSink
{
    Q_OBJECT
public:
    Dialer(Pump &pump, DialSink &sink, QObject *parent = nullptr);
    ~Dialer() override { abort(); }

    /// `host`: a name or an address, without brackets. May call the sink at once.
    void dial(const QString &host, quint16 port);
    /// Where the addresses are known already.
    void dial(const QList<QHostAddress> &addresses, quint16 port);
    /// No call comes to the sink after it.
    void abort();

private slots:
    void lookedUp(const QHostInfo &info);

private:
    Pump &m_pump;
    DialSink &m_sink;
    std::unique_ptr<Transport> m_transport;
    QList<QHostAddress> m_addresses; ///< not tried yet
    quint16 m_port = 0;
    int m_lookup = -1;
    bool m_over = false;

    // TransportSink: of the stream that is tried
    void connected() override;
    void bytesArrived(char *, qsizetype) override { }
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void allSent() override { }

    void tryNext(StreamEnd how, const QByteArray &text);
    void dialName(const QString &host);
    void watch(std::unique_ptr<Transport> transport);
};

} // namespace glasshouse
