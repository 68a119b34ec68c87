// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/panels/connectiondetails.h"
#include "ui/panels/connectionspanel.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/messagelogpanel.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/statuslines.h"
#include "ui/tips.h"

#include <QAction>
#include <QActionGroup>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

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

void MainWindow::layOut()
{
    auto *upper = new QWidget;
    auto *upperLayout = new QHBoxLayout(upper);
    upperLayout->setContentsMargins({});
    upperLayout->setSpacing(0);
    upperLayout->addWidget(m_connections, 1);
    upperLayout->addWidget(m_join);
    m_log->addDetailsPane(m_details);
    m_middle = splitter(Qt::Vertical, {upper, m_log}, {190, 440}, 1);
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
    resize(1280, 800);
}

void MainWindow::showEmptiness()
{
    const bool ended = m_connectionsModel.rowCount() > 0;
    // Why they have ended goes before how to join, which the bar says as well.
    const bool room = !ended || m_join->parentWidget()->width() >= leastTableWidth + m_join->sizeHint().width();
    m_join->setVisible(m_connectionsModel.openCount() == 0 && room);
    m_connections->setVisible(ended);
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
    QAction *settings = server->addAction(icon(Icon::Settings), tr("S&ettings…"), QKeySequence(tr("Ctrl+,")), this,
                                          &MainWindow::editSettings);
    settings->setToolTip(tr("Port, address, capture and limits"));
    settings->setMenuRole(QAction::PreferencesRole);
    QAction *quit = server->addAction(tr("&Quit"), QKeySequence(tr("Ctrl+Q")), this, &QWidget::close);
    quit->setToolTip(tr("Stop the server and quit"));
    quit->setMenuRole(QAction::QuitRole);
    menuBar()->addMenu(tr("&Connection"))->addActions(m_connections->menuActions());
    menuBar()->addMenu(tr("&Room"))->addActions(m_rooms->menuActions());
    QMenu *messages = menuBar()->addMenu(tr("&Messages"));
    messages->addActions(m_log->menuActions());
    messages->addSeparator();
    messages->addActions(m_events->menuActions());
    buildViewMenu();
    QAction *aboutUs =
        menuBar()->addMenu(tr("&Help"))->addAction(programIcon(), tr("&About Glasshouse"), this, &MainWindow::about);
    aboutUs->setShortcut(QKeySequence(tr("Shift+F1")));
    aboutUs->setToolTip(tr("Version and licence"));
    aboutUs->setMenuRole(QAction::AboutRole);
    explainMenus(*menuBar());
}

void MainWindow::buildViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    addPanelSwitch(view, tr("&Rooms"), u"rooms"_s, QKeySequence(tr("Alt+1")), m_rooms);
    addPanelSwitch(view, tr("&Connections"), u"connections"_s, QKeySequence(tr("Alt+2")),
                   m_connections->parentWidget());
    addPanelSwitch(view, tr("&Details"), u"details"_s, QKeySequence(tr("Alt+3")), m_details->parentWidget());
    addPanelSwitch(view, tr("&Events"), u"events"_s, QKeySequence(tr("Alt+4")), m_events);
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
    QMessageBox::about(this, tr("About Glasshouse"),
                       tr("Glasshouse %1\n\nHosts WebSocket games and shows everything on the wire.\nGPL-3.0-or-later")
                           .arg(QStringLiteral(GLASSHOUSE_VERSION)));
}

void MainWindow::saveLayout()
{
    m_settings.beginGroup("window"_L1);
    m_settings.setValue("geometry"_L1, saveGeometry());
    m_settings.setValue("columns"_L1, m_columns->saveState());
    m_settings.setValue("middle"_L1, m_middle->saveState());
    m_settings.setValue("outer"_L1, m_outer->saveState());
    m_settings.setValue("log"_L1, m_log->saveState());
    m_settings.setValue("connections"_L1, m_connections->saveState());
    m_settings.setValue("rooms"_L1, m_rooms->saveState());
    m_settings.setValue("events"_L1, m_events->saveState());
    for (const QAction *action : std::as_const(m_panelSwitches))
        m_settings.setValue("show-"_L1 + action->objectName(), action->isChecked());
    m_settings.endGroup();
}

void MainWindow::restoreLayout()
{
    m_settings.beginGroup("window"_L1);
    const auto stored = [this](QLatin1StringView key) { return m_settings.value(key).toByteArray(); };
    restoreGeometry(stored("geometry"_L1));
    m_columns->restoreState(stored("columns"_L1));
    m_middle->restoreState(stored("middle"_L1));
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
