// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/configoptions.h"
#include "ui/base/advicelinks.h"
#include "ui/base/eventwords.h"
#include "ui/base/formats.h"
#include "ui/base/livelabel.h"
#include "ui/configsettings.h"
#include "ui/connections/connectiondetails.h"
#include "ui/connections/connectionspanel.h"
#include "ui/connections/rowguide.h"
#include "ui/doctordesk.h"
#include "ui/gamesdesk.h"
#include "ui/log/messagelogpanel.h"
#include "ui/log/selectionactions.h"
#include "ui/mainlayout.h"
#include "ui/mainwindow.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/prompts.h"
#include "ui/panels/roompage.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/settingsdialog.h"
#include "ui/windows/proxywindow.h"

#include <QAction>
#include <QDateTime>
#include <QDesktopServices>
#include <QPushButton>
#include <QStatusBar>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int messageMs = 8000;        // how long a failed action stands in the status bar
constexpr int leastDrainSeconds = 300; // as the action says
constexpr int leadMs = 15'000;         // from a frame that broke the protocol to the end of its connection

} // namespace

// Who hears whom: the host, the panels and the window.

void MainWindow::connectHost()
{
    connect(&m_host, &Host::stateChanged, this, &MainWindow::showState);
    connect(&m_host, &Host::snapshot, this, &MainWindow::apply);
    connect(&m_host, &Host::startFailed, this, [this](const Fault &fault) { tellNotStarted(faultWords(fault)); });
    connect(&m_host, &Host::actionFailed, this,
            [this](const Fault &fault) { statusBar()->showMessage(faultWords(fault), messageMs); });
    connect(&m_host, &Host::reloaded, this, &MainWindow::showReloaded);
    connect(&m_host, &Host::reloadFailed, this, [this](const Fault &fault) { showFault(faultWords(fault)); });
    connect(&m_host, &Host::roomCreated, this,
            [this](const QString &room) { statusBar()->showMessage(tr("Room %1 is open.").arg(room), messageMs); });
}

void MainWindow::showReloaded(const QStringList &needRestart)
{
    statusBar()->showMessage(
        needRestart.isEmpty()
            ? tr("The settings are in force.")
            : tr("In force, except until the next start: %1").arg(needRestart.join(QStringLiteral(", "))),
        messageMs);
}

void MainWindow::showFault(const QString &text)
{
    QMessageBox *box = tell(this, QMessageBox::Warning, tr("Not possible"), text);
    const auto offer = [this, box](const QString &verb, const auto &act) {
        connect(box->addButton(verb, QMessageBox::AcceptRole), &QPushButton::clicked, this, act);
    };
    // What a file says goes before the settings: nothing in them would help.
    if (const QString file = fileNamedIn(text); !file.isEmpty())
        offer(tr("Open the file"), [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); });
    else if (const QByteArray option = optionNamedIn(text); !option.isEmpty())
        offer(tr("Open the settings"), [this, option] { showOption(option); });
}

/// Where an advice leads: to its field, or to what there is to know about it.
void MainWindow::showOption(const QByteArray &option)
{
    if (SettingsDialog::hasField(option))
        return editSettings(option);
    const ConfigOption *row = findRow(configOptions(), QString::fromLatin1(option));
    if (row == nullptr)
        return;
    const QString value = row->get(m_config).join(u' ');
    tell(this, QMessageBox::Information, QString::fromLatin1("--" + option),
         tr("--%1: %2.\n\nNow: %3.\n\nThe settings have no field for it: write it into the configuration file or on "
            "the command line.")
             .arg(QString::fromLatin1(option), QString::fromLatin1(row->help),
                  value.isEmpty() ? tr("not set") : oneLine(value, 200)));
}

void MainWindow::showProxy()
{
    const ProxyWindow *window = ProxyWindow::showFor(m_host, m_settings, this);
    connect(window, &ProxyWindow::optionWanted, this, &MainWindow::showOption, Qt::UniqueConnection);
    connect(window, &ProxyWindow::eventsWanted, this, &MainWindow::showEvents, Qt::UniqueConnection);
}

void MainWindow::showEvents()
{
    m_layout->showEvents();
    raise();
    activateWindow();
    m_events->setFocus();
}

