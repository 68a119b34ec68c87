// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

class QMenu;

namespace glasshouse {

/// The header of every table. Its columns can be moved, made wider, hidden and shown, and put back as they were at first.
class TableHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent);

    /// What putBack() goes back to is how it stands now; without this, how it stood before anybody could change it.
    void takeAsStandard() { m_standard = saveState(); }
    void putBack();
    /// What saveState() has kept.
    bool restoreColumns(const QByteArray &state);
    /// A switch for each column, and the way back.
    void fillMenu(QMenu *menu);
    /// Not the table's: whenever it is painted, a header asks for each selected row whether the whole column is selected.
    void setSelectionModel(QItemSelectionModel *selection) override;

signals:
    /// Others may add what their table has besides.
    void menuFilled(QMenu *menu);
    /// Columns that were not there at first have to go now.
    void aboutToPutBack();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void initStyleOptionForIndex(QStyleOptionHeader *option, int section) const override;

private:
    QByteArray m_standard;

    bool apply(const QByteArray &state);
    void addSwitch(QMenu *menu, int section);
};

} // namespace glasshouse
