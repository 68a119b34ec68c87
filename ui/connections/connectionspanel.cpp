// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionspanel.h"

#include "ui/base/endingwords.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/connections/connectionsfilter.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype mostReports = 1'000;

} // namespace

ConnectionsPanel::ConnectionsPanel(ConnectionsModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_rows(new ConnectionRows(model, this)),
      m_filter(new ConnectionsFilter(this)),
      m_view(new TableView(tr("Connections"), tr("Nobody has connected yet.")))
{
    buildView();
    buildActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    // When the rates are worked out, every two seconds: rows that swap or go ten times a second can not be clicked.
    connect(model, &ConnectionsModel::sampled, this, &ConnectionsPanel::sortAgain);
    // Behind the sorting model, which puts new rows anywhere until then: also among those of an earlier run.
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_model->at(0).run != m_model->run())
            m_rows->gatherRuns();
    });
    connect(model, &ConnectionsModel::counted, this, &ConnectionsPanel::updateActions); // once in a snapshot
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ConnectionsPanel::report);
    connect(m_rows, &QAbstractItemModel::modelReset, this, &ConnectionsPanel::report);
    connectFilter();
    updateActions();
}

void ConnectionsPanel::buildView()
{
    m_view->setObjectName(u"connections"_s);
    m_view->setModel(m_rows);
    m_copyRows = m_view->offerCopy();
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(ConnectionsModel::State, Qt::AscendingOrder);
    m_view->setWidths({9, 3, 9, 6, 12, 6, 6, 6, 5, 7, 8, 16});
    m_view->keepWhole(ConnectionsModel::Since);
    // Why it ended must be in sight in a narrow window; the header's menu brings these back.
    m_view->setColumnHidden(ConnectionsModel::Queue, true);
    m_view->setColumnHidden(ConnectionsModel::Since, true);
}

void ConnectionsPanel::buildActions()
{
    const auto add = [this](const QIcon &picture, const QString &text, const QKeySequence &keys, const QString &tip) {
        auto *action = new QAction(picture, text, this);
        action->setShortcut(keys);
        action->setToolTip(tip);
        action->setStatusTip(tip);
        m_view->addAction(action);
        return action;
    };
    m_copy = add(icon(Icon::Copy), tr("Copy &details"), tr("Ctrl+D"),
                 tr("Copy all that is known of the selected connections"));
    m_send = add(icon(Icon::Send), tr("&Send a message…"), tr("Ctrl+Return"), tr("Send a text message to this client"));
    m_ping = add(icon(Icon::Ping), tr("&Ping"), tr("Ctrl+G"), tr("Measure the round-trip time now"));
    m_kick = add(icon(Icon::Kick), tr("&Kick…"), tr("Ctrl+K"), tr("Close the connection with a reason"));
    m_twin = add(icon(Icon::TestClient), tr("Open &twin in test client"), tr("Ctrl+Shift+T"),
                 tr("Open a test client that joins the way this client did"));
    m_examine =
        add(icon(Icon::Doctor), tr("E&xamine with the doctor"), tr("Ctrl+Alt+D"),
            tr("Examine this server as this client found it: its address, origin and subprotocols, no secrets"));
    m_all = add({}, tr("Show &all connections"), Qt::Key_Escape,
                tr("No connection is selected; the log shows all of them"));
    m_all->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_all, &QAction::triggered, this, &ConnectionsPanel::clearSelection);
    connect(m_copy, &QAction::triggered, this, &ConnectionsPanel::copyDetails);
    connect(m_send, &QAction::triggered, this, &ConnectionsPanel::send);
    connect(m_ping, &QAction::triggered, this, [this] { emit pingWanted(selected().value_or(ConnectionId{})); });
    connect(m_kick, &QAction::triggered, this, &ConnectionsPanel::kick);
    connect(m_twin, &QAction::triggered, this, [this] { emit twinWanted(selected().value_or(ConnectionId{})); });
    connect(m_examine, &QAction::triggered, this, [this] { emit examineWanted(selected().value_or(ConnectionId{})); });
}

