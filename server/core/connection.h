// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/deadlines.h"
#include "server/core/admission.h"
#include "server/core/wiresocket.h"
#include "server/gate/ratelimiter.h"
#include "server/rooms/lobby.h"
#include "server/snapshot.h"

#include <QPointer>

class QWebSocket;
class QWebSocketServer;

namespace glasshouse {

class Connection;

/// What a worker does for its connections.
class ConnectionOwner
{
public:
    virtual ~ConnectionOwner() = default;
    /// Something that a snapshot shows has changed.
    virtual void connectionChanged(Connection &connection) = 0;
    /// The stream is closed; the connection is destroyed after this turn.
    virtual void connectionFinished(Connection &connection) = 0;
    /// Runs it after this turn of the loop, if the connection is still there.
    virtual void later(ConnectionId connection, std::function<void(Connection &)> call) = 0;
    virtual void limitHit(Connection &connection, EndingCause limit) = 0;
    /// The first message of a client that had to bring its token in it.
    virtual void authArrived(Connection &connection, QByteArrayView token) = 0;
    /// A pong came.
    virtual void rttMeasured(int ms) = 0;
};

/// What all connections of a worker share; outlives them.
struct ConnectionContext
{
    const Clock &clock;
    Deadlines &deadlines;
    Recorder &recorder;
    const ServerConfig &config;
    ConnectionOwner &owner;
};

/// An upgrade request that the front door has let through.
struct Upgrading
{
    ConnectionId id{};
    std::unique_ptr<Transport> transport;
    QHostAddress address; ///< of the client, behind trusted proxies as well
    HttpHead head;
    QByteArray rawHead;
    QByteArray early;      ///< bytes behind the head
    qint64 acceptedMs = 0; ///< monotonic
    QByteArray tls = {};   ///< version and cipher; empty: plain
};

/// One client after its upgrade request was accepted: a WireSocket and its QWebSocket, limits, heartbeat, counters, a seat,
/// and in the end one Ending. Lives on its worker's thread, owned by the worker.
class Connection final : private WireSocketSink, private SeatWire, private DeadlineTarget
{
public:
    Connection(Upgrading upgrading, const ConnectionContext &context);
    ~Connection() override;
    Q_DISABLE_COPY_MOVE(Connection)

    /// Lets Qt answer the handshake. False: it did not; the connection has finished.
    [[nodiscard]] bool open(QWebSocketServer &handshaker);
    /// Every message comes back. Begins to read.
    void beginEcho();
    /// Takes a seat, a new one or that of its session. Begins to read.
    void beginInRoom(Room &room, const Entrance &entrance);
    /// Begins to read; the first message has to be `auth`. The owner hears of its token and calls one of the three below.
    void beginAwaitingAuth();
    void enterRoom(Room &room, const Entrance &entrance);
    void enterEcho() { m_echoes = true; }
    /// The token that it came in with: when it runs out, the connection ends.
    void bindToken(const TokenClaims &claims);
    /// The limits of the configuration have changed.
    void applyLimits();
    [[nodiscard]] const QByteArray &tokenFingerprint() const { return m_tokenFingerprint; }
    /// Completes the handshake and closes with the code that belongs to the cause: a browser can read that, and can not
    /// read an HTTP status.
    void refuse(EndingCause cause, const QByteArray &reason);
    /// Closes with the code that belongs to the cause.
    void end(EndingCause cause, EndingSide side, const QByteArray &reason);
    /// At once, without a close frame.
    void abort(EndingCause cause, EndingSide side);
    void ping();
    void sendText(QByteArrayView text);

