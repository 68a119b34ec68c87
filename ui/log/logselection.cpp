// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logselection.h"

#include "base/elapsed.h"
#include "ui/base/formats.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QGuiApplication>
#include <QScopedValueRollback>

namespace glasshouse {

namespace {

/// Looks no further than it has to.
bool liesInFewPieces(const RowSet &numbers)
{
    constexpr quint64 step = 1 << 20; // a longer piece counts as several
    int pieces = 0;
    for (quint64 first = numbers.isEmpty() ? 0 : numbers.at(0);
         first < numbers.next() && pieces <= LogSelection::mostPieces; first += step)
        numbers.forEachRun(first, first + step, [&pieces](quint64, quint64) { ++pieces; });
    return pieces <= LogSelection::mostPieces;
}

} // namespace

LogSelection::LogSelection(MessagesModel *model, TableView *view, QObject *parent)
    : QObject(parent),
      m_model(model),
      m_view(view)
{
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LogSelection::takeChange);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &LogSelection::keep);
    // Behind the selection model, which has forgotten everything by then and told nobody.
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        putBack(0, m_model->rowCount() - 1);
        emit changed();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { putBack(first, last); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &LogSelection::changed);
    // To the view it is no change when somebody chooses the only one that shows.
    connect(m_view, &QAbstractItemView::pressed, this, [this] {
        if (QGuiApplication::mouseButtons() == Qt::LeftButton) // another one opens a menu
            forgetHidden();
    });
}

/// Rising, each row once: a column that was added cuts ranges in two that lie beside one another.
QList<LogSelection::Piece> LogSelection::pieces() const
{
    const QItemSelection selection = m_view->selectionModel()->selection();
    QList<Piece> all;
    all.reserve(selection.size());
    for (const QItemSelectionRange &range : selection)
        all.append({range.top(), range.bottom()});
    std::sort(all.begin(), all.end(), [](const Piece &a, const Piece &b) { return a.first < b.first; });
    QList<Piece> joined;
    for (const Piece &piece : std::as_const(all)) {
        if (!joined.isEmpty() && piece.first <= joined.last().last + 1)
            joined.last().last = std::max(joined.last().last, piece.last);
        else
            joined.append(piece);
    }
    return joined;
}

quint64 LogSelection::count() const
{
    quint64 count = 0;
    for (const Piece &piece : pieces())
        count += quint64(piece.last - piece.first + 1);
    return count;
}

RowSet LogSelection::numbers() const
{
    RowSet numbers;
    for (const Piece &piece : pieces())
        numbers.append(m_model->numbersOf(piece.first, piece.last));
    return numbers;
}

QList<quint64> LogSelection::list() const
{
    QList<quint64> numbers;
    for (const Piece &piece : pieces()) {
        for (int row = piece.first; row <= piece.last; ++row)
            numbers << m_model->numberAt(row);
    }
    return numbers;
}

std::optional<std::pair<quint64, quint64>> LogSelection::ends() const
{
    const QList<Piece> all = pieces();
    if (all.isEmpty())
        return {};
    return std::pair(m_model->numberAt(all.first().first), m_model->numberAt(all.last().last));
}

void LogSelection::clear()
{
    m_kept.clear();
    m_view->selectionModel()->clear();
    emit chosen(); // also where there was none: what was told of it is over
    emit changed();
}

void LogSelection::putBackCurrent(const QModelIndex &index)
{
    const QScopedValueRollback byItself(m_byItself, true);
    const auto alone = QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows;
    m_view->selectionModel()->setCurrentIndex(
        index, m_kept.isEmpty() ? alone : QItemSelectionModel::SelectionFlags(QItemSelectionModel::NoUpdate));
}

void LogSelection::takeChange()
{
    // What goes with its row or column was not taken away by anybody.
    if (!m_byItself && !m_model->isRemoving()) {
        m_kept.clear();
        emit chosen();
    }
    emit changed();
}

void LogSelection::keep()
{
    if (!m_kept.isEmpty())
        return;
    m_kept = numbers();
    if (liesInFewPieces(m_kept))
        return;
    m_kept.clear();
    emit lost();
}

void LogSelection::putBack(int first, int last)
{
    if (m_kept.isEmpty() || first > last)
        return;
    const quint64 from = m_model->numberAt(first), to = m_model->numberAt(last) + 1;
    if (from >= m_kept.next())
        return;
    QItemSelection selection;
    m_kept.forEachRun(from, to, [&](quint64 begin, quint64 end) {
        const int top = m_model->rowsBefore(begin), bottom = m_model->rowsBefore(end) - 1;
        if (top <= bottom)
            selection.append({m_model->index(top, 0), m_model->index(bottom, m_model->columnCount() - 1)});
    });
    const QScopedValueRollback byItself(m_byItself, true);
    m_view->selectionModel()->select(selection, QItemSelectionModel::Select);
}

QString selectionWords(const LogSelection &selection, const MessageSource &source)
{
    const quint64 count = selection.count();
    const auto ends = selection.ends();
    if (count < 2 || !ends)
        return {};
    const auto first = source.row(ends->first), last = source.row(ends->second);
    if (!first || !last)
        return LogSelection::tr("%1 selected").arg(formatCount(count));
    const QString span = formatDelta(std::abs(elapsedUs(first->record.timeUs, last->record.timeUs))).sliced(1);
    return (count == 2 ? LogSelection::tr("%1 selected, %2 apart")
                       : LogSelection::tr("%1 selected, %2 from the first to the last"))
        .arg(formatCount(count), span);
}

} // namespace glasshouse
