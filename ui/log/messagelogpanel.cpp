// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/messagelogpanel.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/livelabel.h"
#include "ui/log/messagedetails.h"
#include "ui/log/messagefilterbar.h"
#include "ui/models/payloadtext.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QDataStream>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <utility>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int wayDigits = 5; // the width of "← out"

QToolButton *footerButton(const QString &text, const QIcon &icon = {})
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setIcon(icon);
    button->setToolButtonStyle(icon.isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->hide();
    return button;
}

} // namespace

MessageLogPanel::MessageLogPanel(MessageSource *source, QWidget *parent)
    : QWidget(parent),
      m_source(source),
      m_model(new MessagesModel(source, this)),
      m_bar(new MessageFilterBar),
      m_view(new TableView(tr("Messages"), {})),
      m_splitter(new QSplitter(Qt::Vertical)),
      m_bottom(new QSplitter(Qt::Horizontal)),
      m_details(new MessageDetails),
      m_footer(new LiveLabel(tr("What the log shows"))),
      m_jump(footerButton(tr("Jump to newest"), icon(Icon::Follow))),
      m_showEarlier(footerButton(tr("Show earlier"))),
      m_openFolder(footerButton(tr("Open the folder"))),
      m_emptyText(tr("No messages yet."))
{
    connectModel(); // before the view connects: the selection has to go before its row does
    buildView();
    auto *upper = new QWidget;
    auto *layout = new QVBoxLayout(upper);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_view, 1);
    buildFooter();
    layout->addWidget(m_footer->parentWidget());
    m_bottom->addWidget(m_details);
    m_bottom->setChildrenCollapsible(false);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_bottom);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_splitter);
    buildActions();
    connectBar();
    updateFooter();
}

MessageLogPanel::~MessageLogPanel()
{
    // What the view still says while it goes is not for us any more.
    m_model->disconnect(this);
    m_view->verticalScrollBar()->disconnect(this);
    m_view->selectionModel()->disconnect(this);
}

void MessageLogPanel::buildView()
{
    m_view->setModel(m_model);
    m_view->setWidths({12, 9, 5, wayDigits, 8, 12, 8, 24});
    for (const int column : {MessagesModel::Time, MessagesModel::Connection, MessagesModel::Kind})
        m_view->keepWhole(column);
    QScrollBar *bar = m_view->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int max) {
        if (m_following)
            bar->setValue(max);
    });
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
        if (bar->maximum() > 0) // nothing to scroll says nothing about what somebody wants
            setFollowing(value >= bar->maximum());
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MessageLogPanel::takeSelection);
}

void MessageLogPanel::buildFooter()
{
    auto *footer = new QWidget;
    auto *layout = new QHBoxLayout(footer);
    layout->setContentsMargins(6, 1, 4, 1);
    layout->setSpacing(4);
    m_footer->setObjectName(u"footer"_s);
    m_jump->setObjectName(u"jump"_s);
    m_openFolder->setObjectName(u"openFolder"_s);
    m_footer->setForegroundRole(QPalette::WindowText);
    m_footer->setMinimumWidth(0);
    m_footer->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_footer->setMinimumHeight(m_jump->sizeHint().height()); // no jump when a button comes or goes
    m_jump->setToolTip(tr("The log stands still because you scrolled up or selected a message; go on following (%1)")
                           .arg(tr("Ctrl+End")));
    m_showEarlier->setToolTip(tr("Show again what was cleared from the view"));
    layout->addWidget(m_footer, 1);
    layout->addWidget(m_openFolder);
    layout->addWidget(m_showEarlier);
    layout->addWidget(m_jump);
    connect(m_jump, &QToolButton::clicked, this, [this] { setFollowing(true); });
    connect(m_openFolder, &QToolButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_sessionsFolder)); });
    connect(m_showEarlier, &QToolButton::clicked, m_model, &MessagesModel::showEarlier);
}

