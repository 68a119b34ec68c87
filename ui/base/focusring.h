// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace glasshouse {

/// Where the keys go, in a list or a table: a line around `rect`, the same in every style. In the colour of the text, which differs
/// from the ground beside a selection and from the selection itself.
void paintFocusRing(QPainter &painter, const QRect &rect, const QPalette &palette);

/// Puts the ring around the current item of a list that has no delegate of its own.
class FocusDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace glasshouse
