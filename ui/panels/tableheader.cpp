// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tableheader.h"

#include "ui/base/plainlabels.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QItemSelectionModel>
#include <QMenu>

namespace glasshouse {

TableHeader::TableHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setStretchLastSection(true);
    setSectionsMovable(true);
    setSectionsClickable(true);
    setMinimumSectionSize(24);
    setToolTip(tr("Drag a column to move it; its context menu hides and shows columns"));
}

void TableHeader::putBack()
{
    emit aboutToPutBack();
    if (!m_standard.isEmpty())
        apply(m_standard);
}

void TableHeader::setSelectionModel(QItemSelectionModel *selection)
{
    if (selection->parent() == this)
        QHeaderView::setSelectionModel(selection);
}

/// QHeaderView::restoreState() tells nobody, and knows sections that the model has not.
bool TableHeader::apply(const QByteArray &state)
{
    const QByteArray before = saveState();
    if (!restoreState(state))
        return false;
    const bool isForThis = model() == nullptr || count() == model()->columnCount();
    if (!isForThis)
        restoreState(before);
    resizeSections();
    emit geometriesChanged();
    if (auto *table = qobject_cast<QAbstractItemView *>(parentWidget()))
        table->viewport()->update();
    return isForThis;
}

bool TableHeader::restoreColumns(const QByteArray &state)
{
    if (m_standard.isEmpty())
        takeAsStandard();
    return apply(state);
}

void TableHeader::fillMenu(QMenu *menu)
{
    menu->setToolTipsVisible(true);
    for (int section = 0; section < count(); ++section)
        addSwitch(menu, section);
    menu->addSeparator();
    menu->addAction(tr("&Put the columns back"), this, &TableHeader::putBack)
        ->setToolTip(tr("Which columns there are, their order and their widths, as at the first start"));
    emit menuFilled(menu);
}

void TableHeader::addSwitch(QMenu *menu, int section)
{
    QAction *action = menu->addAction(withoutMnemonics(model()->headerData(section, Qt::Horizontal).toString()));
    action->setCheckable(true);
    action->setChecked(!isSectionHidden(section));
    action->setEnabled(isSectionHidden(section) || count() - hiddenSectionCount() > 1); // one has to stay
    connect(action, &QAction::toggled, this, [this, section](bool on) { setSectionHidden(section, !on); });
}

void TableHeader::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu);
    menu->popup(event->globalPos());
}

void TableHeader::showEvent(QShowEvent *event)
{
    QHeaderView::showEvent(event);
    if (m_standard.isEmpty())
        takeAsStandard();
}

void TableHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int section) const
{
    QHeaderView::initStyleOptionForIndex(option, section);
    option->text = u' ' + option->text + u' ';
}

} // namespace glasshouse
