// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/messagesmodel.h"

#include "ui/messages/messagemarks.h"
#include "ui/messages/rulesearches.h"
#include "ui/messages/seatnames.h"

#include <QFontDatabase>
#include <QScopedValueRollback>

namespace glasshouse {

namespace {

constexpr int cachedRows = 512;

} // namespace

MessagesModel::MessagesModel(MessageSource *source, QObject *parent, int maxRows)
    : QAbstractTableModel(parent),
      m_source(source),
      m_players(new SeatNames(source, this)),
      m_maxRows(maxRows),
      m_searches(new RuleSearches(source, this)),
      m_cells(cachedRows),
      m_fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
    connect(source, &MessageSource::changed, this, &MessagesModel::follow);
    connect(source, &MessageSource::filtered, this, &MessagesModel::takeMatches);
    connect(source, &MessageSource::reset, this, &MessagesModel::beginSession);
    connect(m_players, &SeatNames::learnt, this, [this] { repaint(Player, Player, {Qt::DisplayRole}); });
    connect(m_searches, &RuleSearches::changed, this, [this] { repaint(0, columnCount() - 1, {Qt::BackgroundRole}); });
    beginAgain();
}

int MessagesModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return listed() ? int(m_rows.size()) : int(messagesIn(m_first, m_end));
}

int MessagesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount + int(m_paths.size());
}

void MessagesModel::learnSamples(quint64 end)
{
    if (end <= m_samplesTo)
        return;
    const std::vector<quint64> more = m_source->samples(m_samplesTo, end);
    m_samples.insert(m_samples.end(), more.begin(), more.end());
    m_samplesTo = end;
}

quint64 MessagesModel::samplesBefore(quint64 number) const
{
    return quint64(std::lower_bound(m_samples.begin(), m_samples.end(), number) - m_samples.begin());
}

quint64 MessagesModel::messagesIn(quint64 first, quint64 end) const
{
    return end - first - (samplesBefore(end) - samplesBefore(first));
}

quint64 MessagesModel::numberAt(int row) const
{
    if (listed())
        return m_rows.at(quint64(row));
    // Before each counter stand more messages than before the last one, so the first with more than `row` can be searched for.
    const quint64 before = samplesBefore(m_first);
    quint64 low = before, high = m_samples.size();
    while (low < high) {
        const quint64 middle = (low + high) / 2;
        if (m_samples[size_t(middle)] - m_first - (middle - before) > quint64(row))
            high = middle;
        else
            low = middle + 1;
    }
    return m_first + quint64(row) + (low - before);
}

int MessagesModel::rowOf(quint64 number) const
{
    if (!listed()) {
        const bool isThere = number >= m_first && number < m_end && messagesIn(number, number + 1) == 1;
        return isThere ? int(messagesIn(m_first, number)) : -1;
    }
    return m_rows.contains(number) ? int(m_rows.rank(number)) : -1;
}

int MessagesModel::rowsBefore(quint64 number) const
{
    return listed() ? int(m_rows.rank(number)) : int(messagesIn(m_first, std::clamp(number, m_first, m_end)));
}

RowSet MessagesModel::numbersOf(int firstRow, int lastRow) const
{
    const quint64 first = numberAt(firstRow), end = numberAt(lastRow) + 1;
    RowSet numbers;
    if (listed())
        numbers.append(m_rows, first, end);
    else
        numbers.append(first, end);
    return numbers;
}

std::optional<CapturedRow> MessagesModel::message(int row) const
{
    return row < 0 || row >= rowCount() ? std::nullopt : m_source->row(numberAt(row));
}

void MessagesModel::beginSession()
{
    emit sessionEnds();
    beginResetModel(); // whoever looks at the rows that were there sees them as they were
    m_floor = 0;
    m_pausedAt = m_source->endRow();
    m_samples.clear();
    m_samplesTo = 0;
    m_types.clear();
    m_reference.reset();
    beginAgain();
    endResetModel();
    m_source->setFilter(m_filtered ? m_filter : CaptureFilter{});
    emit changed();
}

