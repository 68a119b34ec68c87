// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/icons.h"
#include "ui/base/tips.h"
#include "ui/base/windowsize.h"
#include "ui/gamesdesk.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainwindow.h"
#include "ui/panels/connectiondetails.h"
#include "ui/panels/connectionspanel.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/prompts.h"
#include "ui/panels/roompage.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/statuslines.h"
#include "ui/windows/endingswindow.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int iconSide = 64;
constexpr int leastTableWidth = 720; // of the connections, with something left for why they ended

QSplitter *splitter(Qt::Orientation orientation, std::initializer_list<QWidget *> panes, const QList<int> &sizes,
                    int stretched)
{
    auto *split = new QSplitter(orientation);
    for (QWidget *pane : panes)
        split->addWidget(pane);
    split->setSizes(sizes);
    split->setStretchFactor(stretched, 1);
    split->setChildrenCollapsible(false);
    return split;
}

} // namespace

// What the window looks like, apart from what it does.

QWidget *MainWindow::buildPages()
{
    auto *connections = new QWidget;
    auto *layout = new QHBoxLayout(connections);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_connections, 1);
    layout->addWidget(m_join);
    m_pages->setDocumentMode(true);
    m_pages->setTabToolTip(m_pages->addTab(connections, tr("Connections")),
                           tr("Everybody who connected, and how to join"));
    m_pages->setTabToolTip(m_pages->addTab(m_room, tr("Room")), tr("The selected room: its game and its players"));
    connect(m_pages, &QTabWidget::currentChanged, this, &MainWindow::changePage);
    return m_pages;
}

void MainWindow::changePage(int page)
{
    m_heights[size_t(m_page)] = m_middle->saveState();
    m_page = page;
    if (!m_middle->restoreState(m_heights[size_t(page)]))
        m_middle->setSizes({340, 270});
}

void MainWindow::showPage(Page page) { m_pages->setCurrentIndex(page); }

void MainWindow::layOut()
{
    m_log->addDetailsPane(m_details);
    m_middle = splitter(Qt::Vertical, {buildPages(), m_log}, {230, 414}, 1);
    m_columns = splitter(Qt::Horizontal, {m_rooms, m_middle}, {252, 1028}, 1);
    m_outer = splitter(Qt::Vertical, {m_columns, m_events}, {600, 100}, 0);
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_summary);
    layout->addWidget(m_outer, 1);
    setCentralWidget(centre);
    statusBar()->addWidget(m_status, 1);
    resizeOnScreen(*this, {1280, 800});
}

void MainWindow::showEmptiness()
{
    const bool ended = m_connectionsModel.rowCount() > 0;
    const bool room = !ended || m_join->parentWidget()->width() >= leastTableWidth + m_join->sizeHint().width();
    // Why they have ended goes before how to join, which the bar says as well; what helps a start that failed goes before both.
    const bool failed = m_host.state() == ServerState::Failed;
    m_join->setVisible(failed || (m_connectionsModel.openCount() == 0 && room));
    m_connections->setVisible(ended && (room || !failed));
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    showEmptiness();
}

void MainWindow::buildMenus()
{
    QMenu *server = menuBar()->addMenu(tr("&Server"));
    server->addActions(m_bar->menuActions());
    server->addSeparator();
    QAction *settings = server->addAction(icon(Icon::Settings), tr("Sett&ings…"), QKeySequence(tr("Ctrl+,")), this,
                                          [this] { editSettings(); });
    settings->setToolTip(tr("Port, address, capture and limits"));
    settings->setMenuRole(QAction::PreferencesRole);
    QAction *proxy = server->addAction(icon(Icon::Link), tr("Behind a pro&xy…"), QKeySequence(tr("Ctrl+Shift+B")), this,
                                       &MainWindow::showProxy);
    proxy->setToolTip(tr("Make the configuration of nginx, HAProxy, Caddy or Traefik, and test it"));
    QAction *quit = server->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
    quit->setToolTip(tr("Stop the server and quit"));
    quit->setMenuRole(QAction::QuitRole);
    menuBar()->addMenu(tr("&Connection"))->addActions(m_connections->menuActions());
    QMenu *room = menuBar()->addMenu(tr("&Room"));
    room->addActions(m_rooms->menuActions());
    room->addSeparator();
    room->addActions(m_room->menuActions());
    QMenu *messages = menuBar()->addMenu(tr("&Messages"));
    messages->addActions(m_log->menuActions());
    messages->addSeparator();
    messages->addActions(m_events->menuActions());
    buildViewMenu();
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(keysAction(this));
    QAction *aboutUs = help->addAction(programIcon(), tr("&About Glasshouse"), this, &MainWindow::about);
    aboutUs->setShortcut(QKeySequence(tr("Shift+F1")));
    aboutUs->setToolTip(tr("Version and licence"));
    aboutUs->setMenuRole(QAction::AboutRole);
    explainMenus(*menuBar());
}

