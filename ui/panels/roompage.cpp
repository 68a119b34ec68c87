// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/roompage.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/overflowrow.h"
#include "ui/base/partsline.h"
#include "ui/games/gamefaces.h"
#include "ui/models/naturalsort.h"
#include "ui/panels/gamecolumns.h"
#include "ui/panels/gamepane.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QApplication>
#include <QDataStream>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qint64 sortMs = 2000; // rows that swap ten times a second can not be clicked

QLabel *plainLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    return label;
}

void enlarge(QLabel *label, double factor, bool bold)
{
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    label->setFont(font);
}

void setColour(QLabel *label, const QColor &colour)
{
    QPalette colours = QApplication::palette();
    colours.setColor(QPalette::WindowText, colour);
    label->setPalette(colours);
}

/// The last ones give way first.
void addButtons(OverflowRow &row, const QList<QAction *> &actions, int rank)
{
    for (QAction *action : actions) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        row.addYielding(button, rank++, {action});
    }
}

/// For a game that does not say it better.
QString phaseText(const QString &state)
{
    if (state == "waiting"_L1)
        return RoomPage::tr("Waiting for the start");
    return state == "playing"_L1 ? RoomPage::tr("Playing") : RoomPage::tr("The game is over");
}

QStringList countsOf(const RoomInfo &info, const QList<PlayerInfo> &players)
{
    const int here = info.players - info.dropped;
    QStringList parts{here == 1 ? RoomPage::tr("1 player") : RoomPage::tr("%1 players").arg(formatNumber(here))};
    const auto ready =
        std::count_if(players.begin(), players.end(), [](const PlayerInfo &player) { return player.ready; });
    if (info.state == "waiting"_L1 && info.players > 0)
        parts << RoomPage::tr("%1 ready").arg(formatNumber(ready));
    if (info.dropped > 0)
        parts << RoomPage::tr("%1 away").arg(formatNumber(info.dropped));
    return parts;
}

} // namespace

RoomPage::RoomPage(const QList<QAction *> &gameActions, const QList<QAction *> &roomActions, QWidget *parent)
    : QWidget(parent),
      m_sorted(new NaturalSort(this)),
      m_pages(new QStackedWidget),
      m_idle(plainLabel()),
      m_title(new PartsLine(tr("The room"))),
      m_game(new PartsLine(tr("The game"))),
      m_counts(new PartsLine(tr("Who is here"))),
      m_headline(plainLabel()),
      m_players(new TableView(tr("Players"), tr("Nobody is here yet.\nShare shows how others join."))),
      m_pane(new GamePane),
      m_splitter(new QSplitter),
      m_kick(new QAction(icon(Icon::Kick), tr("&Kick…"), this)),
      m_open(new QAction(icon(Icon::Link), tr("Sh&ow the connection"), this))
{
    buildPlayers();
    m_pages->addWidget(buildIdle());
    m_pages->addWidget(buildPage(gameActions, roomActions));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    showIdle({});
    updateActions();
}

RoomPage::~RoomPage()
{
    delete m_pages; // its views hold on to the model, which is a member and would go first
}

QWidget *RoomPage::buildIdle()
{
    m_idle->setAlignment(Qt::AlignCenter);
    auto *button = new QPushButton(icon(Icon::Room), tr("Open a new room…"));
    button->setToolTip(tr("Choose a game and how it is played"));
    connect(button, &QPushButton::clicked, this, &RoomPage::newRoomWanted);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(m_idle);
    layout->addSpacing(6);
    layout->addWidget(button, 0, Qt::AlignHCenter);
    layout->addStretch();
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    return page;
}

QWidget *RoomPage::buildPage(const QList<QAction *> &gameActions, const QList<QAction *> &roomActions)
{
    auto *actions = new OverflowRow;
    actions->row()->setContentsMargins({});
    actions->row()->setSpacing(6);
    addButtons(*actions, gameActions, 0);
    actions->addSpacing(10);
    addButtons(*actions, QList{m_kick} + roomActions, int(gameActions.size()));
    actions->addStretch();
    auto *head = new QVBoxLayout;
    head->setContentsMargins(10, 8, 10, 8);
    head->setSpacing(6);
    head->addLayout(buildHead());
    head->addWidget(actions);
    m_splitter->addWidget(m_players);
    m_splitter->addWidget(m_pane);
    m_splitter->setChildrenCollapsible(false);
    for (const int pane : {0, 1})
        m_splitter->setStretchFactor(pane, 1);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_splitter, 1);
    return page;
}

