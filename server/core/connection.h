// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/deadlines.h"
#include "server/core/authwait.h"
#include "server/core/clientrates.h"
#include "server/core/handshake.h"
#include "server/core/heartbeat.h"
#include "server/core/seating.h"
#include "server/core/wirerecorder.h"
#include "server/snapshot.h"

namespace glasshouse {

class Connection;
struct ForeignProtocol;

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

/// One client after its upgrade request was accepted: its WebSocket, the limits that it has to keep, and in the end one Ending.
/// Lives on its worker's thread, owned by the worker.
class Connection final : private WireSink, private SeatWire, private DeadlineTarget
{
public:
    Connection(Upgrading upgrading, const ConnectionContext &context);
    Q_DISABLE_COPY_MOVE(Connection)

    // One of these answers the handshake and begins to read.
    /// Takes a seat, a new one or that of its session. Null: every message comes back.
    void enter(Room *room, const Entrance &entrance);
    /// The first message has to be `auth`. The owner hears of its token and calls end() or one of the two above, at once or later.
    void awaitAuth();
    /// Closes with the code that belongs to the cause: a browser can read that, and can not read an HTTP status.
    void refuse(EndingCause cause, const QByteArray &reason);

    /// The token that it came in with: when it runs out, the connection ends.
    void bindToken(const TokenClaims &claims);
    /// It ends after this time at the latest.
    void limitLife(qint64 ms);
    [[nodiscard]] bool hasLimitedLife() const { return m_lifeEndMs >= 0; }
    /// The limits of the configuration have changed.
    void applyLimits();
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
    [[nodiscard]] const QByteArray &tokenFingerprint() const { return m_tokenFingerprint; }
    [[nodiscard]] const WireCounters &wireCounters() const { return m_wire.counters(); }
    [[nodiscard]] qint64 queuedBytes() const { return m_wire.transport().queuedBytes(); }
    /// That were answered by an error.
    [[nodiscard]] quint64 badMessages() const { return m_seating.badMessages(); }
    /// That came too fast.
    [[nodiscard]] quint64 droppedMessages() const { return m_rates.messages.dropped(); }
    /// Its token came, and the owner has not said yet what becomes of it.
    [[nodiscard]] bool awaitsAnswer() const
    {
        return m_state == ConnectionState::Open && m_auth.stage() == AuthWait::Stage::Answer;
    }
    [[nodiscard]] bool isFinished() const { return m_state == ConnectionState::Ended; }
    /// For the worker: is it in the list of changed ones already?
    bool listedAsChanged = false;

private:
    static constexpr qint64 closeMs =
        2'000; ///< for the peer to answer a close frame, and for the stream to end behind both
    static constexpr qint64 slowCloseMs = 10'000; ///< for who reads too slowly, as long as something is taken

    ConnectionContext m_context;
    ConnectionId m_id;
    QHostAddress m_address;
    ConnectionInfo m_info;
    WireRecorder m_recorder;
    Wire m_wire;
    std::optional<QByteArray> m_early; ///< came in behind the head; none: the handshake was answered
    Seating m_seating;
    ClientRates m_rates;
    Heartbeat m_heartbeat;
    Ending m_ending;
    ConnectionState m_state = ConnectionState::Open; ///< Closing: a close frame went out, or the stream is being ended
    AuthWait m_auth;
    bool m_cutByAProxy = false;
    QByteArray m_tokenFingerprint; ///< empty: it came in without a token
    quint64 m_limitHits = 0;
    qint64 m_closingBytes = 0; ///< in, since our close frame
    qint64 m_acceptedMs;
    qint64 m_heardMs;          ///< monotonic, as all below; −1: not set
    qint64 m_midwaySince = -1; ///< a frame or message is incomplete since
    qint64 m_abortMs = -1;
    qint64 m_patienceMs = -1; ///< the abort may be put off until then
    qint64 m_notTaken = 0;    ///< bytes in front of our close frame and with it, when we looked last
    qint64 m_takenMs = 0;     ///< when they became less
    qint64 m_tokenEndMs = -1; ///< the token runs out
    qint64 m_lifeEndMs = -1;  ///< limitLife()

    bool bytesSeen(QByteArrayView bytes) override;
    void midwaySeen(bool midway) override;
    bool messageSeen(MessageKind kind, QByteArrayView payload) override;
    bool controlSeen(Opcode opcode, QByteArrayView payload) override;
    void violationSeen(FrameViolation violation, const FrameHeader &header) override;
    void wireEnded(StreamEnd how, const QByteArray &text) override;

    void sendText(SequencedText &text, quint64 sequence) override;
    void sendBinary(const QByteArray &frame, int headerSize) override;
    void sendPlain(MessageKind kind, QByteArrayView payload) override;
    void endSeat(SeatEnd why, const QByteArray &reason) override;
    bool takesMessage() override;
    bool hasEnded() const override;

    void deadlinePassed(qint64 nowMs) override;

    [[nodiscard]] QByteArray begin();
    void takeHeld();
    void authMessage(MessageKind kind, QByteArrayView payload);
    [[nodiscard]] const ForeignProtocol *foreignProtocolBehind(MessageKind kind, QByteArrayView payload) const;
    void peerClosed(QByteArrayView payload);
    void setCause(EndingCause cause, EndingSide side, QByteArray detail = {});
    void sendClose(const QByteArray &payload);
    void pushClose(qint64 nowMs);
    [[nodiscard]] bool isStuck(qint64 nowMs) const;
    [[nodiscard]] qint64 notTaken() const { return queuedBytes() + m_wire.transport().bytesNotTaken(); }
    void finish();
    void leaveRoomLater();
    void checkQueue();
    void arm();
    [[nodiscard]] bool overRate(EndingCause cause, const QByteArray &reason);
    void changed() { m_context.owner.connectionChanged(*this); }
};

/// The close code for an ending that the server brings about.
[[nodiscard]] CloseCode closeCodeFor(EndingCause cause);

} // namespace glasshouse
