// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logcursor.h"

#include "ui/log/logselection.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QScrollBar>
#include <algorithm>
#include <utility>

namespace glasshouse {

LogCursor::LogCursor(MessagesModel *model, TableView *view, QObject *parent)
    : QObject(parent),
      m_model(model),
      m_view(view)
{
    connectModel(); // before the view does: the selection has to go before its row
    m_view->setModel(m_model);
    m_selection = new LogSelection(m_model, m_view, this);
    connectView();
}

LogCursor::~LogCursor()
{
    // What the view still says while it goes is not for us any more.
    m_model->disconnect(this);
    m_view->verticalScrollBar()->disconnect(this);
    m_view->selectionModel()->disconnect(this);
    delete m_selection;
}

void LogCursor::connectModel()
{
    connect(m_model, &MessagesModel::sessionEnds, this, &LogCursor::drop); // what was selected is not in another one
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { dropIn(first, last); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { holdPosition(last - first + 1); });
    connect(
        m_model, &QAbstractItemModel::modelReset, this, [this] { keep(true); }, Qt::QueuedConnection);
    connect(
        m_model, &QAbstractItemModel::rowsInserted, this, [this] { keep(false); }, Qt::QueuedConnection);
}

void LogCursor::connectView()
{
    QScrollBar *bar = m_view->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int max) {
        if (m_following)
            bar->setValue(max);
    });
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
        if (bar->maximum() > 0) // nothing to scroll says nothing about what somebody wants
            setFollowing(value >= bar->maximum());
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LogCursor::take);
}

void LogCursor::take(const QModelIndex &index)
{
    if (m_restoring || !index.isValid())
        return; // the model took it away, nobody else
    m_current = m_model->numberAt(index.row());
    m_connection.reset();
    if (const auto message = m_model->message(index.row())) {
        emit shown(*message);
        if (message->connection() != ConnectionId{})
            m_connection = message->connection();
    }
    setFollowing(false); // what somebody looks at does not run away
    emit changed();
}

void LogCursor::clearView()
{
    m_restoring = true;
    m_selection->clear();
    m_restoring = false;
}

void LogCursor::drop()
{
    clearView();
    if (!m_current)
        return;
    m_current.reset();
    m_connection.reset();
    emit dropped();
    emit changed();
}

void LogCursor::keep(bool intoView)
{
    m_comesBack = m_current && (m_comesBack || intoView);
    const int row = m_current ? m_model->rowOf(*m_current) : -1;
    if (row < 0 && m_comesBack)
        return stayNear();
    if (row < 0 || m_view->currentIndex().row() == row)
        return;
    m_restoring = true;
    const QModelIndex index = m_model->index(row, 0);
    // Selecting alone would scroll to the row; the log may be following the newest.
    m_view->setAutoScroll(false);
    m_selection->putBackCurrent(index);
    m_view->setAutoScroll(true);
    m_restoring = false;
    if (!std::exchange(m_comesBack, false) || m_model->rowCount() <= 1)
        return;
    centre(row);
}

/// What was looked at is hidden now: its neighbours are in sight, as far as the filter has come.
void LogCursor::stayNear()
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const int near = std::min(m_model->rowsBefore(*m_current), rows - 1);
    m_comesBack = m_model->numberAt(rows - 1) < *m_current;
    centre(near);
}

void LogCursor::centre(int row)
{
    setFollowing(false);
    m_view->doItemsLayout(); // or else the range of its bar may be an earlier one, whose end looks like the newest row
    m_view->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
}

void LogCursor::dropIn(int first, int last)
{
    const int current = m_view->currentIndex().row();
    if (current < first || current > last)
        return;
    m_restoring = true; // Qt would make a neighbour the current one
    m_view->selectionModel()->clearCurrentIndex();
    m_restoring = false;
}

bool LogCursor::goTo(quint64 number)
{
    const int row = m_model->rowOf(number);
    if (row < 0)
        return false;
    m_selection->forgetHidden();
    // The view itself would heed the keys that are held down just now.
    m_view->selectionModel()->setCurrentIndex(m_model->index(row, 0),
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    return true;
}

void LogCursor::setFollowing(bool following)
{
    m_following = following;
    emit followingChanged(following);
    if (following)
        m_view->scrollToBottom();
}

void LogCursor::holdPosition(int removedRows)
{
    if (QScrollBar *bar = m_view->verticalScrollBar(); !m_following) // what somebody is reading stays where it is
        bar->setValue(std::max(0, bar->value() - removedRows));
}

} // namespace glasshouse
