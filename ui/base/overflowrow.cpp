// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/overflowrow.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

/// What a layout does not go below.
int leastWidth(const QWidget &widget)
{
    if (widget.minimumWidth() > 0)
        return widget.minimumWidth();
    const QSizePolicy::Policy policy = widget.sizePolicy().horizontalPolicy();
    if (policy == QSizePolicy::Ignored)
        return 0;
    const int hint = (policy & QSizePolicy::ShrinkFlag) != 0
        ? widget.minimumSizeHint().width()
        : std::max(widget.sizeHint().width(), widget.minimumSizeHint().width());
    return std::min(hint, widget.maximumWidth());
}

} // namespace

OverflowRow::OverflowRow(QWidget *parent)
    : QWidget(parent),
      m_row(new QHBoxLayout(this)),
      m_more(new QToolButton(this)),
      m_menu(new QMenu(this))
{
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
    m_more->setObjectName(u"more"_s);
    m_more->setText(u"⋯"_s);
    m_more->setAutoRaise(true);
    m_more->setToolTip(tr("More, for which there is no room here"));
    m_more->setAccessibleName(tr("More"));
    m_more->hide();
    m_row->addWidget(m_more);
    m_menu->setToolTipsVisible(true);
    connect(m_more, &QToolButton::clicked, this,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void OverflowRow::addFixed(QWidget *widget, int stretch) { m_row->insertWidget(m_row->count() - 1, widget, stretch); }

void OverflowRow::addYielding(QWidget *widget, int rank, const QList<QAction *> &actions)
{
    m_row->insertWidget(m_row->count() - 1, widget);
    m_yielding.push_back({widget, rank, actions});
    updateGeometry();
}

QList<QWidget *> OverflowRow::yielding() const
{
    QList<QWidget *> widgets;
    for (const Yielding &one : m_yielding)
        widgets << one.widget;
    return widgets;
}

void OverflowRow::clearYielding()
{
    m_menu->clear(); // their actions may be theirs
    for (const Yielding &one : m_yielding) {
        m_row->removeWidget(one.widget);
        one.widget->hide();
        one.widget->deleteLater();
    }
    m_yielding.clear();
    fit();
}

void OverflowRow::addSpacing(int width) { m_row->insertSpacing(m_row->count() - 1, width); }
void OverflowRow::addStretch() { m_row->insertStretch(m_row->count() - 1, 1); }

void OverflowRow::setWanted(const QWidget *widget, bool wanted)
{
    for (Yielding &one : m_yielding) {
        if (one.widget == widget)
            one.wanted = wanted;
    }
    updateGeometry();
    fit();
}

bool OverflowRow::yields(const QWidget *widget) const
{
    return std::any_of(m_yielding.begin(), m_yielding.end(),
                       [widget](const Yielding &one) { return one.widget == widget; });
}

/// With the spaces between them.
int OverflowRow::widthOfFixed() const
{
    const QMargins margins = m_row->contentsMargins();
    int width = margins.left() + margins.right();
    for (int i = 0; i < m_row->count(); ++i) {
        const QLayoutItem *item = m_row->itemAt(i);
        QWidget *widget = const_cast<QLayoutItem *>(item)->widget();
        if (widget == nullptr)
            width += item->minimumSize().width();
        else if (widget != m_more && !yields(widget) && !widget->isHidden())
            width += leastWidth(*widget) + m_row->spacing();
    }
    return width;
}

void OverflowRow::fit()
{
    const int fixed = widthOfFixed();
    int needed = fixed;
    std::vector<Yielding *> byRank;
    for (Yielding &one : m_yielding) {
        one.fits = true;
        if (!one.wanted)
            continue;
        needed += leastWidth(*one.widget) + m_row->spacing();
        byRank.push_back(&one);
    }
    std::stable_sort(byRank.begin(), byRank.end(),
                     [](const Yielding *a, const Yielding *b) { return a->rank > b->rank; });
    if (needed - m_row->spacing() > width())
        needed += leastWidth(*m_more);
    for (Yielding *one : byRank) {
        if (needed <= width())
            break;
        one->fits = false;
        needed -= leastWidth(*one->widget) + m_row->spacing();
    }
    showFitting();
}

void OverflowRow::showFitting()
{
    QList<QAction *> rest;
    for (const Yielding &one : m_yielding) {
        one.widget->setVisible(one.wanted && one.fits);
        if (one.wanted && !one.fits)
            rest += one.actions;
    }
    m_more->setVisible(!rest.isEmpty());
    const auto before = m_menu->actions();
    if (std::ranges::equal(rest, before)) // QList compares what is nowhere with memcmp, where both are empty
        return;
    for (QAction *action : before)
        m_menu->removeAction(action);
    m_menu->addActions(rest);
}

QSize OverflowRow::sizeHint() const
{
    int width = widthOfFixed();
    for (const Yielding &one : m_yielding)
        width += one.wanted ? leastWidth(*one.widget) + m_row->spacing() : 0;
    return {width, QWidget::sizeHint().height()};
}

QSize OverflowRow::minimumSizeHint() const
{
    return {widthOfFixed() + leastWidth(*m_more), QWidget::minimumSizeHint().height()};
}

bool OverflowRow::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        fit(); // a text may be longer now
    return QWidget::event(event);
}

void OverflowRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

QAction *choicesOf(QComboBox *box, const QString &title)
{
    auto *menu = new QMenu(title, box);
    QObject::connect(menu, &QMenu::aboutToShow, box, [box, menu] {
        menu->clear();
        for (int i = 0; i < box->count(); ++i) {
            QAction *action = menu->addAction(box->itemText(i), box, [box, i] { box->setCurrentIndex(i); });
            action->setCheckable(true);
            action->setChecked(i == box->currentIndex());
        }
    });
    menu->menuAction()->setToolTip(box->toolTip());
    return menu->menuAction();
}

} // namespace glasshouse
