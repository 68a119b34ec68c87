// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/matchsteps.h"

#include "ui/log/logcursor.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QAction>

namespace glasshouse {

MatchSteps::MatchSteps(MessagesModel *model, TableView *view, LogCursor *cursor, QObject *parent)
    : QObject(parent),
      m_model(model),
      m_view(view),
      m_cursor(cursor),
      m_next(step(tr("Ne&xt match"), tr("Select the next message that the filter means"), QKeySequence(Qt::Key_F3))),
      m_previous(step(tr("Previous match"), tr("Select the message before that the filter means"),
                      QKeySequence(Qt::SHIFT | Qt::Key_F3)))
{
    connect(m_next, &QAction::triggered, this, &MatchSteps::goNext);
    connect(m_previous, &QAction::triggered, this, &MatchSteps::goPrevious);
    connect(m_cursor, &LogCursor::changed, this, [this] {
        m_turn = MatchPlace::Turn::None;
        emit placeChanged();
    });
}

QAction *MatchSteps::step(const QString &text, const QString &toolTip, const QKeySequence &keys)
{
    auto *action = new QAction(text, this);
    action->setToolTip(toolTip);
    action->setShortcut(keys);
    return action;
}

std::optional<MatchPlace> MatchSteps::place() const
{
    const auto index = m_cursor->current() ? m_model->matchIndex(*m_cursor->current()) : std::nullopt;
    return index ? std::optional(MatchPlace{*index, m_turn}) : std::nullopt;
}

void MatchSteps::goNext()
{
    const auto selected = m_cursor->current();
    const quint64 from = selected ? *selected + 1 : numberAtEdge(true);
    if (const auto next = m_model->matchFrom(from))
        select(next, MatchPlace::Turn::None);
    else
        select(m_model->matchFrom(0), MatchPlace::Turn::ToFirst);
}

void MatchSteps::goPrevious()
{
    const auto selected = m_cursor->current();
    const quint64 before = selected ? *selected : numberAtEdge(false) + 1;
    if (const auto previous = m_model->matchBefore(before))
        select(previous, MatchPlace::Turn::None);
    else
        select(m_model->matchBefore(RowSet::noEnd), MatchPlace::Turn::ToLast);
}

void MatchSteps::select(std::optional<quint64> number, MatchPlace::Turn turn)
{
    const int row = number ? m_model->rowOf(*number) : -1;
    if (row < 0)
        return;
    const QModelIndex index = m_model->index(row, std::max(0, m_view->currentIndex().column()));
    const bool isInSight = m_view->viewport()->rect().contains(m_view->visualRect(index).center());
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (!isInSight)
        m_view->scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_turn = turn; // behind the cursor, which took it for a choice
    emit placeChanged();
}

/// Of the first or the last row in sight.
quint64 MatchSteps::numberAtEdge(bool isTop) const
{
    const int rows = m_model->rowCount();
    const int row = m_view->rowAt(isTop ? 0 : m_view->viewport()->height() - 1);
    return rows == 0 ? 0 : m_model->numberAt(row >= 0 ? row : isTop ? 0 : rows - 1);
}

} // namespace glasshouse
