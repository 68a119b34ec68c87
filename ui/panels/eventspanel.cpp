// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/eventspanel.h"

#include "ui/base/eventwords.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

EventsPanel::EventsPanel(EventsModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_rows(new EventRows(model, this)),
      m_view(new TableView(tr("Events"), tr("Nothing has happened yet."))),
      m_text(new QLineEdit(this))
{
    m_view->setObjectName(u"events"_s);
    m_view->setModel(m_rows);
    m_view->setWidths({12, 6, 40});
    m_view->keepWhole(EventsModel::Time);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->leaveCopying();
    m_view->setLeastRows(1); // the newest one stands in the line below as well
    followNewest();
    buildFilter();
    buildActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    connect(m_view, &QTableView::doubleClicked, this, &EventsPanel::open);
}

void EventsPanel::followNewest()
{
    QScrollBar *bar = m_view->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, bar, [bar, before = 0](int, int max) mutable {
        if (bar->value() >= std::exchange(before, max))
            bar->setValue(max);
    });
}

void EventsPanel::buildFilter()
{
    m_only = new QActionGroup(this);
    m_only->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    const auto add = [this](EventSeverity severity, Icon picture, const QString &text, const QString &tip) {
        auto *action = new QAction(icon(picture), text, m_only);
        action->setCheckable(true);
        action->setData(int(severity));
        action->setToolTip(tip);
    };
    add(EventSeverity::Warning, Icon::Warning, tr("Only warnings"), tr("Show only the warnings among the events"));
    add(EventSeverity::Error, Icon::Error, tr("Only errors"), tr("Show only the errors among the events"));
    connect(m_only, &QActionGroup::triggered, this, &EventsPanel::applyFilter);
    m_text->setPlaceholderText(tr("Find in the events"));
    m_text->setAccessibleName(tr("Filter events"));
    m_text->setToolTip(tr("Only the events whose words hold this"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(200);
    connect(m_text, &QLineEdit::textChanged, this, &EventsPanel::applyFilter);
    connect(m_text, &QLineEdit::returnPressed, m_view, [this] { m_view->setFocus(Qt::ShortcutFocusReason); });
}

QAction *EventsPanel::onlyAction(EventSeverity severity) const
{
    return m_only->actions().at(severity == EventSeverity::Error ? 1 : 0);
}

void EventsPanel::applyFilter()
{
    const QAction *only = m_only->checkedAction();
    m_rows->setSeverity(only == nullptr ? std::nullopt : std::optional(EventSeverity(only->data().toInt())));
    m_rows->setText(m_text->text());
    m_view->setEmptyText(only == nullptr && m_text->text().isEmpty() ? tr("Nothing has happened yet.")
                                                                     : tr("No event is like that."));
    updateActions();
}

void EventsPanel::clearFilter()
{
    if (QAction *only = m_only->checkedAction())
        only->setChecked(false);
    const QSignalBlocker once(m_text);
    m_text->clear();
    applyFilter();
}

/// In the model; −1: nowhere.
int EventsPanel::rowAt(const QModelIndex &index) const { return m_rows->mapToSource(index).row(); }

int EventsPanel::currentRow() const { return rowAt(m_view->currentIndex()); }

void EventsPanel::buildActions()
{
    m_copy = new QAction(icon(Icon::Copy), tr("Cop&y events"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_copy->setToolTip(tr("Copy the selected events, a line for each: time, how many like it, and what happened"));
    m_open = new QAction(icon(Icon::Link), tr("&Show in the log"), this);
    m_open->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    m_open->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_open->setToolTip(tr("Select the row that shows it, and the connection that it is about"));
    m_fault = new QAction(icon(Icon::Warning), tr("Go to the fa&ults"), this);
    m_fault->setShortcut(Qt::Key_F8);
    m_fault->setToolTip(
        tr("Faults are the connections that ended otherwise than agreed (a broken rule, a time-out, a lost line), and "
           "the "
           "requests that were refused, since the server started. Go to the newest of them in the events; again for "
           "the one before it (%1)")
            .arg(m_fault->shortcut().toString(QKeySequence::NativeText)));
    m_tell = new QAction(icon(Icon::Bell), tr("Tell me of faults"), this);
    m_tell->setShortcut(tr("Ctrl+Shift+F8"));
    m_tell->setCheckable(true);
    m_tell->setToolTip(tr("Raise a notification at every fault while you look elsewhere"));
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
    connect(m_copy, &QAction::triggered, this, &EventsPanel::copyEvents);
    connect(m_open, &QAction::triggered, this, [this] { open(m_view->currentIndex()); });
    connect(m_clear, &QAction::triggered, m_model, &EventsModel::clear);
}

QString EventsPanel::refusedHost() const
{
    const int row = currentRow();
    return row >= 0 ? m_model->at(row).host : QString();
}

void EventsPanel::updateActions()
{
    const QString host = refusedHost();
    m_allowHost->setText(host.isEmpty() ? tr("&Allow this name")
                                        : tr("&Allow the name %1").arg(withoutMnemonics(host)));
    m_allowHost->setToolTip(tr("Whoever calls this server by the name of the selected event gets in (allow-host)"));
    m_allowHost->setEnabled(!host.isEmpty());
    m_open->setEnabled(currentRow() >= 0);
}

void EventsPanel::open(const QModelIndex &index)
{
    const int row = rowAt(index);
    if (row < 0)
        return;
    const ServerEvent event = m_model->at(row);
    const int run = m_model->runAt(row);
    if (event.connection != ConnectionId{})
        emit connectionWanted(event.connection, run);
    emit rowWanted(event, run);
}

int EventsPanel::lastFault(int from) const
{
    while (from >= 0 && !m_model->isFaultAt(from))
        --from;
    return from;
}

bool EventsPanel::selectFault()
{
    const int current = currentRow();
    const bool goesOn = current >= 0 && m_model->isFaultAt(current);
    int row = goesOn ? lastFault(current - 1) : -1;
    if (row < 0)
        row = lastFault(m_model->rowCount() - 1);
    if (row < 0)
        return false;
    const QModelIndex fault = m_model->index(row, EventsModel::Text);
    if (!m_rows->mapFromSource(fault).isValid())
        clearFilter();                                                      // somebody wants to see it
    m_view->selectionModel()->setCurrentIndex(m_rows->mapFromSource(fault), // whatever keys are held down
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(m_view->currentIndex());
    m_view->setFocus(Qt::ShortcutFocusReason);
    const ServerEvent event = m_model->at(row);
    const int run = m_model->runAt(row);
    emit faultChosen(event.connection, run);
    emit rowWanted(event, run); // the log shows it; the keys stay, for the fault before it
    return true;
}

void EventsPanel::copyEvents()
{
    QStringList lines;
    const QList<int> rows = m_view->selectedRowNumbers();
    for (const int row : rows) {
        const ServerEvent &event = m_model->at(rowAt(m_rows->index(row, 0)));
        lines << QStringList{QDateTime::fromMSecsSinceEpoch(event.timeMs).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s),
                             m_rows->index(row, EventsModel::Count).data().toString(), eventWords(event).simplified()}
                     .join(u'\t');
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

QList<QAction *> EventsPanel::menuActions() const
{
    return QList{m_open, m_fault, m_tell, m_copy, m_allowHost} << m_only->actions() << m_clear;
}

} // namespace glasshouse
