// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/horsesmodel.h"

#include "ui/base/formats.h"
#include "ui/models/cellroles.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace { } // namespace

int HorsesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

bool HorsesModel::isNumber(int column) const { return column == Number || column == Odds || column == Place; }

QVariant HorsesModel::headText(int column, bool tip) const
{
    switch (Column(column)) {
    case Number:
        return tip ? tr("Number of the horse") : tr("No.");
    case Name:
        return tip ? tr("Name of the horse") : tr("Horse");
    case Odds:
        return tip ? tr("A stake of 10 at odds of 3.5 pays 35, the stake included") : tr("Odds");
    case Position:
        return tip ? tr("How far along the track it is") : tr("Position");
    case Place:
        return tip ? tr("In which place it finished") : tr("Place");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant HorsesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HorseStanding &horse = at(index.row());
    const auto column = Column(index.column());
    if (role == Qt::DisplayRole)
        return display(horse, column);
    if (role == SortRole)
        return sortKey(horse, column);
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(column));
    if (role == BarRole && column == Position && horse.position >= 0)
        return std::min(horse.position, 1.0);
    return {};
}

QString HorsesModel::display(const HorseStanding &horse, Column column)
{
    switch (column) {
    case Number:
        return formatNumber(horse.number);
    case Name:
        return horse.name;
    case Odds:
        return QLocale().toString(horse.odds, 'f', 2);
    case Position:
        return horse.position < 0 ? QString() : tr("%1 %").arg(int(horse.position * 100));
    case Place:
        return horse.place > 0 ? formatNumber(horse.place) : QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant HorsesModel::sortKey(const HorseStanding &horse, Column column)
{
    switch (column) {
    case Number:
        return horse.number;
    case Odds:
        return horse.odds;
    case Position:
        return horse.position;
    case Place:
        return horse.place > 0 ? horse.place : std::numeric_limits<int>::max();
    case Name:
    case ColumnCount:
        break;
    }
    return horse.name;
}

} // namespace glasshouse
