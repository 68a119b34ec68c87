// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "protocol/httphead.h"
#include "server/capture/redaction.h"
#include "ui/base/addresses.h"
#include "ui/base/eventwords.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/configsettings.h"
#include "ui/connections/connectiondetails.h"
#include "ui/connections/connectionsfilter.h"
#include "ui/connections/connectionspanel.h"
#include "ui/connections/rowguide.h"
#include "ui/doctordesk.h"
#include "ui/gamesdesk.h"
#include "ui/log/messagelogpanel.h"
#include "ui/messages/messagewriter.h"
#include "ui/panels/cornertabs.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/prompts.h"
#include "ui/panels/roompage.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/settingsdialog.h"
#include "ui/panels/statuslines.h"
#include "ui/panels/tableview.h"
#include "ui/windows/endingswindow.h"

#include <QCloseEvent>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr ConnectionId noConnection{~0U}; // narrows to nothing: an empty room

/// Target of a redacted request head: "/ws/main?name=Ada".
QString targetOf(const QByteArray &requestHead)
{
    const QList<QByteArray> words = requestHead.left(requestHead.indexOf('\r')).split(' ');
    return words.size() == 3 ? QString::fromUtf8(words.at(1)) : QString();
}

QString whyNot(const std::optional<Fault> &fault) { return fault ? faultWords(*fault) : QString(); }

ServerConfig withCaptureFolder(ServerConfig config)
{
    if (config.captureDirectory.isEmpty())
        config.captureDirectory = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/captures"_s;
    return config;
}

QList<QAction *> with(QAction *share, QList<QAction *> actions)
{
    actions.insert(1, share);
    return actions;
}

} // namespace