QLayout *RoomPage::buildHead()
{
    enlarge(m_title, 1.5, true);
    enlarge(m_headline, 1.15, false);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_title, 0, Qt::AlignBaseline);
    head->addWidget(m_game, 0, Qt::AlignBaseline);
    head->addSpacing(10);
    head->addWidget(m_headline, 1, Qt::AlignBaseline);
    head->addWidget(m_counts, 0, Qt::AlignBaseline);
    return head;
}

void RoomPage::buildPlayers()
{
    m_sorted->setSourceModel(&m_playersModel);
    m_sorted->setSortRole(PlayersModel::SortRole);
    m_sorted->setDynamicSortFilter(false);
    m_players->setModel(m_sorted);
    m_players->setSortingEnabled(true);
    m_players->horizontalHeader()->setSortIndicatorClearable(true);
    m_players->sortByColumn(-1, Qt::AscendingOrder); // as they joined
    m_kick->setShortcut(tr("Ctrl+Shift+K"));
    m_kick->setToolTip(tr("Send the selected player away with a reason (%1)").arg(tr("Ctrl+Shift+K")));
    m_kick->setStatusTip(tr("Send the selected player away with a reason"));
    m_open->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    m_open->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_open->setToolTip(tr("Select the connection of the selected player"));
    m_players->addActions({m_kick, m_open, m_players->copyAction()}); // which goes behind them
    connect(m_kick, &QAction::triggered, this, &RoomPage::kick);
    connect(m_players->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RoomPage::updateActions);
    connect(&m_playersModel, &QAbstractItemModel::dataChanged, this, &RoomPage::updateActions);
    connect(m_open, &QAction::triggered, this, &RoomPage::openConnection);
    connect(m_players, &QTableView::doubleClicked, this, &RoomPage::openConnection);
}

void RoomPage::setRoom(const QString &id)
{
    if (id == m_room)
        return;
    m_last = m_room;
    m_room = id;
    m_playersModel.clear();
    m_pages->setCurrentIndex(id.isEmpty() ? 0 : 1);
    m_title->setParts({oneLine(id, 32)});
    for (PartsLine *line : {m_game, m_counts})
        line->setParts({});
    m_headline->clear();
    m_pane->show({});
    if (isVisible())
        emit watchWanted(id);
}

void RoomPage::apply(const Snapshot &snapshot)
{
    const auto at = std::find_if(snapshot.rooms.begin(), snapshot.rooms.end(),
                                 [this](const RoomInfo &room) { return room.id == m_room; });
    if (at == snapshot.rooms.end())
        return showIdle(snapshot.rooms);
    showInfo(*at);
    if (!snapshot.watched || snapshot.watched->id != m_room)
        return;
    const GameView view = gameFace(at->game).view(snapshot.watched->gameState, at->paused ? -1 : snapshot.timeMs);
    m_playersModel.apply(snapshot.watched->players, view, at->state == "waiting"_L1);
    m_counts->setParts(countsOf(*at, snapshot.watched->players));
    m_pane->show(view);
    showHeadline(*at, view);
    sortAgain(snapshot.timeMs);
}

void RoomPage::clear()
{
    setRoom({});
    m_last.clear();
    showIdle({});
}

void RoomPage::showIdle(const QList<RoomInfo> &rooms)
{
    const auto isLast = [this](const RoomInfo &room) { return room.id == m_last; };
    const bool closed = !m_last.isEmpty() && std::none_of(rooms.begin(), rooms.end(), isLast);
    m_idle->setText(closed ? tr("Room %1 is closed.").arg(oneLine(m_last, 32))
                           : tr("No room is selected.\nSelect one on the left, or open a new one."));
}

void RoomPage::showInfo(const RoomInfo &info)
{
    showKind(info.game);
    const QString game = gameName(info.game);
    m_game->setParts(info.code == info.id ? QStringList{game} : QStringList{game, tr("code %1").arg(info.code)});
    setColour(m_game, tint(Tint::Muted));
}

