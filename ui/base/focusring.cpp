// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/focusring.h"

#include <QPainter>

namespace glasshouse {

void paintFocusRing(QPainter &painter, const QRect &rect, const QPalette &palette)
{
    constexpr int thickness = 2;
    const QRegion ring = QRegion(rect) - rect.adjusted(thickness, thickness, -thickness, -thickness);
    for (const QRect &side : ring)
        painter.fillRect(side, palette.color(QPalette::Text));
}

void FocusDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    option.state.setFlag(QStyle::State_HasFocus, false); // the style's own ring can hardly be seen on a selection
    QStyledItemDelegate::paint(painter, option, index);
    if ((given.state & QStyle::State_HasFocus) != 0)
        paintFocusRing(*painter, given.rect, given.palette);
}

} // namespace glasshouse
