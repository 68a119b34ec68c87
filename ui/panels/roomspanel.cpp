// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/roomspanel.h"

#include "ui/icons.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QHeaderView>
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
    updateActions();
}

void RoomsPanel::buildView()
{
    m_view->setModel(m_model);
    m_view->setWidths({6, 7, 7, 5});
    m_view->setElasticColumn(RoomsModel::Name);
}

void RoomsPanel::buildActions()
{
    const auto add = [this](const QIcon &picture, const QString &text, const QKeySequence &keys, const QString &tip) {
        auto *action = new QAction(picture, text, this);
        action->setShortcut(keys);
        action->setToolTip(tip);
        action->setStatusTip(tip);
        m_view->addAction(action);
        return action;
    };
    m_broadcast =
        add(icon(Icon::Broadcast), tr("&Broadcast…"), tr("Ctrl+B"), tr("Send a message to all players of the room"));
    m_start = add(icon(Icon::Start), tr("&Start the game"), tr("Ctrl+Shift+R"), tr("Start the room's game now"));
    m_close = add(icon(Icon::Close), tr("&Close…"), tr("Ctrl+Shift+W"), tr("End the room and send its players away"));
    m_all = add({}, tr("Show &all rooms"), Qt::Key_Escape, tr("No room is selected; the log shows all of them"));
    m_all->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_broadcast, &QAction::triggered, this, &RoomsPanel::broadcast);
    connect(m_start, &QAction::triggered, this, [this] { emit startWanted(selected()); });
    connect(m_close, &QAction::triggered, this, &RoomsPanel::closeRoom);
    connect(m_all, &QAction::triggered, this, &RoomsPanel::clearSelection);
}

QList<QAction *> RoomsPanel::menuActions() const { return {m_broadcast, m_start, m_close, m_all}; }

QString RoomsPanel::selected() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : m_model->at(rows.first().row()).id;
}

void RoomsPanel::clearSelection() { m_view->clearSelection(); }

void RoomsPanel::updateActions()
{
    const int row = m_model->rowOf(selected());
    m_start->setEnabled(row >= 0 && m_model->at(row).state == "waiting"_L1);
    for (QAction *action : {m_broadcast, m_close, m_all})
        action->setEnabled(row >= 0);
}

void RoomsPanel::broadcast()
{
    const QString room = selected();
    if (room.isEmpty())
        return;
    const auto text = askEnvelope(this, tr("Broadcast"), tr("Envelope to all players of room %1:").arg(room));
    if (text)
        emit broadcastWanted(room, text->toUtf8());
}

void RoomsPanel::closeRoom()
{
    const QString room = selected();
    if (room.isEmpty())
        return;
    const auto reason =
        askReason(this, tr("Close the room"),
                  tr("The game of room %1 ends and its players leave. Reason, shown to them:").arg(room));
    if (reason)
        emit closeWanted(room, *reason);
}

QByteArray RoomsPanel::saveState() const { return m_view->horizontalHeader()->saveState(); }
bool RoomsPanel::restoreState(const QByteArray &state) { return m_view->horizontalHeader()->restoreState(state); }

} // namespace glasshouse