void MessageLogPanel::buildActions()
{
    m_copy = new QAction(icon(Icon::Copy), tr("Copy &message"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_copy->setToolTip(tr("Copy the payload of the selected message: text without secrets, binary as hex"));
    connect(m_copy, &QAction::triggered, this, &MessageLogPanel::copyMessage);
    m_view->addAction(m_copy);
    m_view->addAction(m_bar->menuActions().at(1));
    addActions(m_bar->menuActions());
}

void MessageLogPanel::connectModel()
{
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { dropSelectionIn(first, last); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { holdPosition(last - first + 1); });
    connect(
        m_model, &QAbstractItemModel::modelReset, this, [this] { keepSelection(true); }, Qt::QueuedConnection);
    connect(
        m_model, &QAbstractItemModel::rowsInserted, this, [this] { keepSelection(false); }, Qt::QueuedConnection);
    connect(m_model, &MessagesModel::changed, this, &MessageLogPanel::updateFooter);
    connect(m_source, &MessageSource::reset, this, [this] { // another session: what was selected and read is not in it
        dropSelection();
        setFollowing(true);
    });
}

void MessageLogPanel::connectBar()
{
    connect(m_bar, &MessageFilterBar::filterChanged, this, &MessageLogPanel::applyFilter);
    connect(m_bar, &MessageFilterBar::narrowingWanted, this, &MessageLogPanel::narrowToSelected);
    connect(m_bar, &MessageFilterBar::pauseWanted, m_model, &MessagesModel::setPaused);
    connect(m_bar, &MessageFilterBar::followWanted, this, &MessageLogPanel::setFollowing);
    connect(m_bar, &MessageFilterBar::clearViewWanted, m_model, &MessagesModel::hideEarlier);
    connect(m_bar, &MessageFilterBar::leaveWanted, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_bar, &MessageFilterBar::typesWanted, this, [this] { m_bar->setKnownTypes(m_model->knownTypes()); });
}

void MessageLogPanel::applyFilter()
{
    CaptureFilter filter = m_bar->filter();
    filter.connections = m_connections;
    m_model->setFilter(filter, m_bar->mode());
}

void MessageLogPanel::setConnectionFilter(QList<ConnectionId> connections)
{
    setConnectionFilter(std::move(connections), {});
}

void MessageLogPanel::setConnectionFilter(QList<ConnectionId> connections, const QString &label)
{
    const bool narrowed = !connections.isEmpty();
    const QString shown =
        !label.isEmpty() || connections.size() != 1 ? label : tr("#%1").arg(quint32(connections.first()));
    m_bar->setNarrowed(narrowed, shown);
    if (connections == m_connections)
        return;
    m_connections = std::move(connections);
    const auto selected = selectedConnection();
    if (selected && !m_connections.isEmpty() && !m_connections.contains(*selected)) {
        dropSelection();
        setFollowing(true); // it stopped for what is not here any more
    }
    applyFilter();
}

void MessageLogPanel::narrowToSelected(bool on)
{
    const auto connection = on ? selectedConnection() : std::nullopt;
    setConnectionFilter(connection ? QList{*connection} : QList<ConnectionId>());
    emit connectionFilterChanged(m_connections);
}

void MessageLogPanel::setConnectionsShown(bool shown)
{
    m_view->setColumnHidden(MessagesModel::Connection, !shown);
    m_bar->setNarrowingShown(shown);
}

void MessageLogPanel::setSeenFromClient(bool client)
{
    const Viewpoint viewpoint = client ? Viewpoint::Client : Viewpoint::Server;
    m_model->setViewpoint(viewpoint);
    m_bar->setViewpoint(viewpoint);
    m_details->setViewpoint(viewpoint);
    m_view->setWidth(MessagesModel::Way, client ? 9 : wayDigits);
}

void MessageLogPanel::setEmptyText(const QString &text)
{
    m_emptyText = text;
    updateFooter();
}

void MessageLogPanel::leaveRun(const QString &sessionFolder)
{
    if (m_model->all() == 0)
        return;
    const QString folder = QFileInfo(sessionFolder).path();
    if (std::exchange(m_sessionsFolder, folder) != folder)
        m_ofEarlierRuns = 0; // the others are somewhere else
    m_ofEarlierRuns += m_model->all();
    m_openFolder->setToolTip(tr("Each run is recorded in a folder of its own, in %1").arg(m_sessionsFolder));
    m_openFolder->show();
    updateFooter();
}

void MessageLogPanel::addDetailsPane(QWidget *pane)
{
    m_bottom->addWidget(pane);
    m_bottom->setStretchFactor(0, 3);
    m_bottom->setStretchFactor(m_bottom->count() - 1, 2);
}

void MessageLogPanel::setDetailsVisible(bool visible) { m_bottom->setVisible(visible); }

void MessageLogPanel::takeSelection(const QModelIndex &index)
{
    if (m_restoring || !index.isValid())
        return; // the model took it away, nobody else
    m_current = m_model->numberAt(index.row());
    m_currentConnection.reset();
    if (const auto message = m_model->message(index.row())) {
        m_details->show(*message);
        if (message->connection() != ConnectionId{})
            m_currentConnection = message->connection();
    }
    setFollowing(false); // what somebody looks at does not run away
    emit messageSelected();
}

void MessageLogPanel::dropSelection()
{
    if (!m_current)
        return;
    m_current.reset();
    m_currentConnection.reset();
    m_details->clear();
    m_restoring = true;
    m_view->selectionModel()->clear();
    m_restoring = false;
    emit messageSelected();
}

void MessageLogPanel::keepSelection(bool intoView)
{
    const int row = m_current ? m_model->rowOf(*m_current) : -1;
    if (row < 0 || m_view->currentIndex().row() == row)
        return;
    m_restoring = true;
    const QModelIndex index = m_model->index(row, 0);
    // Selecting alone would scroll to the row; the log may be following the newest.
    m_view->setAutoScroll(false);
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->setAutoScroll(true);
    m_restoring = false;
    if (!intoView || m_model->rowCount() <= 1)
        return;
    setFollowing(false);
    m_view->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void MessageLogPanel::dropSelectionIn(int first, int last)
{
    const int current = m_view->currentIndex().row();
    if (current < first || current > last)
        return;
    m_restoring = true; // the view would select a neighbour
    m_view->selectionModel()->clear();
    m_restoring = false;
}

void MessageLogPanel::setFollowing(bool following)
{
    m_following = following;
    m_bar->setFollowing(following);
    m_jump->setVisible(!following);
    if (following)
        m_view->scrollToBottom();
}

void MessageLogPanel::holdPosition(int removedRows)
{
    if (QScrollBar *bar = m_view->verticalScrollBar(); !m_following) // what somebody is reading stays where it is
        bar->setValue(std::max(0, bar->value() - removedRows));
}

void MessageLogPanel::updateFooter()
{
    m_view->setEmptyText(m_model->isFiltered()       ? tr("No message matches the filter.")
                             : m_model->hidden() > 0 ? tr("The view was cleared. What comes now stands here.")
                                                     : m_emptyText);
    QStringList parts;
    const int rows = m_model->rowCount();
    const QString all = formatCount(m_model->all());
    if (m_model->isFiltered())
        parts << (m_bar->mode() == MessagesModel::FilterMode::Hide ? tr("%1 of %2 match") : tr("%1 of %2 highlighted"))
                     .arg(formatCount(m_model->matches()), all);
    else
        parts << (rows == 1 ? tr("1 message") : tr("%1 messages").arg(formatNumber(rows)));
    if (m_model->searchedPercent() < 100)
        parts << tr("searching, %1 %").arg(m_model->searchedPercent());
    if (m_model->notSearched() > 0)
        parts << tr("%1 not searched to their ends").arg(formatCount(m_model->notSearched()));
    if (m_model->isPaused())
        parts << tr("paused, %1 waiting").arg(formatCount(m_model->waiting()));
    if (m_model->hidden() > 0)
        parts << tr("%1 cleared from the view").arg(formatCount(m_model->hidden()));
    if (m_model->notOffered() > 0)
        parts << tr("%1 older ones only by filter").arg(formatCount(m_model->notOffered()));
    if (m_source->discarded() > 0)
        parts << tr("%1 discarded").arg(formatCount(m_source->discarded()));
    if (m_ofEarlierRuns > 0)
        parts << tr("%1 of earlier runs are in the folders of their sessions").arg(formatCount(m_ofEarlierRuns));
    m_footer->setText(parts.join(u" · "_s));
    m_footer->setToolTip(
        m_model->notSearched() == 0
            ? QString()
            : tr("They may match too: their payloads were left out of the capture, or are longer than an "
                 "expression looks. A text is searched for to the end."));
    m_showEarlier->setVisible(m_model->hidden() > 0);
}

void MessageLogPanel::copyMessage()
{
    if (const auto message = m_model->message(m_view->currentIndex().row()))
        QGuiApplication::clipboard()->setText(copyText(*message));
}

QTableView *MessageLogPanel::view() const { return m_view; }

QList<QAction *> MessageLogPanel::menuActions() const { return m_bar->menuActions() << m_copy; }

QByteArray MessageLogPanel::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_view->horizontalHeader()->saveState() << m_splitter->saveState() << m_bottom->saveState()
        << m_bar->saveState() << m_details->currentPage();
    return state;
}

bool MessageLogPanel::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    QByteArray header, splitter, bottom, bar;
    int page = 0;
    in >> header >> splitter >> bottom >> bar >> page;
    if (in.status() != QDataStream::Ok)
        return false;
    m_bar->restoreState(bar);
    m_details->setCurrentPage(page);
    m_bottom->restoreState(bottom);
    return m_view->horizontalHeader()->restoreState(header) && m_splitter->restoreState(splitter);
}

} // namespace glasshouse