void MessagesModel::setFilter(const CaptureFilter &filter, FilterMode mode)
{
    CaptureFilter plain = filter;
    plain.events = false; // an empty filter lets event rows pass anyway
    beginResetModel();    // as in beginSession()
    m_filter = filter;
    m_mode = mode;
    m_filtered = !(plain == CaptureFilter{});
    m_sought = filter.condition ? filter.condition->sought() : QList<Expression>();
    if (filter.content)
        m_sought.append(*filter.content);
    beginAgain();
    endResetModel();
    m_source->setFilter(m_filtered ? filter : CaptureFilter{});
    emit changed();
}

void MessagesModel::beginAgain()
{
    m_cells.clear();
    m_rows.clear();
    m_held.clear();
    m_dropped = 0;
    m_scanned = 0;
    m_notSearched = 0;
    m_caughtUp = false;
    m_end = availableTo();
    learnSamples(m_source->endRow()); // also what waits, which is counted without them
    m_first = std::max(availableFrom(), m_end - std::min<quint64>(m_end, quint64(m_maxRows)));
}

quint64 MessagesModel::availableFrom() const
{
    return std::min(std::max(m_source->firstRow(), m_floor), availableTo());
}

quint64 MessagesModel::availableTo() const
{
    return m_paused ? std::max(m_pausedAt, m_source->firstRow()) : m_source->endRow();
}

void MessagesModel::follow()
{
    dropBefore(availableFrom());
    const quint64 end = availableTo();
    learnSamples(m_source->endRow());
    if (!listed() && end > m_end) {
        // A jump of more than the view offers is a new view: inserting rows only to remove them again would cost twice.
        if (end - m_first > 2 * quint64(m_maxRows)) {
            beginResetModel();
            m_end = end;
            m_first = std::max(availableFrom(), end - quint64(m_maxRows));
            endResetModel();
        } else if (messagesIn(m_end, end) == 0) {
            m_end = end;
        } else {
            beginInsertRows({}, rowCount(), int(messagesIn(m_first, end)) - 1);
            m_end = end;
            endInsertRows();
            keepBound();
        }
    }
    emit changed();
}

void MessagesModel::keepBound()
{
    // Removing at the top moves everything behind it in the view's headers: rarely and much, not always and little.
    const quint64 count = m_end - m_first;
    if (count > quint64(m_maxRows) + quint64(m_maxRows) / 8)
        dropBefore(m_end - quint64(m_maxRows));
}

void MessagesModel::dropBefore(quint64 number)
{
    if (listed()) {
        if (const quint64 gone = m_rows.rank(number); gone > 0) {
            removeFirst(gone, [this, number] { m_rows.dropBefore(number); });
        }
        return;
    }
    m_rows.dropBefore(number);
    if (number <= m_first)
        return;
    if (number >= m_end) { // also when the source threw away more than we had seen
        beginResetModel();
        m_first = m_end = number;
        endResetModel();
        return;
    }
    const quint64 messages = messagesIn(m_first, number);
    if (messages == 0) {
        m_first = number;
        return;
    }
    removeFirst(messages, [this, number] { m_first = number; });
}

void MessagesModel::removeFirst(quint64 rows, const std::function<void()> &remove)
{
    m_removing = true;
    beginRemoveRows({}, 0, int(rows) - 1);
    remove();
    m_removing = false;
    endRemoveRows();
}

void MessagesModel::takeMatches(const RowSet &rows, quint64 scannedTo, quint64 notSearched)
{
    if (!m_filtered)
        return; // a late batch of the search before
    m_scanned = scannedTo;
    m_notSearched += notSearched;
    m_caughtUp = m_caughtUp || scannedTo >= m_source->endRow();
    const quint64 from = availableFrom();
    const quint64 end = m_paused ? m_pausedAt : RowSet::noEnd;
    m_held.append(rows, std::max(from, end));
    showMatches(rows, from, end);
    emit changed();
}

/// Those of [first, end).
void MessagesModel::showMatches(const RowSet &rows, quint64 first, quint64 end)
{
    first = std::max(first, m_rows.next()); // what waited may be gone
    if (listed()) {
        appendListed(rows, first, end);
    } else if (rows.countIn(first, end) > 0) {
        m_rows.append(rows, first, end);
        repaint(0, columnCount() - 1, {Qt::BackgroundRole, Qt::ForegroundRole});
    }
}

