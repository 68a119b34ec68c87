// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playedgamesmodel.h"

#include "ui/base/formats.h"
#include "ui/games/gamefaces.h"
#include "ui/models/rankingsmodel.h"

namespace glasshouse {

namespace {

/// Those in the first place; a round may have several.
QString winnersOf(const PlayedGame &game)
{
    QStringList names;
    for (const PlayerResult &player : game.players) {
        if (player.place == 1 && player.score > 0) // who has lost least has not won
            names << oneLine(player.name, 40);
    }
    return names.join(QStringLiteral(", "));
}

qint64 durationOf(const PlayedGame &game) { return std::max<qint64>(0, game.result.endedMs - game.result.startedMs); }

} // namespace

int PlayedGamesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

bool PlayedGamesModel::isNumber(int column) const
{
    return column == Number || column == Players || column == Duration;
}

QVariant PlayedGamesModel::headText(int column, bool tip) const
{
    switch (Column(column)) {
    case Number:
        return tip ? tr("Games are numbered in the order in which they ended") : tr("No.");
    case Ended:
        return tip ? tr("When the game ended, local time") : tr("Ended");
    case Game:
        return tip ? tr("Kind of game") : tr("Game");
    case Room:
        return tip ? tr("Where it was played") : tr("Room");
    case Players:
        return tip ? tr("Those in the results") : tr("Players");
    case Winner:
        return tip ? tr("Who came first") : tr("Winner");
    case Duration:
        return tip ? tr("From the start to the end") : tr("Duration");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PlayedGamesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlayedGame &game = at(index.row()).game;
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(game, column);
    case SortRole:
        return sortKey(game, column);
    case KindRole:
        return game.result.game;
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case Qt::ToolTipRole:
        return column == Ended ? formatExactTime(game.result.endedMs * 1000) : QVariant();
    default:
        return {};
    }
}

QString PlayedGamesModel::display(const PlayedGame &game, Column column)
{
    switch (column) {
    case Number:
        return formatNumber(game.number);
    case Ended:
        return formatDayAndTime(game.result.endedMs);
    case Game:
        return gameName(game.result.game);
    case Room:
        return oneLine(game.result.room, 64);
    case Players:
        return formatNumber(game.players.size());
    case Winner:
        return winnersOf(game);
    case Duration:
        return formatDuration(durationOf(game));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PlayedGamesModel::sortKey(const PlayedGame &game, Column column)
{
    switch (column) {
    case Number:
        return game.number;
    case Ended:
        return game.result.endedMs;
    case Players:
        return game.players.size();
    case Duration:
        return durationOf(game);
    case Game:
    case Room:
    case Winner:
    case ColumnCount:
        break;
    }
    return display(game, column);
}

void PlayedGamesModel::apply(const QList<PlayedGame> &games)
{
    QList<PlayedGameRow> next;
    next.reserve(games.size());
    for (const PlayedGame &game : games)
        next.append({game});
    merge(next);
}

} // namespace glasshouse
