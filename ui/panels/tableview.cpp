// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tableview.h"

#include "ui/base/focusring.h"
#include "ui/base/icons.h"
#include "ui/base/tints.h"
#include "ui/models/cellroles.h"
#include "ui/panels/tableheader.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace glasshouse {

namespace {

constexpr int air = 6; // left and right of a text: numbers on the right must not touch words on the left

/// Takes the bar's part of the cell away from `rect`; the text stays at its right.
void paintBar(QPainter *painter, QRect &rect, const QStyleOptionViewItem &option, double share, const QColor &colour)
{
    constexpr qreal thickness = 8;
    constexpr int least = 20; // shorter, it says nothing
    const int textWidth = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + air;
    const QRectF track(rect.left(), rect.center().y() - thickness / 2 + 1, rect.width() - textWidth, thickness);
    if (track.width() < least)
        return;
    rect.setLeft(rect.right() - textWidth);
    QColor ground = colour;
    ground.setAlphaF(0.2F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(track, thickness / 2, thickness / 2);
    painter->setBrush(colour);
    painter->setClipRect(QRectF(track.topLeft(), QSizeF(track.width() * share, thickness)));
    painter->drawRoundedRect(track, thickness / 2, thickness / 2);
    painter->restore();
}

/// Underlined, so that it shows on any ground; what is elided (`shown` is what is there) is not there to be marked.
void paintMarks(QPainter *painter, const QRect &rect, const QStyleOptionViewItem &option, const QString &shown,
                const TextMarks &marks)
{
    constexpr int thickness = 2;
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const qsizetype whole = shown == option.text ? shown.size() : shown.size() - 1;
    for (const auto &[first, length] : marks) {
        if (first >= whole)
            continue;
        const int from = option.fontMetrics.horizontalAdvance(shown.left(first));
        const int to = option.fontMetrics.horizontalAdvance(shown.left(std::min<qsizetype>(first + length, whole)));
        painter->fillRect(rect.left() + from, rect.bottom() - thickness, to - from, thickness,
                          selected ? painter->pen().color() : tint(Tint::Warning));
    }
}

bool beginsRun(const QModelIndex &index)
{
    const QVariant run = index.data(RunRole);
    return run.isValid() && index.row() > 0 && index.siblingAtRow(index.row() - 1).data(RunRole) != run;
}

/// Paints a cell's ground as the style does, and its text with air around it.
class CellDelegate final : public QStyledItemDelegate
{
public:
    explicit CellDelegate(TableView *table) : QStyledItemDelegate(table), m_table(table) { }

    void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        QRect rect = option.rect.adjusted(air, 0, -air, 0);
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        if (!option.icon.isNull()) {
            const int side = option.decorationSize.height();
            const QRect place(rect.left(), rect.center().y() - side / 2 + 1, side, side);
            option.icon.paint(painter, place, Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
            rect.setLeft(place.right() + air);
        }
        const auto group = (option.state & QStyle::State_Active) != 0 ? QPalette::Active : QPalette::Inactive;
        painter->setFont(option.font);
        painter->setPen(option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text));
        const QVariant share = index.data(BarRole);
        if (share.isValid()) {
            const QColor colour = tint(share.toDouble() < 1 ? Tint::Incoming : Tint::Good);
            paintBar(painter, rect, option, share.toDouble(), selected ? painter->pen().color() : colour);
            option.displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
        }
        const bool isNumber = (option.displayAlignment & Qt::AlignRight) != 0 && !share.isValid();
        if (isNumber || m_table->isKeptWhole(index.column())) {
            const int missing = option.fontMetrics.horizontalAdvance(option.text) - rect.width();
            if (missing > 0)
                m_table->widenLater(index.column(), given.rect.width() + missing);
        }
        const bool wraps = option.features.testFlag(QStyleOptionViewItem::WrapText);
        const QString shown =
            wraps ? option.text : option.fontMetrics.elidedText(option.text, Qt::ElideRight, rect.width());
        painter->drawText(rect, int(option.displayAlignment) | (wraps ? Qt::TextWordWrap : Qt::TextSingleLine), shown);
        paintMarks(painter, rect, option, shown, index.data(MarksRole).value<TextMarks>());
        if (beginsRun(index))
            painter->fillRect(QRect(given.rect.left(), given.rect.top(), given.rect.width(), 2), tint(Tint::Muted));
    }

    /// The style has less air around a text.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int given = m_table->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, m_table) + 1;
        const int more = 2 * std::max(0, air - given);
        QStyleOptionViewItem narrow = option; // where lines end
        narrow.rect.adjust(0, 0, -more, 0);
        return QStyledItemDelegate::sizeHint(narrow, index) + QSize(more, 0);
    }

private:
    TableView *m_table;
};

} // namespace

