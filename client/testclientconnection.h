// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientopening.h"
#include "net/wire/wire.h"

#include <QElapsedTimer>
#include <QTimer>
#include <functional>

namespace glasshouse {

enum class TestClientSend : quint8 {
    Sent,
    Queued, ///< waits for the next connection: see TestClientOptions::queueOffline
    NotOpen,
    QueueFull,   ///< too much waits already: nothing was queued
    InvalidText, ///< not UTF-8
    TooLong,     ///< a control frame holds 125 bytes
    InvalidCode, ///< may not stand in a close frame
};

/// One attempt: from the name's resolution to exactly one ended(). Lives on its pump's thread; a TestClient owns it.
class TestClientConnection final : public QObject, private TestClientOpeningSink, private WireSink, private WireObserver
{
    Q_OBJECT
public:
    /// `tls`: may be null for a target that is not secure. What is handed in by reference outlives it.
    TestClientConnection(const TestClientOptions &options, TestClientTarget target, Pump &pump, const TlsContext *tls,
                         QObject *parent = nullptr);

    /// What is said at once when it is open, in front of all others; asked then.
    using Greeting = std::function<QList<TestClientMessage>()>;
    void setGreeting(Greeting greeting) { m_greeting = std::move(greeting); }

    void start() { m_opening.start(); }
    [[nodiscard]] TestClientState state() const { return m_state; }
    [[nodiscard]] TestClientSend send(Opcode opcode, QByteArrayView payload);
    /// One message, a frame a piece; `between` is a ping behind each but the last.
    [[nodiscard]] TestClientSend sendFragmented(Opcode opcode, const QList<QByteArray> &pieces,
                                                const std::optional<QByteArray> &between);
    [[nodiscard]] TestClientSend close(quint16 code, QByteArrayView reason);
    [[nodiscard]] qint64 queuedBytes() const { return m_wire ? m_wire->transport().queuedBytes() : 0; }
    /// Of an open connection.
    [[nodiscard]] std::optional<DeflateParameters> compression() const
    {
        return m_wire ? m_opening.deflate() : std::nullopt;
    }
    /// Off: frames stay in the system. The opening reads all the same.
    void setReading(bool on);
    /// Ends it at once, without a close frame.
    void abort(TestClientFault fault = TestClientFault::Aborted) { end(fault); }

signals:
    void stateChanged(glasshouse::TestClientState state);
    void proxyFound(const glasshouse::TestClientProxy &proxy);
    void secured(const glasshouse::TlsSession &session, const QList<glasshouse::CertificateInfo> &chain);
    /// It would have been refused, and is the one that the options trust.
    void certificateTrusted(const QByteArray &fingerprint);
    void requestSent(const QByteArray &head);
    void opened(const glasshouse::HttpHead &response, const QByteArray &subprotocol, const QByteArray &head);
    /// Every frame, control frames too. `timeUs`: since 1970. Payloads are not masked.
    void frameSent(const glasshouse::FrameHeader &header, const QByteArray &payload, qint64 timeUs);
    void frameArrived(const glasshouse::FrameHeader &header, const QByteArray &payload, qint64 timeUs);
    void ruleBroken(const glasshouse::FrameHeader &header, const QByteArray &payload,
                    glasshouse::FrameViolation violation, qint64 timeUs);
    void messageArrived(glasshouse::MessageKind kind, const QByteArray &payload);
    void pongArrived(const QByteArray &payload);
    /// The last thing that it says.
    void ended(const glasshouse::TestClientEnding &ending);

private:
    struct Frame
    {
        FrameHeader header;
        QByteArray payload;
    };

    TestClientOptions m_options;
    TestClientOpening m_opening;
    TurnClock m_clock;
    std::unique_ptr<Wire> m_wire; ///< since the upgrade
    QList<Frame> m_sent;          ///< for those who are shown them
    Greeting m_greeting;
    QTimer m_closing; ///< until the server has to have answered our close and ended the stream
    QElapsedTimer m_openSince;
    TestClientState m_state = TestClientState::Idle;
    TestClientEnding m_ending;
    bool m_over = false;
    bool m_reading = true;

    // TestClientOpeningSink
    void stageReached(TestClientState stage) override { setState(stage); }
    void proxyTold(const TestClientProxy &proxy) override { emit proxyFound(proxy); }
    void streamSecured(const TlsSession &session, const QList<CertificateInfo> &chain) override
    {
        emit secured(session, chain);
    }
    void certificateTaken() override { emit certificateTrusted(m_options.trustedFingerprint); }
    void asked(const QByteArray &head) override { emit requestSent(head); }
    void upgraded(std::unique_ptr<Transport> transport, QByteArray early) override;
    void openingFailed(TestClientFault fault, const QByteArray &detail, const QUrl &suggestion) override;
    // WireSink
    bool bytesSeen(QByteArrayView) override { return !m_over; }
    void midwaySeen(bool) override { }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override;
    bool controlSeen(Opcode opcode, QByteArrayView payload) override;
    void violationSeen(FrameViolation violation, const FrameHeader &header) override;
    void wireEnded(StreamEnd how, const QByteArray &text) override;
    // WireObserver
    void frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;
    void frameOut(const FrameHeader &header, QByteArrayView payload) override;

    void setState(TestClientState state);
    void takeClose(QByteArrayView payload);
    void sendClose(quint16 code, QByteArrayView reason);
    void takeBackClose();
    void greet();
    [[nodiscard]] bool hasRoom(qint64 bytes) const;
    void showSent();
    void closingDeadlinePassed();
    void end(TestClientFault fault, const QByteArray &detail = {});
    void finish();
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::FrameHeader)
