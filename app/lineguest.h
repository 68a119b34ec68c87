// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/wire/wire.h"
#include "protocol/httphead.h"

#include <QElapsedTimer>
#include <QTimer>

namespace glasshouse {

class LineGuest;

/// Gets what its guests do. It may not destroy a guest inside of these calls.
class LineGuestSink
{
public:
    virtual ~LineGuestSink() = default;
    virtual void guestOpened() = 0;
    virtual void guestSaid(MessageKind kind, QByteArrayView payload) = 0;
    /// The last thing. `closeCode`: of its close frame; 1006: it sent none. `wasOpen`: it was a WebSocket.
    virtual void guestGone(bool wasOpen, quint16 closeCode, QByteArrayView reason) = 0;
};

/// Somebody who connects to a LineServer: a request head, which is checked, and then messages. Lives on its pump's thread.
class LineGuest final : private TransportSink, private WireSink
{
public:
    LineGuest(std::unique_ptr<Transport> transport, TurnClock &clock, LineGuestSink &sink);
    Q_DISABLE_COPY_MOVE(LineGuest)

    /// False: it reads too slowly, and was cut off.
    [[nodiscard]] bool send(QByteArrayView text);
    /// Cuts it off if it has taken nothing of what waits for it for that long, by the calls of this. True: it did.
    [[nodiscard]] bool cutOffIfStalled(int ms);
    void close(quint16 code);
    void setReading(bool on);
    [[nodiscard]] bool isOpen() const { return m_wire && !m_closing && !m_gone; }
    [[nodiscard]] bool isGone() const { return m_gone; }
    [[nodiscard]] qint64 queuedBytes() const { return m_wire ? m_wire->transport().queuedBytes() : 0; }

private:
    std::unique_ptr<Transport> m_transport; ///< until there is a wire
    std::unique_ptr<Wire> m_wire;
    HttpHeadParser m_parser;
    TurnClock &m_clock;
    LineGuestSink &m_sink;
    QTimer m_deadline;       ///< for the head, and for the end once it closes
    QElapsedTimer m_stalled; ///< since it took something
    qint64 m_waited = 0;     ///< bytes at that time
    quint16 m_code = 1006;
    QByteArray m_reason;
    bool m_reading = true;
    bool m_closing = false;
    bool m_gone = false;

    // TransportSink: before the upgrade
    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd, const QByteArray &) override { end(); }
    void allSent() override { }
    // WireSink
    bool bytesSeen(QByteArrayView) override { return !m_gone; }
    void midwaySeen(bool) override { }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override;
    bool controlSeen(Opcode opcode, QByteArrayView payload) override;
    void violationSeen(FrameViolation violation, const FrameHeader &header) override;
    void wireEnded(StreamEnd, const QByteArray &) override { end(); }

    void upgrade(const HttpHead &request, QByteArray early);
    void refuse(int status, QByteArrayView why);
    void sendClose(quint16 code, QByteArrayView reason);
    void end();
};

} // namespace glasshouse
