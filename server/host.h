// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/fault.h"
#include "server/events/health.h"
#include "server/results/history.h"
#include "server/snapshot.h"

#include <QObject>
#include <memory>

namespace glasshouse {

/// What everything outside of server/ knows of a server: values that it hands out, and requests that it may follow later or not at
/// all. InProcessHost runs one here; one that runs elsewhere can stand behind this as well. On the main thread; never blocks it.
class Host : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// started() or startFailed() follows. Ignored unless stopped or failed.
    virtual void start(const ServerConfig &config) = 0;
    /// Lets in nobody new, lets games end for at most this long (−1: as configured), then does what stop() does.
    virtual void drain(int seconds = -1) = 0;
    /// Tells everyone 1001 and ends within 3 s; stopped() follows. A second call ends at once.
    virtual void stop() = 0;
    /// Another configuration for the running server, all or nothing: reloaded() or reloadFailed() follows. What can not change
    /// while it runs stays as it is. Ignored unless running, also where it stops before it has heard of it.
    virtual void reload(const ServerConfig &config) = 0;

    // What is known of it; the references hold until the next signal.
    [[nodiscard]] virtual ServerState state() const = 0;
    /// In force, or the last one.
    [[nodiscard]] virtual const ServerConfig &config() const = 0;
    [[nodiscard]] virtual const ListenInfo &listenInfo() const = 0;
    [[nodiscard]] virtual QStringList gameKinds() const = 0; ///< that createRoom() takes
    /// Why the last start failed.
    [[nodiscard]] virtual const std::optional<Fault> &fault() const = 0;
    /// Capture of the running or last session; null if capture is off, elsewhere, or nothing ran yet. Reading is allowed from any
    /// thread; a shared pointer, so that a reader may outlive the next start.
    [[nodiscard]] virtual std::shared_ptr<const CaptureStore> capture() const = 0;

    /// Snapshots cost work on the server: nobody asks, nobody pays. Off at first. The first is a whole one.
    virtual void setSnapshotsWanted(bool wanted) = 0;
    /// The same for news: what happens, without how it stands. Cheap: they come only when there are some.
    virtual void setNewsWanted(bool wanted) = 0;
    /// The room whose details the snapshots shall carry; empty: none.
    virtual void watchRoom(const QString &room) = 0;
    /// The connection whose levels the snapshots shall carry; 0: none.
    virtual void watchConnection(ConnectionId connection) = 0;

    /// Opens the results of earlier games; start() does it as well. An empty name: kept in memory only.
    virtual void openHistory(const QString &file) = 0;
    /// Null before the first openHistory() or start().
    [[nodiscard]] virtual std::shared_ptr<const HistoryView> historyView() const = 0;
    /// historyExported() follows.
    virtual void exportHistory(const QString &file, HistoryFormat format) = 0;

    /// What the program around the server finds wrong with itself, for as long as it lasts. See Health::set(). Forgotten with the
    /// next start.
    virtual void setHealth(HealthFault fault, const QString &words, qint64 lost) = 0;

    // The operator's actions; each leaves an event.
    virtual void kick(ConnectionId connection, const QString &reason) = 0;
    virtual void ping(ConnectionId connection) = 0;
    /// A text message to one client, as it is.
    virtual void send(ConnectionId connection, const QByteArray &text) = 0;
    /// An envelope to all players of a room; `text` is a whole JSON object.
    virtual void broadcast(const QString &room, const QByteArray &text) = 0;
    virtual void startRoom(const QString &room) = 0;
    /// Stops the game's clock and refuses its messages, or goes on.
    virtual void pauseRoom(const QString &room, bool paused) = 0;
    /// Ends the game with its results; the room stays.
    virtual void endGame(const QString &room) = 0;
    virtual void closeRoom(const QString &room, const QString &reason) = 0;
    /// roomCreated() follows; an empty id lets the lobby choose a code. `options`: a JSON object, or empty.
    virtual void createRoom(const QString &game, const QString &id = {}, const QByteArray &options = {}) = 0;

signals:
    void stateChanged(glasshouse::ServerState state);
    void started(const glasshouse::ListenInfo &info);
    void startFailed(const glasshouse::Fault &fault);
    void stopped();
    /// `needRestart`: options that were changed and do not hold before the next start.
    void reloaded(const QStringList &needRestart);
    void reloadFailed(const glasshouse::Fault &fault);
    void news(const glasshouse::News &news);
    void snapshot(const glasshouse::Snapshot &snapshot);
    void roomCreated(const QString &room);
    void actionFailed(const glasshouse::Fault &fault);
    void historyChanged();
    /// `error` is empty if it worked.
    void historyExported(const QString &file, const QString &error);
};

} // namespace glasshouse
