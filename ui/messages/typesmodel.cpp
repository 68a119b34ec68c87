// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/typesmodel.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/models/messagecells.h"

namespace glasshouse {

namespace {

constexpr int typeCharacters = 64;

bool isAnswer(TypesModel::Column column)
{
    return column == TypesModel::MeanAnswer || column == TypesModel::LongestAnswer;
}

/// "ping", "binary": what has no type is called by its kind.
QString nameOf(const TypeCount &row)
{
    if (!row.type.isEmpty())
        return oneLine(QString::fromUtf8(row.type), typeCharacters);
    CapturedRow like;
    like.record.firstByte = row.opcode;
    return kindText(like);
}

} // namespace

int TypesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant TypesModel::headText(int column, bool tip) const
{
    switch (Column(column)) {
    case Type:
        return tip ? tr("Of the envelope; the kind of frame where there is none") : tr("Type");
    case Messages:
        return tip ? tr("Messages in and out, without broken frames") : tr("Messages");
    case Bytes:
        return tip ? tr("Payload on the wire, all in all") : tr("Bytes");
    case Mean:
        return tip ? tr("Payload of one message, on average") : tr("Mean");
    case Rate:
        return tip ? tr("Messages a second, in the ten seconds before the newest message") : tr("Per second");
    case MeanAnswer:
        return tip ? tr("Time from a message to the one of this type that answers it, on average; pongs answer pings")
                   : tr("Mean answer");
    case LongestAnswer:
        return tip ? tr("The longest of these times") : tr("Longest answer");
    case Last:
        return tip ? tr("When the last one came or went, local time") : tr("Last");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TypesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TypeCount &row = at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case SortRole:
        return sortKey(row, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case Qt::ForegroundRole:
        return column == Last || (column == Type && row.type.isEmpty()) ? QVariant(tint(Tint::Muted)) : QVariant();
    case Qt::ToolTipRole:
        return column == Last    ? formatExactTime(row.lastUs)
            : column == Messages ? formatNumber(qint64(row.messages))
            : column == Bytes    ? tr("%1 bytes").arg(formatNumber(qint64(row.bytes)))
            : isAnswer(column) && row.answers > 0
            ? tr("%1 of them answer another message").arg(formatNumber(qint64(row.answers)))
            : QVariant();
    default:
        return {};
    }
}

QString TypesModel::display(const TypeCount &row, Column column)
{
    switch (column) {
    case Type:
        return nameOf(row);
    case Messages:
        return formatCount(row.messages);
    case Bytes:
        return formatBytes(qint64(row.bytes));
    case Mean:
        return formatBytes(qint64(row.bytes / std::max<quint64>(row.messages, 1)));
    case Rate:
        return formatRate(row.perSecond);
    case MeanAnswer:
        return row.answers == 0 ? QString() : formatSpan(row.meanAnswerUs);
    case LongestAnswer:
        return row.answers == 0 ? QString() : formatSpan(row.longestAnswerUs);
    case Last:
        return formatClock(row.lastUs);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TypesModel::sortKey(const TypeCount &row, Column column)
{
    switch (column) {
    case Messages:
        return row.messages;
    case Bytes:
        return row.bytes;
    case Mean:
        return double(row.bytes) / double(std::max<quint64>(row.messages, 1));
    case Rate:
        return row.perSecond;
    case MeanAnswer:
        return row.answers == 0 ? -1 : row.meanAnswerUs;
    case LongestAnswer:
        return row.answers == 0 ? -1 : row.longestAnswerUs;
    case Last:
        return row.lastUs;
    case Type:
    case ColumnCount:
        break;
    }
    return display(row, column);
}

} // namespace glasshouse
