// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/icons.h"
#include "ui/base/tips.h"
#include "ui/base/windowsize.h"
#include "ui/connections/connectiondetails.h"
#include "ui/connections/connectionsfilter.h"
#include "ui/connections/connectionspanel.h"
#include "ui/doctordesk.h"
#include "ui/gamesdesk.h"
#include "ui/log/keptcolours.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainlayout.h"
#include "ui/mainwindow.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/prompts.h"
#include "ui/panels/roompage.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/statuslines.h"
#include "ui/panels/tableview.h"
#include "ui/windows/endingswindow.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int iconSide = 64;
constexpr int leastTableWidth = 720; // of the connections, with something left for why they ended

} // namespace

// What the window looks like, apart from what it does.

void MainWindow::buildPages()
{
    auto *connections = new QWidget;
    auto *layout = new QHBoxLayout(connections);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_connections, 1);
    layout->addWidget(m_join);
    m_pages->setTabToolTip(m_pages->addTab(connections, tr("Connections")),
                           tr("Everybody who connected, and how to join"));
    m_pages->setTabToolTip(m_pages->addTab(m_room, tr("Room")), tr("The selected room: its game and its players"));
    connect(m_pages, &QTabWidget::currentChanged, this, &MainWindow::showEmptiness);
}

void MainWindow::showPage(Page page)
{
    m_layout->showPages();
    m_pages->setCurrentIndex(page);
}

void MainWindow::layOut()
{
    buildPages();
    m_log->addDetailsPane(m_details);
    m_layout = new MainLayout({{m_bar, m_summary}, m_rooms, m_pages, m_log, m_events});
    setCentralWidget(m_layout);
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
    m_connections->filter()->setVisible(!m_connections->isHidden() && m_pages->currentIndex() == ConnectionsPage);
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
    QMenu *connection = menuBar()->addMenu(tr("&Connection"));
    connection->addActions(m_connections->menuActions());
    connection->addSeparator();
    connection->addActions(m_connections->filter()->menuActions());
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
    m_layout->fillMenu(view);
    QAction *standard =
        view->addAction(tr("&Standard layout"), QKeySequence(tr("Ctrl+0")), this, &MainWindow::putLayoutBack);
    standard->setToolTip(tr("Panels, their sizes and the columns of all tables as at the first start"));
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
    m_layout->save(m_settings);
    m_settings.setValue("room-layouts"_L1, m_room->saveState());
    m_settings.setValue("tables"_L1, saveTables(*this));
    m_settings.endGroup();
    if (m_endings != nullptr) {
        m_settings.setValue("endings/geometry"_L1, m_endings->saveGeometry());
        m_settings.setValue("endings/splitter"_L1, m_endings->saveState());
        m_settings.setValue("endings/tables"_L1, saveTables(*m_endings));
    }
    m_desk->saveLayout();
    m_doctor->saveLayout();
}

void MainWindow::restoreLayout()
{
    m_log->setKeptColours(KeptColours::in(m_settings));
    m_settings.beginGroup("window"_L1);
    restoreGeometry(m_settings.value("geometry"_L1).toByteArray());
    m_layout->restore(m_settings);
    m_room->restoreState(m_settings.value("room-layouts"_L1).toByteArray());
    restoreTables(*this, m_settings.value("tables"_L1).toByteArray());
    m_settings.endGroup();
}

void MainWindow::putLayoutBack()
{
    m_layout->putBack();
    m_room->resetLayout();
    resetTables(*this);
}

} // namespace glasshouse
