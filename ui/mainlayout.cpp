// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainlayout.h"

#include "ui/log/messagelogpanel.h"
#include "ui/panels/eventsline.h"
#include "ui/panels/eventspanel.h"

#include <QAction>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QSplitter *splitter(Qt::Orientation orientation, std::initializer_list<QWidget *> panes)
{
    auto *split = new QSplitter(orientation);
    for (QWidget *pane : panes)
        split->addWidget(pane);
    split->setChildrenCollapsible(false);
    return split;
}

constexpr int roomsDigits = 26, roomsAir = 48;

QLatin1StringView heightKey(int page) { return page == 0 ? "pages-height"_L1 : "room-height"_L1; }

/// A book is as high as its highest page; what shows is what needs the room.
void fitShownPage(QTabWidget *pages)
{
    pages->setMinimumHeight(pages->tabBar()->sizeHint().height() + pages->currentWidget()->minimumSizeHint().height());
}

} // namespace

MainLayout::MainLayout(const Parts &parts, QWidget *parent) : QWidget(parent), m_parts(parts)
{
    buildSwitches();
    buildOnlyLog();
    layOut();
    setStandardSizes();
    fitShownPage(m_parts.pages);
    connect(m_parts.pages, &QTabWidget::currentChanged, this, &MainLayout::changePage);
    showParts();
}

void MainLayout::layOut()
{
    m_middle = splitter(Qt::Vertical, {m_parts.pages, m_parts.log});
    for (const int pane : {0, 1})
        m_middle->setStretchFactor(pane, 1); // both keep their shares
    m_columns = splitter(Qt::Horizontal, {m_parts.rooms, m_middle});
    m_columns->setStretchFactor(1, 1);
    m_outer = splitter(Qt::Vertical, {m_columns, m_parts.events});
    m_outer->setStretchFactor(0, 1);
    m_line = new EventsLine(*m_parts.events, eventsSwitch());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    for (QWidget *line : std::as_const(m_parts.head))
        layout->addWidget(line);
    layout->addWidget(m_outer, 1);
    layout->addWidget(m_line);
}

