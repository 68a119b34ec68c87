// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playersmodel.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/models/gamecelldata.h"

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

bool isDropped(const PlayerRow &row) { return row.info.connection == ConnectionId{}; }

/// What the model knows without the game: name, status, and in every other column the connection.
QString display(const PlayerRow &row, int column)
{
    if (column == PlayersModel::Name)
        return oneLine(row.info.name, 64);
    if (column == PlayersModel::Status)
        return playerStatusText(row);
    return isDropped(row) ? QString() : QString::number(quint32(row.info.connection));
}

QVariant colour(const PlayerRow &row, int column)
{
    if (isDropped(row))
        return tint(column == PlayersModel::Status ? Tint::Warning : Tint::Muted);
    if (column != PlayersModel::Status)
        return {};
    if (row.waiting)
        return tint(row.info.ready ? Tint::Good : Tint::Muted);
    return row.standing.doing.isEmpty() ? QVariant() : QVariant(tint(row.standing.tint));
}

QVariant toolTip(const PlayerRow &row, int column)
{
    if (column == PlayersModel::Status && isDropped(row))
        return PlayersModel::tr("The connection is lost; the seat waits for the player to come back");
    if (column != PlayersModel::Name)
        return {};
    const QString connection = isDropped(row) ? PlayersModel::tr("not connected")
                                              : PlayersModel::tr("Connection: #%1").arg(quint32(row.info.connection));
    return QStringList{oneLine(row.info.name), PlayersModel::tr("Player id: %1").arg(QString::fromUtf8(row.info.id)),
                       connection}
        .join(u'\n');
}

} // namespace

bool PlayerRow::operator==(const PlayerRow &other) const
{
    return info.id == other.info.id && info.name == other.info.name && info.connection == other.info.connection
        && info.ready == other.info.ready && info.secondsLeft == other.info.secondsLeft && waiting == other.waiting
        && standing == other.standing;
}

QString playerStatusText(const PlayerRow &row)
{
    if (isDropped(row))
        return row.info.secondsLeft < 0
            ? PlayersModel::tr("dropped")
            : PlayersModel::tr("dropped, %1").arg(formatSecondsLeft(1000 * qint64(row.info.secondsLeft)));
    if (row.waiting)
        return row.info.ready ? PlayersModel::tr("ready") : PlayersModel::tr("not ready");
    return row.standing.doing.isEmpty() ? PlayersModel::tr("here") : row.standing.doing;
}

int PlayersModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : connectionColumn() + 1; }

bool PlayersModel::isNumber(int column) const
{
    return isOfGame(column) ? m_columns[column - FirstOfGame].kind == GameColumn::Kind::Number
                            : column == connectionColumn();
}

QVariant PlayersModel::headText(int column, bool tip) const
{
    if (isOfGame(column))
        return tip ? m_columns[column - FirstOfGame].tip : m_columns[column - FirstOfGame].title;
    if (column == Name)
        return tip ? tr("Display name") : tr("Player");
    if (column == Status)
        return tip ? tr("What the player is at; who dropped keeps the seat for a while") : tr("Status");
    return tip ? tr("Number of the connection") : u"#"_s;
}

QVariant PlayersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlayerRow &row = at(index.row());
    const int column = index.column();
    if (role == Qt::ForegroundRole)
        return colour(row, column);
    if (!isOfGame(column))
        return ownData(row, column, role);
    const int ofGame = column - FirstOfGame;
    return gameCellData(m_columns[ofGame], row.standing.cells.value(ofGame), role, SortRole);
}

QVariant PlayersModel::ownData(const PlayerRow &row, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole:
        return column < FirstOfGame ? QVariant(display(row, column)) : quint32(row.info.connection);
    case Qt::TextAlignmentRole:
        return cellAlignment(column >= FirstOfGame);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    default:
        return {};
    }
}

void PlayersModel::apply(const QList<PlayerInfo> &players, const GameView &view, bool waiting)
{
    QList<PlayerRow> next;
    next.reserve(players.size());
    for (const PlayerInfo &player : players)
        next.append({player, view.players.value(player.id), waiting});
    merge(next);
}

void PlayersModel::setColumns(const QList<GameColumn> &columns)
{
    clear();
    beginResetModel();
    m_columns = columns;
    endResetModel();
}

} // namespace glasshouse
