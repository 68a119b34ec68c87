// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/gamecatalog.h"
#include "server/results/history.h"
#include "server/snapshot.h"

#include <QObject>
#include <memory>

namespace glasshouse {

struct Credentials;

/// The only door into the server for everything outside server/: owns the network thread and the capture, starts and stops
/// the server, hands out snapshots and takes the operator's actions. Lives on the main thread; never blocks it, except in
/// the destructor (at most about 3 s, when a server is still running).
class Host final : public QObject
{
    Q_OBJECT
public:
    /// `games`: those that rooms can be opened with.
    explicit Host(GameCatalog games = builtInGames(), QObject *parent = nullptr);
    ~Host() override;

    /// started() or startFailed() follows. Ignored unless stopped or failed.
    void start(const ServerConfig &config);
    /// Lets in nobody new, lets games end for at most this long (−1: as configured), then does what stop() does.
    void drain(int seconds = -1);
    /// Tells everyone 1001 and ends within 3 s; stopped() follows. A second call ends at once.
    void stop();

    /// Another configuration for the running server, all or nothing: reloaded() or reloadFailed() follows. What can not change
    /// while it runs stays as it is. Ignored unless running.
    void reload(const ServerConfig &config);

    [[nodiscard]] ServerState state() const;
    /// In force, or the last one.
    [[nodiscard]] const ServerConfig &config() const;
    [[nodiscard]] const ListenInfo &listenInfo() const;
    [[nodiscard]] QStringList gameKinds() const; ///< that createRoom() takes
    /// Why the last start failed, for people.
    [[nodiscard]] const QString &errorText() const;
    /// Capture of the running or last session; null if capture is off or nothing ran yet. Reading is allowed from any
    /// thread; a shared pointer, so that a reader may outlive the next start.
    [[nodiscard]] std::shared_ptr<const CaptureStore> capture() const;
    /// Snapshots cost work on the network thread: nobody asks, nobody pays. Off at first.
    void setSnapshotsWanted(bool wanted);

    /// Opens the results of earlier games; start() does it as well. An empty name: kept in memory only.
    void openHistory(const QString &file);
    /// Null before the first openHistory() or start().
    [[nodiscard]] std::shared_ptr<const HistoryView> historyView() const;
    /// historyExported() follows.
    void exportHistory(const QString &file, HistoryFormat format);

    // The operator's actions; each leaves an event.
    void kick(ConnectionId connection, const QString &reason);
    void ping(ConnectionId connection);
    /// A text message to one client, as it is.
    void send(ConnectionId connection, const QByteArray &text);
    /// An envelope to all players of a room; `text` is a whole JSON object.
    void broadcast(const QString &room, const QByteArray &text);
    void startRoom(const QString &room);
    /// Stops the game's clock and refuses its messages, or goes on.
    void pauseRoom(const QString &room, bool paused);
    /// Ends the game with its results; the room stays.
    void endGame(const QString &room);
    void closeRoom(const QString &room, const QString &reason);
    /// roomCreated() follows; an empty id lets the lobby choose a code. `options`: a JSON object, or empty.
    void createRoom(const QString &game, const QString &id = {}, const QByteArray &options = {});
    /// The room whose details the snapshots shall carry; empty: none.
    void watchRoom(const QString &room);
    /// The connection whose levels the snapshots shall carry; 0: none.
    void watchConnection(ConnectionId connection);

signals:
    void stateChanged(glasshouse::ServerState state);
    void started(const glasshouse::ListenInfo &info);
    void startFailed(const QString &text);
    void stopped();
    /// `needRestart`: options that were changed and do not hold before the next start.
    void reloaded(const QStringList &needRestart);
    void reloadFailed(const QString &text);
    void snapshot(const glasshouse::Snapshot &snapshot);
    void roomCreated(const QString &room);
    void actionFailed(const QString &text);
    void historyChanged();
    /// `error` is empty if it worked.
    void historyExported(const QString &file, const QString &error);

private:
    class Private;
    std::unique_ptr<Private> d;

    void startCapture();
    void startWorker(const Credentials &credentials);
    void workerStopped();
};

} // namespace glasshouse