void MessagesModel::appendListed(const RowSet &rows, quint64 first, quint64 end)
{
    const quint64 fresh = rows.countIn(first, end), before = m_rows.size();
    if (fresh == 0)
        return;
    beginInsertRows({}, int(before), int(before + fresh) - 1);
    m_rows.append(rows, first, end);
    endInsertRows();
    if (m_rows.size() <= quint64(m_maxRows) + quint64(m_maxRows) / 8)
        return;
    const quint64 surplus = m_rows.size() - quint64(m_maxRows);
    m_dropped += surplus;
    dropBefore(m_rows.at(surplus));
}

void MessagesModel::setViewpoint(Viewpoint viewpoint)
{
    m_viewpoint = viewpoint;
    repaint(Way, Way, {Qt::DisplayRole, Qt::ToolTipRole});
}

void MessagesModel::repaint(int firstColumn, int lastColumn, const QList<int> &roles)
{
    if (rowCount() > 0)
        emit dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn), roles);
}

void MessagesModel::setMarks(const MessageMarks *marks)
{
    m_marks = marks;
    connect(marks, &MessageMarks::changed, this, [this] {
        repaint(0, columnCount() - 1, {Qt::BackgroundRole, Qt::DisplayRole, Qt::ToolTipRole});
    });
}

void MessagesModel::setReference(std::optional<quint64> number)
{
    const auto row = number ? m_source->row(*number) : std::nullopt;
    m_reference = row ? std::optional(Reference{*number, row->record.timeUs}) : std::nullopt;
    repaint(Delta, Delta, {Qt::DisplayRole, Qt::ToolTipRole});
    emit headerDataChanged(Qt::Horizontal, Delta, Delta);
}

std::optional<quint64> MessagesModel::reference() const
{
    return m_reference ? std::optional(m_reference->number) : std::nullopt;
}

void MessagesModel::setColours(const ColourRules &colours)
{
    if (colours == m_colours)
        return;
    m_colours = colours;
    m_cells.clear();
    m_searches->setRules(colours);
    repaint(0, columnCount() - 1, {Qt::BackgroundRole});
}

void MessagesModel::addPath(const JsonPath &path)
{
    if (m_paths.size() >= mostPaths || m_paths.contains(path))
        return;
    beginInsertColumns({}, columnCount(), columnCount());
    m_paths.append(path);
    m_cells.clear(); // they know nothing of it
    endInsertColumns();
}

void MessagesModel::removePath(const JsonPath &path)
{
    const auto at = m_paths.indexOf(path);
    if (at < 0)
        return;
    const int column = ColumnCount + int(at);
    const QScopedValueRollback removing(m_removing, true);
    beginRemoveColumns({}, column, column);
    m_paths.removeAt(at);
    m_cells.clear();
    endRemoveColumns();
}

void MessagesModel::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_pausedAt = m_source->endRow();
    m_paused = paused;
    showMatches(std::exchange(m_held, {}), 0, RowSet::noEnd);
    follow();
}

void MessagesModel::hideEarlier()
{
    m_floor = m_paused ? m_pausedAt : m_source->endRow();
    follow();
}

void MessagesModel::showEarlier()
{
    m_floor = 0;
    setFilter(m_filter, m_mode);
}

quint64 MessagesModel::waiting() const
{
    const quint64 end = m_source->endRow();
    return m_paused && end > m_pausedAt ? messagesIn(m_pausedAt, end) : 0;
}

quint64 MessagesModel::hidden() const
{
    const quint64 first = m_source->firstRow();
    return m_floor > first ? messagesIn(first, m_floor) : 0;
}

quint64 MessagesModel::notOffered() const
{
    const quint64 from = availableFrom();
    return listed() ? m_dropped : m_first > from ? messagesIn(from, m_first) : 0;
}

quint64 MessagesModel::all() const { return messagesIn(m_source->firstRow(), m_source->endRow()); }

int MessagesModel::searchedPercent() const
{
    const quint64 first = m_source->firstRow(), end = m_source->endRow();
    if (!m_filtered || m_caughtUp || end <= first)
        return 100;
    return m_scanned <= first ? 0 : int((m_scanned - first) * 100 / (end - first));
}

} // namespace glasshouse
