// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host.h"

namespace glasshouse {

/// A server that is somewhere else: does nothing, and notes in English what it was asked for.
class FakeHost final : public Host
{
public:
    QStringList asked;
    ServerConfig itsConfig;
    ListenInfo itsInfo;
    std::optional<Fault> itsFault;

    void become(ServerState state)
    {
        m_state = state;
        emit stateChanged(state);
    }

    void start(const ServerConfig &config) override
    {
        asked << QStringLiteral("start");
        itsConfig = config;
    }
    void drain(int /*seconds*/) override { asked << QStringLiteral("drain"); }
    void stop() override { asked << QStringLiteral("stop"); }
    void reload(const ServerConfig & /*config*/) override { asked << QStringLiteral("reload"); }
    [[nodiscard]] ServerState state() const override { return m_state; }
    [[nodiscard]] const ServerConfig &config() const override { return itsConfig; }
    [[nodiscard]] const ListenInfo &listenInfo() const override { return itsInfo; }
    [[nodiscard]] QStringList gameKinds() const override { return {}; }
    [[nodiscard]] const std::optional<Fault> &fault() const override { return itsFault; }
    [[nodiscard]] std::shared_ptr<const CaptureStore> capture() const override { return {}; }
    void setSnapshotsWanted(bool wanted) override { asked << QStringLiteral("snapshots %1").arg(int(wanted)); }
    void setNewsWanted(bool wanted) override { asked << QStringLiteral("news %1").arg(int(wanted)); }
    void watchRoom(const QString &room) override { asked << QStringLiteral("watch ") + room; }
    void watchConnection(ConnectionId /*connection*/) override { }
    void openHistory(const QString & /*file*/) override { }
    [[nodiscard]] std::shared_ptr<const HistoryView> historyView() const override { return {}; }
    void exportHistory(const QString & /*file*/, HistoryFormat /*format*/) override { }
    void setHealth(HealthFault /*fault*/, const QString & /*words*/, qint64 /*lost*/) override { }
    void kick(ConnectionId connection, const QString & /*reason*/) override
    {
        asked << QStringLiteral("kick %1").arg(quint32(connection));
    }
    void ping(ConnectionId connection) override { asked << QStringLiteral("ping %1").arg(quint32(connection)); }
    void send(ConnectionId /*connection*/, const QByteArray & /*text*/) override { }
    void broadcast(const QString & /*room*/, const QByteArray & /*text*/) override { }
    void startRoom(const QString & /*room*/) override { }
    void pauseRoom(const QString & /*room*/, bool /*paused*/) override { }
    void endGame(const QString & /*room*/) override { }
    void closeRoom(const QString & /*room*/, const QString & /*reason*/) override { }
    void createRoom(const QString & /*game*/, const QString & /*id*/, const QByteArray & /*options*/) override { }

private:
    ServerState m_state = ServerState::Stopped;
};

} // namespace glasshouse
