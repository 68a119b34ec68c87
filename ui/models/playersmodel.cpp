// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playersmodel.h"

#include "ui/base/formats.h"
#include "ui/models/cellroles.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

bool isDropped(const PlayerRow &row) { return row.info.connection == ConnectionId{}; }

QString percent(double share) { return share < 0 ? QString() : PlayersModel::tr("%1 %").arg(int(share * 100)); }
QString amount(qint64 chips) { return chips < 0 ? QString() : formatNumber(chips); }

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
            : PlayersModel::tr("dropped, %1").arg(secondsText(1000 * qint64(row.info.secondsLeft)));
    if (row.waiting)
        return row.info.ready ? PlayersModel::tr("ready") : PlayersModel::tr("not ready");
    return row.standing.doing.isEmpty() ? PlayersModel::tr("here") : row.standing.doing;
}

int PlayersModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

bool PlayersModel::isNumber(int column) const { return column >= Place && column != Progress; }

QVariant PlayersModel::headText(int column, bool tip) const
{
    switch (Column(column)) {
    case Name:
        return tip ? tr("Display name") : tr("Player");
    case Status:
        return tip ? tr("What the player is at; who dropped keeps the seat for a while") : tr("Status");
    case Place:
        return tip ? tr("In which place the player finished") : tr("Place");
    case Progress:
        return tip ? tr("How much of the code is typed right") : tr("Progress");
    case Speed:
        return tip ? tr("Words a minute; a word is five characters") : tr("wpm");
    case Accuracy:
        return tip ? tr("Share of the keys that were right") : tr("Accuracy");
    case Chips:
        return tip ? tr("Play money that the player has") : tr("Chips");
    case Staked:
        return tip ? tr("Bet on the next race, or on the one that runs") : tr("Staked");
    case Loans:
        return tip ? tr("Lent to the player when the chips were gone") : tr("Loans");
    case Connection:
        return tip ? tr("Number of the connection") : u"#"_s;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PlayersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PlayerRow &row = at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole:
        return sortKey(row, column);
    case Qt::ForegroundRole:
        return colour(row, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case BarRole:
        return column == Progress && row.standing.progress >= 0 ? QVariant(row.standing.progress) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(row, column);
    default:
        return {};
    }
}

QString PlayersModel::display(const PlayerRow &row, Column column)
{
    const PlayerStanding &standing = row.standing;
    switch (column) {
    case Name:
        return oneLine(row.info.name, 64);
    case Status:
        return playerStatusText(row);
    case Place:
        return standing.place > 0 ? formatNumber(standing.place) : QString();
    case Progress:
        return percent(standing.progress);
    case Speed:
        return standing.speed < 0 ? QString() : QLocale().toString(standing.speed, 'f', 1);
    case Accuracy:
        return percent(standing.accuracy);
    case Chips:
        return amount(standing.chips);
    case Staked:
        return standing.staked > 0 ? amount(standing.staked) : QString();
    case Loans:
        return standing.loans > 0 ? amount(standing.loans) : QString();
    case Connection:
        return isDropped(row) ? QString() : QString::number(quint32(row.info.connection));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PlayersModel::toolTip(const PlayerRow &row, Column column)
{
    if (column == Status && isDropped(row))
        return tr("The connection is lost; the seat waits for the player to come back");
    if (column != Name)
        return {};
    const QString connection =
        isDropped(row) ? tr("not connected") : tr("Connection: #%1").arg(quint32(row.info.connection));
    return QStringList{oneLine(row.info.name), tr("Player id: %1").arg(QString::fromUtf8(row.info.id)), connection}
        .join(u'\n');
}

/// Those without a place come behind.
QVariant PlayersModel::sortKey(const PlayerRow &row, Column column)
{
    const PlayerStanding &standing = row.standing;
    switch (column) {
    case Name:
    case Status:
    case ColumnCount:
        break;
    case Place:
        return standing.place > 0 ? standing.place : std::numeric_limits<int>::max();
    case Progress:
        return standing.progress;
    case Speed:
        return standing.speed;
    case Accuracy:
        return standing.accuracy;
    case Chips:
        return standing.chips;
    case Staked:
        return standing.staked;
    case Loans:
        return standing.loans;
    case Connection:
        return quint32(row.info.connection);
    }
    return display(row, column);
}

QVariant PlayersModel::colour(const PlayerRow &row, Column column)
{
    if (isDropped(row))
        return tint(column == Status ? Tint::Warning : Tint::Muted);
    if (column != Status)
        return {};
    if (row.waiting)
        return tint(row.info.ready ? Tint::Good : Tint::Muted);
    return row.standing.doing.isEmpty() ? QVariant() : QVariant(tint(row.standing.tint));
}

void PlayersModel::apply(const QList<PlayerInfo> &players, const GameView &view, bool waiting)
{
    QList<PlayerRow> next;
    next.reserve(players.size());
    for (const PlayerInfo &player : players)
        next.append({player, view.players.value(player.id), waiting});
    merge(next);
}

QList<PlayersModel::Column> PlayersModel::columnsOf(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return {Name, Status, Place, Progress, Speed, Accuracy};
    if (kind == "horse-race"_L1)
        return {Name, Status, Chips, Staked, Loans};
    return {Name, Status, Connection};
}

} // namespace glasshouse
