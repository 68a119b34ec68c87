// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/core/frontdoor.h"
#include "server/core/sampler.h"
#include "server/results/history.h"
#include "server/rooms/lobby.h"
#include "server/snapshot.h"

#include <QElapsedTimer>
#include <QHash>
#include <atomic>
#include <memory>

namespace glasshouse {

/// Everything that happens on one network thread: the front door, all connections, all rooms, the recorder. A second thread
/// would be another instance. Made on the main thread, moved to its own, used there only.
class Worker final : public QObject, private ConnectionOwner, private FrontDoorOwner, private DeadlineTarget
{
    Q_OBJECT
public:
    Worker(ServerConfig config, Credentials credentials, GameCatalog games, std::shared_ptr<CaptureStore> capture,
           std::shared_ptr<History> history, bool portableTransport);
    ~Worker() override;

    void start();
    /// Lets in nobody new, tells the players, and stops when no game would be interrupted, at the latest after this time.
    void drain(int seconds);
    /// What can be changed while it runs; everything else stays as it is.
    void reconfigure(const ServerConfig &config, const Credentials &credentials);
    /// 1001 to everyone, abort after 2 s; stopped() follows.
    void stop();
    /// The same without waiting for anybody.
    void stopNow();
    void setSnapshotsWanted(bool wanted);
    /// The last snapshot was looked at: only then comes the next, however slow the looker is. From any thread.
    void snapshotTaken() { m_snapshotUnderWay = false; }

    void kick(ConnectionId connection, const QByteArray &reason);
    void ping(ConnectionId connection);
    void send(ConnectionId connection, const QByteArray &text);
    void broadcast(const QByteArray &room, const QByteArray &text);
    void startRoom(const QByteArray &room);
    void closeRoom(const QByteArray &room, const QByteArray &reason);
    void createRoom(const QByteArray &id, const QByteArray &game, const QByteArray &options);
    void pauseRoom(const QByteArray &room, bool paused);
    void endGame(const QByteArray &room);
    void watchRoom(const QByteArray &room) { m_watched = room; }
    void watchConnection(ConnectionId connection) { m_watchedConnection = connection; }

signals:
    void started(const glasshouse::ListenInfo &info);
    void startFailed(const QString &text);
    void stopped();
    void snapshot(const glasshouse::Snapshot &snapshot);
    void roomCreated(const QString &room);
    void actionFailed(const QString &text);
    void reconfigured();

private:
    static constexpr qsizetype snapshotRows = 5'000; ///< of a kind in one snapshot; what is more is only counted

    ServerConfig m_config;
    Credentials m_credentials;
    GameCatalog m_games;
    std::shared_ptr<CaptureStore> m_capture;
    std::shared_ptr<History> m_history;
    SystemClock m_clock;
    QElapsedTimer m_uptime;
    bool m_portable;
    bool m_wanted = false;
    bool m_draining = false;
    bool m_stopping = false;
    bool m_stopReported = false;
    std::atomic<bool> m_snapshotUnderWay = false;
    quint32 m_lastId = 0;
    Recorder m_recorder;
    // from here on made by start(), on the worker's own thread
    std::unique_ptr<Deadlines> m_deadlines;
    std::unique_ptr<Pump> m_pump;
    std::unique_ptr<Handshaker> m_handshaker;
    std::unique_ptr<Routes> m_routes;
    std::unique_ptr<Lobby> m_lobby;
    std::unique_ptr<Admitter> m_admitter;
    std::unique_ptr<HttpResponder> m_responder;
    std::unique_ptr<FrontDoor> m_door;
    std::unique_ptr<QTimer> m_recorderTimer;
    std::unique_ptr<Sampler> m_sampler;
    std::unique_ptr<QTimer> m_snapshotTimer;
    std::unique_ptr<QTimer> m_drainTimer;
    QHash<ConnectionId, Connection *> m_connections;
    std::vector<std::unique_ptr<Connection>> m_owned; ///< swapped with the last on removal
    QHash<Connection *, qsizetype> m_places;
    struct Waiting
    {
        HttpHead request;
        RouteMatch route;
    };
    QHash<ConnectionId, Waiting> m_awaitingAuth; ///< their tokens come in their first messages
    std::vector<ConnectionId> m_changed;
    Snapshot m_next;      ///< being filled
    QByteArray m_watched; ///< room whose details are asked for
    ConnectionId m_watchedConnection{};
    EndingHistory m_endings{m_clock};
    Totals m_totals;
    qint64 m_cpuUs = 0;
    qint64 m_loadSinceMs = 0;
    qint64 m_drainEndMs = -1;
    qint64 m_startMs = 0;
    RateLimiter m_refusalRecords{100, 100}; ///< a flood of refusals must not push the games out of the capture

    // ConnectionOwner
    void connectionChanged(Connection &connection) override;
    void connectionFinished(Connection &connection) override;
    void later(ConnectionId connection, std::function<void(Connection &)> call) override;
    void limitHit(Connection &connection, EndingCause limit) override;
    void authArrived(Connection &connection, QByteArrayView token) override;
    void rttMeasured(int ms) override { m_totals.rtts.add(ms); }
    // FrontDoorOwner
    ConnectionId nextId() override { return ConnectionId{++m_lastId}; }
    Handshake shakeHands(const HttpHead &head) override { return m_handshaker->answer(head); }
    void upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission) override;
    void visitorEnded(const Refusal &refusal) override;
    void acceptingChanged(bool paused) override;
    Admission admit(const HttpHead &head, const RouteMatch &route) override;
    void addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) override;
    // the lobby's clock
    void deadlinePassed(qint64 nowMs) override;

    [[nodiscard]] ConnectionContext context();
    [[nodiscard]] LobbySettings lobbySettings() const;
    [[nodiscard]] ServerFacts facts() const;
    [[nodiscard]] bool listen();
    void connectionOpened(const Connection &connection);
    void letIn(Connection &connection, const HttpHead &request, const RouteMatch &route, const Admission &admission);
    void armLobby();
    void drainFurther();
    /// As of now: what m_totals holds is the part of what has ended.
    [[nodiscard]] Totals currentTotals();
    [[nodiscard]] std::optional<ConnectionLevels> watchedLevels() const;
    void addRooms(Snapshot &snapshot);
    [[nodiscard]] static RoomDetails detailsOf(Room &room);
    void gamePlayed(const Room &room, const RoomResults &results);
    void roomEvent(const Room &room, bool created);
    void event(EventSeverity severity, QByteArray kind, QByteArray foldKey, QString text, ConnectionId connection = {},
               QString room = {});
    void endingEvent(const ConnectionInfo &info, const QString &player, const Ending &ending, bool refused);
    void countEnding(const Ending &ending);
    void sendSnapshotIfTaken();
    void sendSnapshot();
    void measureLoad();
    void reportStopIfDone();
    [[nodiscard]] Connection *find(ConnectionId id);
    [[nodiscard]] static QString roomText(const Room &room) { return QString::fromLatin1(room.id()); }
    [[nodiscard]] Room *findRoom(const QByteArray &room);
};

} // namespace glasshouse
