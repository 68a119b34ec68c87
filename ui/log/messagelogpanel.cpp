// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/messagelogpanel.h"

#include "ui/details/messagedetails.h"
#include "ui/filter/faultline.h"
#include "ui/filter/filterchips.h"
#include "ui/filter/filterfield.h"
#include "ui/filter/filtermenu.h"
#include "ui/filter/messagefilterbar.h"
#include "ui/log/detailssplitter.h"
#include "ui/log/logcolours.h"
#include "ui/log/logcursor.h"
#include "ui/log/logfooter.h"
#include "ui/log/logwatch.h"
#include "ui/log/matchmarks.h"
#include "ui/log/matchsteps.h"
#include "ui/log/pathcolumns.h"
#include "ui/log/selectionactions.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QActionGroup>
#include <QDataStream>
#include <QEvent>
#include <QIODevice>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int wayDigits = 5;    // the width of "← out"
constexpr int leastRows = 3;    // however small the window is
constexpr int mostLearned = 20; // rows, at each key that is typed

} // namespace

MessageLogPanel::MessageLogPanel(MessageSource *source, QWidget *parent)
    : QWidget(parent),
      m_source(source),
      m_model(new MessagesModel(source, this)),
      m_bar(new MessageFilterBar),
      m_view(new TableView(tr("Messages"), {})),
      m_cursor(new LogCursor(m_model, m_view, this)),
      m_footer(new LogFooter),
      m_details(new MessageDetails),
      m_emptyText(tr("No messages yet."))
{
    buildView();
    auto *log = new QWidget;
    auto *column = new QVBoxLayout(log);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_footer);
    m_splitter = new DetailsSplitter(log);
    m_splitter->addPane(m_details);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    outer->addWidget(m_bar);
    outer->addWidget(m_splitter, 1);
    new FaultLine(m_bar->field(), this);
    buildActions();
    buildPlaces();
    connectParts();
    connectBar();
    updateFooter();
}

MessageLogPanel::~MessageLogPanel()
{
    delete m_cursor; // before its view
}

void MessageLogPanel::buildView()
{
    m_view->setWidths(
        {11, 8, 3, 12, wayDigits, 6, 11, 6, 8, 10}); // the preview needs all that the others can do without
    for (const int column : {MessagesModel::Time, MessagesModel::Connection, MessagesModel::Kind})
        m_view->keepWhole(column);
    for (const int column : {MessagesModel::Answer, MessagesModel::Player}) // for who looks for them
        m_view->setColumnHidden(column, true);
    m_view->leaveCopying();
    m_view->setLeastRows(leastRows);
    m_columns = new PathColumns(m_model, m_view, this);
    const auto filterWords = [this] {
        const auto &condition = m_bar->field()->condition();
        return condition ? condition->words() : QString();
    };
    m_colours = new LogColours(m_model, filterWords, this);
    m_watch = new LogWatch(
        m_source, [this] { return filter(); }, this);
    m_footer->addButton(m_watch->button());
    m_steps = new MatchSteps(m_model, m_view, m_cursor, this);
    new MatchMarks(m_model, m_view->verticalScrollBar());
    m_chips = new FilterChips(m_bar->field());
    m_footer->addChips(m_chips);
    const auto *filters = new FilterMenu(m_model, m_view, m_bar->field(), this);
    connect(m_details, &MessageDetails::menuFilled, filters, &FilterMenu::fillPath);
}

void MessageLogPanel::buildActions()
{
    m_selection = new SelectionActions(m_source, m_model, m_cursor, m_view, this);
    m_view->addAction(m_bar->menuActions().at(1));
    addActions(m_bar->menuActions());
    addActions(m_steps->actions());
    addAction(m_columns->addAction());
    addActions({m_colours->action(), m_watch->action()});
    addAction(m_details->findAction());
}

