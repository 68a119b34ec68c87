// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/endingwords.h"
#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/models/cellroles.h"
#include "ui/models/connectionsmodel.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

// What the model's cells say, apart from which rows there are.

namespace {

bool isNumber(int column)
{
    return column == ConnectionsModel::Number || column == ConnectionsModel::Rtt
        || (column >= ConnectionsModel::In && column <= ConnectionsModel::Queue);
}

} // namespace

QString connectionStateText(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Open:
        return QCoreApplication::translate("Connections", "open");
    case ConnectionState::Closing:
        return QCoreApplication::translate("Connections", "closing");
    case ConnectionState::Ended:
        return QCoreApplication::translate("Connections", "ended");
    case ConnectionState::Refused:
        return QCoreApplication::translate("Connections", "refused");
    }
    return {};
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(section));
    static const std::array titles{QT_TR_NOOP("State"), QT_TR_NOOP("#"),       QT_TR_NOOP("Player"),
                                   QT_TR_NOOP("Room"),  QT_TR_NOOP("Address"), QT_TR_NOOP("RTT"),
                                   QT_TR_NOOP("In"),    QT_TR_NOOP("Out"),     QT_TR_NOOP("msg/s"),
                                   QT_TR_NOOP("Queue"), QT_TR_NOOP("Since"),   QT_TR_NOOP("Ended because")};
    static const std::array tips{
        QT_TR_NOOP("Open, closing, ended, or refused before it came in"),
        QT_TR_NOOP("Connections are numbered in the order in which they came"),
        QT_TR_NOOP("Display name"),
        QT_TR_NOOP("Room of the player"),
        QT_TR_NOOP("Address and port of the client"),
        QT_TR_NOOP("Round-trip time of the last ping"),
        QT_TR_NOOP("Messages from the client, and how many of them were dropped: they came too fast"),
        QT_TR_NOOP("Messages to the client"),
        QT_TR_NOOP("Messages a second, in and out, over two seconds"),
        QT_TR_NOOP("Waiting to be sent"),
        QT_TR_NOOP("When it came"),
        QT_TR_NOOP("Why it ended or was refused")};
    if (role == Qt::DisplayRole)
        return tr(titles[size_t(section)]);
    return role == Qt::ToolTipRole ? QVariant(tr(tips[size_t(section)])) : QVariant();
}

QVariant ConnectionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConnectionEntry &entry = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(entry, index.column());
    case SortRole:
        return sortKey(entry, index.column());
    case Qt::ToolTipRole:
        return toolTip(entry, index.column());
    case Qt::ForegroundRole:
        return foreground(entry, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(index.column()));
    case RunRole:
        return entry.run;
    default:
        return {};
    }
}

QVariant ConnectionsModel::display(const ConnectionEntry &entry, int column) const
{
    const ConnectionCounters &c = entry.counters;
    switch (Column(column)) {
    case State:
        return QString(u"● "_s + connectionStateText(c.state));
    case Number:
        return QString::number(quint32(entry.info.id));
    case Player:
        return oneLine(c.player, 64);
    case Room:
        return oneLine(c.room, 64);
    case Address:
        return entry.info.address;
    case Rtt:
        return c.rttMs < 0 ? QString() : formatDuration(c.rttMs);
    case In:
        return c.droppedMessages == 0
            ? formatCount(c.messagesIn)
            : tr("%1 (%2 dropped)").arg(formatCount(c.messagesIn), formatCount(c.droppedMessages));
    case Out:
        return formatCount(c.messagesOut);
    case Rate:
        return formatRate(entry.rate);
    case Queue:
        return c.queuedBytes == 0 ? QString() : formatBytes(c.queuedBytes);
    case Since:
        return formatClock(entry.info.sinceMs * 1000).left(8);
    case Because:
        return entry.ending ? endingSentence(*entry.ending) : QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ConnectionsModel::sortKey(const ConnectionEntry &entry, int column) const
{
    const ConnectionCounters &c = entry.counters;
    switch (Column(column)) {
    case State:
        return int(c.state);
    case Number:
        return quint32(entry.info.id);
    case Rtt:
        return c.rttMs;
    case In:
        return c.messagesIn;
    case Out:
        return c.messagesOut;
    case Rate:
        return entry.rate;
    case Queue:
        return c.queuedBytes;
    case Since:
        return entry.info.sinceMs;
    case Player:
    case Room:
    case Address:
    case Because:
    case ColumnCount:
        break;
    }
    return display(entry, column);
}

QVariant ConnectionsModel::toolTip(const ConnectionEntry &entry, int column) const
{
    const ConnectionCounters &c = entry.counters;
    switch (Column(column)) {
    case Address:
        return u"%1 : %2"_s.arg(entry.info.address).arg(entry.info.port);
    case In:
        return tr("%1 on the wire").arg(formatBytes(qint64(c.bytesIn)));
    case Out:
        return tr("%1 on the wire").arg(formatBytes(qint64(c.bytesOut)));
    case Since:
        return formatExactTime(entry.info.sinceMs * 1000);
    case Because:
        return entry.ending ? QVariant(endingAdvice(*entry.ending)) : QVariant();
    default:
        return {};
    }
}

QVariant ConnectionsModel::foreground(const ConnectionEntry &entry, int column) const
{
    const bool fault = entry.ending && isFault(entry.ending->cause);
    if (column == State && !entry.isOver())
        return tint(entry.counters.state == ConnectionState::Open ? Tint::Good : Tint::Warning);
    if (fault && (column == State || column == Because))
        return tint(Tint::Bad);
    return entry.isOver() ? QVariant(tint(Tint::Muted)) : QVariant();
}

} // namespace glasshouse