/// The server that could is not there.
void MainWindow::tellNotStarted(const QString &why)
{
    ServerEvent event;
    event.code = EventCode::ServerNotStarted;
    event.timeMs = QDateTime::currentMSecsSinceEpoch();
    event.words = why;
    m_eventsModel.append({event});
    announce(m_events, eventWords(event));
}

void MainWindow::takeRemedy(const Remedy &remedy)
{
    if (!remedy.change) {
        const QByteArray option = m_host.fault() ? optionNamedIn(faultWords(*m_host.fault())) : QByteArray();
        return option.isEmpty() ? editSettings() : showOption(option);
    }
    ServerConfig config = m_config;
    remedy.change(config);
    if (!remedy.once)
        keepConfig(config);
    startServer(config);
}

void MainWindow::goToFault()
{
    showEvents();
    if (!m_events->selectFault())
        statusBar()->showMessage(tr("The events hold no fault of this run."), messageMs);
}

void MainWindow::connectBar()
{
    connect(m_bar, &ServerBar::startWanted, this, [this] { startServer(); });
    connect(m_bar, &ServerBar::stopWanted, this, &MainWindow::stopServer);
    connect(m_bar, &ServerBar::drainWanted, this,
            [this] { m_host.drain(qMax(m_config.drainSeconds, leastDrainSeconds)); });
    connect(m_bar, &ServerBar::shareWanted, this, [this] { m_desk->share(m_rooms->selected()); });
    connect(m_bar, &ServerBar::newRoomWanted, m_desk, &GamesDesk::askForRoom);
    connect(m_bar, &ServerBar::resultsWanted, m_desk, &GamesDesk::showResults);
    connect(m_bar, &ServerBar::testClientWanted, this, &MainWindow::openTestClient);
    connect(m_bar, &ServerBar::portChosen, this, [this](quint16 port) {
        const ServerConfig before = m_config;
        m_config.port = port;
        saveConfig(m_settings, m_config, before);
    });
    connect(m_bar, &ServerBar::bindAddressChosen, this, [this](const QString &address) {
        const ServerConfig before = m_config;
        m_config.bindAddress = address;
        saveConfig(m_settings, m_config, before);
    });
    connect(m_join, &JoinPanel::startWanted, this, [this] { startServer(); });
    connect(m_join, &JoinPanel::remedyWanted, this, &MainWindow::takeRemedy);
    connect(m_join, &JoinPanel::testClientWanted, this, &MainWindow::openTestClient);
}

void MainWindow::connectConnections()
{
    connect(m_connections, &ConnectionsPanel::sendWanted, &m_host, &Host::send);
    connect(m_connections, &ConnectionsPanel::pingWanted, &m_host, &Host::ping);
    connect(m_connections, &ConnectionsPanel::kickWanted, &m_host, &Host::kick);
    connect(m_connections, &ConnectionsPanel::twinWanted, this, &MainWindow::openTwin);
    connect(m_connections, &ConnectionsPanel::selectionChanged, this, [this] {
        if (m_connections->hasSelection())
            m_rooms->clearSelection(); // one of both narrows
        m_messageLeads = false;
        narrowLog();
        showSelected();
    });
    connect(m_log, &MessageLogPanel::messageSelected, this, [this] {
        m_messageLeads = true;
        showSelected();
    });
    connect(m_log, &MessageLogPanel::watchSwitched, this, &MainWindow::updatePolling);
    connect(m_log, &MessageLogPanel::attentionWanted, m_notifier, &Notifier::tell);
    m_log->setKnownBeside([this] { return knownValues(); });
    connect(m_log->selection(), &SelectionActions::resendWanted, this, &MainWindow::resend);
    m_log->selection()->setOrigins([this] { return openings(); });
    connect(m_log, &MessageLogPanel::connectionFilterChanged, this, &MainWindow::takeNarrowing);
    connect(m_details, &ConnectionDetails::watchWanted, &m_host, &Host::watchConnection);
    connect(m_details, &ConnectionDetails::optionWanted, this, &MainWindow::showOption);
    connect(m_events->faultAction(), &QAction::triggered, this, &MainWindow::goToFault);
    connect(m_events, &EventsPanel::connectionWanted, this, &MainWindow::showConnection);
    connect(m_events, &EventsPanel::faultChosen, this, [this](ConnectionId connection, int run) {
        if (m_connections
                ->hasSelection()) // else the log has everything, and what came before the fault stays around it
            connection != ConnectionId{} ? m_connections->select(connection, run) : m_connections->clearSelection();
    });
    connect(m_events, &EventsPanel::hostAllowed, this, [this](const QString &host) {
        ServerConfig config = m_config;
        if (!config.allowedHosts.contains(host.toUtf8()))
            config.allowedHosts += host.toUtf8();
        changeConfig(config);
    });
}