QList<QAction *> ConnectionsPanel::menuActions() const
{
    return {m_copy, m_copyRows, m_send, m_ping, m_kick, m_twin, m_examine, m_all};
}

void ConnectionsPanel::connectFilter()
{
    connect(m_filter, &ConnectionsFilter::changed, this, &ConnectionsPanel::applyFilter);
    connect(m_filter, &ConnectionsFilter::leaveWanted, m_view, [this] { m_view->setFocus(Qt::ShortcutFocusReason); });
    connect(m_model, &ConnectionsModel::counted, this, &ConnectionsPanel::showCounts);
    showCounts();
}

void ConnectionsPanel::applyFilter()
{
    m_rows->setShown(m_filter->shown());
    m_rows->setText(m_filter->text());
    const QString text = m_filter->text().trimmed();
    m_view->setEmptyText(m_filter->isEmpty() ? tr("Nobody has connected yet.")
                             : text.isEmpty()
                             ? tr("No connection is like that.")
                             : tr("No connection like that has “%1” in its row.").arg(oneLine(text, 40)));
}

void ConnectionsPanel::showCounts()
{
    const int refused = m_model->refusedCount(), open = m_model->openCount(), all = m_model->rowCount();
    m_filter->setCounts({all, open, all - open - refused, refused});
}

void ConnectionsPanel::sortAgain()
{
    if (QApplication::mouseButtons() != Qt::NoButton)
        return;
    m_rows->refresh();
    m_rows->sort(m_rows->sortColumn(), m_rows->sortOrder());
}

std::optional<ConnectionId> ConnectionsPanel::selected() const
{
    const ConnectionEntry *entry = selectedEntry();
    return entry != nullptr && entry->run == m_model->run() ? std::optional(entry->info.id) : std::nullopt;
}

QList<const ConnectionEntry *> ConnectionsPanel::entries() const
{
    QList<const ConnectionEntry *> entries;
    const QList<int> rows = m_view->selectedRowNumbers();
    for (const int row : rows)
        entries << &m_model->at(m_rows->mapToSource(m_rows->index(row, 0)).row());
    return entries;
}

QList<ConnectionId> ConnectionsPanel::allSelected() const
{
    QList<ConnectionId> connections;
    const auto selected = entries();
    for (const ConnectionEntry *entry : selected) {
        if (entry->run == m_model->run())
            connections << entry->info.id;
    }
    return connections;
}

bool ConnectionsPanel::hasSelection() const { return m_view->selectionModel()->hasSelection(); }

const ConnectionEntry *ConnectionsPanel::selectedEntry() const
{
    int only = -1;
    const QItemSelection selection = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        if (range.top() != range.bottom() || (only >= 0 && only != range.top()))
            return nullptr; // a second one
        only = range.top();
    }
    return only < 0 ? nullptr : &m_model->at(m_rows->mapToSource(m_rows->index(only, 0)).row());
}

const ConnectionEntry *ConnectionsPanel::currentEntry() const
{
    const QModelIndex current = m_view->currentIndex();
    const bool isSelected = current.isValid() && m_view->selectionModel()->isRowSelected(current.row());
    return isSelected ? &m_model->at(m_rows->mapToSource(current).row()) : nullptr;
}

