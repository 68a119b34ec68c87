// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/roomsmodel.h"

#include "ui/base/formats.h"
#include "ui/games/gamefaces.h"
#include "ui/models/cellroles.h"
#include "ui/models/naturalsort.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qint64 sampleMs = 2000;

bool sameToSee(const RoomInfo &a, const RoomInfo &b)
{
    return a.code == b.code && a.game == b.game && a.state == b.state && a.paused == b.paused && a.players == b.players
        && a.dropped == b.dropped && a.maxPlayers == b.maxPlayers;
}

} // namespace

QString roomStateText(const QString &state)
{
    if (state == "waiting"_L1)
        return QCoreApplication::translate("Rooms", "waiting");
    if (state == "playing"_L1)
        return QCoreApplication::translate("Rooms", "playing");
    return state == "finished"_L1 ? QCoreApplication::translate("Rooms", "finished") : state;
}

QString playersText(const RoomInfo &room)
{
    const QString here = formatNumber(room.players - room.dropped);
    return room.dropped == 0
        ? here
        : QCoreApplication::translate("Rooms", "%1 + %2 away").arg(here, formatNumber(room.dropped));
}

int RoomsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rooms.size()); }
int RoomsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RoomsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section == Players || section == Rate);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Name:
        return tr("Room");
    case Players:
        return tr("Players");
    case State:
        return tr("State");
    case Rate:
        return tr("msg/s");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RoomsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rooms[index.row()];
    if (role == Qt::DisplayRole)
        return display(row, index.column());
    if (role == Qt::ToolTipRole)
        return toolTip(row.info);
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() == Players || index.column() == Rate;
        return cellAlignment(number);
    }
    return {};
}

QVariant RoomsModel::display(const Row &row, int column) const
{
    switch (Column(column)) {
    case Name:
        return oneLine(row.info.id, 64);
    case Players:
        return playersText(row.info);
    case State:
        return row.info.paused ? tr("paused") : roomStateText(row.info.state);
    case Rate:
        return formatRate(row.rate);
    case ColumnCount:
        break;
    }
    return {};
}

QString RoomsModel::toolTip(const RoomInfo &room) const
{
    QStringList lines{tr("Game: %1").arg(gameName(room.game))};
    lines << (room.maxPlayers > 0
                  ? tr("%1 of %2 seats are taken").arg(formatNumber(room.players), formatNumber(room.maxPlayers))
                  : tr("%1 seats are taken").arg(formatNumber(room.players)));
    if (room.dropped > 0)
        lines << tr("%1 of them wait for players who are away").arg(formatNumber(room.dropped));
    lines << tr("Code: %1").arg(room.code) << tr("%1 messages").arg(formatCount(room.messages));
    return lines.join(u'\n');
}

void RoomsModel::apply(QList<RoomInfo> rooms, qint64 timeMs)
{
    std::sort(rooms.begin(), rooms.end(), [](const RoomInfo &a, const RoomInfo &b) { return isBefore(a.id, b.id); });
    int row = 0;
    for (const RoomInfo &room : std::as_const(rooms)) {
        while (row < rowCount() && isBefore(at(row).id, room.id)) {
            beginRemoveRows({}, row, row);
            m_rooms.removeAt(row);
            endRemoveRows();
        }
        merge(row++, room);
    }
    if (row < rowCount()) {
        beginRemoveRows({}, row, rowCount() - 1);
        m_rooms.resize(row);
        endRemoveRows();
    }
    if (timeMs - m_sampledAt >= sampleMs)
        sample(timeMs);
}

void RoomsModel::merge(int row, const RoomInfo &info)
{
    if (row == rowCount() || at(row).id != info.id) {
        beginInsertRows({}, row, row);
        m_rooms.insert(row, {info, 0, info.messages});
        endInsertRows();
        return;
    }
    const bool same = sameToSee(at(row), info);
    m_rooms[row].info = info;
    if (!same)
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void RoomsModel::sample(qint64 timeMs)
{
    const double seconds = double(timeMs - m_sampledAt) / 1000;
    const bool first = m_sampledAt == 0;
    m_sampledAt = timeMs;
    for (Row &row : m_rooms) {
        row.rate = first ? 0 : double(row.info.messages - std::min(row.info.messages, row.messagesAtSample)) / seconds;
        row.messagesAtSample = row.info.messages;
    }
    if (!m_rooms.isEmpty())
        emit dataChanged(index(0, Rate), index(rowCount() - 1, Rate), {Qt::DisplayRole});
}

int RoomsModel::rowOf(const QString &id) const
{
    const auto at = std::find_if(m_rooms.begin(), m_rooms.end(), [&id](const Row &row) { return row.info.id == id; });
    return at == m_rooms.end() ? -1 : int(at - m_rooms.begin());
}

} // namespace glasshouse