MainWindow::MainWindow(Host &host, QSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_host(host),
      m_settings(settings),
      m_config(loadConfig(settings, host.config())),
      m_notifier(new Notifier(this)),
      m_bar(new ServerBar),
      m_join(new JoinPanel),
      m_connections(new ConnectionsPanel(&m_connectionsModel)),
      m_rooms(new RoomsPanel(&m_roomsModel)),
      m_room(new RoomPage(m_rooms->gameActions(), with(m_bar->shareAction(), m_rooms->roomActions()))),
      m_log(new MessageLogPanel(&m_capture)),
      m_details(new ConnectionDetails(&m_capture)),
      m_events(new EventsPanel(&m_eventsModel)),
      m_summary(new SummaryLine(m_events->faultAction())),
      m_status(new StatusLine),
      m_guide(new RowGuide(&m_capture, m_log, this)),
      m_desk(new GamesDesk(host, settings, m_roomsModel, this)),
      m_doctor(new DoctorDesk(host, settings, this)),
      m_pages(new CornerTabs(m_connections->filter()))
{
    setWindowTitle(tr("Glasshouse"));
    setWindowIcon(programIcon());
    layOut();
    buildMenus();
    connectHost();
    connectBar();
    connectConnections();
    connectGuide();
    connectRooms();
    connectRoomPage();
    connectDoctor();
    m_bar->setConfig(m_config);
    restoreLayout();
    showState();
    m_host.setSnapshotsWanted(true);
}

MainWindow::~MainWindow()
{
    m_host.setSnapshotsWanted(false);
    delete takeCentralWidget(); // the panels hold on to the models, which are members and would go first
}

void MainWindow::showRoom(const QString &room)
{
    m_room->setRoom(room);
    m_pages->setTabText(RoomsPage,
                        room.isEmpty() ? tr("Room") : tr("Room %1").arg(withoutMnemonics(oneLine(room, 20))));
    if (!room.isEmpty()) {
        m_connections->clearSelection();
        showPage(RoomsPage);
    }
    narrowLog();
}

void MainWindow::showConnection(ConnectionId connection, int run)
{
    showPage(ConnectionsPage);
    m_connections->select(connection, run);
    m_connections->setFocus(Qt::ShortcutFocusReason); // the keys go where somebody was led
}

/// The next one counts its connections from 1 again, and its capture its rows: nothing may be taken for another's.
void MainWindow::beginRun()
{
    m_faults = 0;
    m_connections->clearSelection();
    m_rooms->clearSelection();
    m_capture.poll(); // nobody does while the window can not be seen
    m_log->leaveRun(m_capture.directory());
    m_capture.setStore(nullptr);
    m_connectionsModel.beginRun();
    m_eventsModel.beginRun();
    m_roomsModel.apply({}, 0);
    takeEndings({});
    showSelected();
}

void MainWindow::showState()
{
    const ServerState state = m_host.state();
    if (state == ServerState::Starting)
        beginRun();
    if (state == ServerState::Running)
        m_capture.setStore(m_host.capture());
    const bool unrecorded = state == ServerState::Running && m_host.capture() == nullptr;
    m_log->setEmptyText(
        unrecorded ? tr("The capture is off: nothing is recorded.\nThe settings turn it on for the next start.")
                   : tr("No messages yet."));
    if (state == ServerState::Stopped || state == ServerState::Failed) {
        m_summary->clear();
        m_status->clear();
        m_roomsModel.apply({}, 0);
        m_room->clear();
    }
    m_bar->setState(state, m_host.listenInfo());
    m_join->setState(state, m_host.listenInfo(), whyNot(m_host.fault()));
    const bool failed = state == ServerState::Failed && m_host.fault();
    m_join->setRemedies(failed ? remediesFor(*m_host.fault()) : QList<Remedy>());
    if (failed)
        showPage(ConnectionsPage); // what can be done stands there
    showEmptiness();
}

void MainWindow::apply(const Snapshot &snapshot)
{
    m_connectionsModel.apply(snapshot);
    m_roomsModel.apply(snapshot.rooms, snapshot.timeMs);
    m_room->apply(snapshot);
    m_desk->apply(snapshot);
    m_doctor->apply(snapshot);
    m_bar->showDrain(snapshot.totals.drainSecondsLeft, snapshot.totals.open);
    m_eventsModel.append(snapshot.events);
    tellOfFaults(snapshot.totals.faults);
    if (snapshot.levels)
        m_details->showLevels(*snapshot.levels);
    if (snapshot.endings)
        takeEndings(*snapshot.endings);
    m_summary->apply(snapshot, m_connectionsModel);
    m_status->apply(snapshot, m_host.capture() != nullptr);
    if (!m_rooms->selected().isEmpty())
        narrowLog(); // somebody may have joined
    showSelected();
    showEmptiness();
}

void MainWindow::tellOfFaults(quint64 faults)
{
    const quint64 before = std::exchange(m_faults, faults);
    if (faults > before && m_events->tellAction()->isChecked())
        m_notifier->tell(faults == before + 1 ? tr("There was a fault.")
                                              : tr("There were %1 faults.").arg(formatCount(faults - before)));
}

/// What was selected last, a connection or a message, says whose details stand there.
const ConnectionEntry *MainWindow::shownConnection() const
{
    const auto ofMessage = m_log->selectedConnection();
    const ConnectionEntry *selected = m_connections->currentEntry();
    const bool messageLeads = ofMessage && (m_messageLeads || selected == nullptr);
    return messageLeads ? m_connectionsModel.find(*ofMessage) : selected;
}

void MainWindow::showSelected() { m_details->show(shownConnection(), m_connectionsModel.run()); }

void MainWindow::takeEndings(const EndingStatistics &statistics)
{
    m_endingStatistics = statistics;
    if (m_endings != nullptr)
        m_endings->apply(statistics);
}

void MainWindow::showEndings()
{
    if (m_endings == nullptr) {
        m_endings = new EndingsWindow(this);
        m_endings->restoreGeometry(m_settings.value("endings/geometry"_L1).toByteArray());
        m_endings->restoreState(m_settings.value("endings/splitter"_L1).toByteArray());
        restoreTables(*m_endings, m_settings.value("endings/tables"_L1).toByteArray());
        m_endings->apply(m_endingStatistics);
        connect(m_endings, &EndingsWindow::optionWanted, this, &MainWindow::showOption);
    }
    m_endings->show();
    m_endings->raise();
    m_endings->activateWindow();
}

void MainWindow::narrowLog()
{
    const auto connection = m_connections->selected();
    const ConnectionEntry *entry = connection ? m_connectionsModel.find(*connection) : nullptr;
    if (entry != nullptr) {
        const QString player = oneLine(entry->counters.player, 24);
        return m_log->setConnectionFilter({*connection}, tr("#%1 %2").arg(quint32(*connection)).arg(player).trimmed());
    }
    if (const QList<ConnectionId> several = m_connections->allSelected(); !several.isEmpty())
        return m_log->setConnectionFilter(
            several, several.size() == 1 ? QString() : tr("%1 connections").arg(formatNumber(several.size())));
    const QString room = m_rooms->selected();
    if (room.isEmpty()) // of a connection of an earlier run there is nothing
        return m_log->setConnectionFilter(m_connections->hasSelection() ? QList{noConnection} : QList<ConnectionId>(),
                                          tr("an earlier run"));
    const QList<ConnectionId> members = m_connectionsModel.inRoom(room);
    m_log->setConnectionFilter(members.isEmpty() ? QList{noConnection} : members, tr("room %1").arg(room));
}

void MainWindow::takeNarrowing(const QList<ConnectionId> &connections)
{
    if (connections.size() == 1)
        return m_connections->select(connections.first());
    m_connections->clearSelection();
    m_rooms->clearSelection();
}

void MainWindow::setConfig(const ServerConfig &config)
{
    m_config = config;
    m_bar->setConfig(config);
}

void MainWindow::keepConfig(const ServerConfig &config)
{
    saveConfig(m_settings, config, m_config);
    setConfig(config);
}

QStringList MainWindow::reasonsAgainst(const ServerConfig &config) const
{
    return m_startCheck ? m_startCheck(config) : QStringList();
}

void MainWindow::startServer(const ServerConfig &config)
{
    const QStringList reasons = reasonsAgainst(config);
    if (reasons.isEmpty())
        return m_host.start(withCaptureFolder(config));
    tellNotStarted(reasons.join(u"; "_s));
    showFault(reasons.join(u'\n'));
}

void MainWindow::stopServer()
{
    const int open = m_connectionsModel.openCount();
    const QString question = open == 1
        ? tr("One client is connected and will be told that the server goes away.")
        : tr("%1 clients are connected and will be told that the server goes away.").arg(formatNumber(open));
    if (open == 0 || confirm(this, tr("Stop the server"), question, tr("Stop")))
        m_host.stop();
}

void MainWindow::openTestClient() { emit testClientRequested(localUrl(m_host.listenInfo(), u"/ws/main"_s)); }

void MainWindow::resend(const CapturedRow &row)
{
    const ConnectionEntry *entry = m_connectionsModel.find(row.connection());
    const QString target = entry != nullptr ? targetOf(entry->info.requestHead) : QString();
    emit resendRequested(localUrl(m_host.listenInfo(), target.isEmpty() ? u"/ws/main"_s : target), row);
}

void MainWindow::openTwin(ConnectionId connection)
{
    const ConnectionEntry *entry = m_connectionsModel.find(connection);
    if (entry == nullptr)
        return;
    const QString target = targetOf(entry->info.requestHead);
    if (target.isEmpty())
        return;
    HttpHeadParser parser;
    qsizetype consumed = 0;
    (void)parser.feed(entry->info.requestHead, consumed); // of a head that is none the address is left
    emit twinRequested(
        importRequest(localUrl(m_host.listenInfo(), target).toString(QUrl::FullyEncoded), parser.head(), redactedMark));
}

/// How those of this run were opened.
MessageContext MainWindow::openings() const
{
    MessageContext context;
    for (int row = 0; row < m_connectionsModel.rowCount(); ++row) {
        const ConnectionEntry &entry = m_connectionsModel.at(row);
        const QString target = targetOf(entry.info.requestHead);
        if (entry.run == m_connectionsModel.run() && !target.isEmpty())
            context.origins.insert(entry.info.id,
                                   {localUrl(m_host.listenInfo(), target).toEncoded(), entry.info.requestHead});
    }
    return context;
}

bool MainWindow::isUp() const
{
    return m_host.state() == ServerState::Running || m_host.state() == ServerState::Draining;
}

void MainWindow::editSettings(const QByteArray &option)
{
    SettingsDialog dialog(m_config, isUp(), this);
    dialog.showField(option);
    connect(&dialog, &SettingsDialog::applied, this, &MainWindow::changeConfig);
    if (dialog.exec() == QDialog::Accepted)
        changeConfig(dialog.config());
}

// Kept, and in force at once.
void MainWindow::changeConfig(const ServerConfig &config)
{
    const bool running = isUp();
    if (const QStringList reasons = running ? reasonsAgainst(config) : QStringList(); !reasons.isEmpty())
        return showFault(reasons.join(u'\n'));
    keepConfig(config);
    if (running)
        m_host.reload(withCaptureFolder(config));
}

void MainWindow::updatePolling() { m_capture.setPolling((isVisible() && !isMinimized()) || m_log->isWatching()); }

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        updatePolling();
    if (event->type() != QEvent::PaletteChange)
        return;
    // They chose colours by the palette before.
    m_bar->setState(m_host.state(), m_host.listenInfo());
    m_join->setState(m_host.state(), m_host.listenInfo(), whyNot(m_host.fault()));
    showSelected();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    updatePolling();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    updatePolling();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const int open = m_connectionsModel.openCount();
    const bool running = m_host.state() == ServerState::Running || m_host.state() == ServerState::Draining;
    const bool harm = running && open > 0;
    if (harm
        && !confirm(this, tr("Quit"),
                    tr("%1 connected: they will be told that the server goes away.").arg(formatNumber(open)),
                    tr("Quit"))) {
        event->ignore();
        return;
    }
    saveLayout();
    event->accept();
    emit closed();
}

} // namespace glasshouse
