// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/eventsmodel.h"

#include "ui/base/eventwords.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tints.h"
#include "ui/models/cellroles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

Icon iconOf(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Info:
        return Icon::Info;
    case EventSeverity::Warning:
        return Icon::Warning;
    case EventSeverity::Error:
        return Icon::Error;
    }
    Q_UNREACHABLE();
}

bool isOfARoom(EventCode code)
{
    return code == EventCode::RoomCreated || code == EventCode::RoomEnded || code == EventCode::RoomMadePlace;
}

} // namespace

void EventsModel::Line::absorb(const Line &later)
{
    // Other kinds fold where one undoes the other: no likeness there.
    const bool isElsewhere =
        last.connection != later.last.connection || (isOfARoom(last.code) && last.room != later.last.room);
    differs = last.code == later.last.code && (differs || later.differs || isElsewhere);
    last = later.last;
    count += later.count;
}

int EventsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_lines.size()); }
int EventsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section == Count);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Time:
        return tr("Time");
    case Count:
        return tr("Count");
    case Text:
        return tr("Event");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant EventsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_lines[size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(line, column);
    case Qt::ToolTipRole:
        return toolTip(line, column);
    case Qt::DecorationRole:
        return column == Text ? QVariant(icon(iconOf(severityOf(line.last)))) : QVariant();
    case Qt::TextAlignmentRole:
        return cellAlignment(column == Count);
    case Qt::ForegroundRole:
        return column == Text && line.run == m_run ? QVariant() : QVariant(tint(Tint::Muted));
    case RunRole:
        return line.run;
    default:
        return {};
    }
}

QVariant EventsModel::display(const Line &line, int column) const
{
    switch (Column(column)) {
    case Time:
        return formatClock(line.last.timeMs * 1000);
    case Count:
        return line.count > 1 ? u"×"_s + formatNumber(line.count) : QString();
    case Text:
        // "Room lounge was created" did not happen five times.
        return line.differs
            ? tr("%1 – the last of %2 like it").arg(oneLine(eventWords(line.last), 1000), formatNumber(line.count))
            : oneLine(eventWords(line.last), 1000);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant EventsModel::toolTip(const Line &line, int column) const
{
    if (column == Time)
        return formatExactTime(line.last.timeMs * 1000);
    if (column == Count && line.count > 1)
        return tr("%1 times, first at %2").arg(formatNumber(line.count), formatClock(line.firstMs * 1000));
    return {};
}

void EventsModel::append(const QList<ServerEvent> &events)
{
    std::vector<Line> fresh; // folded among themselves first: a flood of one kind is one change
    QHash<QByteArray, size_t> places;
    for (const ServerEvent &event : events) {
        ++m_totals[size_t(severityOf(event))];
        const QByteArray key = foldKeyOf(event);
        const auto place = places.constFind(key);
        if (key.isEmpty() || place == places.cend()) {
            places.insert(key, fresh.size());
            fresh.push_back({event, key, event.timeMs});
        } else {
            fresh[*place].absorb({event, key});
        }
    }
    std::vector<Line> added;
    std::vector<int> folded;
    for (Line &line : fresh) {
        const int row = foldedRow(line.key);
        if (row < 0) {
            added.push_back(std::move(line));
            continue;
        }
        m_lines[size_t(row)].absorb(line);
        folded.push_back(row);
    }
    moveToEnd(folded);
    add(std::move(added));
    discardOld();
}

bool EventsModel::isFaultAt(int row) const
{
    const Line &line = m_lines[size_t(row)];
    const bool isEnding = line.last.code == EventCode::ConnectionEnded || line.last.code == EventCode::RequestRefused;
    return line.run == m_run && isEnding && isFault(line.last.cause);
}

int EventsModel::foldedRow(const QByteArray &key) const
{
    const auto order = key.isEmpty() ? m_orders.cend() : m_orders.constFind(key);
    if (order == m_orders.cend())
        return -1;
    const auto line = std::lower_bound(m_lines.begin(), m_lines.end(), *order,
                                       [](const Line &a, quint64 wanted) { return a.order < wanted; });
    return int(line - m_lines.begin());
}

void EventsModel::moveToEnd(const std::vector<int> &rows)
{
    if (rows.empty())
        return;
    const int first = rowCount() - int(rows.size());
    if (rows.front() != first || !std::ranges::is_sorted(rows))
        rearrange(rows);
    for (int row = first; row < rowCount(); ++row) {
        Line &line = m_lines[size_t(row)];
        line.order = m_nextOrder++;
        m_orders.insert(line.key, line.order);
    }
    emit dataChanged(index(first, 0), index(rowCount() - 1, ColumnCount - 1));
}

/// One change for all of them: at each, whoever filters the lines looks at every one again.
void EventsModel::rearrange(const std::vector<int> &last)
{
    constexpr auto hint = QAbstractItemModel::VerticalSortHint;
    emit layoutAboutToBeChanged({}, hint);
    std::vector<int> places(m_lines.size(), -1); // by row
    int place = rowCount() - int(last.size());
    for (const int row : last)
        places[size_t(row)] = place++;
    place = 0;
    std::vector<Line> lines(m_lines.size());
    for (size_t row = 0; row < m_lines.size(); ++row) {
        if (places[row] < 0)
            places[row] = place++;
        lines[size_t(places[row])] = std::move(m_lines[row]);
    }
    m_lines = std::move(lines);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &kept : before)
        after << index(places[size_t(kept.row())], kept.column());
    changePersistentIndexList(before, after);
    emit layoutChanged({}, hint);
}

void EventsModel::add(std::vector<Line> lines)
{
    if (lines.size() > size_t(mostLines))
        lines.erase(lines.begin(), lines.end() - mostLines);
    if (lines.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(lines.size()) - 1);
    for (Line &line : lines) {
        line.run = m_run;
        line.order = m_nextOrder++;
        if (!line.key.isEmpty())
            m_orders.insert(line.key, line.order);
        m_lines.push_back(std::move(line));
    }
    endInsertRows();
}

void EventsModel::discardOld()
{
    const int surplus = rowCount() - mostLines;
    if (surplus <= 0)
        return;
    beginRemoveRows({}, 0, surplus - 1);
    for (int row = 0; row < surplus; ++row)
        if (m_lines[size_t(row)].run == m_run)
            m_orders.remove(m_lines[size_t(row)].key);
    m_lines.erase(m_lines.begin(), m_lines.begin() + surplus);
    endRemoveRows();
}

void EventsModel::beginRun()
{
    ++m_run;
    m_orders.clear();
    m_totals = {};
    if (rowCount() > 0) // they are greyed from now on
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::ForegroundRole});
}

void EventsModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_orders.clear();
    m_totals = {};
    endResetModel();
}

} // namespace glasshouse