TableView::TableView(const QString &name, const QString &emptyText, QWidget *parent)
    : QTableView(parent),
      m_header(new TableHeader(this)),
      m_copy(new QAction(icon(Icon::Copy), tr("Cop&y rows"), this)),
      m_emptyText(emptyText)
{
    setAccessibleName(name);
    setHorizontalHeader(m_header);
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView *rows = verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(0);
    rows->setDefaultSectionSize(fontMetrics().height() + 5);
    m_copy->setShortcuts(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_copy->setToolTip(tr("Copy what the selected rows show, with tabs between the cells"));
    connect(m_copy, &QAction::triggered, this, &TableView::copyRows);
    addAction(m_copy);
}

void TableView::setWidths(std::initializer_list<int> digits)
{
    int column = 0;
    for (const int width : digits)
        setWidth(column++, width);
}

void TableView::setWidth(int column, int digits)
{
    horizontalHeader()->resizeSection(column, digits * fontMetrics().horizontalAdvance(u'0') + 2 * air);
}

void TableView::keepWhole(int column) { m_whole.insert(column); }

void TableView::widenLater(int column, int width)
{
    const auto widen = [this, column, width] {
        if (!isColumnHidden(column) && columnWidth(column) < width)
            setColumnWidth(column, width);
    };
    if (horizontalHeader()->sectionResizeMode(column) != QHeaderView::Stretch)
        QMetaObject::invokeMethod(this, widen, Qt::QueuedConnection);
}

void TableView::resetColumn(int column, int digits)
{
    setColumnHidden(column, false);
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
    setWidth(column, digits);
}

void TableView::setLeastRows(int rows)
{
    m_leastRows = rows;
    updateGeometry();
}

QSize TableView::minimumSizeHint() const
{
    const int rows = m_leastRows * verticalHeader()->defaultSectionSize();
    return {QTableView::minimumSizeHint().width(), m_header->sizeHint().height() + rows + 2 * frameWidth()};
}

QByteArray TableView::saveColumns() const { return m_header->saveState(); }
bool TableView::restoreColumns(const QByteArray &state) { return m_header->restoreColumns(state); }
void TableView::resetColumns() { m_header->putBack(); }
void TableView::resetOrder()
{
    for (int column = 0; column < m_header->count(); ++column)
        m_header->moveSection(m_header->visualIndex(column), column);
}

void TableView::takeColumnsAsStandard() { m_header->takeAsStandard(); }

QAction *TableView::offerCopy()
{
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    addAction(m_copy); // it moves
    return m_copy;
}

void TableView::leaveCopying() { removeAction(m_copy); }

QList<int> TableView::selectedRowNumbers() const
{
    QList<int> rows;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows << row;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void TableView::copyRows() const
{
    QString text;
    const QList<int> rows = selectedRowNumbers();
    for (const int row : rows.first(std::min<qsizetype>(rows.size(), mostCopied))) {
        QStringList cells;
        for (int place = 0; place < m_header->count(); ++place) {
            const int column = m_header->logicalIndex(place);
            if (!m_header->isSectionHidden(column))
                cells << model()->index(row, column).data().toString().simplified();
        }
        text += cells.join(u'\t') + u'\n';
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

/// Qt would copy the current cell as it shows, with its secrets; where there is something to copy, an action does it.
void TableView::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy))
        QTableView::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions(actions());
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    if (const QModelIndex cell = isByMouse ? indexAt(event->pos()) : currentIndex(); cell.isValid())
        emit menuFilled(menu, cell);
    menu->addSeparator();
    m_header->fillMenu(menu->addMenu(tr("Col&umns")));
    menu->popup(event->globalPos());
}

void TableView::setElasticColumn(int column)
{
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void TableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    alignToTopRow();
    if (hasFocus())
        viewport()->update(); // the ring, or a part of it, does not go with the rows
}

void TableView::updateGeometries()
{
    QTableView::updateGeometries();
    alignToTopRow();
}

/// Qt would select a neighbour, or make it the current one: then the next action hits somebody else. Others stay selected.
void TableView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    const int row = currentIndex().row();
    if (row >= first && row <= last)
        selectionMode() == SingleSelection ? selectionModel()->clear() : selectionModel()->clearCurrentIndex();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

/// At the end QTableView aligns the last row with the bottom and cuts the topmost; all whole rows fit from the top, too.
void TableView::alignToTopRow()
{
    const int value = verticalScrollBar()->value();
    if (value == 0 || value < verticalScrollBar()->maximum())
        return;
    const int before = verticalHeader()->offset();
    verticalHeader()->setOffsetToSectionPosition(value);
    if (verticalHeader()->offset() != before)
        viewport()->update();
}

/// Rows are selected as a whole, so the ring is the row's; without one, it is the table's.
void TableView::paintFocus(QPainter &painter) const
{
    const QModelIndex current = currentIndex();
    QRect ring = viewport()->rect();
    if (current.isValid()) {
        ring.setTop(rowViewportPosition(current.row()));
        ring.setHeight(rowHeight(current.row()));
    }
    paintFocusRing(painter, ring, palette());
}

/// Qt would tell a screen reader of one cell, and make an index of every one for that.
void TableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    const auto isFew = [rows = 16](const auto &range) mutable { return (rows -= range.height()) >= 0; };
    if (std::ranges::all_of(selected, isFew) && std::ranges::all_of(deselected, isFew))
        return QTableView::selectionChanged(selected, deselected);
    QAbstractItemView::selectionChanged(selected, deselected);
    QAccessibleEvent event(this, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&event);
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous); // asks for the cells, not for the rows
    viewport()->update();
}

