// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/eventspanel.h"

#include "ui/base/eventwords.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

EventsPanel::EventsPanel(EventsModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(new TableView(tr("Events"), tr("Nothing has happened yet.")))
{
    m_view->setObjectName(u"events"_s);
    m_view->setModel(model);
    m_view->setWidths({12, 6, 40});
    m_view->keepWhole(EventsModel::Time);
    m_view->setLeastRows(1); // the newest one stands in the line below as well
    followNewest();
    buildActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    connect(m_view, &QTableView::doubleClicked, this, &EventsPanel::openConnection);
}

void EventsPanel::followNewest()
{
    QScrollBar *bar = m_view->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, bar, [bar, before = 0](int, int max) mutable {
        if (bar->value() >= std::exchange(before, max))
            bar->setValue(max);
    });
}

void EventsPanel::buildActions()
{
    m_copy = new QAction(icon(Icon::Copy), tr("Cop&y event"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_copy->setToolTip(tr("Copy the selected event"));
    m_open = new QAction(icon(Icon::Link), tr("&Show the connection"), this);
    m_open->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    m_open->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_open->setToolTip(tr("Select the connection that the event is about"));
    m_fault = new QAction(icon(Icon::Warning), tr("Go to the fa&ults"), this);
    m_fault->setShortcut(Qt::Key_F8);
    m_fault->setToolTip(
        tr("Faults are the connections that ended otherwise than agreed (a broken rule, a time-out, a lost line), and "
           "the "
           "requests that were refused, since the server started. Go to the newest of them in the events; again for "
           "the one before it (%1)")
            .arg(m_fault->shortcut().toString(QKeySequence::NativeText)));
    m_clear = new QAction(icon(Icon::Clear), tr("Clear &events"), this);
    m_clear->setShortcut(tr("Ctrl+Shift+L"));
    m_clear->setToolTip(tr("Empty the list of events"));
    m_allowHost = new QAction(this);
    m_allowHost->setObjectName(u"allowHost"_s);
    m_allowHost->setShortcut(tr("Ctrl+Shift+A"));
    updateActions();
    m_view->addActions(menuActions());
    connect(m_allowHost, &QAction::triggered, this, [this] {
        if (const QString host = refusedHost(); !host.isEmpty())
            emit hostAllowed(host);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &EventsPanel::updateActions);
    // Behind the view, which has no row any more by then; it tells nobody.
    connect(m_model, &QAbstractItemModel::modelReset, this, &EventsPanel::updateActions);
    connect(m_copy, &QAction::triggered, this, &EventsPanel::copyEvent);
    connect(m_open, &QAction::triggered, this, [this] { openConnection(m_view->currentIndex()); });
    connect(m_clear, &QAction::triggered, m_model, &EventsModel::clear);
}

QString EventsPanel::refusedHost() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_model->at(index.row()).host : QString();
}

void EventsPanel::updateActions()
{
    const QString host = refusedHost();
    m_allowHost->setText(host.isEmpty() ? tr("&Allow this name")
                                        : tr("&Allow the name %1").arg(withoutMnemonics(host)));
    m_allowHost->setToolTip(tr("Whoever calls this server by the name of the selected event gets in (allow-host)"));
    m_allowHost->setEnabled(!host.isEmpty());
    const QModelIndex index = m_view->currentIndex();
    m_open->setEnabled(index.isValid() && m_model->at(index.row()).connection != ConnectionId{});
}

void EventsPanel::openConnection(const QModelIndex &index)
{
    if (index.isValid() && m_model->at(index.row()).connection != ConnectionId{})
        emit connectionWanted(m_model->at(index.row()).connection, m_model->runAt(index.row()));
}

int EventsPanel::lastFault(int from) const
{
    while (from >= 0 && !m_model->isFaultAt(from))
        --from;
    return from;
}

bool EventsPanel::selectFault()
{
    const QModelIndex current = m_view->currentIndex();
    const bool goesOn = current.isValid() && m_model->isFaultAt(current.row());
    int row = goesOn ? lastFault(current.row() - 1) : -1;
    if (row < 0)
        row = lastFault(m_model->rowCount() - 1);
    if (row < 0)
        return false;
    m_view->setCurrentIndex(m_model->index(row, EventsModel::Text));
    m_view->scrollTo(m_view->currentIndex());
    m_view->setFocus(Qt::ShortcutFocusReason);
    return true;
}

void EventsPanel::copyEvent()
{
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return;
    const ServerEvent &event = m_model->at(index.row());
    QGuiApplication::clipboard()->setText(formatExactTime(event.timeMs * 1000).section(u'\n', 0, 0) + u"  "_s
                                          + eventWords(event));
}

QList<QAction *> EventsPanel::menuActions() const { return {m_open, m_fault, m_copy, m_allowHost, m_clear}; }

} // namespace glasshouse
