// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rankingsmodel.h"

#include "ui/base/formats.h"
#include "ui/games/gamefaces.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace { } // namespace

bool RankingRow::operator==(const RankingRow &other) const
{
    const Ranking &a = ranking, &b = other.ranking;
    return rank == other.rank && key() == other.key() && a.games == b.games && a.wins == b.wins && a.best == b.best
        && a.mean == b.mean && a.lastMs == b.lastMs;
}

int RankingsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

bool RankingsModel::isNumber(int column) const { return column == Rank || (column >= Games && column <= Mean); }

QVariant RankingsModel::headText(int column, bool tip) const
{
    switch (Column(column)) {
    case Rank:
        return tip ? tr("By wins, then by the best score; in each game") : tr("Rank");
    case Name:
        return tip ? tr("Names are not accounts: two of the same name share a line") : tr("Player");
    case Game:
        return tip ? tr("Kind of game") : tr("Game");
    case Games:
        return tip ? tr("Games or rounds played") : tr("Played");
    case Wins:
        return tip ? tr("First places") : tr("Wins");
    case Best:
        return tip ? tr("Best score") : tr("Best");
    case Mean:
        return tip ? tr("Mean score") : tr("Mean");
    case Last:
        return tip ? tr("When the last game ended, local time") : tr("Last played");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RankingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RankingRow &row = at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole:
        return sortKey(row, column);
    case KindRole:
        return row.ranking.game;
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case Qt::ToolTipRole:
        return column == Best || column == Mean ? gameFace(row.ranking.game).scoreName() : QVariant();
    default:
        return {};
    }
}

QString RankingsModel::display(const RankingRow &row, Column column)
{
    const Ranking &ranking = row.ranking;
    switch (column) {
    case Rank:
        return formatNumber(row.rank);
    case Name:
        return oneLine(ranking.name, 64);
    case Game:
        return gameName(ranking.game);
    case Games:
        return formatNumber(ranking.games);
    case Wins:
        return formatNumber(ranking.wins);
    case Best:
        return formatScore(ranking.best);
    case Mean:
        return formatScore(ranking.mean);
    case Last:
        return formatDayAndTime(ranking.lastMs);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RankingsModel::sortKey(const RankingRow &row, Column column)
{
    const Ranking &ranking = row.ranking;
    switch (column) {
    case Rank:
        return row.rank;
    case Games:
        return ranking.games;
    case Wins:
        return ranking.wins;
    case Best:
        return ranking.best;
    case Mean:
        return ranking.mean;
    case Last:
        return ranking.lastMs;
    case Name:
    case Game:
    case ColumnCount:
        break;
    }
    return display(row, column);
}

void RankingsModel::apply(const QList<Ranking> &rankings)
{
    QHash<QString, int> ranks;
    QList<RankingRow> next;
    next.reserve(rankings.size());
    for (const Ranking &ranking : rankings)
        next.append({ranking, ++ranks[ranking.game]});
    merge(next);
}

} // namespace glasshouse
