// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/gamecatalog.h"
#include "server/host.h"

namespace glasshouse {

struct Credentials;

/// Runs the server in this program: owns the network thread and the capture. Never blocks its thread, except in the destructor (at
/// most about 3 s when a server is still running, and a second for its captures).
class InProcessHost final : public Host
{
    Q_OBJECT
public:
    /// `games`: those that rooms can be opened with.
    explicit InProcessHost(GameCatalog games = builtInGames(), QObject *parent = nullptr);
    ~InProcessHost() override;

    void start(const ServerConfig &config) override;
    void drain(int seconds = -1) override;
    void stop() override;
    void reload(const ServerConfig &config) override;

    [[nodiscard]] ServerState state() const override;
    [[nodiscard]] const ServerConfig &config() const override;
    [[nodiscard]] const ListenInfo &listenInfo() const override;
    [[nodiscard]] QStringList gameKinds() const override;
    [[nodiscard]] const std::optional<Fault> &fault() const override;
    [[nodiscard]] std::shared_ptr<const CaptureStore> capture() const override;

    void setSnapshotsWanted(bool wanted) override;
    void setNewsWanted(bool wanted) override;
    void watchRoom(const QString &room) override;
    void watchConnection(ConnectionId connection) override;

    void openHistory(const QString &file) override;
    [[nodiscard]] std::shared_ptr<const HistoryView> historyView() const override;
    void exportHistory(const QString &file, HistoryFormat format) override;

    void setHealth(HealthFault fault, const QString &words, qint64 lost) override;

    void kick(ConnectionId connection, const QString &reason) override;
    void ping(ConnectionId connection) override;
    void send(ConnectionId connection, const QByteArray &text) override;
    void broadcast(const QString &room, const QByteArray &text) override;
    void startRoom(const QString &room) override;
    void pauseRoom(const QString &room, bool paused) override;
    void endGame(const QString &room) override;
    void closeRoom(const QString &room, const QString &reason) override;
    void createRoom(const QString &game, const QString &id = {}, const QByteArray &options = {}) override;

private:
    class Private;
    std::unique_ptr<Private> d;

    [[nodiscard]] std::optional<Fault> begin();
    [[nodiscard]] QString startCapture();
    void dropCapture();
    void startWorker(const Credentials &credentials);
    void connectWorker();
    void workerStarted(ListenInfo info);
    void workerReconfigured();
    void endRun();
    void closeCapture();
    void workerEnded();
};

} // namespace glasshouse