/// From elsewhere to rows of the log.
void MainWindow::connectGuide()
{
    connect(m_guide, &RowGuide::nothingThere, this,
            [this](const QString &why) { statusBar()->showMessage(why, messageMs); });
    connect(m_details, &ConnectionDetails::rowWanted, m_guide, &RowGuide::goTo);
    connect(m_details, &ConnectionDetails::rowMissed, m_guide, &RowGuide::tellMissing);
    connect(m_details, &ConnectionDetails::endingWanted, m_guide, &RowGuide::goToEvent);
    connect(m_events, &EventsPanel::rowWanted, this, [this](const ServerEvent &event, int run) {
        if (run != m_connectionsModel.run())
            return m_guide->tellEarlierRun();
        m_guide->goToEvent(event, event.timeMs - leadMs);
    });
}

/// Of this run: the newest connections, who sits behind them, and all rooms.
KnownValues MainWindow::knownValues() const
{
    KnownValues known;
    for (int row = m_connectionsModel.rowCount() - 1; row >= 0 && known.connections.size() < mostOffers; --row) {
        if (m_connectionsModel.at(row).run != m_connectionsModel.run())
            break;
        const ConnectionCounters &one = m_connectionsModel.at(row).counters;
        known.connections << quint32(one.id);
        if (!one.player.isEmpty() && !known.players.contains(one.player))
            known.players << one.player;
    }
    for (int row = 0; row < m_roomsModel.rowCount(); ++row)
        known.rooms << m_roomsModel.at(row).id;
    return known;
}

void MainWindow::connectRooms()
{
    connect(m_rooms, &RoomsPanel::broadcastWanted, &m_host, &Host::broadcast);
    connect(m_rooms, &RoomsPanel::startWanted, &m_host, &Host::startRoom);
    connect(m_rooms, &RoomsPanel::pauseWanted, &m_host, &Host::pauseRoom);
    connect(m_rooms, &RoomsPanel::endWanted, &m_host, &Host::endGame);
    connect(m_rooms, &RoomsPanel::closeWanted, &m_host, &Host::closeRoom);
    connect(m_rooms, &RoomsPanel::selectionChanged, this, &MainWindow::showRoom);
    connect(m_rooms, &RoomsPanel::allWanted, this, [this] { showPage(ConnectionsPage); });
    connect(m_desk, &GamesDesk::roomOpened, m_rooms, &RoomsPanel::select);
}

void MainWindow::connectRoomPage()
{
    connect(m_room, &RoomPage::watchWanted, &m_host, &Host::watchRoom);
    connect(m_room, &RoomPage::kickWanted, &m_host, &Host::kick);
    connect(m_room, &RoomPage::connectionWanted, this,
            [this](ConnectionId connection) { showConnection(connection, m_connectionsModel.run()); });
    connect(m_room, &RoomPage::newRoomWanted, m_desk, &GamesDesk::askForRoom);
}

void MainWindow::connectDoctor()
{
    connect(m_bar, &ServerBar::doctorWanted, m_doctor, &DoctorDesk::open);
    connect(m_desk, &GamesDesk::phoneCheckWanted, m_doctor, &DoctorDesk::checkPhones);
    connect(m_connections, &ConnectionsPanel::examineWanted, this, &MainWindow::examineLike);
    connect(m_details, &ConnectionDetails::examineWanted, this, &MainWindow::examineLike);
}

void MainWindow::examineLike(ConnectionId connection)
{
    const ConnectionEntry *entry = m_connectionsModel.find(connection);
    if (entry == nullptr || !m_doctor->examineLike(entry->info))
        statusBar()->showMessage(tr("What this client asked for can not be asked again."), messageMs);
}

} // namespace glasshouse
