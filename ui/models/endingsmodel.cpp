// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/endingsmodel.h"

#include "ui/base/endingwords.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tints.h"

namespace glasshouse {

int EndingsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EndingsModel::headText(int column, bool tip) const
{
    switch (Column(column)) {
    case Cause:
        return tip ? tr("Why connections ended or were refused") : tr("Cause");
    case Count:
        return tip ? tr("Since the server started") : tr("Count");
    case LastHour:
        return tip ? tr("In the last 60 minutes") : tr("Last hour");
    case LastSeen:
        return tip ? tr("When it happened the last time, local time") : tr("Last seen");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant EndingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const EndingStatistic &row = at(index.row()).statistic;
    const auto column = Column(index.column());
    const bool fault = isFault(row.cause);
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole:
        return sortKey(row, column);
    case Qt::DecorationRole:
        return column == Cause ? QVariant(icon(fault ? Icon::Warning : Icon::Info)) : QVariant();
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case Qt::ForegroundRole:
        return column == LastSeen || (column == LastHour && row.lastHour == 0) ? QVariant(tint(Tint::Muted))
                                                                               : QVariant();
    case Qt::ToolTipRole:
        return column == Cause ? causeAdvice(row.cause) : QVariant();
    default:
        return {};
    }
}

QString EndingsModel::display(const EndingStatistic &row, Column column)
{
    switch (column) {
    case Cause:
        return causeSentence(row.cause);
    case Count:
        return formatCount(row.count);
    case LastHour:
        return formatCount(row.lastHour);
    case LastSeen:
        return formatDayAndTime(row.lastMs);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant EndingsModel::sortKey(const EndingStatistic &row, Column column)
{
    switch (column) {
    case Count:
        return row.count;
    case LastHour:
        return row.lastHour;
    case LastSeen:
        return row.lastMs;
    case Cause:
    case ColumnCount:
        break;
    }
    return display(row, column);
}

void EndingsModel::apply(const QList<EndingStatistic> &causes)
{
    QList<EndingRow> next;
    next.reserve(causes.size());
    for (const EndingStatistic &cause : causes)
        next.append({cause});
    merge(next);
}

} // namespace glasshouse
