// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QTableView>

class QMenu;

namespace glasshouse {

class TableHeader;

/// Every table of ours: rows of one height, selected as a whole, no grid, air between the columns, one column takes the
/// rest, a menu hides and shows them and puts them back, the topmost row is never cut, and a sentence stands where there is
/// nothing to show. A ring shows where the keys go; where no row is chosen they begin with what is in sight. Shares (BarRole) are painted as bars, and a line between two runs (RunRole). When the selected row goes, none is selected.
class TableView final : public QTableView
{
    Q_OBJECT
public:
    /// `name` is for people who can not see it; `emptyText` stands in the middle of an empty table.
    TableView(const QString &name, const QString &emptyText, QWidget *parent = nullptr);

    /// Widths of the columns, in digits; the last one takes what is left, too.
    void setWidths(std::initializer_list<int> digits);
    void setWidth(int column, int digits);
    /// A column of times or numbers that stand to the left. Those to the right are never cut either: what does not fit makes its
    /// column wider.
    void keepWhole(int column);
    [[nodiscard]] bool isKeptWhole(int column) const { return m_whole.contains(column); }
    /// In the next turn: nobody changes widths while cells are painted.
    void widenLater(int column, int width);
    /// In sight and this wide, whatever was done to it.
    void resetColumn(int column, int digits);
    /// Another column takes what is left, and gives when there is too little.
    void setElasticColumn(int column);
    [[nodiscard]] TableHeader *header() const { return m_header; }
    /// Which columns there are, their order and their widths.
    [[nodiscard]] QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray &state);
    /// As they were at first, or when they were taken as the standard.
    void resetColumns();
    /// The columns in the order of the model; widths stay.
    void resetOrder();
    void takeColumnsAsStandard();
    /// So many are always in sight.
    void setLeastRows(int rows);
    /// Copies the selected rows as lines with tabs between their cells; every table has it. A menu may have it, too.
    [[nodiscard]] QAction *copyAction() const { return m_copy; }
    /// Several rows can be selected; copying stands in the menu behind the actions that the table has by now.
    QAction *offerCopy();
    /// Somebody else copies the rows of this one, in a form of its own.
    void leaveCopying();
    /// Rows of the selection, rising.
    [[nodiscard]] QList<int> selectedRowNumbers() const;
    static constexpr int mostCopied = 10'000; ///< rows
    void setEmptyText(const QString &text);
    [[nodiscard]] const QString &emptyText() const { return m_emptyText; }
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// The context menu is about to open at this cell; others may add what it has.
    void menuFilled(QMenu *menu, const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    TableHeader *m_header;
    QAction *m_copy;
    int m_leastRows = 2;
    QString m_emptyText;
    QSet<int> m_whole;

    void alignToTopRow();
    void copyRows() const;
    void paintFocus(QPainter &painter) const;
};

/// The columns of all tables of a window that have a name (QObject's), to be kept.
[[nodiscard]] QByteArray saveTables(const QWidget &window);
void restoreTables(const QWidget &window, const QByteArray &state);
/// Of all tables, as at the first start.
void resetTables(const QWidget &window);

} // namespace glasshouse