void MessageLogPanel::buildPlaces()
{
    auto *group = new QActionGroup(this);
    const auto add = [this, group](const QString &text, const QString &tip, DetailsPlace place) {
        auto *action = new QAction(text, group);
        action->setCheckable(true);
        action->setChecked(m_splitter->place() == place);
        action->setToolTip(tip);
        action->setData(int(place));
        connect(action, &QAction::triggered, this, [this, place] { m_splitter->setPlace(place); });
    };
    add(tr("As there is &room"), tr("Beside the log in a wide window, below it in a narrow one"),
        DetailsPlace::AsThereIsRoom);
    add(tr("&Beside the log"), tr("The details of a message stand to the right of the log"), DetailsPlace::Beside);
    add(tr("Be&low the log"), tr("The details of a message stand below the log"), DetailsPlace::Below);
    m_places = group->actions();
}

void MessageLogPanel::showPlace()
{
    for (QAction *action : std::as_const(m_places))
        action->setChecked(action->data().toInt() == int(m_splitter->place()));
}

void MessageLogPanel::connectParts()
{
    connect(m_cursor, &LogCursor::shown, m_details, &MessageDetails::show);
    connect(m_details, &MessageDetails::columnWanted, m_columns, &PathColumns::add);
    m_details->setSource(m_source);
    connect(m_details, &MessageDetails::rowWanted, this, &MessageLogPanel::goTo);
    connect(m_cursor, &LogCursor::dropped, m_details, &MessageDetails::clear);
    connect(m_cursor, &LogCursor::changed, this, &MessageLogPanel::messageSelected);
    connect(m_cursor, &LogCursor::followingChanged, m_bar, &MessageFilterBar::setFollowing);
    connect(m_cursor, &LogCursor::followingChanged, m_footer, &LogFooter::setFollowing);
    connect(m_footer, &LogFooter::followWanted, m_cursor, [this] { m_cursor->setFollowing(true); });
    connect(m_watch, &LogWatch::rowWanted, this, &MessageLogPanel::goTo);
    connect(m_watch, &LogWatch::switched, this, &MessageLogPanel::watchSwitched);
    connect(m_watch, &LogWatch::attentionWanted, this, &MessageLogPanel::attentionWanted);
    connect(m_footer, &LogFooter::earlierWanted, m_model, &MessagesModel::showEarlier);
    connect(m_model, &MessagesModel::changed, this, &MessageLogPanel::updateFooter);
    connect(m_steps, &MatchSteps::placeChanged, this, &MessageLogPanel::updateFooter);
    connect(m_selection, &SelectionActions::notesChanged, this, [this] {
        m_footer->setNotes(m_selection->notes());
        updateFooter();
    });
    connect(m_source, &MessageSource::reset, m_cursor, [this] { // what was selected and read is not in another session
        m_cursor->drop();
        m_cursor->setFollowing(true);
        m_seenPaths = {};
    });
}

void MessageLogPanel::connectBar()
{
    connect(m_bar, &MessageFilterBar::filterChanged, this, &MessageLogPanel::applyFilter);
    connect(m_bar, &MessageFilterBar::narrowingWanted, this, &MessageLogPanel::narrowToSelected);
    connect(m_chips, &FilterChips::narrowingLifted, this, [this] { narrowToSelected(false); });
    connect(m_bar, &MessageFilterBar::pauseWanted, m_model, &MessagesModel::setPaused);
    connect(m_bar, &MessageFilterBar::followWanted, m_cursor, &LogCursor::setFollowing);
    connect(m_bar, &MessageFilterBar::clearViewWanted, m_model, &MessagesModel::hideEarlier);
    connect(m_bar, &MessageFilterBar::leaveWanted, m_view, qOverload<>(&QWidget::setFocus));
    m_bar->setKnown([this] { return known(); });
    connect(m_bar, &MessageFilterBar::typesWanted, this, [this] { m_bar->setKnownTypes(m_model->knownTypes()); });
}

/// Of what is in sight.
void MessageLogPanel::learnPaths()
{
    const int first = std::max(0, m_view->rowAt(0));
    const int end = std::min(m_model->rowCount(), first + mostLearned);
    for (int row = first; row < end; ++row) {
        if (const auto message = m_model->message(row))
            m_seenPaths.learn(*message);
    }
}

KnownValues MessageLogPanel::known()
{
    learnPaths();
    KnownValues known = m_knownBeside ? m_knownBeside() : KnownValues();
    for (const QByteArray &type : m_model->knownTypes())
        known.types << QString::fromUtf8(type);
    known.types.sort();
    QStringList seen = m_seenPaths.words();
    seen.sort();
    known.paths = m_columns->texts() + seen; // what somebody made a column of, he looks for as well
    return known;
}