void RoomPage::showKind(const QString &kind)
{
    if (kind == m_kind)
        return;
    if (!m_kind.isEmpty())
        m_layouts[m_kind] = layoutNow();
    m_kind = kind;
    const GameFace &face = gameFace(kind);
    m_pane->setFace(face);
    showColumns(face.playerColumns());
    showLayout(m_layouts.value(kind));
}

QList<QByteArray> RoomPage::layoutNow() const
{
    return {m_splitter->saveState(), m_players->saveColumns(), m_pane->saveColumns()};
}

/// An empty one: as at the first start.
void RoomPage::showLayout(const QList<QByteArray> &layout)
{
    if (const int share = gameFace(m_kind).playersPercent(); !m_splitter->restoreState(layout.value(0)))
        m_splitter->setSizes({10 * share, 1000 - 10 * share});
    m_players->restoreColumns(layout.value(1));
    m_pane->restoreColumns(layout.value(2));
}

void RoomPage::showColumns(const QList<GameColumn> &columns)
{
    if (m_sorted->sortColumn() >= PlayersModel::FirstOfGame)
        m_players->sortByColumn(-1, Qt::AscendingOrder); // that column is another one
    m_playersModel.setColumns(columns);
    const int connection = m_playersModel.connectionColumn();
    m_players->resetColumn(PlayersModel::Name, 9);
    m_players->resetColumn(PlayersModel::Status, 11);
    m_players->resetColumn(connection, 4);
    m_players->setColumnHidden(connection, !columns.isEmpty());
    if (!layOutGameColumns(*m_players, PlayersModel::FirstOfGame, columns))
        m_players->setElasticColumn(PlayersModel::Name);
    m_players->takeColumnsAsStandard();
}

void RoomPage::showHeadline(const RoomInfo &info, const GameView &view)
{
    const QString words = view.headline.isEmpty() ? phaseText(info.state) : view.headline;
    m_headline->setText(info.paused ? tr("Paused · %1").arg(words) : words);
    const bool playing = info.state == "playing"_L1;
    const QColor calm = QApplication::palette().color(QPalette::WindowText);
    setColour(m_headline, info.paused ? tint(Tint::Warning) : playing ? tint(Tint::Good) : calm);
}

void RoomPage::sortAgain(qint64 nowMs)
{
    if (nowMs - m_sortedMs < sortMs || QApplication::mouseButtons() != Qt::NoButton)
        return;
    m_sortedMs = nowMs;
    m_sorted->sort(m_sorted->sortColumn(), m_sorted->sortOrder());
}

const PlayerRow *RoomPage::selected() const
{
    const QModelIndexList rows = m_players->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_playersModel.at(m_sorted->mapToSource(rows.first()).row());
}

void RoomPage::updateActions()
{
    const PlayerRow *row = selected();
    const bool isConnected = row != nullptr && row->info.connection != ConnectionId{};
    for (QAction *action : {m_kick, m_open})
        action->setEnabled(isConnected);
}

void RoomPage::openConnection()
{
    const PlayerRow *row = selected();
    if (row != nullptr && row->info.connection != ConnectionId{})
        emit connectionWanted(row->info.connection);
}

void RoomPage::kick()
{
    const PlayerRow *row = selected();
    if (row == nullptr)
        return;
    const ConnectionId connection = row->info.connection; // the row may be another one when the question is answered
    const auto reason = askReason(
        this, tr("Kick"),
        tr("“%1” has to leave room %2. Reason, shown to the player:").arg(oneLine(row->info.name, 40), m_room),
        tr("Kick"));
    if (reason)
        emit kickWanted(connection, *reason);
}

void RoomPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    emit watchWanted(m_room);
}

void RoomPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    emit watchWanted({});
}

void RoomPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setColour(m_game, tint(Tint::Muted)); // the next snapshot brings the others
}

QByteArray RoomPage::saveState() const
{
    auto layouts = m_layouts;
    if (!m_kind.isEmpty())
        layouts[m_kind] = layoutNow();
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << layouts;
    return state;
}

void RoomPage::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    in >> m_layouts;
}

void RoomPage::resetLayout()
{
    m_layouts.clear();
    if (!m_kind.isEmpty())
        showLayout({});
}

} // namespace glasshouse
