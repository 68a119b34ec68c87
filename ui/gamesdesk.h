// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host.h"

#include <QPointer>

class QSettings;

namespace glasshouse {

class NewRoomDialog;
class ResultsWindow;
class RoomsModel;
class ShareWindow;

/// What a host does besides watching: opens rooms, shows others how to join, looks at results. Owns the windows for it, which
/// belong to `window`; they come when they are asked for.
class GamesDesk final : public QObject
{
    Q_OBJECT
public:
    GamesDesk(Host &host, QSettings &settings, const RoomsModel &rooms, QWidget *window);

    /// `room`: id, or empty for the first page.
    void share(const QString &room);
    void askForRoom();
    void showResults();
    void apply(const Snapshot &snapshot);
    void saveLayout();

signals:
    void roomOpened(const QString &room);
    /// Can a phone reach it? Somebody wants to try.
    void phoneCheckWanted();

private:
    Host &m_host;
    QSettings &m_settings;
    const RoomsModel &m_rooms;
    QWidget *m_window;
    ShareWindow *m_share = nullptr;
    ResultsWindow *m_results = nullptr;
    QPointer<NewRoomDialog> m_dialog; ///< while it is open
    QString m_toShare;                ///< a new room, when the snapshots know it

    void takeState(ServerState state);
    void roomCreated(const QString &room);
    void makeResults();
};

} // namespace glasshouse