void MessageLogPanel::setKnownBeside(std::function<KnownValues()> known) { m_knownBeside = std::move(known); }

/// A message that is left out of the log shows all the same: somebody followed a link to it.
bool MessageLogPanel::goTo(quint64 number)
{
    if (m_cursor->goTo(number))
        return true;
    if (const auto message = m_source->row(number))
        m_details->showHidden(*message);
    return false;
}

CaptureFilter MessageLogPanel::filter() const
{
    CaptureFilter filter = m_bar->filter();
    filter.connections = m_connections;
    return filter;
}

void MessageLogPanel::applyFilter()
{
    const CaptureFilter filter = this->filter();
    auto asked = std::pair(filter, m_bar->mode());
    if (m_asked == asked) // while a condition is typed it is none for the most part, and the one before stays
        return;
    m_asked = std::move(asked);
    m_model->setFilter(filter, m_bar->mode());
    m_details->setSought(m_model->sought());
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
    m_chips->setNarrowing(narrowed ? shown : QString());
    if (connections == m_connections)
        return;
    m_connections = std::move(connections);
    const auto selected = selectedConnection();
    if (selected && !m_connections.isEmpty() && !m_connections.contains(*selected)) {
        m_cursor->drop();
        m_cursor->setFollowing(true); // it stopped for what is not here any more
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
    m_selection->setViewpoint(viewpoint);
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
    m_footer->addEarlierRun(m_model->all(), sessionFolder);
    updateFooter();
}

void MessageLogPanel::setKeptColours(KeptColours &kept) { m_colours->setKept(kept); }
void MessageLogPanel::addDetailsPane(QWidget *pane) { m_splitter->addPane(pane); }
void MessageLogPanel::setDetailsVisible(bool visible) { m_splitter->setPanesVisible(visible); }
void MessageLogPanel::arrange() { m_splitter->arrange(); }
bool MessageLogPanel::isWatching() const { return m_watch->isOn(); }
bool MessageLogPanel::isFollowing() const { return m_cursor->isFollowing(); }
std::optional<ConnectionId> MessageLogPanel::selectedConnection() const { return m_cursor->connection(); }

void MessageLogPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    window()->installEventFilter(this); // again is no harm
    arrange();
}

bool MessageLogPanel::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::Resize && object == window())
        arrange(); // the window has laid its parts out by now
    return QWidget::eventFilter(object, event);
}

void MessageLogPanel::updateFooter()
{
    m_view->setEmptyText(m_model->isFiltered()       ? tr("No message matches the filter.")
                             : m_model->hidden() > 0 ? tr("The view was cleared. What comes now stands here.")
                                                     : m_emptyText);
    m_footer->show(*m_model, *m_source, m_steps->place());
}

QTableView *MessageLogPanel::view() const { return m_view; }

QList<QAction *> MessageLogPanel::menuActions() const
{
    return m_bar->menuActions() + m_steps->actions() + m_selection->actions()
        << m_columns->addAction() << m_colours->action() << m_watch->action() << m_details->findAction();
}

QByteArray MessageLogPanel::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_columns->texts().join(u'\n').toUtf8() << m_view->saveColumns() << m_splitter->saveLayout()
        << m_bar->saveState() << m_details->currentPage();
    return state;
}

bool MessageLogPanel::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    QByteArray paths, columns, splitter, bar, colours;
    int page = 0;
    in >> paths >> columns >> splitter >> bar >> page;
    if (in.status() != QDataStream::Ok)
        return false;
    in >> colours;                   // which only an earlier state has
    m_view->takeColumnsAsStandard(); // without those that are added now
    m_columns->set(QString::fromUtf8(paths).split(u'\n', Qt::SkipEmptyParts));
    m_bar->restoreState(bar);
    m_colours->takeEarlier(QString::fromUtf8(colours));
    m_details->setCurrentPage(page);
    const bool isRestored = m_splitter->restoreLayout(splitter);
    showPlace();
    return m_view->restoreColumns(columns) && isRestored;
}

void MessageLogPanel::resetLayout()
{
    m_view->resetColumns();
    m_splitter->resetLayout();
    showPlace();
}

} // namespace glasshouse