void ConnectionsPanel::select(ConnectionId connection, int run)
{
    const int row = m_model->rowOf(connection, run);
    if (row < 0)
        return;
    if (!m_rows->mapFromSource(m_model->index(row, 0)).isValid())
        m_filter->clear(); // somebody was led to it
    const QModelIndex index = m_rows->mapFromSource(m_model->index(row, 0));
    m_view->selectionModel()->setCurrentIndex(index, // whatever keys are held down
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void ConnectionsPanel::clearSelection()
{
    m_view->selectionModel()->clear();
    report(); // clear() may pass without a signal when only the current index went
}

void ConnectionsPanel::report()
{
    updateActions();
    QList<std::pair<int, ConnectionId>> now;
    const auto selected = entries();
    for (const ConnectionEntry *entry : selected)
        now.append({entry->run, entry->info.id});
    std::sort(now.begin(), now.end());
    m_rows->setKept(now);
    if (now == std::exchange(m_reported, now))
        return;
    emit selectionChanged();
}

void ConnectionsPanel::updateActions()
{
    const ConnectionEntry *entry = selectedEntry();
    const bool open = entry != nullptr && entry->counters.state == ConnectionState::Open;
    for (QAction *action : {m_send, m_ping, m_kick})
        action->setEnabled(open);
    for (QAction *action : {m_copy, m_all})
        action->setEnabled(hasSelection());
    for (QAction *action : {m_twin, m_examine})
        action->setEnabled(entry != nullptr && selected() && !entry->info.requestHead.isEmpty());
}

QString ConnectionsPanel::nameOf(ConnectionId connection) const
{
    const ConnectionEntry *entry = m_model->find(connection);
    const QString player = entry != nullptr ? oneLine(entry->counters.player, 40) : QString();
    return player.isEmpty() ? tr("#%1").arg(quint32(connection)) : tr("#%1 “%2”").arg(quint32(connection)).arg(player);
}

void ConnectionsPanel::copyDetails()
{
    QStringList reports;
    const auto selected = entries();
    for (const ConnectionEntry *entry : selected.first(std::min(selected.size(), mostReports)))
        reports << connectionReport(*entry);
    if (!reports.isEmpty())
        QApplication::clipboard()->setText(reports.join(u'\n'));
}

void ConnectionsPanel::send()
{
    const auto id = selected(); // the selection may be another one when the question is answered
    if (!id)
        return;
    const auto text =
        askText(this, tr("Send a message"), tr("Text to %1, sent as it is:").arg(nameOf(*id)), {}, tr("Send"));
    if (text)
        emit sendWanted(*id, text->toUtf8());
}

void ConnectionsPanel::kick()
{
    const auto id = selected();
    if (!id)
        return;
    const auto reason =
        askReason(this, tr("Kick"),
                  tr("The connection of %1 will be closed. Reason, shown to the player:").arg(nameOf(*id)), tr("Kick"));
    if (reason)
        emit kickWanted(*id, *reason);
}

QString connectionReport(const ConnectionEntry &entry)
{
    const ConnectionCounters &c = entry.counters;
    QStringList lines{
        u"#%1 %2:%3 %4"_s.arg(quint32(entry.info.id))
            .arg(entry.info.address)
            .arg(entry.info.port)
            .arg(connectionStateText(c.state)),
        ConnectionsPanel::tr("Since: %1").arg(formatExactTime(entry.info.sinceMs * 1000).replace(u'\n', u" = "_s)),
        ConnectionsPanel::tr("Player: %1, room: %2").arg(oneLine(c.player), oneLine(c.room)),
        ConnectionsPanel::tr("In: %1 messages, %2 bytes").arg(formatCount(c.messagesIn), formatCount(c.bytesIn)),
        ConnectionsPanel::tr("Out: %1 messages, %2 bytes").arg(formatCount(c.messagesOut), formatCount(c.bytesOut)),
        ConnectionsPanel::tr("RTT: %1, queue: %2")
            .arg(c.rttMs < 0 ? u"–"_s : formatDuration(c.rttMs), formatBytes(c.queuedBytes))};
    if (c.droppedMessages > 0)
        lines << ConnectionsPanel::tr("Dropped: %1 messages that came too fast").arg(formatCount(c.droppedMessages));
    if (entry.ending)
        lines << endingSentence(*entry.ending) << QString::fromUtf8(endingToJson(*entry.ending));
    lines << QString() << QString::fromUtf8(entry.info.requestHead).trimmed() << QString()
          << QString::fromUtf8(entry.info.responseHead).trimmed();
    return lines.join(u'\n') + u'\n';
}

} // namespace glasshouse
