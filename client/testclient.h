// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientconnection.h"
#include "client/testclientladder.h"
#include "client/testclientqueue.h"

#include <QPointer>

namespace glasshouse {

/// A WebSocket client that shows what happens on the wire and comes back by itself where it may. It speaks to any server
/// and knows nothing of ours. Lives on the caller's thread. A slot may call anything here, but not delete it: use
/// deleteLater().
class TestClient final : public QObject
{
    Q_OBJECT
public:
    explicit TestClient(QObject *parent = nullptr);
    /// Over that pump, which lives on this thread. (A SocketPump may go through a proxy.)
    explicit TestClient(std::unique_ptr<Pump> pump, QObject *parent = nullptr);
    ~TestClient() override;

    [[nodiscard]] TestClientState state() const { return m_state; }
    [[nodiscard]] const TestClientOptions &options() const { return m_options; }

    /// Ends what there is without a word and begins anew. Options that can not work end at once, from inside this call.
    void connectToServer(const TestClientOptions &options);
    /// Text is UTF-8 and is checked. Without a connection it waits for the next, if the options say so.
    [[nodiscard]] TestClientSend sendText(QByteArrayView text);
    [[nodiscard]] TestClientSend sendBinary(QByteArrayView bytes);
    /// One message in these pieces, each a frame, also an empty one; text is checked as a whole. `between`: the payload of a ping
    /// behind each piece but the last. It never waits for a connection.
    [[nodiscard]] TestClientSend sendFragmented(bool binary, const QList<QByteArray> &pieces,
                                                const std::optional<QByteArray> &between = {});
    [[nodiscard]] TestClientSend ping(QByteArrayView payload = {});
    /// One that nobody asked for.
    [[nodiscard]] TestClientSend pong(QByteArrayView payload = {});
    /// Bytes that wait to be sent, or for a connection.
    [[nodiscard]] qint64 queuedBytes() const
    {
        return m_offline.bytes() + (m_connection ? m_connection->queuedBytes() : 0);
    }
    /// permessage-deflate as it was agreed; nullopt: it was not, or there is no open connection. Known when opened() is told.
    [[nodiscard]] std::optional<DeflateParameters> compression() const
    {
        return m_connection ? m_connection->compression() : std::nullopt;
    }
    /// Off: what comes stays in the system, and TCP slows the server down; nor is it told that the server ended the stream. What
    /// was read already is told. Holds for connections to come as well.
    void setReading(bool on);
    /// Begins the closing handshake; 0: without a code. Before the connection is open, and while it waits to come back, it
    /// is an abort(). What waits for a connection is dropped.
    TestClientSend close(quint16 code = 1000, QByteArrayView reason = {});
    void abort();

signals:
    void stateChanged(glasshouse::TestClientState state);
    /// The system says to go through this proxy; none: directly. Without its password. Only where the options ask the system.
    void proxyFound(const glasshouse::TestClientProxy &proxy);
    /// TLS stands. `chain`: the server's certificate first, then those of its issuers as far as they are known. Those of a server
    /// that was refused are in the TestClientEnding.
    void secured(const glasshouse::TlsSession &session, const QList<glasshouse::CertificateInfo> &chain);
    /// The server pointed elsewhere, and the client goes there: the next attempt begins, and ended() is not told. To another origin
    /// it takes no `first` message and no heartbeat, no certificate of its own, no subprotocol that is a token, and of the headers
    /// only those that are known to hold no secret. `answer`: request and response. A reconnect begins at the first address again.
    void redirected(const QUrl &from, const QUrl &to, const glasshouse::TestClientEnding &answer);
    /// So many messages waited for a connection and will not be sent: the user left, connects without such a queue, or a redirect
    /// leads to another origin.
    void queueDropped(int messages);
    /// A certificate that would have been refused is the one that the options trust.
    void certificateTrusted(const QByteArray &fingerprint);
    /// Of each attempt that came so far; holds secrets.
    void requestSent(const QByteArray &head);
    /// `head`: the response as it came.
    void opened(const glasshouse::HttpHead &response, const QByteArray &subprotocol, const QByteArray &head);
    /// Every frame, control frames too. `timeUs`: since 1970. Payloads are not masked, and of compressed messages they are told as
    /// what they mean: RSV1 marks the first frame, and the header's payloadLength is what went over the wire.
    void frameSent(const glasshouse::FrameHeader &header, const QByteArray &payload, qint64 timeUs);
    void frameReceived(const glasshouse::FrameHeader &header, const QByteArray &payload, qint64 timeUs);
    /// The server broke the protocol; a close follows.
    void frameBroken(const glasshouse::FrameHeader &header, const QByteArray &payload,
                     glasshouse::FrameViolation violation, qint64 timeUs);
    void messageReceived(glasshouse::MessageKind kind, const QByteArray &payload);
    /// A pong came for a ping of ours.
    void roundTrip(double ms);
    /// Once for every attempt.
    void ended(const glasshouse::TestClientEnding &ending);
    void reconnectScheduled(int attempt, int ms);

private:
    struct PendingPing
    {
        QByteArray payload;
        qint64 sentNs = 0;
    };

    std::unique_ptr<Pump> m_pump;    ///< since the first attempt at the latest
    std::optional<TlsContext> m_tls; ///< since the first attempt that needs it
    TlsTrust m_tlsTrust;             ///< of it
    TestClientOptions m_options;
    TestClientOptions m_present; ///< of this attempt: those, but where a redirect led elsewhere
    int m_redirects = 0;         ///< that led there
    int m_attempts = 0;          ///< that were begun
    TestClientQueue m_offline;   ///< until the next connection
    TestClientLadder m_ladder;
    TestClientState m_state = TestClientState::Idle;
    QPointer<TestClientConnection> m_connection; ///< child
    QTimer m_wait;                               ///< until the next attempt
    QTimer m_stable;                             ///< until the ladder is forgotten
    QTimer m_pingTimer;
    QElapsedTimer m_clock;
    QList<PendingPing> m_pings; ///< oldest first
    quint32 m_pingNumber = 0;
    bool m_leaving = false; ///< the user wants it to end
    bool m_reading = true;

    void begin();
    void attempt();
    [[nodiscard]] bool follow(TestClientEnding &ending);
    [[nodiscard]] TestClientSend say(TestClientMessage message);
    [[nodiscard]] QList<TestClientMessage> takeGreeting();
    void dropOffline();
    void beat();
    void refuse(TestClientFault fault, const QByteArray &detail);
    [[nodiscard]] std::optional<Error<TlsError>> makeTls();
    void adopt(TestClientConnection *connection);
    void drop();
    void setState(TestClientState state);
    void connectionOpened(const HttpHead &response, const QByteArray &subprotocol, const QByteArray &head);
    void connectionEnded(TestClientEnding ending);
    void pongArrived(const QByteArray &payload);
};

} // namespace glasshouse