void MainWindow::buildViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    addPanelSwitch(view, tr("&Rooms"), u"rooms"_s, QKeySequence(tr("Alt+1")), m_rooms);
    addPanelSwitch(view, tr("&Connections and room"), u"connections"_s, QKeySequence(tr("Alt+2")), m_pages);
    addPanelSwitch(view, tr("&Details"), u"details"_s, QKeySequence(tr("Alt+3")), m_details->parentWidget());
    addPanelSwitch(view, tr("&Events"), u"events"_s, QKeySequence(tr("Alt+4")), m_events);
    view->addSeparator();
    QAction *connections = view->addAction(tr("G&o to the connections"), QKeySequence(tr("Ctrl+1")), this,
                                           [this] { showPage(ConnectionsPage); });
    connections->setToolTip(tr("Show everybody who connected"));
    QAction *room =
        view->addAction(tr("Go &to the room"), QKeySequence(tr("Ctrl+2")), this, [this] { showPage(RoomsPage); });
    room->setToolTip(tr("Show the selected room: its game and its players"));
    QAction *endings =
        view->addAction(tr("E&ndings…"), QKeySequence(tr("Ctrl+Shift+N")), this, &MainWindow::showEndings);
    endings->setToolTip(tr("Why connections end, counted by cause and over time"));
    view->addSeparator();
    addAppearance(view->addMenu(tr("&Appearance")));
}

void MainWindow::addPanelSwitch(QMenu *menu, const QString &text, const QString &name, const QKeySequence &keys,
                                QWidget *panel)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setCheckable(true);
    action->setChecked(true);
    action->setToolTip(tr("Show or hide this part of the window"));
    connect(action, &QAction::toggled, panel, &QWidget::setVisible);
    m_panelSwitches.append(action);
}

void MainWindow::addAppearance(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    const std::array names{tr("&System"), tr("&Light"), tr("&Dark")};
    const int stored = m_settings.value("window/appearance"_L1).toInt();
    for (int i = 0; i < int(names.size()); ++i) {
        QAction *action = group->addAction(menu->addAction(names[size_t(i)]));
        action->setCheckable(true);
        action->setChecked(i == stored);
        action->setToolTip(tr("Colours of all windows"));
        connect(action, &QAction::triggered, this, [this, i] {
            m_appearance.set(Appearance(i));
            m_settings.setValue("window/appearance"_L1, i);
        });
    }
    if (stored > 0 && stored < int(names.size()))
        m_appearance.set(Appearance(stored));
}

void MainWindow::about()
{
    tell(this, QMessageBox::NoIcon, tr("About Glasshouse"),
         tr("Glasshouse %1\n\nHosts WebSocket games and shows everything on the wire.\nGPL-3.0-or-later")
             .arg(QStringLiteral(GLASSHOUSE_VERSION)))
        ->setIconPixmap(programIcon().pixmap(iconSide, iconSide));
}

void MainWindow::saveLayout()
{
    m_settings.beginGroup("window"_L1);
    m_settings.setValue("geometry"_L1, saveGeometry());
    m_settings.setValue("columns"_L1, m_columns->saveState());
    m_heights[size_t(m_page)] = m_middle->saveState();
    m_settings.setValue("middle"_L1, m_heights[ConnectionsPage]);
    m_settings.setValue("middle-room"_L1, m_heights[RoomsPage]);
    m_settings.setValue("room-page"_L1, m_room->saveState());
    m_settings.setValue("outer"_L1, m_outer->saveState());
    m_settings.setValue("log"_L1, m_log->saveState());
    m_settings.setValue("connections"_L1, m_connections->saveState());
    m_settings.setValue("rooms"_L1, m_rooms->saveState());
    m_settings.setValue("events"_L1, m_events->saveState());
    for (const QAction *action : std::as_const(m_panelSwitches))
        m_settings.setValue("show-"_L1 + action->objectName(), action->isChecked());
    m_settings.endGroup();
    if (m_endings != nullptr) {
        m_settings.setValue("endings/geometry"_L1, m_endings->saveGeometry());
        m_settings.setValue("endings/splitter"_L1, m_endings->saveState());
    }
    m_desk->saveLayout();
}

void MainWindow::restoreLayout()
{
    m_settings.beginGroup("window"_L1);
    const auto stored = [this](QLatin1StringView key) { return m_settings.value(key).toByteArray(); };
    restoreGeometry(stored("geometry"_L1));
    m_columns->restoreState(stored("columns"_L1));
    m_middle->restoreState(stored("middle"_L1));
    m_heights[RoomsPage] = stored("middle-room"_L1);
    m_room->restoreState(stored("room-page"_L1));
    m_outer->restoreState(stored("outer"_L1));
    m_log->restoreState(stored("log"_L1));
    m_connections->restoreState(stored("connections"_L1));
    m_rooms->restoreState(stored("rooms"_L1));
    m_events->restoreState(stored("events"_L1));
    for (QAction *action : std::as_const(m_panelSwitches))
        action->setChecked(m_settings.value("show-"_L1 + action->objectName(), true).toBool());
    m_settings.endGroup();
}

} // namespace glasshouse
