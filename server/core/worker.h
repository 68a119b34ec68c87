// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/core/capturepulse.h"
#include "server/core/drain.h"
#include "server/core/operatoractions.h"
#include "server/core/survey.h"
#include "server/events/health.h"
#include "server/results/history.h"

namespace glasshouse {

/// Everything that happens on one network thread: puts the front door, connections and rooms together with those who count and
/// tell what happens. A second thread would be another instance. Made on the main thread, moved to its own, used there only. What
/// those parts ask of their owner ends here, in one line each: so it has more functions than others.
class Worker final : public QObject, private ConnectionOwner, private FrontDoorOwner, private DeadlineTarget
{
    Q_OBJECT
public:
    Worker(ServerConfig config, Credentials credentials, GameCatalog games, std::shared_ptr<CaptureStore> capture,
           std::shared_ptr<History> history);
    ~Worker() override;

    /// started() follows, or startFailed() and stopped().
    void start(bool portableTransport);
    /// Lets in nobody new, tells the players, and stops when no game would be interrupted, at the latest after this time.
    void drain(int seconds);
    /// What can be changed while it runs; everything else stays as it is.
    void reconfigure(const ServerConfig &config, const Credentials &credentials);
    /// 1001 to everyone, abort after 2 s; stopped() follows, once.
    void stop();
    /// The same without waiting for anybody.
    void stopNow();

    void setNewsWanted(bool wanted) { m_log.setWanted(wanted); }
    /// The first snapshot is a whole one.
    void setSnapshotsWanted(bool wanted) { m_window.setWanted(wanted); }
    /// The reader is done with the last: only then comes the next, however slow the reader is. From any thread.
    void newsTaken() { m_log.wasRead(); }
    void snapshotTaken() { m_window.wasRead(); }
    /// What the snapshots shall show more of; after start().
    void watch(const Watched &watched);

    /// What an operator does; actionFailed() says that it could not be done.
    void act(const std::function<OperatorActions::Outcome(OperatorActions &)> &action);
    /// roomCreated() follows, or actionFailed().
    void createRoom(const QByteArray &id, const QByteArray &game, const QByteArray &options);
    /// See Health::set(); after start().
    void setHealth(HealthFault fault, const QString &words, qint64 lost);

signals:
    void started(const glasshouse::ListenInfo &info);
    void startFailed(const glasshouse::Fault &fault);
    void stopped();
    void news(const glasshouse::News &news);
    void snapshot(const glasshouse::Snapshot &snapshot);
    void roomCreated(const QString &room);
    void actionFailed(const glasshouse::Fault &fault);
    void reconfigured();

private:
    enum class Phase : quint8 { Serving, Stopping, Ended };

    ServerConfig m_config;
    Credentials m_credentials;
    GameCatalog m_games;
    std::shared_ptr<CaptureStore> m_capture;
    std::shared_ptr<History> m_history;
    SystemClock m_clock;
    Phase m_phase = Phase::Serving;
    Recorder m_recorder;
    Feed m_log{Feed::Pace::OnNews};
    Feed m_window{Feed::Pace::Steady};
    Chronicle m_chronicle;
    // from here on made by start(), on the worker's own thread
    std::unique_ptr<Deadlines> m_deadlines;
    std::unique_ptr<Pump> m_pump;
    std::unique_ptr<Handshaker> m_handshaker;
    std::unique_ptr<Routes> m_routes;
    std::unique_ptr<Lobby> m_lobby;
    std::unique_ptr<Admitter> m_admitter;
    std::unique_ptr<HttpResponder> m_responder;
    std::unique_ptr<FrontDoor> m_door;
    std::unique_ptr<OperatorActions> m_operator;
    std::unique_ptr<Survey> m_survey;
    std::unique_ptr<CapturePulse> m_pulse;
    std::unique_ptr<Drain> m_drain; ///< from then on that it drains
    std::unique_ptr<Health> m_health;
    QString m_resultsSetAside; ///< that was told
    Hub m_hub;

    // ConnectionOwner
    void connectionChanged(Connection &connection) override;
    void connectionFinished(Connection &connection) override;
    void later(ConnectionId connection, std::function<void(Connection &)> call) override;
    void limitHit(Connection &connection, EndingCause limit) override;
    void authArrived(Connection &connection, QByteArrayView token) override;
    void rttMeasured(int ms) override { m_chronicle.rttMeasured(ms); }
    // FrontDoorOwner
    ConnectionId nextId() override { return m_hub.nextId(); }
    Handshake shakeHands(const HttpHead &head) override { return m_handshaker->answer(head); }
    void upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission) override;
    void visitorEnded(const Refusal &refusal) override { m_chronicle.requestRefused(refusal.info, refusal.ending); }
    void acceptingChanged(bool paused) override;
    void admit(const HttpRequest &request, AdmissionDone done) override;
    void addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) override;
    // the lobby's clock
    void deadlinePassed(qint64 nowMs) override;

    [[nodiscard]] ConnectionContext context();
    void makeRooms();
    void makeDoor();
    [[nodiscard]] std::optional<Fault> listen();
    [[nodiscard]] Fault whyNotListening(const QHostAddress &address) const;
    void tokenJudged(Connection &connection, const Waiting &waiting, const Admission &admission);
    void letIn(Connection &connection, const HttpHead &request, const RouteMatch &route, const Admission &admission);
    void armLobby();
    void sendSnapshot();
    void watchHealth();
    void lookAtCapture();
    void lookAtResults();
    void endIfDone();
    void end();
};

} // namespace glasshouse
