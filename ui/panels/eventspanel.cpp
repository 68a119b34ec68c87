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
#include <QHeaderView>
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
    m_view->setModel(model);
    m_view->setWidths({12, 6, 40});
    m_view->keepWhole(EventsModel::Time);
    followNewest();
    buildActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    connect(m_view, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (m_model->at(index.row()).connection != ConnectionId{})
            emit connectionWanted(m_model->at(index.row()).connection, m_model->runAt(index.row()));
    });
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
    m_clear = new QAction(icon(Icon::Clear), tr("Clear &events"), this);
    m_clear->setShortcut(tr("Ctrl+Shift+L"));
    m_clear->setToolTip(tr("Empty the list of events"));
    m_allowHost = new QAction(this);
    m_allowHost->setObjectName(u"allowHost"_s);
    m_allowHost->setShortcut(tr("Ctrl+Shift+A"));
    updateAllowHost();
    m_view->addActions({m_copy, m_allowHost, m_clear});
    connect(m_allowHost, &QAction::triggered, this, [this] {
        if (const QString host = refusedHost(); !host.isEmpty())
            emit hostAllowed(host);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &EventsPanel::updateAllowHost);
    // Behind the view, which has no row any more by then; it tells nobody.
    connect(m_model, &QAbstractItemModel::modelReset, this, &EventsPanel::updateAllowHost);
    connect(m_copy, &QAction::triggered, this, &EventsPanel::copyEvent);
    connect(m_clear, &QAction::triggered, m_model, &EventsModel::clear);
}

QString EventsPanel::refusedHost() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? m_model->at(index.row()).host : QString();
}

void EventsPanel::updateAllowHost()
{
    const QString host = refusedHost();
    m_allowHost->setText(host.isEmpty() ? tr("&Allow this name")
                                        : tr("&Allow the name %1").arg(withoutMnemonics(host)));
    m_allowHost->setToolTip(tr("Whoever calls this server by the name of the selected event gets in (allow-host)"));
    m_allowHost->setEnabled(!host.isEmpty());
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

QList<QAction *> EventsPanel::menuActions() const { return {m_copy, m_allowHost, m_clear}; }
QByteArray EventsPanel::saveState() const { return m_view->horizontalHeader()->saveState(); }
bool EventsPanel::restoreState(const QByteArray &state) { return m_view->horizontalHeader()->restoreState(state); }

} // namespace glasshouse