void MainLayout::setStandardSizes()
{
    m_heights = {};
    // Exactly what the columns of the rooms need.
    m_columns->setSizes({roomsDigits * fontMetrics().horizontalAdvance(u'0') + roomsAir, 1'028});
    m_outer->setSizes({560, 140});
    setStandardHeights();
}

/// Shares: at 1280 × 800 a dozen rows of the log and more are in sight, at 1024 × 640 eight, with the details below it.
void MainLayout::setStandardHeights() { m_middle->setSizes(m_page == 0 ? QList{2'700, 7'300} : QList{5'400, 4'600}); }

void MainLayout::changePage(int page)
{
    m_heights[size_t(m_page)] = m_middle->saveState();
    m_page = page;
    fitShownPage(m_parts.pages);
    if (!m_middle->restoreState(m_heights[size_t(page)]))
        setStandardHeights();
}

void MainLayout::buildSwitches()
{
    addSwitch(tr("&Rooms"), u"rooms"_s, QKeySequence(tr("Alt+1")), m_parts.rooms);
    addSwitch(tr("&Connections and room"), u"connections"_s, QKeySequence(tr("Alt+2")), m_parts.pages);
    addSwitch(tr("&Details"), u"details"_s, QKeySequence(tr("Alt+3")), nullptr);
    addSwitch(tr("&Events"), u"events"_s, QKeySequence(tr("Alt+4")), m_parts.events, false);
}

void MainLayout::addSwitch(const QString &text, const QString &name, const QKeySequence &keys, QWidget *panel,
                           bool isOn)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setCheckable(true);
    action->setChecked(isOn);
    action->setToolTip(tr("Show or hide this part of the window"));
    connect(action, &QAction::toggled, this, &MainLayout::showParts);
    m_switches.append({action, panel, isOn});
}

void MainLayout::buildOnlyLog()
{
    m_onlyLog = new QAction(tr("Only the &log"), this);
    m_onlyLog->setObjectName(u"onlyLog"_s);
    m_onlyLog->setShortcut(tr("Alt+0"));
    m_onlyLog->setCheckable(true);
    m_onlyLog->setToolTip(tr("Give the whole window to the log and its details; again, or Esc in the log: all of it"));
    m_leave = new QAction(tr("Show the &rest of the window"), this);
    m_leave->setShortcut(Qt::Key_Escape);
    m_leave->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_leave->setToolTip(tr("The log is not alone any more"));
    m_parts.log->view()->addAction(m_leave);
    connect(m_leave, &QAction::triggered, this, [this] { setOnlyLog(false); });
    connect(m_onlyLog, &QAction::toggled, this, [this](bool on) {
        showParts();
        if (on)
            m_parts.log->view()->setFocus(Qt::ShortcutFocusReason); // where Esc is heard
    });
}

void MainLayout::setOnlyLog(bool only) { m_onlyLog->setChecked(only); }

void MainLayout::showParts()
{
    const bool all = !m_onlyLog->isChecked();
    m_leave->setVisible(!all);
    for (QWidget *line : std::as_const(m_parts.head))
        line->setVisible(all);
    m_line->setVisible(all);
    for (const Switch &one : std::as_const(m_switches)) {
        if (one.panel == nullptr) {
            m_parts.log->setDetailsVisible(one.action->isChecked());
            continue;
        }
        one.panel->setVisible(all && one.action->isChecked());
        one.action->setEnabled(all);
    }
    arrangeLater();
}

/// When the splitters have taken notice.
void MainLayout::arrangeLater()
{
    QMetaObject::invokeMethod(m_parts.log, &MessageLogPanel::arrange, Qt::QueuedConnection);
}

void MainLayout::fillMenu(QMenu *menu)
{
    for (const Switch &one : std::as_const(m_switches))
        menu->addAction(one.action);
    menu->addSeparator();
    menu->addAction(m_onlyLog);
    QMenu *place = menu->addMenu(tr("&Place of the details"));
    place->addActions(m_parts.log->placeActions());
}

void MainLayout::showEvents()
{
    setOnlyLog(false);
    eventsSwitch()->setChecked(true);
}

void MainLayout::showPages()
{
    setOnlyLog(false);
    for (const Switch &one : std::as_const(m_switches)) {
        if (one.panel == m_parts.pages)
            one.action->setChecked(true);
    }
}

void MainLayout::putBack()
{
    setOnlyLog(false);
    for (const Switch &one : std::as_const(m_switches))
        one.action->setChecked(one.isOnAtFirst);
    setStandardSizes();
    m_parts.log->resetLayout();
}

void MainLayout::save(QSettings &settings) const
{
    auto heights = m_heights;
    heights[size_t(m_page)] = m_middle->saveState();
    for (const int page : {0, 1})
        settings.setValue(heightKey(page), heights[size_t(page)]);
    settings.setValue("columns"_L1, m_columns->saveState());
    settings.setValue("events-height"_L1, m_outer->saveState());
    settings.setValue("log"_L1, m_parts.log->saveState());
    for (const Switch &one : m_switches)
        settings.setValue("show-"_L1 + one.action->objectName(), one.action->isChecked());
}

void MainLayout::restore(const QSettings &settings)
{
    for (const int page : {0, 1})
        m_heights[size_t(page)] = settings.value(heightKey(page)).toByteArray();
    m_middle->restoreState(m_heights[size_t(m_page)]);
    m_columns->restoreState(settings.value("columns"_L1).toByteArray());
    m_outer->restoreState(settings.value("events-height"_L1).toByteArray());
    m_parts.log->restoreState(settings.value("log"_L1).toByteArray());
    for (const Switch &one : std::as_const(m_switches))
        one.action->setChecked(settings.value("show-"_L1 + one.action->objectName(), one.isOnAtFirst).toBool());
}

} // namespace glasshouse
