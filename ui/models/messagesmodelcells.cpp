// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/elapsed.h"
#include "match/decimal.h"
#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/messages/messagemarks.h"
#include "ui/messages/rulesearches.h"
#include "ui/messages/seatnames.h"
#include "ui/models/cellroles.h"
#include "ui/models/messagesmodel.h"

using namespace Qt::StringLiterals;

namespace glasshouse {

// What the model's cells say, apart from which rows there are.

namespace {

constexpr int titleCharacters = 40; // a key may have any number

constexpr int readAhead = 32;
constexpr qsizetype typesKept = 100;
constexpr qsizetype mostMarks = 20; // of a cell

/// What stands to the right.
bool isFigure(int column)
{
    return column == MessagesModel::Delta || column == MessagesModel::Size || column == MessagesModel::Answer;
}

} // namespace

QVariant MessagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isFigure(section));
    if (role != Qt::DisplayRole)
        return {};
    if (section >= ColumnCount)
        return oneLine(m_paths[section - ColumnCount].wordsFromRoot(), titleCharacters);
    switch (Column(section)) {
    case Time:
        return tr("Time");
    case Delta:
        return m_reference ? tr("Δ ref") : tr("Δ");
    case Connection:
        return tr("#");
    case Way:
        return tr("Way");
    case Kind:
        return tr("Kind");
    case Type:
        return tr("Type");
    case Size:
        return tr("Size");
    case Answer:
        return tr("Answer");
    case Player:
        return tr("Player");
    case Preview:
        return tr("Preview");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MessagesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isFigure(column) || isNumber(index.row(), column));
    if (role == Qt::FontRole)
        return column >= Preview || column == Time || column == Delta || column == Answer ? QVariant(m_fixed)
                                                                                          : QVariant();
    if (role == Qt::BackgroundRole)
        return background(numberAt(index.row()));
    if (role == MarksRole)
        return column == Preview && !m_sought.isEmpty() ? QVariant::fromValue(marksOf(index.row())) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::ForegroundRole)
        return {};
    const MessageCells *found = cells(numberAt(index.row()));
    if (found == nullptr)
        return role == Qt::DisplayRole && column == Preview ? tr("discarded") : QVariant();
    const MessageCells shown = *found; // the cache may drop it while the row before is read
    if (role == Qt::DisplayRole)
        return display(index.row(), column, shown);
    if (role == Qt::ToolTipRole)
        return toolTip(index.row(), column, shown);
    const bool dimmed = m_filtered && !listed() && !isMarked(numberAt(index.row()));
    return dimmed ? QVariant(tint(Tint::Dimmed)) : foreground(column, shown);
}

/// What somebody marked goes before what a filter found, and this before the rules.
QVariant MessagesModel::background(quint64 number) const
{
    if (const Mark *mark = m_marks != nullptr ? m_marks->find(number) : nullptr)
        return markColour(mark->colour);
    if (m_filtered && !listed() && isMarked(number))
        return tint(Tint::Marked);
    const auto rule = m_colours.rules().isEmpty() ? std::nullopt : ruleOf(number);
    return rule ? QVariant(tint(m_colours.rules().at(*rule).ground)) : QVariant();
}

/// The first one counts, whoever answers it.
std::optional<qsizetype> MessagesModel::ruleOf(quint64 number) const
{
    const MessageCells *found = cells(number);
    const auto byRow = found != nullptr ? found->rule : std::nullopt;
    const auto bySearch = m_searches->ruleOf(number);
    return byRow && bySearch ? std::min(byRow, bySearch) : bySearch ? bySearch : byRow;
}

/// Of a row that shows; a preview is short.
TextMarks MessagesModel::marksOf(int row) const
{
    TextMarks marks;
    const MessageCells *shown = cells(numberAt(row));
    const QByteArray text = shown == nullptr || shown->control ? QByteArray() : shown->preview.toUtf8();
    const auto before = int(markWords(row).size());
    for (const Expression &expression : m_sought) {
        const auto places = expression.places(text, mostMarks - marks.size());
        for (const auto &[begin, end] : places) {
            const auto first = QString::fromUtf8(text.first(begin)).size();
            marks.append({before + int(first), int(QString::fromUtf8(text.first(end)).size() - first)});
        }
    }
    return marks;
}

/// What stands before the preview of a marked row: a colour alone is not for everybody.
QString MessagesModel::markWords(int row) const
{
    const Mark *mark = m_marks != nullptr ? m_marks->find(numberAt(row)) : nullptr;
    if (mark == nullptr)
        return {};
    return mark->note.isEmpty() ? u"● "_s : u"● "_s + mark->note + u" · "_s;
}

/// One below the other they can be compared.
bool MessagesModel::isNumber(int row, int column) const
{
    const MessageCells *found = column < ColumnCount ? nullptr : cells(numberAt(row));
    const QString value = found != nullptr ? found->values.value(column - ColumnCount) : QString();
    return Decimal::read(value.toUtf8()).has_value();
}

