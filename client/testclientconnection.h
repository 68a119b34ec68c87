// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclienthandshake.h"
#include "client/testclienttarget.h"
#include "net/transport/resetwitness.h"
#include "protocol/framereader.h"

#include <QElapsedTimer>
#include <QSslError>
#include <QTcpSocket>
#include <QTimer>

class QSslSocket;

namespace glasshouse {

enum class TestClientSend : quint8 {
    Sent,
    NotOpen,
    QueueFull,   ///< the server reads too slowly: nothing was queued
    InvalidText, ///< not UTF-8
    TooLong,     ///< a control frame holds 125 bytes
    InvalidCode, ///< may not stand in a close frame
};

/// One attempt: from the name's resolution to exactly one ended(). Lives on its creator's thread; a TestClient owns it.
class TestClientConnection final : public QObject, private FrameSink
{
    Q_OBJECT
public:
    TestClientConnection(const TestClientOptions &options, TestClientTarget target, QObject *parent = nullptr);

    void start();
    [[nodiscard]] TestClientState state() const { return m_state; }
    [[nodiscard]] TestClientSend send(Opcode opcode, QByteArrayView payload);
    [[nodiscard]] TestClientSend close(quint16 code, QByteArrayView reason);
    /// Ends it at once, without a close frame.
    void abort(TestClientFault fault = TestClientFault::Aborted);

signals:
    void stateChanged(glasshouse::TestClientState state);
    /// It would have been refused, and is the one that the options trust.
    void certificateTrusted(const QByteArray &fingerprint);
    void opened(const glasshouse::HttpHead &response, const QByteArray &subprotocol);
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
    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override;
    bool messageReceived(MessageKind kind, QByteArrayView payload) override;
    bool controlReceived(Opcode opcode, QByteArrayView payload) override;
    void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;

    TestClientOptions m_options;
    TestClientTarget m_target;
    TestClientHandshake m_handshake;
    FrameReader m_reader;
    QTcpSocket *m_socket = nullptr; ///< child
    ResetWitness m_witness;
    QTimer m_deadline;
    QElapsedTimer m_openSince;
    TestClientState m_state = TestClientState::Idle;
    TestClientEnding m_ending;
    bool m_over = false;
    bool m_reading = false;   ///< bytes are being judged; a slot may run an event loop of its own
    bool m_readAgain = false; ///< a turn of the event loop is booked to read on
    QByteArray m_tlsComplaint;

    void makeSocket();
    void watch(QSslSocket *socket);
    void setState(TestClientState state);
    void socketConnected();
    void sendRequest();
    void readSome();
    void readAgainLater();
    void readBooked();
    void later(void (TestClientConnection::*step)());
    void readRest();
    void takeAnswer(QByteArray &bytes);
    void becomeOpen();
    void takeClose(QByteArrayView payload);
    void sendClose(quint16 code, QByteArrayView reason);
    void tlsErrors(const QList<QSslError> &errors);
    [[nodiscard]] bool isTrusted() const;
    void socketFailed(QAbstractSocket::SocketError error);
    void streamEnded();
    void tlsFailed();
    void deadlinePassed();
    void closingDeadlinePassed();
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] qint64 queued() const;
    void end(TestClientFault fault, const QByteArray &detail = {});
    void endRefused();
    void finish();
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::FrameHeader)
