// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gamesdesk.h"

#include "ui/base/eventwords.h"
#include "ui/models/roomsmodel.h"
#include "ui/panels/newroomdialog.h"
#include "ui/panels/tableview.h"
#include "ui/windows/resultswindow.h"
#include "ui/windows/sharewindow.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QList<RoomInfo> roomsIn(const RoomsModel &model)
{
    QList<RoomInfo> rooms;
    for (int row = 0; row < model.rowCount(); ++row)
        rooms << model.at(row);
    return rooms;
}

void bringUp(QWidget *window)
{
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace

GamesDesk::GamesDesk(Host &host, QSettings &settings, const RoomsModel &rooms, QWidget *window)
    : QObject(window),
      m_host(host),
      m_settings(settings),
      m_rooms(rooms),
      m_window(window)
{
    connect(&host, &Host::stateChanged, this, &GamesDesk::takeState);
    connect(&host, &Host::reloaded, this, [this] { takeState(m_host.state()); }); // TLS may be another
    connect(&host, &Host::roomCreated, this, &GamesDesk::roomCreated);
    connect(&host, &Host::actionFailed, this, [this](const Fault &fault) {
        if (m_dialog)
            m_dialog->showFailure(faultWords(fault));
    });
}

void GamesDesk::share(const QString &room)
{
    if (m_share == nullptr) {
        m_share = new ShareWindow(m_window);
        connect(m_share, &ShareWindow::phoneCheckWanted, this, &GamesDesk::phoneCheckWanted);
        m_share->restoreGeometry(m_settings.value("share/geometry"_L1).toByteArray());
    }
    m_share->setServer(m_host.state(), m_host.listenInfo());
    m_share->setRooms(roomsIn(m_rooms));
    m_share->chooseRoom(room);
    bringUp(m_share);
}

void GamesDesk::askForRoom()
{
    if (m_dialog)
        return bringUp(m_dialog);
    m_dialog = new NewRoomDialog(m_host.gameKinds(), roomsIn(m_rooms), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->chooseGame(m_settings.value("new-room/game"_L1).toString());
    m_dialog->setSharing(m_settings.value("new-room/share"_L1, true).toBool());
    connect(m_dialog, &NewRoomDialog::createWanted, &m_host, &Host::createRoom);
    m_dialog->open();
}

void GamesDesk::roomCreated(const QString &room)
{
    if (!m_dialog || !m_dialog->isWaitingFor(room))
        return; // somebody else's
    m_settings.setValue("new-room/game"_L1, m_dialog->game());
    m_settings.setValue("new-room/share"_L1, m_dialog->sharing());
    m_toShare = m_dialog->sharing() ? room : QString();
    m_dialog->accept();
    emit roomOpened(room);
}

void GamesDesk::makeResults()
{
    m_results = new ResultsWindow(m_window);
    m_results->restoreGeometry(m_settings.value("results/geometry"_L1).toByteArray());
    m_results->restoreState(m_settings.value("results/splitter"_L1).toByteArray());
    restoreTables(*m_results, m_settings.value("results/tables"_L1).toByteArray());
    m_results->apply(m_host.historyView());
    connect(m_results, &ResultsWindow::exportWanted, &m_host, &Host::exportHistory);
    connect(&m_host, &Host::historyChanged, m_results, [this] { m_results->apply(m_host.historyView()); });
    connect(&m_host, &Host::historyExported, m_results, &ResultsWindow::showExported);
}

void GamesDesk::showResults()
{
    if (m_results == nullptr)
        makeResults();
    bringUp(m_results);
}

void GamesDesk::takeState(ServerState state)
{
    if (m_share != nullptr)
        m_share->setServer(state, m_host.listenInfo());
    if (m_dialog && state != ServerState::Running)
        m_dialog->reject(); // there is nobody to open a room
}

void GamesDesk::apply(const Snapshot &snapshot)
{
    if (m_share != nullptr && m_share->isVisible())
        m_share->setRooms(snapshot.rooms);
    const bool there = std::any_of(snapshot.rooms.begin(), snapshot.rooms.end(),
                                   [this](const RoomInfo &room) { return room.id == m_toShare; });
    if (there)
        share(std::exchange(m_toShare, {}));
}

void GamesDesk::saveLayout()
{
    if (m_share != nullptr)
        m_settings.setValue("share/geometry"_L1, m_share->saveGeometry());
    if (m_results == nullptr)
        return;
    m_settings.setValue("results/geometry"_L1, m_results->saveGeometry());
    m_settings.setValue("results/splitter"_L1, m_results->saveState());
    m_settings.setValue("results/tables"_L1, saveTables(*m_results));
}

} // namespace glasshouse