QVariant MessagesModel::display(int row, int column, const MessageCells &cells) const
{
    if (column >= ColumnCount)
        return cells.values.value(column - ColumnCount);
    switch (Column(column)) {
    case Time:
        return formatClock(cells.timeUs);
    case Delta:
        return delta(row, cells);
    case Connection:
        return cells.connection == ConnectionId{} ? QString() : QString::number(quint32(cells.connection));
    case Way:
        return cells.event ? QString() : wayText(cells.direction, m_viewpoint);
    case Kind:
        return cells.kind;
    case Type:
        return QString::fromLatin1(cells.type);
    case Size:
        return cells.event ? QString() : formatBytes(cells.size);
    case Answer:
        if (const auto us = answerUs(row))
            return formatDelta(*us);
        return {};
    case Player:
        return playerOf(row);
    case Preview:
        return markWords(row) + cells.preview;
    case ColumnCount:
        break;
    }
    return {};
}

QString MessagesModel::playerOf(int row) const
{
    const quint64 number = numberAt(row);
    const MessageCells *shown = cells(number);
    return shown == nullptr ? QString() : m_players->playerOf(shown->connection, number);
}

std::optional<qint64> MessagesModel::timeOf(quint64 number) const
{
    if (const MessageCells *shown = m_cells.object(number))
        return shown->timeUs;
    const auto row = m_source->row(number);
    return row ? std::optional(row->record.timeUs) : std::nullopt;
}

std::optional<qint64> MessagesModel::answerUs(int row) const
{
    const quint64 number = numberAt(row);
    const MessageCells *shown = cells(number);
    if (shown == nullptr || !shown->answered || *shown->answered < m_source->firstRow())
        return std::nullopt;
    const qint64 timeUs = shown->timeUs;
    if (shown->answeredUs)
        return elapsedUs(*shown->answeredUs, timeUs);
    if (shown->isAnsweredLost)
        return std::nullopt;
    const auto asked = timeOf(*shown->answered); // it may lie far away: once is enough
    if (MessageCells *kept = m_cells.object(number)) {
        kept->answeredUs = asked;
        kept->isAnsweredLost = !asked;
    }
    return asked ? std::optional(elapsedUs(*asked, timeUs)) : std::nullopt;
}

QVariant MessagesModel::delta(int row, const MessageCells &cells) const
{
    if (m_reference)
        return m_reference->number == numberAt(row) ? tr("0")
                                                    : formatDelta(elapsedUs(m_reference->timeUs, cells.timeUs));
    if (row == 0)
        return {};
    const MessageCells *before = this->cells(numberAt(row - 1));
    return before == nullptr ? QString() : formatDelta(elapsedUs(before->timeUs, cells.timeUs));
}

QVariant MessagesModel::toolTip(int row, int column, const MessageCells &cells) const
{
    if (column == Time)
        return formatExactTime(cells.timeUs);
    if (column == Delta && m_reference)
        return tr("From the time reference, row %1\nRow %2 of the capture")
            .arg(formatCount(m_reference->number), formatCount(numberAt(row)));
    if (column == Delta)
        return tr("After the row above\nRow %1 of the capture").arg(formatCount(numberAt(row)));
    if (column == Answer && cells.answered)
        return tr("After the message that it answers, row %1 of the capture").arg(formatCount(*cells.answered));
    if (column == Way && !cells.event)
        return cells.direction == Direction::In ? tr("From the client to the server")
                                                : tr("From the server to the client");
    if (column == Size && !cells.event)
        return tr("%1 bytes of payload on the wire").arg(formatNumber(cells.size));
    return {};
}

QVariant MessagesModel::foreground(int column, const MessageCells &cells) const
{
    if (cells.broken || cells.fault || cells.type == "error")
        return tint(Tint::Bad);
    if (cells.event || cells.control)
        return tint(Tint::Muted);
    if (column == Way)
        return tint(cells.direction == Direction::In ? Tint::Incoming : Tint::Outgoing);
    return column == Time || column == Delta || column == Answer ? QVariant(tint(Tint::Muted)) : QVariant();
}

const MessageCells *MessagesModel::cells(quint64 number) const
{
    if (!m_cells.contains(number))
        fillCells(number);
    return m_cells.object(number);
}

void MessagesModel::fillCells(quint64 number) const
{
    if (listed()) {
        if (const auto row = m_source->row(number))
            remember(*row);
        return;
    }
    // Neighbours show next; those behind m_end are not asked for, because more may come.
    const quint64 first = std::max(m_first, number - std::min<quint64>(number, readAhead / 2));
    const int count = int(std::min<quint64>(readAhead, m_end - first));
    const QList<CapturedRow> rows = m_source->read(first, count);
    for (const CapturedRow &row : rows)
        remember(row);
}

void MessagesModel::remember(const CapturedRow &row) const
{
    auto *built = new MessageCells(cellsOf(row));
    built->values = valuesIn(row, m_paths);
    built->rule = m_colours.ruleOf(row);
    if (!built->type.isEmpty() && !built->control && m_types.size() < typesKept)
        m_types.insert(built->type);
    m_cells.insert(row.number, built);
}

} // namespace glasshouse
