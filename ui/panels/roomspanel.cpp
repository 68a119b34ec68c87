// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/roomspanel.h"

#include "ui/base/icons.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

RoomsPanel::RoomsPanel(RoomsModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(new TableView(tr("Rooms"), tr("No rooms.\nThey come when somebody joins.")))
{
    buildView();
    buildActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        emit selectionChanged(selected());
    });
    connect(model, &QAbstractItemModel::dataChanged, this, &RoomsPanel::updateActions);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_awaited.isEmpty())
            select(m_awaited);
    });
    updateActions();
}

void RoomsPanel::buildView()
{
    m_view->setObjectName(u"rooms"_s);
    m_view->setModel(m_model);
    m_view->setWidths({6, 9, 6, 5});
    m_view->setElasticColumn(RoomsModel::Name);
}

void RoomsPanel::buildActions()
{
    const auto add = [this](const QIcon &picture, const QString &text, const QKeySequence &keys, const QString &tip) {
        auto *action = new QAction(picture, text, this);
        action->setShortcut(keys);
        action->setToolTip(u"%1 (%2)"_s.arg(tip, keys.toString(QKeySequence::NativeText)));
        action->setStatusTip(tip);
        m_view->addAction(action);
        return action;
    };
    m_broadcast =
        add(icon(Icon::Broadcast), tr("&Broadcast…"), tr("Ctrl+B"), tr("Send a message to all players of the room"));
    m_start = add(icon(Icon::Start), tr("&Start the game"), tr("Ctrl+Shift+R"), tr("Start the room's game now"));
    m_pause = add({}, {}, tr("Ctrl+Shift+P"), tr("Stop the game's clock and its messages, or let it go on"));
    m_end = add(icon(Icon::Finish), tr("&End the game…"), tr("Ctrl+Shift+E"),
                tr("Finish the game with the standing as it is; the room stays"));
    m_close = add(icon(Icon::Close), tr("&Close…"), tr("Ctrl+Shift+W"), tr("End the room and send its players away"));
    m_all = add({}, tr("Show &all rooms"), Qt::Key_Escape, tr("No room is selected; the log shows all of them"));
    m_all->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_start->setIconText(tr("Start")); // on a button beside the room the short form is enough
    m_end->setIconText(tr("End…"));
    connect(m_broadcast, &QAction::triggered, this, &RoomsPanel::broadcast);
    connect(m_start, &QAction::triggered, this, [this] { emit startWanted(selected()); });
    connect(m_pause, &QAction::triggered, this, &RoomsPanel::pause);
    connect(m_end, &QAction::triggered, this, &RoomsPanel::endGame);
    connect(m_close, &QAction::triggered, this, &RoomsPanel::closeRoom);
    connect(m_all, &QAction::triggered, this, [this] {
        clearSelection();
        emit allWanted();
    });
    m_view->addAction(m_view->copyAction()); // behind the others
}

QList<QAction *> RoomsPanel::menuActions() const { return {m_start, m_pause, m_end, m_broadcast, m_close, m_all}; }

QString RoomsPanel::selected() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : m_model->at(rows.first().row()).id;
}

void RoomsPanel::clearSelection() { m_view->clearSelection(); }

void RoomsPanel::select(const QString &room)
{
    const int row = m_model->rowOf(room);
    m_awaited = row < 0 ? room : QString();
    if (row < 0)
        return;
    m_view->setCurrentIndex(m_model->index(row, 0));
    m_view->scrollTo(m_view->currentIndex());
}

const RoomInfo *RoomsPanel::selectedRoom() const
{
    const int row = m_model->rowOf(selected());
    return row < 0 ? nullptr : &m_model->at(row);
}

void RoomsPanel::updateActions()
{
    const RoomInfo *room = selectedRoom();
    const bool playing = room != nullptr && room->state == "playing"_L1;
    m_start->setEnabled(room != nullptr && !playing && !room->paused);
    m_pause->setEnabled(playing || (room != nullptr && room->paused));
    m_end->setEnabled(playing);
    for (QAction *action : {m_broadcast, m_close, m_all})
        action->setEnabled(room != nullptr);
    updatePause(room);
}

void RoomsPanel::updatePause(const RoomInfo *room)
{
    const bool paused = room != nullptr && room->paused;
    m_pause->setText(paused ? tr("&Go on") : tr("&Pause"));
    m_pause->setIcon(icon(paused ? Icon::Start : Icon::Pause));
}

void RoomsPanel::pause()
{
    if (const RoomInfo *room = selectedRoom())
        emit pauseWanted(room->id, !room->paused);
}

void RoomsPanel::endGame()
{
    const QString room = selected(); // the selection may be another one when the question is answered
    if (!room.isEmpty()
        && confirm(this, tr("End the game"),
                   tr("The game in room %1 ends with the standing as it is. The players stay.").arg(room),
                   tr("End the game")))
        emit endWanted(room);
}

void RoomsPanel::broadcast()
{
    const QString room = selected();
    if (room.isEmpty())
        return;
    const auto text =
        askEnvelope(this, tr("Broadcast"), tr("Envelope to all players of room %1:").arg(room), tr("Send"));
    if (text)
        emit broadcastWanted(room, text->toUtf8());
}

void RoomsPanel::closeRoom()
{
    const QString room = selected();
    if (room.isEmpty())
        return;
    const auto reason = askReason(
        this, tr("Close the room"),
        tr("The game of room %1 ends and its players leave. Reason, shown to them:").arg(room), tr("Close the room"));
    if (reason)
        emit closeWanted(room, *reason);
}

} // namespace glasshouse
