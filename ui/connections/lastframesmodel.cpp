// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/lastframesmodel.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/models/cellroles.h"
#include "ui/models/messagecells.h"
#include "ui/models/payloadtext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Frames)
};

constexpr int contentLength = 200;

bool isOf(const CapturedRow &row, const LastFrame &frame)
{
    return row.direction() == frame.direction && row.opcode() == frame.opcode && row.record.wireLength == frame.size;
}

} // namespace

QString opcodeText(quint8 opcode)
{
    switch (Opcode(opcode)) {
    case Opcode::Continuation:
        return Words::tr("part");
    case Opcode::Text:
        return Words::tr("text");
    case Opcode::Binary:
        return Words::tr("binary");
    case Opcode::Close:
        return Words::tr("close");
    case Opcode::Ping:
        return Words::tr("ping");
    case Opcode::Pong:
        return Words::tr("pong");
    }
    return Words::tr("opcode %1").arg(opcode);
}

int LastFramesModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_lines.size()); }
int LastFramesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant LastFramesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section == Before || section == Size);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Before:
        return tr("Before end");
    case Way:
        return tr("Way");
    case Kind:
        return tr("Kind");
    case Size:
        return tr("Size");
    case Content:
        return tr("Content");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant LastFramesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_lines[index.row()];
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(line, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(column == Before || column == Size);
    case Qt::ForegroundRole:
        if (column == Way)
            return tint(line.frame.direction == Direction::In ? Tint::Incoming : Tint::Outgoing);
        return line.frame.broken && column == Kind ? QVariant(tint(Tint::Bad)) : QVariant();
    default:
        return {};
    }
}

QString LastFramesModel::display(const Line &line, Column column)
{
    switch (column) {
    case Before:
        return formatDuration(line.frame.beforeEndMs);
    case Way:
        return wayText(line.frame.direction, Viewpoint::Server);
    case Kind:
        return line.frame.broken ? tr("broken %1").arg(opcodeText(line.frame.opcode)) : opcodeText(line.frame.opcode);
    case Size:
        return formatBytes(qint64(line.frame.size));
    case Content:
        return line.content;
    case ColumnCount:
        break;
    }
    return {};
}

// Both are in the order of the wire: matched from the end, as far as they agree.
void LastFramesModel::show(const QList<LastFrame> &frames, const QList<CapturedRow> &rows)
{
    beginResetModel();
    m_lines.clear();
    for (const LastFrame &frame : frames)
        m_lines.append({frame, {}, {}});
    qsizetype row = rows.size();
    for (qsizetype i = frames.size(); i > 0 && row > 0; --i) {
        if (!isOf(rows[row - 1], frames[i - 1]))
            break;
        m_lines[i - 1].content = cellsOf(withoutSecrets(rows[--row])).preview.left(contentLength);
        m_lines[i - 1].number = rows[row].number;
    }
    endResetModel();
}

} // namespace glasshouse