    [[nodiscard]] ConnectionId id() const { return m_id; }
    [[nodiscard]] const ConnectionInfo &info() const { return m_info; }
    [[nodiscard]] ConnectionCounters counters() const;
    [[nodiscard]] const Ending &ending() const { return m_ending; }
    /// Its own ones; those of the server and of its address are left out.
    [[nodiscard]] ConnectionLevels levels() const;
    [[nodiscard]] QHostAddress address() const { return m_address; }
    [[nodiscard]] const WireCounters &wireCounters() const { return m_wire->counters(); }
    [[nodiscard]] qint64 queuedBytes() const { return m_wire->transport().queuedBytes(); }
    /// That were answered by an error.
    [[nodiscard]] quint64 badMessages() const;
    [[nodiscard]] bool isFinished() const { return m_finished; }
    /// For the worker: is it in the list of changed ones already?
    bool listedAsChanged = false;

private:
    ConnectionContext m_context;
    ConnectionId m_id;
    QHostAddress m_address;
    ConnectionInfo m_info;
    std::unique_ptr<WireSocket> m_wire;
    std::unique_ptr<QWebSocket> m_webSocket;
    QByteArray m_handshakeHead; ///< until the handshake is over
    QByteArray m_subprotocol;
    QByteArray m_early;
    Room *m_room = nullptr; ///< while there is a seat in it
    Seat *m_seat = nullptr;
    Player m_player; ///< also after the seat is gone
    QString m_roomId;
    RateLimiter m_messageRate;
    RateLimiter m_byteRate;
    RateLimiter m_controlRate;
    Ending m_ending;
    bool m_echoes = false;
    bool m_awaitsAuth = false;
    bool m_cutByAProxy = false;    ///< there are some that end a connection with an unmasked close frame
    QByteArray m_tokenFingerprint; ///< empty: it came in without a token
    bool m_causeKnown = false;     ///< the cause is known
    bool m_closing = false;        ///< a close frame went out, or the stream is being ended
    bool m_finished = false;
    int m_rttMs = -1;
    quint64 m_badMessages = 0;
    quint64 m_limitHits = 0;
    qint64 m_acceptedMs;
    qint64 m_heardMs;          ///< monotonic, as all below; −1: not set
    qint64 m_midwaySince = -1; ///< a frame or message is incomplete since
    qint64 m_nextPingMs = -1;
    qint64 m_pingSentMs = -1;
    qint64 m_abortMs = -1;
    qint64 m_authEndMs = -1;    ///< the token has to be there
    qint64 m_tokenEndMs = -1;   ///< the token runs out
    bool m_unconfirmed = false; ///< a session goes on, and the pong behind its `connected` has not come yet
    qint64 m_closingBytes = 0;  ///< in, since our close frame
    quint64 m_pingNonce = 0;

    bool bytesSeen(qsizetype size) override;
    void bytesDone() override;
    bool messageSeen(MessageKind kind, QByteArrayView payload) override;
    bool controlSeen(Opcode opcode, QByteArrayView payload) override;
    void violationSeen(FrameViolation violation, quint8 opcode) override;
    void closeSent(quint16 code, const QByteArray &reason) override;
    void wireEnded(StreamEnd how, const QByteArray &text) override;

    void sendText(SequencedText &text, quint64 sequence) override;
    void sendBinary(const QByteArray &frame, int headerSize) override;
    void endSeat(SeatEnd why, const QByteArray &reason) override;
    bool hasEnded() const override;

    void deadlinePassed(qint64 nowMs) override;

    void begin();
    void echo(MessageKind kind, QByteArrayView payload);
    void authMessage(MessageKind kind, QByteArrayView payload);
    void peerClosed(QByteArrayView payload);
    void pongSeen(QByteArrayView payload);
    void setCause(EndingCause cause, EndingSide side, QByteArray detail = {});
    void finish();
    void takeSeat(Room &room, const Entrance &entrance);
    void leaveRoom();
    [[nodiscard]] bool mayComeBack() const;
    void leaveRoomLater();
    void limitClosing();
    void checkQueue();
    void arm();
    [[nodiscard]] bool overRate(EndingCause cause, const QByteArray &reason);
    /// Where the heartbeat is off, a ping by hand or behind a resume needs no answer.
    [[nodiscard]] bool expectsPongs() const
    {
        return m_context.config.limits.heartbeatSeconds > 0 && m_context.config.limits.pongSeconds > 0;
    }
    void changed() { m_context.owner.connectionChanged(*this); }
};

/// The close code for an ending that the server brings about.
[[nodiscard]] CloseCode closeCodeFor(EndingCause cause);

} // namespace glasshouse