/// Qt would choose the first row for whoever only comes by, unless it is a click that comes.
void TableView::focusInEvent(QFocusEvent *event)
{
    QFocusEvent quiet(event->type(), Qt::MouseFocusReason);
    QTableView::focusInEvent(&quiet);
}

/// Without a row to begin with, Qt goes to the first one, however far it is.
QModelIndex TableView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (model() == nullptr || model()->rowCount() == 0)
        return QTableView::moveCursor(action, modifiers);
    if (action == MoveHome || action == MoveEnd) // to a row: cells are not chosen one by one
        return model()->index(action == MoveHome ? 0 : model()->rowCount() - 1, std::max(0, currentIndex().column()));
    if (currentIndex().isValid())
        return QTableView::moveCursor(action, modifiers);
    const bool backwards = action == MoveUp || action == MovePageUp || action == MovePrevious;
    const int bottom = rowAt(viewport()->height() - 1);
    const int row = !backwards ? rowAt(0) : bottom < 0 ? model()->rowCount() - 1 : bottom;
    return model()->index(row, horizontalHeader()->logicalIndexAt(0));
}

void TableView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void TableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    if (hasFocus())
        paintFocus(painter);
    if (model() == nullptr || model()->rowCount() > 0)
        return;
    painter.setPen(tint(Tint::Muted));
    painter.drawText(viewport()->rect().adjusted(12, 4, -12, -4), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace glasshouse
